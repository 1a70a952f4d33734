"""The figures of the home page: set-based, over kept balances and the control accounts' lines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import case, func, or_, select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.officers import Officer, Team
from app.models.tenancies import Tenancy
from app.models.values import ZERO, AccountKind, Money
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context
from app.services.diary.dto import TaskState
from app.services.home.cards import cards
from app.services.home.dto import Band, CardLine, Figures, Load, Week

_EDGES: Final = (1, 100_00, 250_00, 500_00, 1_000_00, 2_000_00)
"""Where the bands of arrears begin, in pence; the last has no end."""
WEEKS: Final = 13


def card(ctx: Context, key: str) -> tuple[CardLine, ...]:
    """The lines of one card."""
    return next((each.lines(ctx) for each in cards() if each.key == key), ())


def figures(ctx: Context) -> Figures:
    """What the charts draw."""
    return Figures(arrears(ctx), collection(ctx), workload(ctx))


def arrears(ctx: Context) -> tuple[Band, ...]:
    """Current tenants' rent accounts in debt, by how much they owe; one statement over kept balances."""
    band = case(
        *((Account.balance_pence >= edge, at) for at, edge in reversed(list(enumerate(_EDGES)))),
        else_=-1,
    ).label("band")
    today = ctx.clock.today()
    owing = (
        select(band, Account.balance_pence.label("pence"))
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(
            Account.kind == AccountKind.RENT,
            Account.balance_pence > 0,
            or_(Account.closed_on.is_(None), Account.closed_on >= today),
            or_(Tenancy.end_on.is_(None), Tenancy.end_on >= today),
        )
        .subquery("owing")
    )
    statement = select(owing.c.band, func.count(), func.sum(owing.c.pence)).group_by(owing.c.band)
    found = {row[0]: (row[1], Money(row[2])) for row in ctx.session.execute(statement)}
    ends = (*_EDGES[1:], None)
    return tuple(
        Band(
            Money(0 if at == 0 else edge),
            None if ends[at] is None else Money(ends[at] or 0),
            *found.get(at, (0, ZERO)),
        )
        for at, edge in enumerate(_EDGES)
    )


def collection(ctx: Context, weeks: int = WEEKS) -> tuple[Week, ...]:
    """What was charged and what came in, in each of the last weeks, this one included."""
    from app.services.ledger.weekly import moved_by_week  # what the ledger needs is read when charts are drawn

    this = week_monday(ctx.clock.today())
    moved = moved_by_week(ctx, this - WEEK * (weeks - 1), this + timedelta(days=6))
    return tuple(Week(each.week, each.charged, each.received) for each in moved)


def workload(ctx: Context) -> tuple[Load, ...]:
    """The open tasks of each officer, each team and nobody, the most first; those with none are left out."""
    today: date = ctx.clock.today()
    late = func.sum(case((Task.due_on < today, 1), else_=0))
    statement = (
        select(Task.officer_id, Task.team_id, Officer.name, Team.name, func.count(), late)
        .outerjoin(Officer, Officer.id == Task.officer_id)
        .outerjoin(Team, Team.id == Task.team_id)
        .where(Task.state == TaskState.OPEN.value)
        .group_by(Task.officer_id, Task.team_id, Officer.name, Team.name)
    )
    loads = [
        Load(officer or team or "Nobody yet", officer_id, overdue, count - overdue)
        for officer_id, _, officer, team, count, overdue in ctx.session.execute(statement)
    ]
    return tuple(sorted(loads, key=lambda load: (-(load.overdue + load.waiting), load.name)))
