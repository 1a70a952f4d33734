"""Charging a week."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select

from app.models.charges import Charge, ChargeRun
from app.models.values import JournalKind
from app.services.charges import concerns, runs
from app.services.charges.dto import ChargeResult
from app.services.charges.lines import week_lines
from app.services.charges.weeks import Week, number
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.ledger import periods
from app.services.ledger.dto import JournalHeader, Posted
from app.services.ledger.posting import append_bulk


@requires(Permission.CHARGE_WEEK)
def charge_week(ctx: Context, week: date) -> ChargeResult:
    """Charge a week (any day of it) to every live tenancy and void property, as one journal.

    It is accounted for on its Monday, or on the first day of the open period if that is closed; bank holidays don't
    matter. A week is charged once: asked again, the first journal is the answer. A week whose journal was reversed may be
    charged anew.

    Raises:
        UserError: the week is beyond next Monday, out of order, or nobody is charged anything.
    """
    monday = week_monday(week)
    run = ctx.session.get(ChargeRun, monday)
    plan = runs.plan_of(ctx, monday)
    if run is not None and runs.stands(ctx, run):
        return ChargeResult(monday, run.journal, run.lines, run.total_pence, concerns.find(ctx, plan), duplicate=True)
    runs.refuse_future(ctx, monday)
    if run is None:
        runs.refuse_out_of_order(ctx, monday)
    found = concerns.find(ctx, plan)
    posted = _post(ctx, plan, again=run.journal if run else None)
    if run is None:
        run = ChargeRun(week_on=monday)
        ctx.session.add(run)
    run.journal = posted.journal if posted else None
    run.lines, run.total_pence = (posted.lines, posted.total_pence) if posted else (0, 0)
    run.exceptions = len(found)
    ctx.session.flush()
    return ChargeResult(monday, run.journal, run.lines, run.total_pence, found)


def _post(ctx: Context, plan: Week, again: int | None) -> Posted | None:
    """Post the week; nothing at all is due where every charge has the week free."""
    lines = week_lines(plan)
    if not ctx.session.scalar(select(number(1)).where(lines.exists())):
        _refuse_empty(ctx, plan)
        return None
    key = f"charge:{plan.monday}" + (f":after {again}" if again else "")
    header = JournalHeader(
        kind=JournalKind.CHARGE_RUN,
        accounting_on=periods.first_open_day(ctx.session, plan.monday),
        source=f"Weekly charge {plan.monday}",
        idempotency_key=key,
        narrative=f"Charge for the week of {plan.monday:%d %b %Y}",
    )
    return append_bulk(ctx, header, lines)


def _refuse_empty(ctx: Context, plan: Week) -> None:
    charged = exists().where(Charge.from_on <= plan.sunday, Charge.amount_pence != 0)
    if not ctx.session.scalar(select(number(1)).where(charged)):
        raise UserError(
            f"There is nothing to charge in the week of {plan.monday:%d %b %Y}: no account has a charge.",
            "Load the landlord's tenancies and charges first.",
        )
