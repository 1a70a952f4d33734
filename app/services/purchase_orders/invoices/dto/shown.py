"""Invoices as they are listed and opened: the match, the clock, disputes, CIS, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import (
    ZERO,
    DisputeReason,
    InvoiceKind,
    InvoiceState,
    MatchFault,
    Money,
    PostChannel,
    PurchaseVat,
)
from app.services.core.changes import Changes


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
    CREDIT = "credit"
    """A credit note for it is logged."""
    CANCEL = "cancel"


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
        payable: what the supplier gets when it is paid: without CIS and retention; of a credit note negative.
        disputed: a dispute of it is open.
        disputed_told: and the supplier was told.
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


@dataclass(frozen=True, slots=True)
class Clock:
    """The time to pay.

    Attributes:
        started_on: the day from which it runs.
        last_on: the last day, disputes counted in.
        held_days: calendar days for which it stood.
        left_days: calendar days from today to the last day; negative: late. While it stands: from the day on which it stopped.
        held: it stands now.
        words: lines that say how it comes to that.
    """

    started_on: date
    last_on: date
    held_days: int
    left_days: int
    held: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeShare:
    """What a code bears of a line."""

    budget_id: int
    code: str
    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """A fault that the match found.

    Attributes:
        line_place: 0: of the whole invoice.
        words: the fault in words with its figures; an acceptance is of these words.
        accepted_why, accepted_by: empty: it isn't accepted.
        acceptable: an officer may accept it with a reason; else it has to be put right.
    """

    fault: MatchFault
    line_place: int
    words: str
    accepted_why: str = ""
    accepted_by: str = ""
    acceptable: bool = True

    @property
    def open(self) -> bool:
        """Whether it stands in the way."""
        return not self.accepted_why


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A line of the order and of the invoice side by side; quantities in thousandths, prices in thousandths of a penny.

    A line of the order that this invoice doesn't charge has no `place`; one of the invoice without an order no `order_line_id`.

    Attributes:
        ordered: less what was cancelled.
        received: less what went back.
        invoiced_before: by other invoices that are approved or wait, less credit notes.
        invoiced: by this one.
        order_net: what this quantity costs at the order's price; `net` less it is `difference`.
        vat_expected: of `net` by the rate of the invoice's date.
        faults: those of this line.
    """

    place: int | None
    line_id: int | None
    order_line_id: int | None
    order_place: int | None
    description: str
    order_description: str
    unit: str
    labour: bool
    ordered: int
    received: int
    invoiced_before: int
    invoiced: int
    order_price: int | None
    price: int | None
    order_net: Money
    net: Money
    difference: Money
    vat_kind: PurchaseVat
    vat_expected: Money
    vat: Money
    vat_recovered: bool
    codes: tuple[CodeShare, ...] = ()
    faults: tuple[MatchFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Order, receipts and invoice side by side.

    Attributes:
        lines: those of the invoice in their order, then those of the order that it doesn't charge.
        differences: every fault, accepted or not.
        net, vat: of the lines; `invoice_net`, `invoice_vat` of the invoice as printed.
        warnings: what doesn't stand in the way: a CIS status that wasn't verified, a blocked supplier, a meter's readings.
    """

    lines: tuple[MatchLine, ...]
    differences: tuple[Difference, ...]
    net: Money
    vat: Money
    invoice_net: Money
    invoice_vat: Money
    warnings: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way of approval."""
        return not any(each.open for each in self.differences)


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute; `holds` whether it holds the clock, and `holds_why` why or why not."""

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


@dataclass(frozen=True, slots=True)
class Suspect:
    """Another invoice that this one may be a copy of; `exact`: the same supplier and number, which is refused."""

    invoice_id: int
    number: str
    supplier_number: str
    invoice_on: date
    gross: Money
    state: InvoiceState
    why: str
    exact: bool


@dataclass(frozen=True, slots=True)
class CisSum:
    """The deduction as a sum that can be read out: labour at a rate in percent.

    Attributes:
        rate: in percent, as it is written: `20`; empty: outside the scheme, nothing is deducted.
        words: the sum in words.
    """

    labour: Money
    materials: Money
    rate: str
    deducted: Money
    words: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What a bill says of a meter, and what is odd about it."""

    reading_id: int
    meter_id: int
    meter: str
    site: str
    from_on: date
    to_on: date
    opening: int | None
    closing: int | None
    used: int
    estimated: bool
    net: Money
    faults: tuple[str, ...] = ()
    invoice_id: int | None = None
    invoice_number: str = ""


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
        papers: the PDFs with it (sha256, file name), of which the first is taken for the invoice.
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


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter of the register; `used` over the last twelve months of bills, `last_on` the last day billed."""

    meter_id: int
    version: int
    supplier_id: int
    supplier: str
    account_number: str
    meter: str
    kind: str
    site: str
    property_id: int | None
    code: str
    registered_on: date | None
    active: bool
    last_on: date | None
    estimated: bool
    used: int
    cost: Money


@dataclass(frozen=True, slots=True)
class MonthUse:
    """Consumption of a calendar month, spread by days; `before` that of the same month a year earlier."""

    month: date
    used: int
    before: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class CisLine:
    """What the monthly return has of a supplier: paid in a tax month (6th to 5th)."""

    supplier_id: int
    supplier: str
    cis_reference: str
    status: str
    gross: Money
    materials: Money
    deducted: Money
    invoices: int


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


NO_CIS: Final = CisSum(ZERO, ZERO, "", ZERO, "")
