"""Invoices as they are listed, and what became of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import ZERO, InvoiceKind, InvoiceState, Money
from app.services.core.changes import Changes


class InvoiceView(StrEnum):
    """The views that an officer works through."""

    TO_MATCH = "to_match"
    DISPUTED = "disputed"
    AWAITING = "awaiting"
    """Waits for a second officer."""
    APPROVED = "approved"
    """Approved and not paid."""
    LATE = "late"
    """Not paid, and the last day has gone or is within five working days."""
    NO_ORDER = "no_order"
    CREDITS = "credits"
    """Credit notes that aren't set against a payment yet."""
    RETENTION = "retention"
    """Money kept back that isn't paid yet."""
    MINE = "mine"
    """Logged by the officer."""


class InvoiceSort(StrEnum):
    """Columns that the register can be sorted by."""

    NUMBER = "number"
    SUPPLIER = "supplier"
    THEIR_NUMBER = "their_number"
    INVOICE_ON = "invoice_on"
    RECEIVED = "received"
    PAY_BY = "pay_by"
    GROSS = "gross"
    STATE = "state"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """What the register shows; an empty set or None doesn't matter.

    Attributes:
        text: parts of our number, theirs, the order quoted or the supplier's name, in any order.
        days: received in so many days up to today.
        from_on, to_on: received on these days, both included.
    """

    text: str = ""
    view: InvoiceView | None = None
    states: frozenset[InvoiceState] = frozenset()
    kinds: frozenset[InvoiceKind] = frozenset()
    supplier_id: int | None = None
    order_id: int | None = None
    category_id: int | None = None
    days: int | None = None
    from_on: date | None = None
    to_on: date | None = None


EVERY_INVOICE: Final = InvoiceFilter()


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of the register.

    Attributes:
        number: our own, as it is written: IN00012.
        order_number: as it is written; empty: no order.
        left_days: calendar days to the last day to pay; negative: late; none once it is paid, cancelled or a credit note.
        left: the same in words, such as `4 days left`, `2 days late`, `held: disputed`.
        payable: what the supplier gets when it is paid: without CIS and retention; of a credit note negative, what is left of it.
        used: of a credit note that isn't all taken off yet, what payments took off.
        disputed: a dispute of it is open.
        disputed_told: and the supplier was told in time, so that it holds the time to pay.
    """

    invoice_id: int
    version: int
    number: str
    kind: InvoiceKind
    state: InvoiceState
    supplier_id: int
    supplier: str
    supplier_number: str
    invoice_on: date
    received_on: date
    pay_by_on: date
    left_days: int | None
    left: str
    order_id: int | None
    order_number: str
    order_quoted: str
    category: str
    net: Money
    vat: Money
    gross: Money
    payable: Money
    retention: Money
    retention_on: date | None
    disputed: bool
    disputed_told: bool
    document_sha256: str | None
    logged_by: str
    logged_by_id: int
    approved_by: str
    paid_on: date | None
    used: Money = ZERO


@dataclass(frozen=True, slots=True)
class Logged:
    """What became of an invoice."""

    invoice_id: int
    number: str
    state: InvoiceState
    told: str
    changes: Changes
    request_id: int | None = None
    warnings: tuple[str, ...] = ()


CHANGED: Final = Changes(frozenset({"purchase_orders", "home"}))
"""What the pages are told when an invoice changed."""
