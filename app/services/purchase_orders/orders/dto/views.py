"""Which orders are listed, in what order, and a line of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import Money, OrderKind, OrderState

AREAS: Final = frozenset({"purchase_orders"})
KINDS: Final[Mapping[OrderKind, str]] = {
    OrderKind.ORDINARY: "Order",
    OrderKind.WORKS: "Works order",
    OrderKind.AGREEMENT: "Agreement",
    OrderKind.CALL_OFF: "Call-off",
    OrderKind.TEMPLATE: "Template",
}
STATES: Final[Mapping[OrderState, str]] = {
    OrderState.DRAFT: "Draft",
    OrderState.WAITING: "Waiting for approval",
    OrderState.OPEN: "Open",
    OrderState.CLOSED: "Closed",
    OrderState.CANCELLED: "Cancelled",
    OrderState.REFUSED: "Refused",
    OrderState.WITHDRAWN: "Withdrawn",
}


class OrderView(StrEnum):
    """The lists that officers work through.

    AWAITING_RECEIPT: something hasn't come. AWAITING_INVOICE: something came that isn't invoiced. OVERDUE: the day that it
    was wanted by has gone, and something hasn't come. LATE_WORKS: works that are ordered, not done, and past their target.
    """

    ALL = "all"
    MINE = "mine"
    AWAITING_APPROVAL = "awaiting_approval"
    TO_SEND = "to_send"
    AWAITING_RECEIPT = "awaiting_receipt"
    AWAITING_INVOICE = "awaiting_invoice"
    OVERDUE = "overdue"
    WORKS = "works"
    LATE_WORKS = "late_works"
    AGREEMENTS = "agreements"
    TEMPLATES = "templates"


VIEWS: Final[Mapping[OrderView, str]] = {
    OrderView.ALL: "All",
    OrderView.MINE: "Mine",
    OrderView.AWAITING_APPROVAL: "Awaiting approval",
    OrderView.TO_SEND: "To send",
    OrderView.AWAITING_RECEIPT: "Awaiting receipt",
    OrderView.AWAITING_INVOICE: "Awaiting invoice",
    OrderView.OVERDUE: "Overdue",
    OrderView.WORKS: "Works orders",
    OrderView.LATE_WORKS: "Late works",
    OrderView.AGREEMENTS: "Agreements",
    OrderView.TEMPLATES: "Templates",
}


class OrderSort(StrEnum):
    """What the register is sorted by."""

    NUMBER = "number"
    TITLE = "title"
    SUPPLIER = "supplier"
    STATE = "state"
    WANTED = "wanted"
    NET = "net"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders are listed; what is left empty doesn't matter.

    Attributes:
        text: words that must all be in the number, finance number, title or supplier.
        year: the financial year that begins in it.
        budget_id: a code that one of the lines is on.
    """

    view: OrderView = OrderView.ALL
    text: str = ""
    states: frozenset[OrderState] = frozenset()
    kinds: frozenset[OrderKind] = frozenset()
    supplier_id: int | None = None
    category_id: int | None = None
    contract_id: int | None = None
    budget_id: int | None = None
    year: int | None = None
    made_by: int | None = None
    made_from: date | None = None
    made_to: date | None = None


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as listed.

    Attributes:
        number: PO00012, or of a requisition RQ00012.
        title: masked where the order is about a restricted account, as the title of a works order is.
        left: what hasn't come of it, before VAT.
        to_invoice: what came and isn't invoiced, before VAT.
        sent_on: None: it isn't sent.
        late_days: since the day that it was wanted by, if something hasn't come.
        shut: it is about a restricted record that the officer may not open.
    """

    order_id: int
    number: str
    finance_number: str
    kind: OrderKind
    state: OrderState
    title: str
    supplier_id: int | None
    supplier: str
    category: str
    year: int
    net: Money
    vat: Money
    left: Money
    to_invoice: Money
    wanted_on: date | None
    made_on: date
    made_by: str
    approved_on: date | None
    sent_on: date | None
    late_days: int
    version: int
    shut: bool = False


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """How many orders fit, and what they come to."""

    count: int
    net: Money
    left: Money
