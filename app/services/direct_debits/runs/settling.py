"""What becomes of a run once its file is made: sent, matched with what Bacs took, or back where it was."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_, select, update

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.runs import DebitRun, DebitRunJournal
from app.models.values import DebitRunKind, DebitRunState, Subject
from app.services.bacs import keeping as bacs
from app.services.bacs import processing
from app.services.core import audit
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.runs import files, rules, taking
from app.services.direct_debits.runs.taking import LINES

SEND: Final = "debit_run_send"
MATCH: Final = "debit_run_match"
UNMATCHED: Final = "debit_run_unmatched"
TO_POST: Final = "debit_run_to_post"
"""The kinds of the tasks to send a run's file, and to match it with its Input report; about one whose entry day came without
an Input report, and about one that is to be posted."""
_MANDATES: Final = Mandate.metadata.tables["mandate"]
_MOST_WORDS: Final = 400
_LODGED: Final = DebitRunKind.LODGEMENT


def remind_to_send(ctx: Context, run: DebitRun, officer_id: int, serial: int) -> None:
    """A task for whoever asked for a run: to send its file by the last day on which Bacs takes it."""
    last = processing.days_of(run.processing_on, bacs_days(ctx.policy, ctx.clock.today())).submit_on
    diary.add_task(
        ctx,
        NewTask(
            f"Send Bacs file {serial}, Direct Debit run {run.number}",
            last,
            f"Bacs processes it on {rules.spelt(run.processing_on)}, so the last day to send it is {rules.spelt(last)}. Mark "
            "it as sent under Direct Debits, Runs, or cancel it there: what is in it can go in another run then.",
            Subject.DIRECT_DEBIT_RUN,
            run.id,
            SEND,
            officer_id=officer_id,
        ),
    )


def sent(ctx: Context, run: DebitRun, reference: str) -> None:
    """The file of a run was sent: instructions are lodged with it, and the bank sees the mandates that are collected.

    Raises:
        UserError: it has no file that waits to be sent, or the reference is long or holds a card number.
    """
    file = files.file_of(ctx, run)
    if run.state is not DebitRunState.MADE or file is None:
        raise UserError(
            f"Run {run.number} is {run.state.value}, so it can't be marked as sent.", "Look at the run again."
        )
    bacs.mark_sent(ctx, file.id, reference)
    run.state, run.sent_by, run.sent_at = DebitRunState.SENT, ctx.officer.id, ctx.clock.now()
    run_id, number, day, kind = run.id, run.number, run.processing_on, run.kind
    ctx.session.flush()
    diary.finish_for(ctx, Subject.DIRECT_DEBIT_RUN, run_id, SEND, "Marked as sent")
    diary.add_task(
        ctx,
        NewTask(
            f"Match Direct Debit run {number} with its Input report",
            day,
            "Read the report under Direct Debits, Bank reports. Nothing of the run is posted before it is matched.",
            Subject.DIRECT_DEBIT_RUN,
            run_id,
            MATCH,
            officer_id=ctx.officer.id,
        ),
    )
    if kind is _LODGED:
        mandates.lodged(ctx, run_id, day)
    else:
        _seen(ctx, run)


def matched(ctx: Context, run: DebitRun, words: str) -> None:
    """Bacs took all that was sent.

    Raises:
        UserError: it wasn't sent, or was matched before.
    """
    refuse_not_sent(run)
    run.state, run.matched_by, run.matched_at = DebitRunState.MATCHED, ctx.officer.id, ctx.clock.now()
    run.matched_words = words[:_MOST_WORDS]
    ctx.session.flush()
    for kind in (MATCH, UNMATCHED):
        diary.finish_for(ctx, Subject.DIRECT_DEBIT_RUN, run.id, kind, "Matched")


def refuse_not_sent(run: DebitRun) -> None:
    """Refuse to match a run that doesn't wait for it.

    Raises:
        UserError: it wasn't sent, or was matched before.
    """
    if run.state is not DebitRunState.SENT:
        raise UserError(f"Run {run.number} is {run.state.value}, so it can't be matched.", "Look at the run again.")


def refuse_posted(ctx: Context, run: DebitRun) -> None:
    """Refuse to give back anything of a run that is on the accounts, be it one day of several.

    Raises:
        UserError: a journal of the run stands.
    """
    first = select(DebitRunJournal.journal).where(DebitRunJournal.run_id == run.id).order_by(DebitRunJournal.entry_on)
    journal = ctx.session.scalars(first).first()
    if journal is not None:
        raise UserError(
            f"Something of run {run.number} is on the accounts, by journal {journal}.",
            "What came back of a posted run is read from the bank's report.",
        )


def withdrawn(ctx: Context, run: DebitRun, why: str) -> None:
    """A run that waited for approval comes to nothing: what was in it can go in another."""
    _ended(ctx, run, DebitRunState.WITHDRAWN, why)


def cancelled(ctx: Context, run: DebitRun, why: str) -> None:
    """The file of a run is not to be sent: what was in it can go in another; its serial number stays used.

    Raises:
        UserError: it was sent or cancelled before, or its processing day has come.
    """
    file = files.file_of(ctx, run)
    if run.state is not DebitRunState.MADE or file is None:
        hint = "Withdraw the request instead." if run.state is DebitRunState.WAITING else "Look at the run again."
        raise UserError(f"Run {run.number} is {run.state.value}, so it can't be cancelled.", hint)
    if run.processing_on <= ctx.clock.today():
        raise UserError(
            f"Bacs file {file.serial} was to be processed on {rules.spelt(run.processing_on)}: it may have been collected.",
            "Ask the bank. If it never had the file, mark it as sent; then somebody else says that it was refused.",
        )
    bacs.cancel_file(ctx, file.id, why)
    _ended(ctx, run, DebitRunState.CANCELLED, why)


def refused(ctx: Context, run: DebitRun, why: str) -> None:
    """Bacs or the bank refused a run whole: nothing of it was collected or lodged, and it can all go in another.

    Raises:
        UserError: it wasn't sent, or something of it is on the accounts.
    """
    file = files.file_of(ctx, run)
    if run.state not in {DebitRunState.SENT, DebitRunState.MATCHED} or file is None:
        raise UserError(
            f"Run {run.number} is {run.state.value}, so it can't be refused.",
            "What came back of a posted run is read from the bank's report.",
        )
    refuse_posted(ctx, run)
    bacs.refuse_file(ctx, file.id, why)
    _ended(ctx, run, DebitRunState.REFUSED, why)


def _ended(ctx: Context, run: DebitRun, state: DebitRunState, why: str) -> None:
    run.state, run.why = state, why[:_MOST_WORDS]
    run.settled_by, run.settled_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    for kind in (SEND, MATCH, UNMATCHED, TO_POST):
        diary.finish_for(ctx, Subject.DIRECT_DEBIT_RUN, run.id, kind, f"The run is {state.value}")
    if run.kind is _LODGED:
        mandates.put_back(ctx, run.id, why)
    else:
        taking.give_back(ctx, run)


def _seen(ctx: Context, run: DebitRun) -> None:
    """The bank sees the mandates of a file on its processing day: the months until they are dormant begin anew."""
    these = _MANDATES.c.id.in_(select(LINES.c.mandate_id).where(LINES.c.run_id == run.id))
    before = or_(_MANDATES.c.last_bank_on.is_(None), _MANDATES.c.last_bank_on < run.processing_on)
    values = {"last_bank_on": run.processing_on, "version": _MANDATES.c.version + 1}
    ctx.session.execute(update(_MANDATES).where(these, before).values(values))
    audit.record_bulk(ctx, "mandate", "update", rows=run.count, last_bank_on=run.processing_on, run=run.number)
