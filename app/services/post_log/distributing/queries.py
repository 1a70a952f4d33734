"""The trays: what is open with each officer and each team, and who is away."""

from __future__ import annotations

from sqlalchemy import case, func, select

from app.models.diary import Absence
from app.models.officers import Officer, Team
from app.models.post_log import PostItem
from app.services.core.context import Context
from app.services.core.officers import SYSTEM
from app.services.post_log.register.dto import Tray
from app.services.post_log.standards.lateness import IS_OPEN, is_late


def trays(ctx: Context) -> tuple[Tray, ...]:
    """The tray of each officer who works here, then of each team; whoever has none open has an empty one."""
    today = ctx.clock.today()
    counted = {
        (row.officer_id, row.team_id): (row.open, row.late)
        for row in ctx.session.execute(
            select(
                PostItem.officer_id,
                PostItem.team_id,
                func.count().label("open"),
                func.coalesce(func.sum(case((is_late(today), 1), else_=0)), 0).label("late"),
            )
            .where(IS_OPEN)
            .group_by(PostItem.officer_id, PostItem.team_id)
        )
    }
    away = {
        row.officer_id: row.to_on
        for row in ctx.session.execute(
            select(Absence.officer_id, Absence.to_on).where(Absence.from_on <= today, Absence.to_on >= today)
        )
    }
    officers = ctx.session.execute(
        select(Officer.id, Officer.name).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    )
    teams = ctx.session.execute(select(Team.id, Team.name).order_by(Team.name))
    return (
        *(Tray(row.id, None, row.name, *counted.get((row.id, None), (0, 0)), away.get(row.id)) for row in officers),
        *(Tray(None, row.id, row.name, *counted.get((None, row.id), (0, 0))) for row in teams),
    )
