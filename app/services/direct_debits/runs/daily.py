"""What the day does by itself: lodged runs settle, and those that wait too long are a task each.

Nothing is posted here: whoever opens Rentbook first may not post. `rentbook dd post`, or an officer, does.
"""

from __future__ import annotations

from sqlalchemy import select

from app.models.diary import Task
from app.models.direct_debits.runs import DebitRun
from app.models.values import DebitRunKind, DebitRunState, Subject
from app.services.core.changes import Changes
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, Priority, TaskState
from app.services.direct_debits.runs import posting, rules, settling


def register() -> None:
    """Plug the day's work in."""
    plug_in("direct_debit_runs", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Let lodgements settle, and make a task of each run that should have been matched, or posted."""
    today = ctx.clock.today()
    _settle(ctx)
    for run in posting.unmatched(ctx, today):
        sent = "was not marked as sent" if run.state is DebitRunState.MADE else "has no Input report yet"
        _warn(
            ctx,
            run,
            settling.UNMATCHED,
            f"Direct Debit run {run.number} {sent}, and its money moved on {rules.spelt(run.entry_on)}",
            "Nothing of it is on the accounts. Read the Input report under Direct Debits, Bank reports, or match it by hand.",
        )
    for run, day in posting.due(ctx, today):
        _warn(
            ctx,
            run,
            settling.TO_POST,
            f"Post Direct Debit run {run.number}: its money moved on {rules.spelt(day)}",
            "Open it under Direct Debits, Runs, and post it; or have `rentbook dd post` do it each morning.",
        )
    return Changes(frozenset({"direct_debits", "diary", "home"}))


def _settle(ctx: Context) -> None:
    """A matched lodgement is done once the days are over in which the bank may return an instruction."""
    today = ctx.clock.today()
    days = ctx.policy.number("direct_debits.first_after_days", today)
    last = bacs_days(ctx.policy, today).add(today, -days)
    over = select(DebitRun).where(
        DebitRun.kind == DebitRunKind.LODGEMENT,
        DebitRun.state == DebitRunState.MATCHED,
        DebitRun.processing_on <= last,
    )
    for run in ctx.session.scalars(over):
        run.state, run.posted_at = DebitRunState.POSTED, ctx.clock.now()
    ctx.session.flush()


def _warn(ctx: Context, run: DebitRun, kind: str, title: str, details: str) -> None:
    """One open task of a kind for a run, however often the day is done; once it is done, another day may need another."""
    mine = (
        Task.subject == Subject.DIRECT_DEBIT_RUN,
        Task.subject_id == run.id,
        Task.kind == kind,
        Task.state == TaskState.OPEN.value,
    )
    if ctx.session.scalars(select(Task.id).where(*mine)).first() is None:
        about = (Subject.DIRECT_DEBIT_RUN, run.id, kind)
        who = run.sent_by or run.made_by
        today = ctx.clock.today()
        diary.add_task(ctx, NewTask(title, today, details, *about, officer_id=who, priority=Priority.HIGH))
