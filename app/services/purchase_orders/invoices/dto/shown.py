"""An invoice whole: its disputes, its history, and what may be done next; and what the log sheet begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import DisputeReason, Money, PostChannel
from app.services.purchase_orders.invoices.dto.listed import InvoiceRow
from app.services.purchase_orders.invoices.dto.matched import CisSum, Clock, Match, Suspect
from app.services.purchase_orders.invoices.dto.metered import ReadingRow


class Act(StrEnum):
    """What an officer may do next with an invoice."""

    CHANGE = "change"
    TAKE_LINES = "take_lines"
    ACCEPT = "accept"
    ASK = "ask"
    DECIDE = "decide"
    """On the page Approvals: it waits for the officer's own approval."""
    WITHDRAW = "withdraw"
    """It waits for approval, and the officer asked."""
    DISPUTE = "dispute"
    TELL = "tell"
    """The supplier isn't told of the dispute yet."""
    SETTLE = "settle"
    MOVE = "move"
    """What was spent on a code is moved to another."""
    CREDIT = "credit"
    """A credit note for it is logged."""
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute.

    Attributes:
        holds, holds_why: whether it holds the clock, and why or why not.
        under_way: a letter or e-mail that tells the supplier was made and hasn't gone yet.
    """

    dispute_id: int
    invoice_id: int
    reason: DisputeReason
    words: str
    found_on: date
    notified_on: date | None
    notified_how: str
    outgoing_id: int | None
    closed_on: date | None
    outcome: str
    made_by: str
    closed_by: str
    holds: bool
    holds_why: str
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class InvoiceStep:
    """One step of an invoice's history."""

    at: datetime | None
    on: date | None
    who: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice whole.

    Attributes:
        credits: of a credit note, the invoice as it is written; `credited_by` the credit notes of an invoice, with amounts.
        retention_why: why what is kept back is paid on another day than was agreed; empty: it isn't.
        blocked: a sentence where the supplier is blocked for invoices or payments.
        asked: the request for approval that stands.
        acts: what this officer may do next.
        why_not: why approval can't be asked for; empty: it can.
    """

    row: InvoiceRow
    clock: Clock
    match: Match
    cis: CisSum
    disputes: tuple[DisputeRow, ...]
    suspects: tuple[Suspect, ...]
    readings: tuple[ReadingRow, ...]
    history: tuple[InvoiceStep, ...]
    acts: frozenset[Act]
    why_not: str
    note: str
    due_on: date | None
    category_id: int
    credits_id: int | None
    credits: str
    credited_by: tuple[tuple[int, str, Money], ...]
    post_item_id: int | None
    post_item: str
    request_id: int | None
    labour: Money
    finance_reference: str
    settled_why: str
    blocked: str = ""
    retention_why: str = ""


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """An order that an invoice may be of, as the log sheet shows it at once."""

    order_id: int
    number: str
    title: str
    supplier_id: int | None
    supplier: str
    state: str
    category_id: int
    left_net: Money
    left_vat: Money


@dataclass(frozen=True, slots=True)
class FromPost:
    """What the log sheet begins with from an item of the post.

    Attributes:
        received_on: the day on which the post log says that it reached the council.
        supplier_id: by the sender's e-mail address, its domain, or its name; none: not recognised.
        order: by an order number in the subject, the text or the reference.
        papers: the PDFs and scans with it (sha256, file name), of which the first is taken for the invoice.
        logged: the invoice that was logged from it already.
    """

    item_id: int
    item_number: str
    channel: PostChannel
    received_on: date
    sender: str
    subject_line: str
    supplier_id: int | None
    supplier: str
    supplier_number: str
    order: OrderChoice | None
    papers: tuple[tuple[str, str], ...]
    logged: tuple[int, str] | None = None
