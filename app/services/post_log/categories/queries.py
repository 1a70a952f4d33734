"""Reading the categories."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import func, select

from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostState
from app.services.core.context import Context
from app.services.letters import templates
from app.services.letters.dto import Channel
from app.services.letters.filling import blanks
from app.services.post_log.categories.dto import CategoryRow
from app.services.post_log.dto import Holder
from app.services.post_log.standards import keeping, wording

_POST: Final = re.compile(r"\bpost\.")
"""What the fields of a letter about an item begin with."""
FIXED: Final = frozenset({"general", "payment", "returned"})
"""Under these Rentbook files what arrives by itself: anything, something of value, a letter that came back."""


def acknowledgements(ctx: Context) -> tuple[tuple[str, str], ...]:
    """The letters that may acknowledge an item, by key and title: those about post into which nothing has to be typed."""
    found = templates.all_templates(ctx, ctx.clock.today())
    return tuple(
        (row.key, row.title)
        for row in found
        if row.channel is Channel.LETTER
        and not row.retired
        and _POST.search(row.wording.body)
        and not blanks(row.wording)
    )


def categories(ctx: Context) -> tuple[CategoryRow, ...]:
    """Every category in the order of lists, those that are retired last."""
    titles = {row.key: row.title for row in templates.all_templates(ctx, ctx.clock.today())}
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
        standard = keeping.standard(ctx.policy, row.key, today)
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
                acknowledgement=row.acknowledgement,
                acknowledgement_title=titles.get(row.acknowledgement, row.acknowledgement),
            )
        )
    return tuple(found)
