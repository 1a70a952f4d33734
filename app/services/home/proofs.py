"""What Rentbook itself looks at before some recurring tasks may be signed."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.charges import ChargeRun
from app.models.values import Money, PeriodState
from app.services.charges.runs import stands
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.diary.dto import ProofState
from app.services.diary.keeping import written
from app.services.ledger import periods
from app.services.ledger.weekly import journal_totals


def weekly_charge(ctx: Context, on: date) -> ProofState:
    """Whether the week of a day is charged, and its journal's lines agree to the run and to the control accounts."""
    monday = week_monday(on)
    run = ctx.session.get(ChargeRun, monday)
    week = f"The week of {written(monday)}"
    if run is None:
        return ProofState(holds=False, words=f"{week} is not charged yet.")
    if not stands(ctx, run):
        return ProofState(holds=False, words=f"{week} was charged and reversed since.")
    if run.journal is None:
        return ProofState(holds=True, words=f"{week}: nothing was due.")
    totals = journal_totals(ctx, run.journal)
    total = Money(run.total_pence)
    if totals.lines != run.lines or totals.on_accounts != total or not totals.agrees:
        said = f"the run says {_lines(run.lines)} of {total}, the ledger has {totals.lines:,} of {totals.on_accounts}"
        return ProofState(holds=False, words=f"{week} does not agree: {said}.")
    words = (
        f"{week} is charged in journal {run.journal:,}: {_lines(run.lines)}, {total}, agreed to the control accounts"
    )
    left = f"; {run.exceptions:,} to look at" if run.exceptions else ""
    return ProofState(holds=True, words=f"{words}{left}.")


def period_closed(ctx: Context, on: date) -> ProofState:
    """Whether the accounting period before that of a day is closed."""
    last = on.replace(day=1) - timedelta(days=1)
    period = periods.find(ctx.session, last)
    if period is None:
        return ProofState(holds=True, words=f"There is no period for {last:%B %Y}.")
    closed = period.state is PeriodState.CLOSED
    return ProofState(closed, f"{period.name} is closed." if closed else f"{period.name} is still open.")


def _lines(count: int) -> str:
    return f"{count:,} {'line' if count == 1 else 'lines'}"
