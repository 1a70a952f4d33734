"""Voids as tenancies end and begin, for commands that have asked for a permission of their own.

What a void costs needs no period: the weekly charge goes by when the last tenancy ended and the next one starts. A period
says why the property is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from app.models.endings import VoidPeriod
from app.models.values import VoidReason
from app.services.core.context import Context

_DAY = timedelta(days=1)


def open_void(ctx: Context, property_id: int, from_on: date, reason: VoidReason, note: str = "") -> int:
    """The property is empty from a day on, for a reason; returns the period.

    A period that lasts then ends the day before; those that would begin later are taken away.
    """
    let_again(ctx, property_id, from_on)
    period = VoidPeriod(property_id=property_id, reason=reason, from_on=from_on, note=note.strip()[:400])
    ctx.session.add(period)
    ctx.session.flush()
    return period.id


def let_again(ctx: Context, property_id: int, start_on: date) -> None:
    """A tenancy starts: the void ends the day before, and what was planned for later is taken away."""
    for period in _lasting(ctx, property_id, start_on):
        if period.from_on >= start_on:
            ctx.session.delete(period)
        else:
            period.to_on = start_on - _DAY
    ctx.session.flush()


def _lasting(ctx: Context, property_id: int, day: date) -> Sequence[VoidPeriod]:
    """The periods of a property that have not ended before a day."""
    statement = select(VoidPeriod).where(
        VoidPeriod.property_id == property_id, or_(VoidPeriod.to_on.is_(None), VoidPeriod.to_on >= day)
    )
    return ctx.session.scalars(statement.order_by(VoidPeriod.from_on)).all()
