"""All figures of Direct Debit at once, as the section Figures shows them."""

from __future__ import annotations

from datetime import date

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.figures import months, standing
from app.services.direct_debits.figures.dto import DebitFigures


def report(ctx: Context, from_on: date, to_on: date) -> DebitFigures:
    """The figures: what stands and comes as at today, what came by the months from one day to another, both included.

    Raises:
        UserError: the span ends before it begins.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    today = ctx.clock.today()
    return DebitFigures(
        as_at=today,
        from_on=from_on,
        to_on=to_on,
        standing=standing.standing(ctx),
        days=months.days_ahead(ctx),
        returned=months.returned(ctx, today.replace(day=1)),
        months=months.collected(ctx, from_on, to_on),
        take_up=months.take_up(ctx, from_on, to_on),
        left_alone=standing.left_alone(ctx),
        dormant_soon=standing.dormant_soon(ctx),
        owing=standing.owing(ctx),
    )
