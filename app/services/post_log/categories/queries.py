"""Reading the categories."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostState
from app.services.core.context import Context
from app.services.post_log.categories.dto import CategoryRow
from app.services.post_log.dto import Holder
from app.services.post_log.standards import keeping, wording

FIXED: Final = frozenset({"general", "payment", "returned"})
"""Under these Rentbook files what arrives by itself: anything, something of value, a letter that came back."""


def categories(ctx: Context) -> tuple[CategoryRow, ...]:
    """Every category in the order of lists, those that are retired last."""
    open_items = (
        select(PostItem.category_id, func.count().label("count"))
        .where(PostItem.state == PostState.OPEN)
        .group_by(PostItem.category_id)
        .subquery()
    )
    statement = (
        select(PostCategory, Officer.name, Team.name, func.coalesce(open_items.c.count, 0))
        .outerjoin(Officer, Officer.id == PostCategory.officer_id)
        .outerjoin(Team, Team.id == PostCategory.team_id)
        .outerjoin(open_items, open_items.c.category_id == PostCategory.id)
        .order_by(PostCategory.retired, PostCategory.position, PostCategory.id)
    )
    today = ctx.clock.today()
    found = []
    for row, officer, team, count in ctx.session.execute(statement):
        standard = keeping.standard(ctx, row.key, today)
        found.append(
            CategoryRow(
                category_id=row.id,
                version=row.version,
                key=row.key,
                name=row.name,
                acknowledge=wording.counted(standard.acknowledge, "working day") if standard.acknowledge else "",
                answer=wording.answered_within(standard),
                holder=Holder(row.officer_id, row.team_id),
                holder_name=officer or team or "",
                high=row.high,
                months=row.retention_months,
                open=count,
                retired=row.retired,
                fixed=row.key in FIXED,
            )
        )
    return tuple(found)
