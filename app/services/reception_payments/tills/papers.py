"""The end-of-day sheet of a session and the paying-in slip of a banking, as PDF and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import TillReceipt, TillSession
from app.models.values import BankingState, Money, MoneyReceiptState, TakenBy, TillCountKind, TillState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.office_sheet import OfficeSheet, SheetTable, sheet_pdf
from app.services.exports.xlsx import xlsx_bytes
from app.services.letters.sender import sender
from app.services.reception_payments.receipts.rules import METHODS, numbered, spelt
from app.services.reception_payments.tills import queries, rules, sessions
from app.services.reception_payments.tills.dto import (
    BANKING_STATES,
    KINDS,
    BankingCard,
    CountRow,
    SessionCard,
    SessionRow,
    TillPaper,
)

_VOID: Final = {MoneyReceiptState.VOID: "Void", MoneyReceiptState.RETURNED: "Came back"}
Lines = Sequence[tuple[Receipt, str]]
"""Receipts, each with its number as it is written."""


def end_of_day(ctx: Context, session_id: int) -> TillPaper:
    """The end-of-day sheet of a session as a PDF.

    Raises:
        UserError: it isn't cashed up yet.
    """
    card, lines = _counted(ctx, session_id)
    row = card.row
    title = f"End of day: {row.till}, {row.desk}"
    made = OfficeSheet(
        sender(ctx),
        title,
        f"Session {row.number}",
        "" if row.signed_by else "NOT SIGNED YET",
        tuple(_session_facts(row)),
        (
            _takings(row, lines),
            _differences(card),
            _denominations(_last(card), "Cash as it was counted"),
            _listed(lines),
        ),
        (("Counted by", row.holder), ("Signed by", row.signed_by)),
    )
    return TillPaper(f"End of day {row.number} {row.business_on.isoformat()}.pdf", title, sheet_pdf(made))


def end_of_day_workbook(ctx: Context, session_id: int) -> TillPaper:
    """The receipts of a session as a workbook, with what was counted above them.

    Raises:
        UserError: it isn't cashed up yet.
    """
    card, lines = _counted(ctx, session_id)
    title = f"End of day: {card.row.till}, {card.row.desk}"
    columns = (
        Column("Receipt"),
        Column("Time", Kind.MOMENT),
        Column("How"),
        Column("Number"),
        Column("State"),
        Column("Amount", Kind.POUNDS),
        Column("Counts", Kind.POUNDS, total=True),
    )
    rows = [
        (
            number,
            each.recorded_at,
            METHODS[each.taken_by],
            each.cheque_number or each.slip,
            _VOID.get(each.state, ""),
            Money(each.pence),
            Money(0 if each.state is MoneyReceiptState.VOID else each.pence),
        )
        for each, number in lines
    ]
    stamps = (*(f"{label}: {value}" for label, value in _session_facts(card.row)), *_counted_words(card))
    content = xlsx_bytes(Table(title, stamps, columns, rows))
    return TillPaper(f"End of day {card.row.number} {card.row.business_on.isoformat()}.xlsx", title, content)


def paying_in(ctx: Context, banking_id: int) -> TillPaper:
    """The paying-in slip of a banking as a PDF.

    Raises:
        UserError: there is no such banking.
    """
    card = queries.banking_card(ctx, banking_id)
    row = card.row
    title = f"Paying-in slip {row.number}"
    made = OfficeSheet(
        sender(ctx),
        title,
        f"Banking {row.number}, bag {row.bag}",
        "CANCELLED" if row.state is BankingState.CANCELLED else "",
        tuple(_banking_facts(card)),
        tuple(_slip_tables(card, _cheques(ctx, card))),
        (("Made by", row.made_by), ("Sealed by", row.sealed_by), ("Taken by the carrier or the bank", "")),
    )
    return TillPaper(f"Paying-in slip {row.number}.pdf", title, sheet_pdf(made))


def paying_in_workbook(ctx: Context, banking_id: int) -> TillPaper:
    """The paying-in slip of a banking as a workbook.

    Raises:
        UserError: there is no such banking.
    """
    card = queries.banking_card(ctx, banking_id)
    title = f"Paying-in slip {card.row.number}"
    columns = (Column("What", width=40), Column("How many", Kind.INT), Column("Amount", Kind.POUNDS, total=True))
    rows: list[tuple[str, int | None, Money]] = [
        (rules.named(worth), quantity, Money(worth * quantity)) for worth, quantity in _ordered(card.quantities)
    ]
    if not rows and card.row.cash:
        rows.append(("Cash", None, card.row.cash))
    rows += [
        (f"{METHODS[each.taken_by]} {each.cheque_number}", 1, Money(each.pence)) for each, _ in _cheques(ctx, card)
    ]
    stamps = tuple(f"{label}: {value}" for label, value in _banking_facts(card))
    content = xlsx_bytes(Table(title, stamps, columns, rows))
    return TillPaper(f"Paying-in slip {card.row.number}.xlsx", title, content)


def _counted(ctx: Context, session_id: int) -> tuple[SessionCard, Lines]:
    card = queries.session_card(ctx, session_id)
    if card.row.state is TillState.OPEN:
        raise UserError(f"Session {card.row.number} is open.", "Its sheet is there once it is cashed up.")
    return card, _receipts(ctx, (session_id,))


def _receipts(ctx: Context, session_ids: Iterable[int]) -> Lines:
    rows = (
        select(Receipt, PaymentDesk.prefix)
        .join(TillReceipt, TillReceipt.receipt_id == Receipt.id)
        .join(TillSession, TillSession.id == TillReceipt.session_id)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .where(TillReceipt.session_id.in_(sorted(session_ids)))
        .order_by(Receipt.id)
    )
    return [(each, numbered(prefix, each.number)) for each, prefix in ctx.session.execute(rows)]


def _cheques(ctx: Context, card: BankingCard) -> Lines:
    found = _receipts(ctx, (each.session_id for each in card.sessions))
    return [
        (each, number)
        for each, number in found
        if each.taken_by in sessions.PAPER and each.state is not MoneyReceiptState.VOID
    ]


def _session_facts(row: SessionRow) -> Iterable[tuple[str, str]]:
    yield "Day", spelt(row.business_on)
    yield "Session", f"{row.number}, opened {_moment(row.opened_at)}"
    yield "Held by", row.holder
    yield "Float", str(row.float_)
    yield "Cash counted", str(row.counted)
    if row.over is not None:
        yield "Difference", _side(row.over)
    if row.why:
        yield "Why", row.why
    yield "Cheques and orders", str(row.cheques)
    if row.to_bank is not None:
        yield "To the bank", str(row.to_bank)
    yield "Signed", f"{row.signed_by}, {_moment(row.signed_at)}" if row.signed_at else "Not yet"


def _banking_facts(card: BankingCard) -> Iterable[tuple[str, str]]:
    row = card.row
    yield "Desk", row.desk
    yield "Bag", row.bag
    yield "State", f"{BANKING_STATES[row.state]}{f': {row.why}' if row.why else ''}"
    yield "Sessions", ", ".join(f"{each.number} of {spelt(each.business_on)}" for each in card.sessions)
    yield "Made", f"{row.made_by}, {_moment(row.made_at)}"
    if row.sealed_at is not None:
        yield "Sealed", f"{row.sealed_by}, {_moment(row.sealed_at)}"
    if row.banked_on is not None:
        yield "At the bank", f"{row.banked} on {spelt(row.banked_on)}"


def _takings(row: SessionRow, lines: Lines) -> SheetTable:
    """What was taken, by way: what stands of it."""
    found: dict[TakenBy, list[int]] = {}
    for each, _ in lines:
        if each.state is not MoneyReceiptState.VOID:
            found.setdefault(each.taken_by, []).append(each.pence)
    rows = tuple((METHODS[way], f"{len(pence):,}", str(Money(sum(pence)))) for way, pence in sorted(found.items()))
    total = sum(sum(pence) for pence in found.values())
    return SheetTable("Taken", ("How", "Receipts", "Amount"), rows, ("Total", f"{row.receipts:,}", str(Money(total))))


def _differences(card: SessionCard) -> SheetTable:
    rows = tuple(
        (
            _count_words(each),
            str(each.counted),
            _side(each.over) if each.over is not None else "",
        )
        for each in card.counts
    )
    return SheetTable("Counts", ("Count", "Counted", "Difference"), rows)


def _count_words(row: CountRow) -> str:
    to = f" to {row.to}, {'agreed' if row.taken_over else 'not agreed'}" if row.to else ""
    return f"{KINDS[row.kind]}, {row.by}{to}, {_moment(row.at)}{f': {row.why}' if row.why else ''}"


def _counted_words(card: SessionCard) -> Iterable[str]:
    """The counts and the notes and coins of the last, a line each, for a workbook."""
    for each in card.counts:
        over = f", difference {_side(each.over)}" if each.over is not None else ""
        yield f"{_count_words(each)}: {each.counted}{over}"
    cash = ", ".join(f"{quantity:,} of {rules.named(worth)}" for worth, quantity in _ordered(_last(card)))
    yield f"Notes and coins: {cash or 'none'}"


def _last(card: SessionCard) -> Mapping[int, int]:
    ups = [each for each in card.counts if each.kind is TillCountKind.CASH_UP]
    return ups[-1].quantities if ups else {}


def _denominations(quantities: Mapping[int, int], heading: str) -> SheetTable:
    rows = tuple(
        (rules.named(worth), f"{quantity:,}", str(Money(worth * quantity))) for worth, quantity in _ordered(quantities)
    )
    total = ("Total", "", str(Money(rules.total(quantities))))
    return SheetTable(heading, ("Note or coin", "How many", "Amount"), rows, total)


def _listed(lines: Lines) -> SheetTable:
    rows = tuple(
        (
            " ".join(
                part
                for part in (number, METHODS[each.taken_by], each.cheque_number or each.slip, _VOID.get(each.state, ""))
                if part
            ),
            f"{each.recorded_at.astimezone():%H:%M}",
            str(Money(each.pence)),
        )
        for each, number in lines
    )
    return SheetTable("Receipts", ("Receipt", "Time", "Amount"), rows)


def _slip_tables(card: BankingCard, cheques: Lines) -> Iterable[SheetTable]:
    row = card.row
    if card.quantities:
        yield _denominations(card.quantities, "Cash")
    if cheques:
        rows = tuple(
            (f"{METHODS[each.taken_by]} {each.cheque_number}", n, str(Money(each.pence))) for each, n in cheques
        )
        yield SheetTable(
            "Cheques and postal orders",
            ("Number", "Receipt", "Amount"),
            rows,
            (f"{row.cheque_count} in all", "", str(row.cheques)),
        )
    sums = (("Cash", str(row.cash)), ("Cheques and postal orders", str(row.cheques)))
    yield SheetTable("Paid in", ("What", "Amount"), sums, ("Total", str(row.total)))


def _ordered(quantities: Mapping[int, int]) -> list[tuple[int, int]]:
    return sorted(quantities.items(), reverse=True)


def _side(over: Money) -> str:
    if not over:
        return "None"
    return f"{Money(abs(over.pence))} {'over' if over.pence > 0 else 'under'}"


def _moment(at: datetime | None) -> str:
    local = at.astimezone() if at else None
    return f"{spelt(local.date())} {local:%H:%M}" if local else ""


Draw = Callable[[Context, int], TillPaper]
