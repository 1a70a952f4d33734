"""The trays: what is open with each officer and each team, and who is away."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.post_log import PostItem
from app.services.core.context import Context
from app.services.core.counting import count_where
from app.services.diary.queries import holders
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
                count_where(is_late(today)).label("late"),
            )
            .where(IS_OPEN)
            .group_by(PostItem.officer_id, PostItem.team_id)
        )
    }
    return tuple(
        Tray(
            each.officer_id,
            each.team_id,
            each.name,
            *counted.get((each.officer_id, each.team_id), (0, 0)),
            each.away_until,
        )
        for each in holders(ctx)
    )
