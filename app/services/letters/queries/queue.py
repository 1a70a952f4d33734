"""The print queue and the outgoing register: lists, one letter, its file, and letters put together for printing."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.models.letters import LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.officers import Officer
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.folding import like_pattern
from app.services.documents import queries as documents
from app.services.exports.files import safe_name
from app.services.exports.letter.pdf import blank_page
from app.services.exports.pages import count_pages, join, take, take_each
from app.services.exports.statement.text import PAGE_BREAK
from app.services.letters import posted
from app.services.letters.dto import (
    Channel,
    LetterFile,
    OutgoingDetail,
    OutgoingFilter,
    OutgoingRow,
    OutgoingSort,
    OutgoingState,
    PrintRun,
    Variant,
)
from app.services.letters.rules import may_undo
from app.services.letters.stopped import held_back
from app.services.workbench.listing import Totals

MOST_PRINTED: Final = 2_000
"""Letters in one file for the printer."""
_MOST_WORDS: Final = 6
_ORDERS: Final[dict[OutgoingSort, tuple[Any, ...]]] = {
    OutgoingSort.ASKED: (Outgoing.asked_at,),
    OutgoingSort.ADDRESS: (Outgoing.address_key,),
    OutgoingSort.ADDRESSEE: (Outgoing.addressee,),
    OutgoingSort.TITLE: (Outgoing.title, Outgoing.address_key),
    OutgoingSort.STATE: (Outgoing.state, Outgoing.address_key),
    OutgoingSort.REFERENCE: (Outgoing.reference,),
}


def ids(ctx: Context, wanted: OutgoingFilter, sort: OutgoingSort, *, descending: bool) -> array[int]:
    """The numbers of the letters that fit, in order."""
    order = [each.desc() if descending else each for each in _ORDERS[sort]]
    return array("q", ctx.session.scalars(_fitting(ctx, select(Outgoing.id), wanted).order_by(*order, Outgoing.id)))


def rows(ctx: Context, outgoing_ids: Sequence[int]) -> tuple[OutgoingRow, ...]:
    """The letters with these numbers; restricted ones without name and address for whoever may not open them."""
    writer, printer = aliased(Officer), aliased(Officer)
    closed = access.closed_accounts(ctx)
    found: list[OutgoingRow] = []
    for chunk in in_chunks(outgoing_ids):
        statement = (
            select(Outgoing, writer.name.label("writer"), printer.name.label("printer"))
            .join(writer, writer.id == Outgoing.asked_by)
            .outerjoin(printer, printer.id == Outgoing.printed_by)
            .where(Outgoing.id.in_(chunk))
        )
        read = ctx.session.execute(statement).all()
        held = held_back(ctx, (row.Outgoing for row in read))
        found += [_row(ctx, row, held, shut=row.Outgoing.account_id in closed) for row in read]
    return tuple(found)


def totals(ctx: Context, wanted: OutgoingFilter) -> Totals:
    """How many letters fit; letters come to no sum."""
    return Totals(ctx.session.scalar(_fitting(ctx, select(func.count()).select_from(Outgoing), wanted)) or 0)


def totals_of(ctx: Context, outgoing_ids: Sequence[int]) -> Totals:
    """How many of these there are."""
    statement = select(func.count()).select_from(Outgoing).where(Outgoing.id.in_(outgoing_ids))
    return Totals(ctx.session.scalar(statement) or 0)


def detail(ctx: Context, outgoing_id: int) -> OutgoingDetail:
    """One letter with its file and its story.

    Raises:
        UserError: there is no such letter, or it is of a restricted record that the officer may not open.
    """
    row = _one(ctx, outgoing_id)
    listed = rows(ctx, [outgoing_id])[0]
    key = ctx.session.scalar(
        select(LetterTemplate.key)
        .join(LetterTemplateVersion, LetterTemplateVersion.template_id == LetterTemplate.id)
        .where(LetterTemplateVersion.id == row.template_version_id)
    )
    file = letter_file(ctx, outgoing_id) if row.document_sha256 and row.first_page else None
    heading = f"{row.subject_line}\n\n" if row.subject_line else ""
    goes = "\n\nWith a file to download." if row.document_sha256 else ""
    text = "" if file else f"{heading}{row.body}{goes}"
    return OutgoingDetail(listed, _story(ctx, row), key or "", file, text)


def letter_file(ctx: Context, outgoing_id: int) -> LetterFile:
    """A letter exactly as it was made: its pages of the stored file, the same bytes each time.

    Raises:
        UserError: there is no such letter, it was an e-mail or a text message, or it is restricted.
    """
    row = _one(ctx, outgoing_id)
    if row.document_sha256 is None or row.first_page is None or row.pages is None:
        raise UserError("This was not a letter: there is nothing to print.", "Look at its text instead.")
    kept = documents.content(ctx, row.document_sha256)
    name = safe_name(f"{row.title} {row.reference} {row.letter_date.isoformat()}")
    if row.format == Variant.TEXT:
        return LetterFile(f"{name}.txt", "text/plain", _own_text(kept, row.first_page))
    whole = row.first_page == 1 and count_pages(kept) == row.pages
    content = kept if whole else take(kept, row.first_page, row.pages, row.title)
    return LetterFile(f"{name}.pdf", "application/pdf", content)


def _own_text(kept: bytes, first_page: int) -> bytes:
    """The text of one statement out of the file of its run; a letter has a file of its own."""
    texts = kept.split(PAGE_BREAK.encode())
    return texts[first_page - 1] if len(texts) > 1 else kept


def to_print(ctx: Context) -> tuple[int, ...]:
    """Every letter that is queued, in the order of the round."""
    wanted = OutgoingFilter(states=frozenset({OutgoingState.QUEUED}), channels=frozenset({Channel.LETTER}))
    return tuple(ids(ctx, wanted, OutgoingSort.ADDRESS, descending=False))


def print_run(ctx: Context, outgoing_ids: Sequence[int], *, two_sided: bool) -> PrintRun:
    """Letters together in one file, in the order of the round: by postcode, street and number.

    Those to accounts whose letters were stopped since they were written are left out, and wait.

    Args:
        ctx: the context.
        outgoing_ids: which; what isn't a letter that is queued or printed is left out.
        two_sided: a blank page follows a letter of an odd number of pages, so that each begins on a sheet of its own.

    Raises:
        UserError: none of them can be printed, or there are too many for one file.
    """
    found = _printable(ctx, outgoing_ids)
    as_text = tuple(row.id for row in found if row.format == Variant.TEXT)
    printed = [row for row in found if row.format != Variant.TEXT]
    if not printed and not as_text:
        raise UserError(
            "None of these can be printed.",
            "Choose letters that are queued: those that wait need approval, or letters to their account are stopped.",
        )
    if len(printed) > MOST_PRINTED:
        raise UserError(
            f"{len(printed):,} letters are too many for one file; {MOST_PRINTED:,} is the most.",
            "Choose fewer of them.",
        )
    singles = _singles(ctx, printed)
    blank = blank_page("Letters") if two_sided else b""
    parts: list[bytes] = []
    for row in printed:
        parts.append(singles[row.id])
        if two_sided and (row.pages or 1) % 2:
            parts.append(blank)
    sheets = sum((row.pages or 1) + ((row.pages or 1) % 2 if two_sided else 0) for row in printed)
    return PrintRun(join(parts) if parts else b"", tuple(row.id for row in printed), sheets, as_text)


def _printable(ctx: Context, outgoing_ids: Sequence[int]) -> list[Outgoing]:
    closed = access.closed_accounts(ctx)
    states = (OutgoingState.QUEUED.value, OutgoingState.PRINTED.value)
    found: list[Outgoing] = []
    for chunk in in_chunks(outgoing_ids):
        statement = select(Outgoing).where(
            Outgoing.id.in_(chunk),
            Outgoing.channel == Channel.LETTER.value,
            Outgoing.state.in_(states),
            Outgoing.document_sha256.is_not(None),
        )
        read = ctx.session.scalars(statement).all()
        held = held_back(ctx, read)
        found += [row for row in read if row.account_id not in closed and row.id not in held]
    return sorted(found, key=lambda row: (row.address_key, row.id))


def _singles(ctx: Context, printed: Sequence[Outgoing]) -> dict[int, bytes]:
    """Each letter as a file of its own; a stored file is read and cut once however many of its letters are wanted."""
    by_file: dict[str, list[Outgoing]] = {}
    for row in printed:
        by_file.setdefault(row.document_sha256 or "", []).append(row)
    singles: dict[int, bytes] = {}
    for sha256, members in by_file.items():
        ctx.cancel.check()
        kept = documents.content(ctx, sha256)
        wanted = [(row.first_page or 1, row.pages or 1, row.title) for row in members]
        singles |= dict(zip((row.id for row in members), take_each(kept, wanted), strict=True))
        ctx.progress(len(singles), len(printed), "Letters")
    return singles


def _one(ctx: Context, outgoing_id: int) -> Outgoing:
    row = ctx.session.get(Outgoing, outgoing_id)
    if row is None:
        raise UserError(f"There is no letter {outgoing_id} in the register.", "Look at the list again.")
    if row.account_id is not None:
        access.open_account(ctx, row.account_id)
    return row


def _fitting(ctx: Context, statement: Select[Any], wanted: OutgoingFilter) -> Select[Any]:
    where: list[ColumnElement[bool]] = []
    if wanted.states:
        where.append(Outgoing.state.in_(sorted(wanted.states)))
    if wanted.channels:
        where.append(Outgoing.channel.in_(sorted(wanted.channels)))
    if wanted.mine is not None:
        where.append(Outgoing.asked_by == ctx.officer.id if wanted.mine else Outgoing.asked_by != ctx.officer.id)
    if wanted.days is not None:
        where.append(Outgoing.asked_at >= ctx.clock.now() - timedelta(days=wanted.days))
    if wanted.account_id is not None:
        where.append(posted.of_account(wanted.account_id))
    if wanted.batch_id is not None:
        where.append(Outgoing.batch_id == wanted.batch_id)
    if wanted.text and (closed := sorted(access.closed_accounts(ctx))[:900]):
        where.append(or_(Outgoing.account_id.is_(None), Outgoing.account_id.not_in(closed)))
    places = (Outgoing.addressee, Outgoing.address, Outgoing.title, Outgoing.reference)
    where += [
        or_(*(each.like(like_pattern(word), escape="/") for each in places))
        for word in wanted.text.split()[:_MOST_WORDS]
    ]
    return statement.where(*where) if where else statement


def _row(ctx: Context, found: Row[*tuple[Any, ...]], held: Mapping[int, str], *, shut: bool) -> OutgoingRow:
    row: Outgoing = found.Outgoing
    printed_on = row.printed_at.astimezone().date() if row.printed_at else None
    printed = row.state == OutgoingState.PRINTED
    return OutgoingRow(
        row.id,
        row.title,
        Channel(row.channel),
        Variant(row.format),
        OutgoingState(row.state),
        access.RESTRICTED_NAME if shut else row.addressee,
        "" if shut else ", ".join(row.address.splitlines()),
        row.reference,
        row.account_id,
        row.batch_id,
        row.pages or 0,
        found.writer,
        row.asked_at,
        row.printed_at,
        row.sent_at,
        held.get(row.id) or _what(row, found.printer or ""),
        own=row.asked_by == ctx.officer.id,
        undoable=printed and may_undo(printed_on, ctx.clock.today()),
    )


def _what(row: Outgoing, printer: str) -> str:
    """Where it stands, in a few words."""
    state = OutgoingState(row.state)
    if state is OutgoingState.RETURNED and row.returned_on:
        return f"Came back {row.returned_on.day} {row.returned_on:%b %Y}: {row.return_reason}"
    if state is OutgoingState.PRINTED:
        return f"Printed by {printer}"
    if state is OutgoingState.SENDING:
        return row.error or "Being sent"
    return row.error


def _story(ctx: Context, row: Outgoing) -> tuple[tuple[datetime, str], ...]:
    """What became of it, step by step."""
    officers = {found.id: found.name for found in ctx.session.execute(select(Officer.id, Officer.name))}
    steps: list[tuple[datetime | None, str]] = [
        (row.asked_at, f"Written by {officers[row.asked_by]}"),
        (row.approved_at, f"Approved by {officers.get(row.approved_by or 0, '')}"),
        (row.printed_at, f"Printed by {officers.get(row.printed_by or 0, '')}"),
        (row.sent_at, "Taken by GOV.UK Notify"),
    ]
    return tuple((at, words) for at, words in steps if at is not None)
