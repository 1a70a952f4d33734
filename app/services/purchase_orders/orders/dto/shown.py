"""An order as it is opened, what a requisition would be, and what became of a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import (
    Frequency,
    InvoiceKind,
    InvoiceState,
    Money,
    OrderEvent,
    OrderSent,
    OrderVersionState,
    PurchaseVat,
    ReceiptKind,
    WaiverReason,
)
from app.services.core.changes import Changes
from app.services.purchase_orders.orders.dto.bands import BandOf, Suspicion
from app.services.purchase_orders.orders.dto.views import OrderRow


class Act(StrEnum):
    """What may be done with an order next."""

    CHANGE = "change"
    QUOTE = "quote"
    WAIVE = "waive"
    ASK = "ask"
    WITHDRAW = "withdraw"
    SEND = "send"
    RECEIVE = "receive"
    AMEND = "amend"
    CANCEL_REST = "cancel_rest"
    CLOSE = "close"
    CALL_OFF = "call_off"
    COPY = "copy"
    COMPLETE = "complete"
    RECHARGE = "recharge"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """The share of a line on a code, and what is left of the code in all."""

    budget_id: int
    code: str
    name: str
    amount: Money
    percent: int | None
    left: Money


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with what became of it; quantities in thousandths, prices in thousandths of a penny."""

    line_id: int
    place: int
    description: str
    quantity: int
    unit: str
    price: int
    vat_kind: PurchaseVat
    vat_recovered: bool
    labour: bool
    net: Money
    vat: Money
    received: int
    invoiced: int
    invoiced_net: Money
    cancelled: int
    codes: tuple[CodeRow, ...]

    @property
    def to_come(self) -> int:
        """What hasn't come and will."""
        return max(0, self.quantity - self.cancelled - self.received)


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation as listed; `lowest` of those that were given."""

    quotation_id: int
    supplier_id: int | None
    name: str
    written: bool
    asked_on: date | None
    given_on: date | None
    net: Money | None
    vat: Money | None
    reference: str
    note: str
    chosen: bool
    chosen_why: str
    lowest: bool
    document: str | None
    made_by: str
    version: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A line as a version had it; `codes` can be read."""

    place: int
    line_id: int | None
    description: str
    quantity: int
    unit: str
    price: int
    vat_kind: PurchaseVat
    net: Money
    vat: Money
    codes: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an order."""

    version_id: int
    number: int
    state: OrderVersionState
    reason: str
    net: Money
    vat: Money
    made_by: str
    made_at: datetime
    approved_by: str
    approved_at: datetime | None
    request_id: int | None
    document: str | None
    lines: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of an order's history."""

    at: datetime
    officer: str
    event: OrderEvent
    words: str


@dataclass(frozen=True, slots=True)
class ReceiptBrief:
    """A goods receipt of the order, by its number; the amount is as it was accrued."""

    receipt_id: int
    number: str
    kind: ReceiptKind
    received_on: date
    amount: Money
    officer: str


@dataclass(frozen=True, slots=True)
class InvoiceBrief:
    """An invoice or credit note of the order."""

    invoice_id: int
    number: str
    supplier_number: str
    kind: InvoiceKind
    state: InvoiceState
    gross: Money
    received_on: date
    pay_by_on: date
    paid_on: date | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """An order with everything about it.

    Attributes:
        band: by what standing orders it is, or was approved; None without lines.
        called_off: of an agreement, what was called off it so far, before VAT.
        suspicions: like orders, while it is a draft or waits.
        why_not: why something that others may do, or that is done later, can't be done by this officer now.
    """

    row: OrderRow
    version: int
    made_by_id: int
    contract_id: int | None
    contract: str
    from_id: int | None
    from_number: str
    delivery_point_id: int | None
    delivery_point: str
    instructions: str
    reason: str
    after_the_event: str
    waiver: WaiverReason | None
    waiver_words: str
    most: Money | None
    called_off: Money
    until_on: date | None
    repeat_every: Frequency | None
    repeat_on: date | None
    repeat_until_on: date | None
    request_id: int | None
    approved_by: str
    sent_by: OrderSent | None
    settled_why: str
    category_id: int
    band: BandOf | None
    lines: tuple[LineRow, ...]
    quotations: tuple[QuotationRow, ...]
    versions: tuple[VersionRow, ...]
    steps: tuple[StepRow, ...]
    receipts: tuple[ReceiptBrief, ...]
    invoices: tuple[InvoiceBrief, ...]
    suspicions: tuple[Suspicion, ...]
    may: frozenset[Act]
    why_not: Mapping[Act, str]
    documents: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an order, as a sentence.

    Attributes:
        number: PO00012 or RQ00012.
        version: of the order as it is now.
        warnings: what the officer should know, a sentence each; nothing of it stopped the step.
        link_id: of the document that was kept or printed, if one was.
    """

    order_id: int
    number: str
    version: int
    request_id: int | None
    told: str
    changes: Changes
    warnings: tuple[str, ...] = ()
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """An answer to "Is it paid?": one invoice with how far it is, as a sentence in `words`."""

    invoice_id: int | None
    number: str
    supplier_number: str
    supplier: str
    order: str
    order_id: int | None
    gross: Money
    state: InvoiceState | None
    pay_by_on: date | None
    paid_on: date | None
    run: str
    words: str
