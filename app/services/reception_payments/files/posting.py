"""What of a file goes on accounts and into suspense: set-based when it is loaded, one journal for each code and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Date, case, func, literal, select

from app.models.db import Text_
from app.models.reception_payments.files import ReceiptFile, ReceiptFileJournal, ReceiptFileLine
from app.models.values import JournalKind, ReceiptLineState, SuspenseSource
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.ledger import periods
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append_bulk, append_received
from app.services.ledger.rules import month_of
from app.services.ledger.sql import AnySelect
from app.services.reception_payments.files import rules
from app.services.reception_payments.files.dto import Placed
from app.services.reception_payments.files.layouts import CHANNELS
from app.services.reception_payments.files.writing import LINE
from app.services.reception_payments.suspense import holding
from app.services.reception_payments.suspense.dto import NewSuspense


def post(ctx: Context, row: ReceiptFile, placed: Sequence[Placed]) -> None:
    """Put on accounts what has one, and into suspense what has none."""
    accounting = _accounting(ctx, {each.line.paid_on for each in placed})
    for (code, month), days in _groups(placed, accounting).items():
        ctx.cancel.check()
        _post_group(ctx, row, code, month, days)
    held = [
        NewSuspense(
            SuspenseSource.FILE,
            row.id,
            each.line.place,
            each.line.pence,
            each.line.code,
            each.line.paid_on,
            each.line.given,
            each.line.payer,
            each.line.narrative,
            looked_at=True,
        )
        for each in placed
        if each.state is ReceiptLineState.SUSPENSE
    ]
    _hold(ctx, row, held, "suspense")


def post_later(ctx: Context, row: ReceiptFile, lines: Sequence[ReceiptFileLine]) -> None:
    """Post lines that waited, or that couldn't go where they should: on their accounts, into suspense without one."""
    held = [each for each in lines if each.account_id is None]
    _hold(ctx, row, [_suspense(row, each) for each in held], f"later:{min((each.id for each in held), default=0)}")
    for each in held:
        each.state = ReceiptLineState.SUSPENSE
    by: defaultdict[tuple[str, date], list[ReceiptFileLine]] = defaultdict(list)
    accounting = _accounting(ctx, {each.paid_on for each in lines})
    for each in lines:
        if each.account_id is not None:
            by[each.code, month_of(accounting[each.paid_on])[0]].append(each)
    for (code, _month), group in sorted(by.items(), key=lambda item: item[0]):
        _post_lines(ctx, row, code, group, max(accounting[each.paid_on] for each in group))
    ctx.session.flush()


def source_of(row: ReceiptFile) -> str:
    """What its journals say of where they came from."""
    return f"receipt file {row.number}: {row.sha256[:16]}"


def narrative_of(row: ReceiptFile) -> str:
    """What its lines say on accounts; no payer's words are in it."""
    return f"{CHANNELS[row.channel]}, file {row.number}"


def _accounting(ctx: Context, days: set[date]) -> dict[date, date]:
    """The day on which each day of payment is accounted for: itself, or the first one that is open."""
    return {day: periods.first_open_day(ctx.session, day) for day in sorted(days)}


def _groups(placed: Sequence[Placed], accounting: Mapping[date, date]) -> dict[tuple[str, date], list[date]]:
    """The days of payment of what goes on accounts, by code and by the day on which a journal is accounted for."""
    seen = {
        (each.line.code, each.line.paid_on)
        for each in placed
        if each.state is ReceiptLineState.POSTED and each.receipt_id is None
    }
    by_month: defaultdict[tuple[str, date], list[date]] = defaultdict(list)
    for code, day in sorted(seen):
        by_month[code, month_of(accounting[day])[0]].append(day)
    return {(code, max(accounting[day] for day in days)): days for (code, _), days in by_month.items()}


def _post_group(ctx: Context, row: ReceiptFile, code: str, accounting_on: date, days: Sequence[date]) -> None:
    here = (
        LINE.c.file_id == row.id,
        LINE.c.code == code,
        LINE.c.state == ReceiptLineState.POSTED,
        LINE.c.receipt_id.is_(None),
        LINE.c.paid_on.between(days[0], days[-1]),
    )
    count, pence = ctx.session.execute(select(func.count(), func.sum(LINE.c.pence)).where(*here)).one()
    header = _header(row, accounting_on, f"{code}:{accounting_on}", [int(pence)], int(count))
    posted = append_bulk(ctx, header, _lines(row, code, days, here))
    _note(ctx, row, posted.journal, [(code, int(count), int(pence))])


def _post_lines(ctx: Context, row: ReceiptFile, code: str, lines: Sequence[ReceiptFileLine], on: date) -> None:
    """Post lines that are held in memory; each is in one journal, whoever posts it."""
    first = min(each.id for each in lines)
    header = _header(row, on, f"line:{first}", [each.pence for each in lines], len(lines))
    words = narrative_of(row)
    made = [
        Line(each.account_id or 0, code, -each.pence, each.paid_on, week_monday(each.paid_on), words) for each in lines
    ]
    posted = append_received(ctx, header, made)
    for each in lines:
        each.state, each.journal = ReceiptLineState.POSTED, posted.journal
    _note(ctx, row, posted.journal, _by_code((each.code, each.pence) for each in lines))


def _hold(ctx: Context, row: ReceiptFile, items: Sequence[NewSuspense], key: str) -> None:
    """Put into suspense what has no account, a journal for each period."""
    accounting = _accounting(ctx, {each.received_on for each in items})
    by_month: defaultdict[date, list[NewSuspense]] = defaultdict(list)
    for each in items:
        by_month[month_of(accounting[each.received_on])[0]].append(each)
    for _month, group in sorted(by_month.items()):
        on = max(accounting[each.received_on] for each in group)
        header = _header(row, on, f"{key}:{on}", [each.pence for each in group], len(group), " in suspense")
        held = holding.hold(ctx, header, group)
        _note(ctx, row, held.journal, _by_code((each.code, each.pence) for each in group))


def _header(row: ReceiptFile, on: date, key: str, pences: Iterable[int], count: int, more: str = "") -> JournalHeader:
    return JournalHeader(
        JournalKind.RECEIPTS,
        on,
        source_of(row),
        f"receipt-file:{row.id}:{key}",
        declared_count=count,
        declared_pence=-sum(pences),
        narrative=f"{narrative_of(row)}: {rules.count_of(count, 'payment')}{more}",
    )


def _note(ctx: Context, row: ReceiptFile, journal: int, parts: Iterable[tuple[str, int, int]]) -> None:
    """Note with the file what a journal of it posted, by code."""
    ctx.session.add_all(
        [
            ReceiptFileJournal(file_id=row.id, journal=journal, code=code, count=count, pence=pence)
            for code, count, pence in parts
        ]
    )
    ctx.session.flush()


def _by_code(parts: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    sums: defaultdict[str, list[int]] = defaultdict(list)
    for code, pence in parts:
        sums[code].append(pence)
    return ((code, len(found), sum(found)) for code, found in sorted(sums.items()))


def _suspense(row: ReceiptFile, line: ReceiptFileLine) -> NewSuspense:
    return NewSuspense(
        SuspenseSource.FILE,
        row.id,
        line.place,
        line.pence,
        line.code,
        line.paid_on,
        line.reference_given,
        line.payer_name,
        line.narrative,
        looked_at=True,
    )


def _lines(row: ReceiptFile, code: str, days: Sequence[date], here: Sequence[ColumnElement[bool]]) -> AnySelect:
    return (
        select(
            LINE.c.account_id,
            literal(code, Text_(8)).label("code"),
            (-LINE.c.pence).label("pence"),
            LINE.c.paid_on.label("effective_on"),
            _rent_week(days).label("rent_week"),
            literal(narrative_of(row), Text_(200)).label("narrative"),
        )
        .where(*here)
        .order_by(LINE.c.place)
    )


def _rent_week(days: Sequence[date]) -> ColumnElement[date]:
    """The Monday of each line's day."""
    mondays = sorted({week_monday(day) for day in days}, reverse=True)
    if len(mondays) == 1:
        return literal(mondays[0], Date)
    found = [(LINE.c.paid_on >= monday, literal(monday, Date)) for monday in mondays[:-1]]
    return case(*found, else_=literal(mondays[-1], Date))
