"""The calendar that a run is asked from: the days of Bacs with what is planned for each."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, Money
from app.services.bacs import queries as bacs
from app.services.core.calendars import week_monday
from app.services.core.context import Context
from app.services.direct_debits.figures.dto import PlannedDay, Sum

WEEKS: Final = 10
_TOO_LATE: Final = "Too late to send"
_TOO_EARLY: Final = "Too early to send"


def days(ctx: Context) -> tuple[PlannedDay, ...]:
    """Whole weeks from this one on, Monday to Sunday; days whose file can't be sent any more, or not yet, say so."""
    today = ctx.clock.today()
    first = week_monday(today)
    soonest = bacs.next_days(ctx).processing_on
    furthest = today + timedelta(days=ctx.policy.number("bacs.furthest_days", today))
    rows = (
        select(Collection.due_on, func.count(), func.sum(Collection.pence))
        .where(Collection.state == CollectionState.PLANNED, Collection.due_on >= today)
        .group_by(Collection.due_on)
    )
    planned = {on: Sum(count, Money(pence)) for on, count, pence in ctx.session.execute(rows)}
    found = []
    for each in bacs.calendar(ctx, first, WEEKS * 7):
        if each.file is None:
            found.append(PlannedDay(each.on, each.on, each.on, each.why_not, Sum()))
            continue
        why = _TOO_LATE if each.on < soonest else _TOO_EARLY if each.on > furthest else ""
        file = each.file
        found.append(PlannedDay(each.on, file.submit_on, file.entry_on, why, planned.get(file.entry_on, Sum())))
    return tuple(found)
