"""Runs asked for, their files saved, sent and matched, and their collections posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.runs import DebitRun
from app.models.values import DebitRunKind, DebitRunState, Money
from app.services.approvals import keeping as approvals
from app.services.core import audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import people_count
from app.services.core.permissions import Permission, requires
from app.services.core.private_files import own_folder, write_private
from app.services.direct_debits.runs import (
    files,
    keeping,
    posting,
    refusing,
    requests,
    rules,
    selecting,
    settling,
    taking,
)
from app.services.direct_debits.runs.dto import (
    KINDS,
    AskRun,
    MatchByHand,
    RunAsked,
    RunMoved,
    RunQuestion,
    RunsPosted,
    SavedFile,
)
from app.services.direct_debits.runs.selecting import Selection
from app.services.ledger import numbering

_LONGEST: Final = 400
_REPORT: Final = {
    DebitRunKind.LODGEMENT: "its AUDDIS or Input report",
    DebitRunKind.COLLECTION: "its Input report",
}
_WHAT: Final = {DebitRunKind.LODGEMENT: "instructions", DebitRunKind.COLLECTION: "collections"}


@requires(Permission.RUN_DIRECT_DEBITS)
def ask(ctx: Context, new: AskRun) -> RunAsked:
    """Ask a second officer for a run of what is selected now; nothing of it can be in another run from here on.

    The same key gives the run that it asked for before.

    Raises:
        UserError: Bacs takes no file for that day, nothing can go, what was declared isn't what is selected, the council's own
            side isn't set, or the office has one officer.
    """
    before = ctx.session.scalar(select(DebitRun).where(DebitRun.entry_key == new.entry_key))
    if before is not None:
        return _asked(before)
    approvals.refuse_alone(ctx)
    note = _words(ctx, new.note, "note", "note")
    number = numbering.take(ctx, "debit_run")
    selection = selecting.asked(ctx, RunQuestion(new.kind, new.processing_on, new.days))
    _refuse_faults(new, selection)
    run = DebitRun(
        number=number,
        entry_key=new.entry_key,
        kind=new.kind,
        state=DebitRunState.WAITING,
        processing_on=selection.days[0].processing_on,
        entry_on=selection.days[0].entry_on,
        last_entry_on=selection.days[-1].entry_on,
        count=len(selection.records),
        pence=selection.pence,
        left_out=selection.items_left_out,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
        note=note,
    )
    ctx.session.add(run)
    ctx.session.flush()
    taking.take(ctx, run, selection)
    run.request_id = requests.ask(ctx, run)
    ctx.session.flush()
    return _asked(run)


@requires(Permission.RUN_DIRECT_DEBITS)
def save_file(ctx: Context, run_id: int, folder: str) -> SavedFile:
    """Write the file of a run, with whole bank details, to a folder that nobody but the officer reads; the audit says so.

    Where others may read the folder, it goes into one of its own in there.

    Raises:
        UserError: the run has no file that is to be sent, what is kept has been altered, or it can't be written.
    """
    run = keeping.found(ctx, run_id)
    content, file = files.content(ctx, run)
    audit.record(ctx, "debit_run", str(run.id), "reveal", opened_for="its file", sha256=file.sha256)
    try:
        path = own_folder(Path(folder), "Bacs files") / files.name(run, file)
        write_private(path, content)
    except OSError as error:
        raise UserError(f"The file can't be written: {error.strerror}.", "Choose another folder.", "folder") from error
    told = f"Bacs file {file.serial} is saved as {path}. Delete it once it is sent: it has whole bank details."
    return SavedFile(run.id, path, file.sha256, told, keeping.moved(run, "").changes)


@requires(Permission.RUN_DIRECT_DEBITS)
def save_as(ctx: Context, run_id: int, path: str) -> SavedFile:
    """Write the file of a run to a path, readable by the officer alone; the audit says so.

    Raises:
        UserError: as `save_file`.
    """
    run = keeping.found(ctx, run_id)
    content, file = files.content(ctx, run)
    audit.record(ctx, "debit_run", str(run.id), "reveal", opened_for="its file", sha256=file.sha256)
    try:
        write_private(Path(path), content)
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.", field="out") from error
    told = f"Bacs file {file.serial} is written to {path}."
    return SavedFile(run.id, Path(path), file.sha256, told, keeping.moved(run, "").changes)


@requires(Permission.RUN_DIRECT_DEBITS)
def mark_sent(ctx: Context, run_id: int, reference: str) -> RunMoved:
    """The file of a run was sent to Bacs, once; `reference` is what the submission was given there.

    Raises:
        UserError: it has no file that waits to be sent, or the reference is missing, long or holds a card number.
    """
    if not reference.strip():
        raise UserError(
            "The reference of the submission is missing.",
            "The submission service shows it once the file is sent.",
            "reference",
        )
    settling.sent(ctx, keeping.found(ctx, run_id), reference)
    run = keeping.found(ctx, run_id)
    return keeping.moved(run, f"Run {run.number} is marked as sent. It waits for {_REPORT[run.kind]}.")


@requires(Permission.RUN_DIRECT_DEBITS)
def cancel(ctx: Context, run_id: int, reason: str) -> RunMoved:
    """The file of a run is not to be sent: what was in it can go in another run; its serial number stays used.

    Neither who asked for the run nor who saved its file cancels it: two people keep it from being collected twice.

    Raises:
        UserError: it was sent or cancelled before, the officer asked for it or saved its file, its processing day has come, or
            no reason is given.
    """
    run = keeping.found(ctx, run_id)
    why = _reason(ctx, reason)
    if run.state is DebitRunState.MADE:
        _refuse_own(ctx, run.made_by, "asked for this run", "cancels it")
        if files.was_saved_by(ctx, run, ctx.officer.id):
            _refuse_own(ctx, ctx.officer.id, "saved this file", "cancels it")
    settling.cancelled(ctx, run, why)
    return keeping.moved(run, f"Run {run.number} is cancelled: what was in it can go in another run.")


@requires(Permission.RUN_DIRECT_DEBITS)
def refused(ctx: Context, run_id: int, reason: str) -> RunMoved:
    """Bacs or the bank refused a run whole: all of it can go in another run.

    Whoever marked it as sent doesn't say so, for the same reason as with `cancel`.

    Raises:
        UserError: it wasn't sent, something of it is on the accounts, the officer marked it, or no reason is given.
    """
    run = keeping.found(ctx, run_id)
    why = _reason(ctx, reason)
    if run.state in {DebitRunState.SENT, DebitRunState.MATCHED}:
        _refuse_own(ctx, run.sent_by, "marked this file as sent", "says that it was refused")
    settling.refused(ctx, run, why)
    return keeping.moved(run, f"Run {run.number} was refused: what was in it can go in another run.")


@requires(Permission.RUN_DIRECT_DEBITS)
def match_by_hand(ctx: Context, match: MatchByHand) -> RunMoved:
    """An officer saw what Bacs took of a run, where no Input report can be read; the records that it refused are given back.

    Neither who asked for the run nor who marked it as sent says so: whoever approved it may.

    Raises:
        UserError: it wasn't sent, the totals that Bacs shows aren't those of the run less what it refused, a refused record
            isn't in the run, the officer made or sent it, or the reason or what was seen is missing.
    """
    run = keeping.found(ctx, match.run_id)
    reason = _reason(ctx, match.reason)
    evidence = _words(ctx, match.evidence, "evidence", "evidence")
    if not evidence:
        raise UserError("Say what was seen, and where.", "Attach a picture of it to the run.", "evidence")
    settling.refuse_not_sent(run)
    refused = refusing.by_hand(ctx, run, match.refused, f"By hand: {reason}")
    _refuse_other_totals(match, run, refused)
    _refuse_own(ctx, run.sent_by, "marked this file as sent", "matches it")
    _refuse_own(ctx, run.made_by, "asked for this run", "matches it")
    if refused:
        refusing.turn_away(ctx, run, refused)
        run = keeping.found(ctx, match.run_id)
    settling.matched(ctx, run, f"By hand: {reason} Seen: {evidence}")
    return keeping.moved(run, f"Run {run.number} is matched by hand.")


@requires(Permission.RUN_DIRECT_DEBITS)
def post(ctx: Context, on: date) -> RunsPosted:
    """Put on the accounts what every matched run collects up to an entry day; done twice, it is there once.

    Raises:
        UserError: that day is still to come.
    """
    return posting.post(ctx, on)


def _refuse_faults(new: AskRun, selection: Selection) -> None:
    what = _WHAT[new.kind]
    if not selection.records:
        left = selection.items_left_out
        told = f" {left:,} {'is' if left == 1 else 'are'} left out: look at why." if left else ""
        raise UserError(f"There are no {what} for that day.{told}", "Choose another day.", "processing_on")
    fault = rules.declared_fault(
        new.declared_count, new.declared_total, len(selection.records), Money(selection.pence), what
    )
    if fault:
        raise UserError(fault, "Look at the run again, and declare what it is now.", "declared_total")


def _refuse_other_totals(match: MatchByHand, run: DebitRun, refused: Sequence[refusing.Found]) -> None:
    count, pence = run.count - len(refused), run.pence - sum(row.pence for row, _words in refused)
    if (match.count, match.total.pence) == (count, pence):
        return
    less = f" less {len(refused):,} refused" if refused else ""
    raise UserError(
        f"Bacs shows {match.count:,} of {match.total}, but {count:,} of {Money(pence)} were sent{less}; nothing is matched.",
        "Find out what is missing before anything is posted: name the records that Bacs refused.",
        "count" if match.count != count else "total",
    )


def _asked(run: DebitRun) -> RunAsked:
    total = Money(run.pence)
    what = f"of {run.count:,}" if run.kind is DebitRunKind.LODGEMENT else f"of {run.count:,}, {total} in all"
    told = f"Run {run.number}, {KINDS[run.kind].lower()} {what}, waits for a second officer."
    changes = keeping.moved(run, "").changes
    return RunAsked(run.id, run.number, run.request_id or 0, run.count, total, run.left_out, told, changes)


def _refuse_own(ctx: Context, officer_id: int | None, did: str, does: str) -> None:
    if officer_id != ctx.officer.id:
        return
    alone = " Nobody else is here: add an officer (Admin, Officers)." if people_count(ctx.session) < 2 else ""
    raise UserError(f"You {did}, so somebody else {does}.{alone}", "Ask a colleague who may run Direct Debits.")


def _reason(ctx: Context, typed: str) -> str:
    words = _words(ctx, typed, "reason", "reason")
    if not words:
        raise UserError("Say why.", "It stays with the run.", "reason")
    return words


def _words(ctx: Context, typed: str, what: str, field: str) -> str:
    words = " ".join(typed.split())
    if len(words) > _LONGEST // 2:
        raise UserError(f"The {what} has over {_LONGEST // 2} characters.", "Shorten it.", field)
    refuse_card_number(ctx, words, what, field)
    return words
