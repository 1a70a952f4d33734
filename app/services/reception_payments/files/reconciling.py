"""Files of receipts held against the ledger, for `rentbook check`: every line is where its file says, once."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, case, func, select

from app.models.reception_payments.files import ReceiptFile, ReceiptFileJournal
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import Money, ReceiptFileState, ReceiptLineState, SuspenseSource
from app.services.core.context import Context
from app.services.ledger.plugged import register as plug_in
from app.services.ledger.sql import JOURNAL
from app.services.reception_payments.files.writing import LINE

_THERE = (ReceiptLineState.POSTED, ReceiptLineState.SUSPENSE, ReceiptLineState.TAKEN_BACK)


def register() -> None:
    """Plug the check in."""
    plug_in("receipt files", check)


def check(ctx: Context) -> Iterator[str]:
    """Each file's lines come to what its journals posted, its items in suspense to its lines there, its count to its lines."""
    yield from _journals(ctx)
    yield from _posted(ctx)
    yield from _held(ctx)
    yield from _counted(ctx)


def _journals(ctx: Context) -> Iterator[str]:
    """Each journal of a file posted what the file says."""
    said = func.sum(ReceiptFileJournal.pence)
    rows = (
        select(ReceiptFile.number, ReceiptFileJournal.journal, said, JOURNAL.c.actual_pence)
        .join(ReceiptFile, ReceiptFile.id == ReceiptFileJournal.file_id)
        .outerjoin(JOURNAL, JOURNAL.c.number == ReceiptFileJournal.journal)
        .group_by(ReceiptFile.number, ReceiptFileJournal.journal, JOURNAL.c.actual_pence)
    )
    for number, journal, pence, actual in ctx.session.execute(rows):
        if actual is None:
            yield f"Receipt file {number} says that it was posted by journal {journal}, which isn't there."
        elif actual != -int(pence):
            yield f"Receipt file {number}: journal {journal} has {Money(-actual)}, and the file says {Money(int(pence))}."


def _posted(ctx: Context) -> Iterator[str]:
    """What a file's lines say is on accounts or in suspense is what its journals have."""
    there = (LINE.c.state.in_(_THERE), LINE.c.receipt_id.is_(None))
    lines = select(LINE.c.file_id, func.sum(LINE.c.pence)).where(*there).group_by(LINE.c.file_id)
    journals = select(ReceiptFileJournal.file_id, func.sum(ReceiptFileJournal.pence)).group_by(
        ReceiptFileJournal.file_id
    )
    by_lines = {file_id: int(pence) for file_id, pence in ctx.session.execute(lines)}
    by_journals = {file_id: int(pence) for file_id, pence in ctx.session.execute(journals)}
    for file_id in sorted({*by_lines, *by_journals}):
        said, posted = by_lines.get(file_id, 0), by_journals.get(file_id, 0)
        if said != posted:
            yield f"The lines of the receipt file with id {file_id} come to {Money(said)}, its journals to {Money(posted)}."


def _held(ctx: Context) -> Iterator[str]:
    """Each line in suspense has its item there."""
    item = and_(
        SuspenseItem.source == SuspenseSource.FILE,
        SuspenseItem.source_id == LINE.c.file_id,
        SuspenseItem.source_line == LINE.c.place,
    )
    rows = (
        select(ReceiptFile.number, LINE.c.place, LINE.c.pence, SuspenseItem.pence.label("held"))
        .select_from(LINE)
        .join(ReceiptFile, ReceiptFile.id == LINE.c.file_id)
        .outerjoin(SuspenseItem, item)
        .where(LINE.c.state == ReceiptLineState.SUSPENSE)
    )
    for row in ctx.session.execute(rows):
        if row.held != row.pence:
            yield f"Line {row.place} of receipt file {row.number} isn't in suspense as the file says."


def _counted(ctx: Context) -> Iterator[str]:
    """Each file has as many lines as it says, of what it says, and as many that wait."""
    waits = func.sum(case((LINE.c.state == ReceiptLineState.SUSPECT, 1), else_=0))
    lines = (
        select(LINE.c.file_id, func.count().label("count"), func.sum(LINE.c.pence).label("pence"), waits.label("waits"))
        .group_by(LINE.c.file_id)
        .subquery("found")
    )
    rows = (
        select(ReceiptFile, lines.c["count"], lines.c.pence, lines.c.waits)
        .outerjoin(lines, lines.c.file_id == ReceiptFile.id)
        .where(ReceiptFile.state == ReceiptFileState.LOADED)
    )
    for file, count, pence, waits_now in ctx.session.execute(rows):
        if (file.count, file.pence, file.waiting) != (count or 0, pence or 0, waits_now or 0):
            yield f"Receipt file {file.number} doesn't have the lines that it says it has."
