"""Runs as they go on, for what comes back from the bank: nothing here asks for a permission.

The commands of this area, and those above it that read the bank's reports, do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.bacs import PaymentFile
from app.models.direct_debits.runs import DebitRun
from app.models.values import DebitRunState, PaymentFileKind, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.records import record
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.direct_debits.runs import files, refusing, rules, settling
from app.services.direct_debits.runs.dto import STATES, RefusedRecord, RunMoved

AREAS: Final = frozenset({"direct_debits", "payment_files", "diary", "home"})
DIFFERS: Final = "debit_run_differs"
"""The kind of the task about a run that a report doesn't agree with."""
_MOST_WORDS: Final = 4_000
_MOST_REFERENCE: Final = 40


def found(ctx: Context, run_id: int) -> DebitRun:
    """A run by its id.

    Raises:
        UserError: there is none.
    """
    return record(ctx, DebitRun, run_id, "Direct Debit run")


def of_input(ctx: Context, *, serial: int | None = None, reference: str = "") -> DebitRun | None:
    """The run whose file an Input or Withdrawal report is of: by its volume serial number, else by the submission's reference."""
    runs = select(DebitRun).join(PaymentFile, PaymentFile.id == DebitRun.payment_file_id)
    runs = runs.where(PaymentFile.kind != PaymentFileKind.CREDITS).order_by(DebitRun.id.desc())
    if serial is not None:
        return ctx.session.scalars(runs.where(PaymentFile.serial == serial)).first()
    return ctx.session.scalars(runs.where(PaymentFile.reference == reference)).first() if reference else None


def matched(ctx: Context, run_id: int, words: str) -> RunMoved:
    """The Input report says that Bacs took a run as it was sent; one that wasn't marked as sent is now. Told twice, it is done once.

    Raises:
        UserError: the run is withdrawn, cancelled or refused.
    """
    run = found(ctx, run_id)
    if run.state in {DebitRunState.MATCHED, DebitRunState.POSTED}:
        return moved(run, f"Run {run.number} was matched before.")
    if run.state is DebitRunState.MADE:
        settling.sent(ctx, run, "")
        run = found(ctx, run_id)
    settling.matched(ctx, run, words)
    diary.finish_for(ctx, Subject.DIRECT_DEBIT_RUN, run_id, DIFFERS, "Matched")
    return moved(run, f"Run {run.number} agrees with its Input report.")


def matched_but(ctx: Context, run_id: int, records: Sequence[RefusedRecord], words: str) -> RunMoved:
    """The Input report says that Bacs took a run but for some records, which are given back; the rest is matched.

    Raises:
        UserError: a record fits no line, something of the run is on the accounts, or it is withdrawn, cancelled or refused.
    """
    run = found(ctx, run_id)
    lines = refusing.lines_of(ctx, run, records)
    settling.refuse_posted(ctx, run)
    _wait_again(ctx, run)
    run = found(ctx, run_id)
    settling.refuse_not_sent(run)
    refusing.turn_away(ctx, run, lines)
    return matched(ctx, run_id, words)


def not_matched(ctx: Context, run_id: int, why: str) -> None:
    """A report doesn't agree with a run, or says that it was withdrawn: a task says how, and nothing more of it is posted.

    One that was matched before waits to be matched again, unless all of it is on the accounts. One that nobody marked as
    sent was sent all the same: it is marked now, so that nobody cancels it.
    """
    _wait_again(ctx, found(ctx, run_id))
    run = found(ctx, run_id)
    title = f"Direct Debit run {run.number} doesn't agree with what Bacs says"
    diary.finish_for(ctx, Subject.DIRECT_DEBIT_RUN, run_id, DIFFERS, "Another report was read")
    about = (Subject.DIRECT_DEBIT_RUN, run.id, DIFFERS)
    diary.add_task(ctx, NewTask(title, ctx.clock.today(), why[:_MOST_WORDS], *about, officer_id=run.sent_by))


def name_submission(ctx: Context, run_id: int, reference: str) -> None:
    """Keep what Bacs called the submission of a run, where nobody typed it."""
    run = found(ctx, run_id)
    file = files.file_of(ctx, run)
    if file is not None and run.state not in rules.DEAD and reference and not file.reference:
        file.reference = reference[:_MOST_REFERENCE]
        ctx.session.flush()


def refused(ctx: Context, run_id: int, why: str) -> RunMoved:
    """Bacs or the bank refused a run whole, by its own report: all of it can go in another run.

    Raises:
        UserError: it wasn't sent, or something of it is on the accounts.
    """
    run = found(ctx, run_id)
    if run.state is DebitRunState.MADE:
        settling.sent(ctx, run, "")
        run = found(ctx, run_id)
    settling.refused(ctx, run, why)
    return moved(run, f"Run {run.number} was refused: what was in it can go in another run.")


def _wait_again(ctx: Context, run: DebitRun) -> None:
    """A run that Bacs had waits to be matched, whether it was matched before or not even marked as sent."""
    if run.state is DebitRunState.MADE:
        settling.sent(ctx, run, "")
    elif run.state is DebitRunState.MATCHED:
        run.state, run.matched_by, run.matched_at, run.matched_words = DebitRunState.SENT, None, None, ""
        ctx.session.flush()


def moved(run: DebitRun, told: str) -> RunMoved:
    """A run as it stands after a step."""
    return RunMoved(run.id, run.number, run.state, told or STATES[run.state], Changes(AREAS))
