"""The words, columns and filters of invoices."""

from __future__ import annotations

from typing import Final

from app.models.values import ZERO, CisStatus, DisputeReason, InvoiceKind, InvoiceState, MatchFault, Money, PurchaseVat
from app.services.purchase_orders.invoices.dto import (
    EVERY_INVOICE,
    DisputeRow,
    InvoiceRow,
    InvoiceSort,
    InvoiceStep,
    InvoiceView,
    Suspect,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.facets import SPANS, Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

KINDS: Final = {
    InvoiceKind.INVOICE: "Invoice",
    InvoiceKind.CREDIT_NOTE: "Credit note",
    InvoiceKind.UTILITY: "Utility bill",
}
STATES: Final = {
    InvoiceState.LOGGED: "To match",
    InvoiceState.WAITING: "Awaiting approval",
    InvoiceState.APPROVED: "Approved",
    InvoiceState.IN_RUN: "In a payment run",
    InvoiceState.PAID: "Paid",
    InvoiceState.CANCELLED: "Cancelled",
}
_BRIEF: Final = {InvoiceState.WAITING: "To approve", InvoiceState.IN_RUN: "In a run"}
TONES: Final = {
    InvoiceState.LOGGED: "warning",
    InvoiceState.WAITING: "warning",
    InvoiceState.APPROVED: "good",
    InvoiceState.IN_RUN: "good",
    InvoiceState.PAID: "good",
    InvoiceState.CANCELLED: "muted",
}
VIEWS: Final = {
    InvoiceView.TO_MATCH: "To match",
    InvoiceView.DISPUTED: "Disputed",
    InvoiceView.AWAITING: "Awaiting approval",
    InvoiceView.APPROVED: "Approved",
    InvoiceView.LATE: "Late or soon late",
    InvoiceView.NO_ORDER: "Without order",
    InvoiceView.CREDITS: "Credit notes",
    InvoiceView.RETENTION: "Kept back",
    InvoiceView.MINE: "Mine",
}
REASONS: Final = {
    DisputeReason.NOT_RECEIVED: "Not received",
    DisputeReason.DAMAGED: "Damaged or not as ordered",
    DisputeReason.PRICE: "Price",
    DisputeReason.QUANTITY: "Quantity",
    DisputeReason.VAT: "VAT",
    DisputeReason.NOT_OURS: "Not ours",
    DisputeReason.DUPLICATE: "Charged before",
    DisputeReason.OTHER: "Something else",
}
FAULTS: Final = {
    MatchFault.NO_ORDER: "No order",
    MatchFault.NOT_OPEN: "Order not open",
    MatchFault.OTHER_SUPPLIER: "Other supplier",
    MatchFault.NOT_RECEIVED: "Not received",
    MatchFault.QUANTITY: "Quantity",
    MatchFault.PRICE: "Price",
    MatchFault.VAT: "VAT",
    MatchFault.NOT_ORDERED: "Not ordered",
    MatchFault.TOTAL: "Total",
    MatchFault.DUPLICATE: "Charged before",
    MatchFault.CODE: "Code",
}
VAT: Final = {
    PurchaseVat.STANDARD: "Standard",
    PurchaseVat.REDUCED: "Reduced",
    PurchaseVat.ZERO: "Zero",
    PurchaseVat.EXEMPT: "Exempt",
    PurchaseVat.OUTSIDE: "Outside",
}
CIS: Final = {
    CisStatus.OUTSIDE: "Outside the scheme",
    CisStatus.GROSS: "Gross",
    CisStatus.REGISTERED: "Registered",
    CisStatus.UNREGISTERED: "Unregistered",
}
SOON: Final = 7
"""Days left that are told in colour."""


def state_words(row: InvoiceRow) -> str:
    """How far it has come; an open dispute stands beside it."""
    said = STATES[row.state]
    if not row.disputed:
        return said
    return "Disputed" if row.disputed_told else "Disputed, not told yet"


def state_tone(row: InvoiceRow) -> str:
    """The colour of that."""
    return "bad" if row.disputed else TONES[row.state]


def left_tone(row: InvoiceRow) -> str:
    """The colour of the days that are left."""
    if row.left_days is None or (row.disputed and row.disputed_told):
        return "muted"
    return "bad" if row.left_days < 0 else "warning" if row.left_days <= SOON else ""


def gross_of(row: InvoiceRow) -> Money:
    """What it asks for; a credit note takes it off."""
    return -row.gross if row.kind is InvoiceKind.CREDIT_NOTE else row.gross


def _brief_state(row: InvoiceRow) -> tuple[str, ...]:
    return ("Disputed",) if row.disputed else (_BRIEF.get(row.state, STATES[row.state]),)


def _order(row: InvoiceRow) -> str:
    return row.order_number or (f"{row.order_quoted} ?" if row.order_quoted else "none")


_LINES: tuple[Column[InvoiceRow], ...] = (
    Column(InvoiceSort.NUMBER, "Number", lambda row: row.number, 84, sorts=True, firm=True),
    Column(
        InvoiceSort.SUPPLIER,
        "Supplier",
        lambda row: row.supplier,
        200,
        sorts=True,
        floor=196,
        shorter=lambda row: shorter_names(row.supplier),
    ),
    Column(
        InvoiceSort.THEIR_NUMBER, "Their number", lambda row: row.supplier_number, 110, sorts=True, floor=84, least=2
    ),
    Column(
        InvoiceSort.GROSS,
        "With VAT",
        gross_of,
        96,
        shown=lambda row: gross_of(row).plain() if gross_of(row) >= ZERO else f"{(-gross_of(row)).plain()} CR",
        tone=lambda row: "good" if gross_of(row) < ZERO else "",
        right=True,
        sorts=True,
        holds=Holds.POUNDS,
        total=True,
    ),
    Column(
        InvoiceSort.STATE,
        "State",
        state_words,
        132,
        tone=state_tone,
        sorts=True,
        floor=78,
        shorter=_brief_state,
    ),
    Column(InvoiceSort.PAY_BY, "Left to pay", lambda row: row.left, 124, tone=left_tone, sorts=True, floor=104),
    Column(
        InvoiceSort.ORDER,
        "Order",
        _order,
        88,
        tone=lambda row: "" if row.order_number else "muted",
        sorts=True,
        least=1,
        floor=80,
    ),
    Column(InvoiceSort.RECEIVED, "Received", lambda row: row.received_on, 92, sorts=True, holds=Holds.DATE, least=3),
    Column(InvoiceSort.INVOICE_ON, "Dated", lambda row: row.invoice_on, 92, sorts=True, holds=Holds.DATE, spare=True),
    Column("pay_by_on", "Last day", lambda row: row.pay_by_on, 92, holds=Holds.DATE, spare=True),
    Column("kind", "Kind", lambda row: KINDS[row.kind], 96, spare=True),
    Column("net", "Before VAT", lambda row: row.net, 90, right=True, holds=Holds.POUNDS, spare=True),
    Column("payable", "To be paid", lambda row: row.payable, 90, right=True, holds=Holds.POUNDS, spare=True),
    Column("category", "Category", lambda row: row.category, 130, spare=True),
    Column("logged_by", "Logged by", lambda row: row.logged_by, 120, spare=True),
    Column("approved_by", "Approved by", lambda row: row.approved_by, 120, spare=True),
    Column("paid_on", "Paid", lambda row: row.paid_on, 92, holds=Holds.DATE, spare=True),
)
FACETS: Final = (
    Facet("view", "View", tuple(Choice(view, words, quick=True) for view, words in VIEWS.items()), plain=True),
    Facet("states", "State", tuple(Choice(state, words) for state, words in STATES.items()), many=True),
    Facet("kinds", "Kind", tuple(Choice(kind, words) for kind, words in KINDS.items()), many=True),
    Facet("days", "Received in the last", tuple(Choice(days, words) for words, days in SPANS)),
    Facet("from_on", "Received from", day=True),
    Facet("to_on", "Received until", day=True),
)
SPEC: TableSpec[InvoiceRow] = TableSpec(
    key="purchase_orders.invoices",
    name="Invoices",
    noun=("invoice", "invoices"),
    columns=_LINES,
    everything=EVERY_INVOICE,
    facets=FACETS,
    find="Our number, theirs, the order or the supplier",
    sort=(InvoiceSort.PAY_BY, False),
    stretch=InvoiceSort.SUPPLIER,
    nothing="No invoice is like that. Take a filter away, or try fewer words.",
    none="No invoice is logged yet. Ctrl+Enter logs one; an e-mail in Post with an invoice is logged from there by Ctrl+B.",
    balance=False,
)
HISTORY: tuple[Column[InvoiceStep], ...] = (
    Column(
        "when",
        "When",
        lambda step: step.at or step.on,
        124,
        shown=lambda step: formats.moment(step.at) if step.at else formats.day(step.on),
        firm=True,
    ),
    Column("what", "What", lambda step: step.what, 150, floor=110),
    Column("words", "", lambda step: step.words, 220),
    Column("who", "By", lambda step: step.who, 120, least=1),
)
DISPUTES: tuple[Column[DisputeRow], ...] = (
    Column("found_on", "Found", lambda each: each.found_on, 92, holds=Holds.DATE, firm=True),
    Column("reason", "Reason", lambda each: REASONS[each.reason], 130, floor=100),
    Column("words", "What is disputed", lambda each: each.words, 200),
    Column(
        "notified_on",
        "Told",
        lambda each: each.notified_on,
        92,
        shown=lambda each: "not gone yet" if each.under_way else formats.day(each.notified_on),
        holds=Holds.DATE,
        least=1,
    ),
    Column("outcome", "Settled", lambda each: each.outcome or (formats.day(each.closed_on) or "open"), 140, least=2),
)
SUSPECTS: tuple[Column[Suspect], ...] = (
    Column("number", "Ours", lambda each: each.number, 84, firm=True),
    Column("theirs", "Their number", lambda each: each.supplier_number, 110, floor=84),
    Column("invoice_on", "Dated", lambda each: each.invoice_on, 92, holds=Holds.DATE),
    money_column("gross", "With VAT", lambda each: each.gross, 90),
    Column("state", "State", lambda each: STATES[each.state], 110, least=1),
    Column("why", "Why it may be the same", lambda each: each.why, 220, floor=160),
)
