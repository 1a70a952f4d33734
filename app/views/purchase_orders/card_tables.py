"""The tables on the card of an order: its lines, quotations, versions, receipts and invoices, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import (
    InvoiceKind,
    InvoiceState,
    Money,
    OrderEvent,
    OrderVersionState,
    PurchaseVat,
    ReceiptKind,
    Subject,
    WaiverReason,
)
from app.services.purchase_orders.amounts import write_price, write_quantity
from app.services.purchase_orders.orders.dto import (
    LineRow,
    OrderDetail,
    QuotationRow,
    StepRow,
    VersionLine,
    VersionRow,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column

VAT_KINDS: Final = {
    PurchaseVat.STANDARD: "Standard rate",
    PurchaseVat.REDUCED: "Reduced rate",
    PurchaseVat.ZERO: "Zero rate",
    PurchaseVat.EXEMPT: "Exempt",
    PurchaseVat.OUTSIDE: "Outside VAT",
}
WAIVERS: Final = {
    WaiverReason.SOLE_SUPPLIER: "Only one supplier can do it",
    WaiverReason.EMERGENCY: "An emergency",
    WaiverReason.FRAMEWORK: "A framework",
    WaiverReason.CONTRACT: "A contract that was let already",
    WaiverReason.NO_RESPONSE: "Nobody else answered",
    WaiverReason.OTHER: "Another reason",
}
EVENTS: Final = {
    OrderEvent.DRAFTED: "Drafted",
    OrderEvent.CHANGED: "Changed",
    OrderEvent.ASKED: "Asked for approval",
    OrderEvent.APPROVED: "Approved",
    OrderEvent.REFUSED: "Refused",
    OrderEvent.WITHDRAWN: "Withdrawn",
    OrderEvent.SENT: "Sent",
    OrderEvent.AMENDED: "Amended",
    OrderEvent.RECEIVED: "Received",
    OrderEvent.RETURNED: "Returned",
    OrderEvent.COMPLETED: "Works done",
    OrderEvent.INVOICED: "Invoiced",
    OrderEvent.CANCELLED: "Cancelled",
    OrderEvent.ROLLED: "Rolled into the new year",
    OrderEvent.CLOSED: "Closed",
    OrderEvent.RECHARGED: "Recharged",
}
_VERSIONS: Final = {
    OrderVersionState.WAITING: "Waits for approval",
    OrderVersionState.APPROVED: "Approved",
    OrderVersionState.REFUSED: "Refused",
    OrderVersionState.WITHDRAWN: "Withdrawn",
}
_RECEIPTS: Final = {
    ReceiptKind.RECEIVED: "Received",
    ReceiptKind.RETURNED: "Returned",
    ReceiptKind.CORRECTED: "Correction",
}
_INVOICES: Final = {
    InvoiceState.LOGGED: "to be matched",
    InvoiceState.WAITING: "waits for approval",
    InvoiceState.APPROVED: "approved",
    InvoiceState.IN_RUN: "in a payment run",
    InvoiceState.PAID: "paid",
    InvoiceState.CANCELLED: "cancelled",
}


def quantity_words(quantity: int, unit: str = "") -> str:
    """A quantity with its unit: `3 days`."""
    return f"{write_quantity(quantity)} {unit}".strip()


def _cancelled(line: LineRow) -> str:
    return f"{line.description}  ({write_quantity(line.cancelled)} cancelled)" if line.cancelled else line.description


def _tone(done: int, line: LineRow) -> str:
    whole = line.quantity - line.cancelled
    return "good" if done >= whole > 0 else "warning" if done > 0 else "muted"


def _taken(row: QuotationRow) -> str:
    words = "chosen" if row.chosen else ""
    return ", ".join(each for each in (words, "lowest" if row.lowest else "") if each)


LINES: tuple[Column[LineRow], ...] = (
    Column("place", "", lambda row: row.place, 30, firm=True),
    Column("description", "Line", lambda row: row.description, 160, shown=_cancelled, floor=110),
    Column("quantity", "Ordered", lambda row: quantity_words(row.quantity, row.unit), 84, right=True, floor=60),
    Column(
        "received",
        "Received",
        lambda row: write_quantity(row.received),
        72,
        right=True,
        tone=lambda row: _tone(row.received, row),
    ),
    Column(
        "invoiced",
        "Invoiced",
        lambda row: write_quantity(row.invoiced),
        72,
        right=True,
        tone=lambda row: _tone(row.invoiced, row),
    ),
    Column("price", "Price", lambda row: write_price(row.price), 76, right=True, firm=True, least=2),
    Column("net", "Net", lambda row: row.net, 84, right=True, holds=Holds.POUNDS, total=True),
    Column("vat", "VAT", lambda row: row.vat, 76, right=True, holds=Holds.POUNDS, total=True, least=1),
    Column("vat_kind", "VAT by", lambda row: VAT_KINDS[row.vat_kind], 100, spare=True),
    Column("codes", "Codes", lambda row: ", ".join(each.code for each in row.codes), 120, spare=True),
)
QUOTATIONS: tuple[Column[QuotationRow], ...] = (
    Column("name", "Supplier", lambda row: row.name, 150, floor=110),
    Column(
        "net",
        "Net",
        lambda row: row.net,
        96,
        right=True,
        shown=lambda row: row.net.plain() if row.net is not None else "gave none",
        tone=lambda row: "" if row.net is not None else "muted",
        holds=Holds.POUNDS,
    ),
    Column("chosen", "", _taken, 110, tone=lambda row: "good" if row.chosen else "muted", floor=60),
    Column("written", "", lambda row: "written" if row.written else "by telephone", 90, least=3),
    Column("given_on", "Given", lambda row: row.given_on, 92, holds=Holds.DATE, least=1),
    Column("reference", "Their reference", lambda row: row.reference, 110, least=4),
    Column("document", "", lambda row: "attached" if row.document else "", 70, least=2),
    Column("note", "Note", lambda row: row.chosen_why or row.note, 150, least=5),
)


HISTORY: tuple[Column[StepRow], ...] = (
    Column("at", "When", lambda row: row.at, 124, shown=lambda row: formats.moment(row.at), firm=True),
    Column("event", "What", lambda row: EVENTS[row.event], 130, floor=90),
    Column("words", "", lambda row: row.words, 200),
    Column("officer", "By", lambda row: row.officer, 120, least=1),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt or an invoice of the order, as listed; Enter opens it."""

    subject: Subject
    record_id: int
    number: str
    what: str
    on: date
    amount: Money
    words: str
    tone: str


def papers_of(found: OrderDetail) -> tuple[Paper, ...]:
    """The receipts and invoices of an order by day."""
    receipts = [
        Paper(
            Subject.GOODS_RECEIPT,
            each.receipt_id,
            each.number,
            _RECEIPTS[each.kind],
            each.received_on,
            each.amount,
            f"by {each.officer}",
            "",
        )
        for each in found.receipts
    ]
    invoices = [
        Paper(
            Subject.SUPPLIER_INVOICE,
            each.invoice_id,
            each.number,
            "Credit note" if each.kind is InvoiceKind.CREDIT_NOTE else "Invoice",
            each.received_on,
            each.gross,
            _invoice_words(each.supplier_number, each.state, each.pay_by_on, each.paid_on, disputed=each.disputed),
            "bad" if each.disputed else "good" if each.paid_on else "",
        )
        for each in found.invoices
    ]
    return tuple(sorted((*receipts, *invoices), key=lambda each: (each.on, each.number)))


def _invoice_words(number: str, state: InvoiceState, by: date, paid: date | None, *, disputed: bool) -> str:
    if disputed:
        how = "disputed"
    elif paid is not None:
        how = f"paid {formats.day(paid)}"
    else:
        how = f"{_INVOICES[state]}, pay by {formats.day(by)}"
    return f"{number}: {how}"


PAPERS: tuple[Column[Paper], ...] = (
    Column("on", "Day", lambda row: row.on, 92, holds=Holds.DATE, firm=True),
    Column("what", "What", lambda row: row.what, 90, floor=70),
    Column("number", "Number", lambda row: row.number, 84, firm=True),
    Column("words", "", lambda row: row.words, 200, tone=lambda row: row.tone),
    Column("amount", "Amount", lambda row: row.amount, 90, right=True, holds=Holds.POUNDS),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of a version, or what a version changed of the one before."""

    version: VersionRow
    first: bool
    words: str
    net: Money | None


VERSIONS: tuple[Column[Difference], ...] = (
    Column("number", "Version", lambda row: row.version.number if row.first else None, 60, firm=True),
    Column(
        "state",
        "State",
        lambda row: _VERSIONS[row.version.state] if row.first else "",
        110,
        floor=80,
    ),
    Column("words", "What changed", lambda row: row.words, 240),
    Column("net", "Net", lambda row: row.net, 90, right=True, holds=Holds.POUNDS),
    Column("on", "Made", lambda row: row.version.made_at.date() if row.first else None, 92, holds=Holds.DATE, least=2),
    Column("by", "By", lambda row: row.version.made_by if row.first else "", 110, least=3),
    Column("approved", "Approved by", lambda row: row.version.approved_by if row.first else "", 110, least=1),
)


def differences(versions: Sequence[VersionRow]) -> tuple[Difference, ...]:
    """The versions, the latest first, each with what it changed of the one before it, line by line."""
    made: list[Difference] = []
    in_turn = sorted(versions, key=lambda each: each.number)
    for at, each in enumerate(in_turn):
        before = next((old for old in reversed(in_turn[:at]) if old.state is OrderVersionState.APPROVED), None)
        reason = each.reason or ("As it was ordered" if before is None else "Amended")
        lines = [Difference(each, False, words, None) for words in changed(before, each)]
        made[:0] = [Difference(each, True, reason, each.net), *lines]
    return tuple(made)


def changed(before: VersionRow | None, after: VersionRow) -> tuple[str, ...]:
    """What a version changed, a sentence for each line; of the first, its lines."""
    if before is None:
        return tuple(f"{each.description}: {_figures(each)}" for each in after.lines)
    old = {each.line_id: each for each in before.lines if each.line_id is not None}
    kept = {each.line_id for each in after.lines}
    gone = [f"Taken out: {each.description}, {_figures(each)}" for key, each in old.items() if key not in kept]
    said = [words for each in after.lines if (words := _change(old.get(each.line_id or 0), each))]
    return (*said, *gone)


def _change(old: VersionLine | None, new: VersionLine) -> str:
    if old is None:
        return f"New: {new.description}, {_figures(new)}"
    parts = (
        (old.description, new.description),
        (quantity_words(old.quantity, old.unit), quantity_words(new.quantity, new.unit)),
        (f"at {write_price(old.price)}", f"at {write_price(new.price)}"),
        (VAT_KINDS[old.vat_kind], VAT_KINDS[new.vat_kind]),
        (old.codes, new.codes),
    )
    told = ", ".join(f"{was} \N{RIGHTWARDS ARROW} {now}" for was, now in parts if was != now)
    return f"{new.description}: {told}" if told else ""


def _figures(line: VersionLine) -> str:
    return f"{quantity_words(line.quantity, line.unit)} at {write_price(line.price)}"
