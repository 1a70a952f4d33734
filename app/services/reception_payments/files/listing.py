"""Files and their lines, as they are listed: by state, by words, and each doubtful line beside what it looks like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.values import Money, ReceiptFileState, ReceiptLineState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.records import record
from app.services.ledger.sql import ENTRY, JOURNAL
from app.services.reception_payments.files import doubled, queries
from app.services.reception_payments.files.dto import Doubt, FileRow, LineRow, Twin

MOST: Final = 500
"""So many files, or lines of one, are shown at most; words find the others."""


class Shown(StrEnum):
    """Which files are listed."""

    ALL = "all"
    TO_DECIDE = "to_decide"
    QUARANTINED = "quarantined"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class FileFilter:
    """What is looked for among files."""

    shown: Shown = Shown.ALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What is looked for among the lines of a file; `state` None: any."""

    file_id: int
    state: ReceiptLineState | None = None
    text: str = ""


def files(ctx: Context, wanted: FileFilter) -> tuple[FileRow, ...]:
    """The files of a choice, the newest first."""
    rows = select(ReceiptFile, Officer.name).join(Officer, Officer.id == ReceiptFile.officer_id)
    rows = rows.where(*_shown(wanted.shown))
    for word in wanted.text.split():
        like = f"%{word}%"
        number = (ReceiptFile.number == int(word),) if word.isascii() and word.isdigit() and len(word) < 10 else ()
        rows = rows.where(or_(ReceiptFile.file_name.ilike(like), ReceiptFile.profile_name.ilike(like), *number))
    found = ctx.session.execute(rows.order_by(ReceiptFile.id.desc()).limit(MOST))
    return tuple(queries.row_of(row.ReceiptFile, row.name) for row in found)


def counts(ctx: Context) -> Mapping[Shown, int]:
    """How many files there are of each choice that asks for something to be done."""
    number = select(func.count()).select_from(ReceiptFile)
    asked = (Shown.TO_DECIDE, Shown.QUARANTINED)
    return {shown: ctx.session.scalar(number.where(*_shown(shown))) or 0 for shown in asked}


def lines(ctx: Context, wanted: LineFilter) -> tuple[LineRow, ...]:
    """The lines of a file, in its order; those that wait for an officer first."""
    rows = _rows().where(ReceiptFileLine.file_id == wanted.file_id)
    if wanted.state is not None:
        rows = rows.where(ReceiptFileLine.state == wanted.state)
    words = wanted.text.split()
    told = tuple(_told(ctx, wanted.file_id)) if words else ()
    for word in words:
        like = f"%{word}%"
        said = or_(
            ReceiptFileLine.payer_name.ilike(like),
            ReceiptFileLine.narrative.ilike(like),
            ReceiptFileLine.marker.ilike(like),
        )
        rows = rows.where(or_(ReceiptFileLine.reference_given.ilike(like), and_(said, *told)))
    order = rows.order_by(_waiting_first(), ReceiptFileLine.place)
    return tuple(_read(ctx, ctx.session.execute(order.limit(MOST))))


def doubt(ctx: Context, line_id: int) -> Doubt:
    """A line beside what it looks like.

    Raises:
        UserError: there is no such line.
    """
    line = record(ctx, ReceiptFileLine, line_id, "line")
    file = ctx.session.get_one(ReceiptFile, line.file_id)
    [row] = _read(ctx, ctx.session.execute(_rows().where(ReceiptFileLine.id == line_id)))
    found = _entry(ctx, line) if line.like_journal is not None else _earlier(ctx, line)
    return Doubt(row, file.file_name, file.number, found)


def _shown(shown: Shown) -> Iterator[ColumnElement[bool]]:
    if shown is Shown.TO_DECIDE:
        yield ReceiptFile.waiting > 0
    elif shown is Shown.QUARANTINED:
        yield ReceiptFile.state == ReceiptFileState.QUARANTINED
    elif shown is Shown.TAKEN_BACK:
        yield ReceiptFile.state.in_((ReceiptFileState.TAKEN_BACK, ReceiptFileState.REJECTED))


def _told(ctx: Context, file_id: int) -> Iterator[ColumnElement[bool]]:
    """By what a payer said a line is found only where that is shown: not those of restricted accounts."""
    here: set[int] = set()
    for chunk in in_chunks(sorted(access.restricted_accounts(ctx))):
        of_file = ReceiptFileLine.file_id == file_id, ReceiptFileLine.account_id.in_(chunk)
        here.update(each for each in ctx.session.scalars(select(ReceiptFileLine.account_id).where(*of_file)) if each)
    for chunk in in_chunks(sorted(here)):
        yield or_(ReceiptFileLine.account_id.is_(None), ReceiptFileLine.account_id.not_in(chunk))


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(ReceiptFileLine, Account.payment_reference, Account.name, Officer.name.label("decided"))
        .outerjoin(Account, Account.id == ReceiptFileLine.account_id)
        .outerjoin(Officer, Officer.id == ReceiptFileLine.decided_by)
    )


def _read(ctx: Context, rows: Iterable[Any]) -> Iterator[LineRow]:
    hidden = access.restricted_accounts(ctx)
    for row in rows:
        line = row.ReceiptFileLine
        shut = line.account_id in hidden
        yield LineRow(
            line.id,
            line.place,
            line.state,
            None if shut else line.account_id,
            access.RESTRICTED_NAME if shut else row.payment_reference or row.name or "",
            line.reference_given,
            "" if shut else line.payer_name,
            "" if shut else line.narrative,
            line.code,
            line.paid_on,
            Money(line.pence),
            line.matched_by,
            line.why,
            line.journal,
            row.decided or "",
            line.version,
        )


def _entry(ctx: Context, line: ReceiptFileLine) -> Twin | None:
    """The entry of the ledger that a line looks like, and where that came from."""
    by = aliased(Officer)
    rows = (
        select(ENTRY, JOURNAL.c.source, JOURNAL.c.recorded_at, by.name.label("by"))
        .join(JOURNAL, JOURNAL.c.number == ENTRY.c.journal)
        .join(by, by.id == JOURNAL.c.posted_by)
        .where(ENTRY.c.journal == line.like_journal, ENTRY.c.line == line.like_line)
    )
    found = ctx.session.execute(rows).first()
    if found is None:
        return None
    account = queries.references(ctx, [found.account_id]).get(found.account_id, "")
    if found.account_id in access.restricted_accounts(ctx):
        account = access.RESTRICTED_NAME
    return Twin(
        _begun(found.source.partition(":")[0]),
        account,
        found.effective_on,
        found.code,
        Money(-found.pence),
        "",
        found.narrative,
        found.journal,
        found.by,
        found.recorded_at,
    )


def _earlier(ctx: Context, line: ReceiptFileLine) -> Twin | None:
    """The line of an earlier file that says the very same."""
    mark = doubled.original(line.once_key or "")
    rows = _rows().where(ReceiptFileLine.once_key == mark, ReceiptFileLine.id != line.id)
    found = ctx.session.execute(rows).first()
    if found is None:
        return None
    [row] = _read(ctx, [found])
    file = ctx.session.get_one(ReceiptFile, found.ReceiptFileLine.file_id)
    by = ctx.session.get_one(Officer, file.officer_id)
    where = f"Receipt file {file.number} ({file.file_name}), line {row.place}"
    return Twin(
        where,
        row.account,
        row.paid_on,
        row.code,
        row.amount,
        row.given,
        row.narrative,
        row.journal,
        by.name,
        file.loaded_at,
    )


def _waiting_first() -> ColumnElement[int]:
    return case((ReceiptFileLine.state == ReceiptLineState.SUSPECT, 0), else_=1)


def _begun(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
