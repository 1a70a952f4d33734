"""Files of receipts are loaded, whole and once; doubtful lines are decided; a file is taken back or rejected."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.values import (
    Money,
    ReceiptFileState,
    ReceiptLineState,
    Subject,
)
from app.services.core import access, audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.garbage import search_paused
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, requires
from app.services.core.private_files import write_private
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.documents import safe
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering
from app.services.reception_payments.files import coming_back, planning, posting, rules, taking_back, writing
from app.services.reception_payments.files.dto import AREAS, Decide, Done, Loaded, NewLoad, Placed, TakeBack
from app.services.reception_payments.files.dto_read import FileRead

_CHANGES: Final = Changes(AREAS)
_TO_DECIDE: Final = "receipt_lines"
_IN_QUARANTINE: Final = "receipt_quarantine"
_IN_DAYS: Final = 1
_MOST_WHY: Final = 200
_DOUBTFUL: Final = (ReceiptLineState.SUSPECT, ReceiptLineState.KNOWN)


@requires(Permission.LOAD_RECEIPTS)
@search_paused()
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Load a file: what has an account goes on it, what has none into suspense, and what may be there already waits.

    One that holds a card number waits in quarantine, and nothing of its content is kept.

    Raises:
        UserErrors: lines that are wrong, or totals that differ; nothing of it is loaded.
        UserError: the very same file was loaded before, or it can't be posted.
        Cancelled: the officer asked for it; nothing is kept.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: the same file from two desks is loaded once.
    file = new.file
    if (before := planning.loaded_before(ctx, file.sha256)) is not None:
        raise UserError(planning.before_words(before), "It isn't loaded again.", "path")
    if file.cards:
        return _quarantine(ctx, file)
    plan = planning.plan(ctx, file)
    if plan.faults:
        raise refusal(plan.faults)
    row = writing.keep_file(ctx, file, ReceiptFileState.LOADED)
    ctx.progress(0, 0, "Keeping the lines")
    writing.keep_lines(ctx, row, plan)
    ctx.progress(0, 0, "Posting")
    posting.post(ctx, row, plan.placed)
    placed = coming_back.take_back(ctx, row, plan.placed)
    if row.waiting:
        words = f"Decide about {rules.count_of(row.waiting, 'payment')} of receipt file {row.number}"
        _ask(ctx, row, words, _TO_DECIDE)
    ctx.cancel.check()
    return _told(row, placed)


@requires(Permission.LOAD_RECEIPTS)
def decide(ctx: Context, asked: Decide) -> Done:
    """Say of lines of a file that look like ones that are there whether they are other payments, or the same.

    Raises:
        UserError: nothing is chosen, one was decided, no reason is given for leaving them out, one can't be posted, or is on an
            account that the officer may not work on.
        ChangedMeanwhile: somebody else decided in between.
    """
    numbering.move(ctx, "journal", 0)
    lines = _doubtful(ctx, asked)
    row = ctx.session.get_one(ReceiptFile, lines[0].file_id)
    if row.state is not ReceiptFileState.LOADED or any(each.file_id != row.id for each in lines):
        raise UserError("Nothing is to be decided about these lines.", "Look at the list again.")
    why = _reason(ctx, asked.why, needed=not asked.post)
    access.touch(ctx, [each.account_id for each in lines if each.account_id is not None])
    row.waiting -= sum(each.state in writing.WAITS for each in lines)
    for each in lines:
        each.decided_by, each.decided_at = ctx.officer.id, ctx.clock.now()
        each.why = why or each.why
        each.state = each.state if asked.post else ReceiptLineState.LEFT_OUT
    if asked.post:
        posting.post_later(ctx, row, lines)
    if not row.waiting:
        diary.finish_for(ctx, Subject.RECEIPT_FILE, row.id, _TO_DECIDE, "Decided")
    ctx.session.flush()
    amount = rules.in_all(each.pence for each in lines)
    done = "posted" if asked.post else "left out, as already there"
    return Done(f"{rules.count_of(len(lines), 'payment')} of {amount} {done}.", _CHANGES)


@requires(Permission.LOAD_RECEIPTS)
def take_back(ctx: Context, asked: TakeBack) -> Done:
    """Take a whole file back by the opposite of each of its journals, while nothing was done from it.

    Raises:
        UserError: no reason is given, it isn't loaded, or something was done from it.
        ChangedMeanwhile: somebody else changed it in between.
    """
    numbering.move(ctx, "journal", 0)
    row = _file(ctx, asked, ReceiptFileState.LOADED, "Only a file that is loaded is taken back.")
    row.words = _reason(ctx, asked.why, needed=True)
    journals = taking_back.take_back(ctx, row, row.words)
    _settle(ctx, row, ReceiptFileState.TAKEN_BACK)
    diary.finish_for(ctx, Subject.RECEIPT_FILE, row.id, _TO_DECIDE, "The file was taken back")
    told = f"File {row.number} is taken back: {rules.count_of(len(journals), 'journal')} by the opposite. It can be loaded again."
    return Done(told, _CHANGES)


@requires(Permission.LOAD_RECEIPTS)
def reject(ctx: Context, asked: TakeBack) -> Done:
    """A file in quarantine is done with: it was loaded without the card number, or it goes back to whoever sent it.

    Raises:
        UserError: no reason is given, or it isn't in quarantine.
        ChangedMeanwhile: somebody else changed it in between.
    """
    row = _file(ctx, asked, ReceiptFileState.QUARANTINED, "Only a file in quarantine is rejected.")
    row.words = f"{row.words} {_reason(ctx, asked.why, needed=True)}"[:400]
    _settle(ctx, row, ReceiptFileState.REJECTED)
    diary.finish_for(ctx, Subject.RECEIPT_FILE, row.id, _IN_QUARANTINE, "Rejected")
    return Done(f"{row.file_name} is rejected; nothing of its content was kept.", _CHANGES)


@requires(Permission.LOAD_RECEIPTS)
def save_as(ctx: Context, file_id: int, path: str) -> Done:
    """Write a file as it came to a path, readable by the officer alone; the audit says so.

    Raises:
        UserError: its content isn't kept, the key isn't at this desk, or the path can't be written.
    """
    row = record(ctx, ReceiptFile, file_id, "file")
    if row.document_sha256 is None:
        raise UserError(f"Nothing of {row.file_name} was kept.", "Ask whoever sent it for another.")
    content = safe.opened(ctx, writing.about(row.id), row.document_sha256, row.sha256)
    audit.record(ctx, "receipt_file", str(row.id), "reveal", opened_for="its content", sha256=row.sha256)
    try:
        write_private(Path(path), content)
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.", "Choose another folder.", "path") from error
    return Done(
        f"File {row.number} is saved as {path}. Delete it once you have looked: it has people's names.", _CHANGES
    )


def _quarantine(ctx: Context, file: FileRead) -> Loaded:
    lines = ", ".join(f"{each:,}" for each in file.cards[:10])
    more = f" and {len(file.cards) - 10:,} more" if len(file.cards) > 10 else ""
    words = f"What looks like a card number is in line {lines}{more}."
    same = select(ReceiptFile).where(
        ReceiptFile.sha256 == file.sha256, ReceiptFile.state == ReceiptFileState.QUARANTINED
    )
    row = ctx.session.scalars(same).first()
    if row is None:
        row = writing.keep_file(ctx, file, ReceiptFileState.QUARANTINED, words)
        _ask(ctx, row, f"Take the card number out of {row.file_name}"[:120], _IN_QUARANTINE)
    told = (
        f"{row.file_name} waits in quarantine, and nothing of it is loaded or kept. {words} "
        "Take the number out of the file and load it again, or ask whoever sent it for another."
    )
    none = Money(0)
    return Loaded(row.id, row.number, 0, none, 0, none, 0, 0, told, _CHANGES, quarantined=True)


def _told(row: ReceiptFile, placed: tuple[Placed, ...]) -> Loaded:
    by = {state: [each.line.pence for each in placed if each.state is state] for state in ReceiptLineState}
    posted, held = by[ReceiptLineState.POSTED], by[ReceiptLineState.SUSPENSE]
    known = len(by[ReceiptLineState.KNOWN])
    said = [f"File {row.number}: {rules.count_of(len(posted), 'payment')} of {rules.in_all(posted)} posted"]
    if held:
        said.append(f"{len(held):,} of {rules.in_all(held)} in suspense")
    if known:
        said.append(f"{known:,} loaded before and not posted again")
    if row.waiting:
        said.append(f"{row.waiting:,} to decide about")
    return Loaded(
        row.id,
        row.number,
        len(posted),
        rules.in_all(posted),
        len(held),
        rules.in_all(held),
        row.waiting,
        known,
        ", ".join(said) + ".",
        _CHANGES,
    )


def _doubtful(ctx: Context, asked: Decide) -> list[ReceiptFileLine]:
    """The lines that are asked about, as the officer saw them."""
    versions = dict(asked.lines)
    found: list[ReceiptFileLine] = []
    for chunk in in_chunks(sorted(versions)):
        found += ctx.session.scalars(select(ReceiptFileLine).where(ReceiptFileLine.id.in_(chunk)))
    if not found or len(found) != len(versions):
        raise UserError("Choose lines that are to be decided about.", "Look at the list again.")
    for each in found:
        refuse_old(each.version, versions[each.id])
        if each.state not in _DOUBTFUL:
            raise UserError("Nothing is to be decided about one of these lines.", "Look at the list again.")
    return found


def _file(ctx: Context, asked: TakeBack, state: ReceiptFileState, refused: str) -> ReceiptFile:
    row = record(ctx, ReceiptFile, asked.file_id, "file")
    refuse_old(row.version, asked.version)
    if row.state is not state:
        raise UserError(refused, "Look at the list again.")
    return row


def _settle(ctx: Context, row: ReceiptFile, state: ReceiptFileState) -> None:
    row.state, row.waiting = state, 0
    row.settled_by, row.settled_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()


def _ask(ctx: Context, row: ReceiptFile, title: str, kind: str) -> None:
    due = diary.due_in(ctx, _IN_DAYS)
    holder = None if ctx.officer.username == SYSTEM else ctx.officer.id
    new = NewTask(title, due, "Reception, Files.", Subject.RECEIPT_FILE, row.id, kind, officer_id=holder)
    diary.add_task(ctx, new)


def _reason(ctx: Context, typed: str, *, needed: bool) -> str:
    why = " ".join(typed.split())
    if needed and not why:
        raise UserError("Say why, in a few words.", field="why")
    if len(why) > _MOST_WHY:
        raise UserError(f"That has {len(why)} characters, and {_MOST_WHY} fit.", "Shorten it.", "why")
    refuse_card_number(ctx, why, "reason", "why")
    return why
