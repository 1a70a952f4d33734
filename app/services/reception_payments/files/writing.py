"""A file and its lines, kept; and what of them goes on accounts, set-based: one journal for each code and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, case, func, literal, select

from app.models.db import Text_
from app.models.reception_payments.files import ReceiptFile, ReceiptFileJournal, ReceiptFileLine
from app.models.values import JournalKind, ReceiptFileState, ReceiptLineState, SuspenseSource
from app.services.core import audit
from app.services.core.bulk import insert_columns
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.documents import safe
from app.services.ledger import numbering, periods
from app.services.ledger.dto import JournalHeader
from app.services.ledger.posting import append_bulk
from app.services.ledger.rules import month_of
from app.services.ledger.sql import AnySelect
from app.services.reception_payments.files import doubled, rules
from app.services.reception_payments.files.dto import Placed
from app.services.reception_payments.files.dto_read import FileRead, ReadLine
from app.services.reception_payments.files.layouts import CHANNELS
from app.services.reception_payments.files.planning import Plan
from app.services.reception_payments.suspense import holding
from app.services.reception_payments.suspense.dto import NewSuspense

COUNTER: Final = "receipt_file"
MEDIA: Final = "application/octet-stream"
LINE: Final[Any] = ReceiptFileLine.__table__
WAITS: Final = frozenset({ReceiptLineState.SUSPECT})
_NOT_POSTED: Final = frozenset({ReceiptLineState.KNOWN})
_NAME: Final = 200
_PLACED: Final = ("state", "account_id", "matched_by", "why", "like_journal", "like_line", "receipt_id")


def about(file_id: int) -> str:
    """What the content of a file is sealed about."""
    return f"receipt_file:{file_id}"


def source_of(row: ReceiptFile) -> str:
    """What its journals say of where they came from."""
    return f"receipt file {row.number}: {row.sha256[:16]}"


def keep_file(ctx: Context, file: FileRead, state: ReceiptFileState, words: str = "") -> ReceiptFile:
    """Keep that a file came, its content aside."""
    layout = file.profile.layout
    refuse_card_number(ctx, file.name, "name of the file", "path")
    row = ReceiptFile(
        number=numbering.take(ctx, COUNTER),
        state=state,
        profile_key=file.profile.key,
        profile_name=file.profile.name,
        edition=file.profile.edition,
        channel=layout.channel,
        file_name=file.name[:_NAME],
        sha256=file.sha256,
        count=0,
        pence=0,
        words=words,
        officer_id=ctx.officer.id,
        loaded_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def keep_lines(ctx: Context, row: ReceiptFile, plan: Plan) -> None:
    """Keep the lines of a file where they were placed, and its content, sealed."""
    file, days = plan.file, plan.days
    row.document_sha256 = safe.keep(ctx, about(row.id), file.content, MEDIA)
    row.count, row.pence = len(plan.placed), file.total.pence
    row.declared_count = file.declared.count
    row.declared_pence = file.declared.total.pence if file.declared.total is not None else None
    row.waiting = sum(each.state in WAITS for each in plan.placed)
    if days is not None:
        row.first_on, row.last_on = days
    ctx.session.flush()
    insert_columns(ctx.session, LINE, _columns(row.id, plan.placed))
    audit.record_bulk(ctx, "receipt_file_line", "insert", rows=len(plan.placed), of_file=row.number)


def post(ctx: Context, row: ReceiptFile, placed: Sequence[Placed]) -> None:
    """Put on accounts what has one, and into suspense what has none."""
    accounting = _accounting(ctx, {each.line.paid_on for each in placed})
    for (code, month), days in _groups(placed, accounting).items():
        ctx.cancel.check()
        _post_group(ctx, row, code, month, days)
    _hold(ctx, row, [each for each in placed if each.state is ReceiptLineState.SUSPENSE], accounting)


def hold_line(ctx: Context, row: ReceiptFile, line: ReceiptFileLine) -> int:
    """Put one line of a file into suspense by itself; returns the journal."""
    new = NewSuspense(
        SuspenseSource.FILE,
        row.id,
        line.place,
        line.pence,
        line.code,
        line.paid_on,
        line.reference_given,
        line.payer_name,
        line.narrative,
    )
    return holding.hold(ctx, header_of(ctx, row, line), [new]).journal


def header_of(ctx: Context, row: ReceiptFile, line: ReceiptFileLine) -> JournalHeader:
    """The journal of one line by itself."""
    return JournalHeader(
        JournalKind.RECEIPTS,
        periods.first_open_day(ctx.session, line.paid_on),
        source_of(row),
        f"receipt-file-line:{line.id}",
        declared_pence=-line.pence,
        narrative=narrative_of(row),
    )


def narrative_of(row: ReceiptFile) -> str:
    """What its lines say on accounts; no payer's words are in it."""
    return f"{CHANNELS[row.channel]}, file {row.number}"


def _columns(file_id: int, placed: Sequence[Placed]) -> dict[str, Sequence[Any]]:
    """The lines as they are kept, column by column."""
    lines = list(zip(*(each.line for each in placed), strict=True))
    where = dict(zip(Placed._fields, zip(*placed, strict=True), strict=True))
    read = dict(zip(ReadLine._fields, lines, strict=True))
    both = zip(read["once"], where["state"], strict=True)
    once = [mark if state not in _NOT_POSTED else doubled.not_posted(mark, file_id) for mark, state in both]
    count = len(placed)
    return {
        "file_id": [file_id] * count,
        **{name: read[name] for name in ("place", "code", "pence", "paid_on", "narrative", "marker")},
        **{name: where[name] for name in _PLACED},
        "reference_given": read["given"],
        "payer_name": read["payer"],
        "once_key": once,
        "version": [1] * count,
    }


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
    header = JournalHeader(
        JournalKind.RECEIPTS,
        accounting_on,
        source_of(row),
        f"receipt-file:{row.id}:{code}:{accounting_on}",
        declared_count=int(count),
        declared_pence=-int(pence),
        narrative=f"{narrative_of(row)}: {rules.count_of(int(count), 'payment')}",
    )
    posted = append_bulk(ctx, header, _lines(row, code, days, here))
    ctx.session.add(
        ReceiptFileJournal(file_id=row.id, journal=posted.journal, code=code, count=int(count), pence=int(pence))
    )
    ctx.session.flush()


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


def _hold(ctx: Context, row: ReceiptFile, placed: Sequence[Placed], accounting: Mapping[date, date]) -> None:
    """Put into suspense what has no account, a journal for each period."""
    by_month: defaultdict[date, list[Placed]] = defaultdict(list)
    for each in placed:
        by_month[month_of(accounting[each.line.paid_on])[0]].append(each)
    for _month, group in sorted(by_month.items()):
        on = max(accounting[each.line.paid_on] for each in group)
        header = JournalHeader(
            JournalKind.RECEIPTS,
            on,
            source_of(row),
            f"receipt-file:{row.id}:suspense:{on}",
            declared_count=len(group),
            declared_pence=-sum(each.line.pence for each in group),
            narrative=f"{narrative_of(row)}: {rules.count_of(len(group), 'payment')} in suspense",
        )
        holding.hold(ctx, header, list(_held(row, group)))


def _held(row: ReceiptFile, group: Sequence[Placed]) -> Iterator[NewSuspense]:
    for each in group:
        line = each.line
        yield NewSuspense(
            SuspenseSource.FILE,
            row.id,
            line.place,
            line.pence,
            line.code,
            line.paid_on,
            line.given,
            line.payer,
            line.narrative,
        )
