"""What every letting and void costs on a Monday, as the records say or as it was signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select

from app.models.accounts import Account
from app.models.charges import Charge, DebitControl, DebitPosition
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.services.charges import runs, voids
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.tenancies.debit_control.dto import Place, Position
from app.services.tenancies.debit_control.rules import Positions

_ROWS = 5_000


def on_monday(ctx: Context, monday: date) -> dict[Place, Position]:
    """The debit of a Monday: what live tenancies are charged a week, and what voids cost, as the records say now."""
    found = {Place(*row[:3]): Position(let=int(row[3])) for row in ctx.session.execute(_lets(monday))}
    for row in ctx.session.execute(_voids(ctx, monday)):
        place = Place(*row[:3])
        standing = found.get(place, Position())
        found[place] = Position(standing.let, int(row[3]))
    return found


def latest_signed(ctx: Context) -> date | None:
    """The Monday of the latest sheet that was signed by two."""
    return ctx.session.scalar(select(func.max(DebitControl.week_on)).where(DebitControl.checked_at.is_not(None)))


def as_signed(ctx: Context) -> dict[Place, Position]:
    """Where the latest sheet that was signed by two closed."""
    columns = (DebitPosition.rent_group_id, DebitPosition.property_id, DebitPosition.tenancy_id)
    rows = ctx.session.execute(select(*columns, DebitPosition.let_pence, DebitPosition.void_pence))
    return {Place(*row[:3]): Position(row[3], row[4]) for row in rows}


def keep(ctx: Context, positions: Positions) -> None:
    """Keep where a sheet closed, as it is signed: the next one opens there."""
    ctx.session.execute(delete(DebitPosition))
    rows = [
        {
            "tenancy_id": place.tenancy_id,
            "rent_group_id": place.rent_group_id,
            "property_id": place.property_id,
            "let_pence": position.let,
            "void_pence": position.void,
        }
        for place, position in positions.items()
    ]
    for chunk in in_chunks(rows, _ROWS):
        ctx.session.execute(insert(DebitPosition), list(chunk))


def _lets(monday: date) -> Any:
    """(rent group, property, tenancy, pence) of every tenancy that is live; 0 where nothing is charged by the week."""
    group = func.coalesce(Account.rent_group_id, Property.rent_group_id)
    open_then = or_(Account.closed_on.is_(None), Account.closed_on >= monday)
    return (
        select(group, Tenancy.property_id, Tenancy.id, func.sum(func.coalesce(Charge.amount_pence, 0)))
        .join(Property, Property.id == Tenancy.property_id)
        .outerjoin(Account, and_(Account.tenancy_id == Tenancy.id, open_then))
        .outerjoin(Charge, and_(Charge.account_id == Account.id, _covers(Charge.from_on, Charge.to_on, monday)))
        .where(_covers(Tenancy.start_on, Tenancy.end_on, monday))
        .group_by(group, Tenancy.property_id, Tenancy.id)
    )


def _voids(ctx: Context, monday: date) -> Any:
    """The same of every property that is void on the day, by its last tenancy."""
    week = runs.plan_of(ctx, monday)
    void = voids.void_lettings(week)
    costs = voids.void_charges(void, week).subquery("void_costs")
    pence = func.sum(func.coalesce(costs.c.amount_pence, 0))
    return (
        select(void.c.rent_group_id, Tenancy.property_id, void.c.tenancy_id, pence)
        .join(Tenancy, Tenancy.id == void.c.tenancy_id)
        .outerjoin(costs, costs.c.tenancy_id == void.c.tenancy_id)
        .where(void.c.ended_on < monday)
        .group_by(void.c.rent_group_id, Tenancy.property_id, void.c.tenancy_id)
    )


def _covers(first: Any, last: Any, day: date) -> ColumnElement[bool]:
    return and_(first <= day, or_(last.is_(None), last >= day))
