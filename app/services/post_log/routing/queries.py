"""Reading the routing rules."""

from __future__ import annotations

from sqlalchemy import Select, select

from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostRule
from app.services.core.context import Context
from app.services.diary.queries import holders
from app.services.post_log.dto import Holder, Priority
from app.services.post_log.routing.dto import Choices, Rule, RuleRow
from app.services.post_log.routing.rules import Router


def router(ctx: Context) -> Router:
    """The rules in use, ready to be tried; one that gives to somebody who left gives to nobody."""
    rows = ctx.session.execute(_standing().add_columns(Officer.active).outerjoin(Officer))
    return Router([_rule(row, keep=active is not False) for row, active in rows])


def listed(ctx: Context) -> tuple[RuleRow, ...]:
    """The rules in use, in the order in which they are tried."""
    found = ctx.session.execute(
        _standing()
        .add_columns(PostCategory.name, Officer.name, Team.name)
        .outerjoin(PostCategory, PostCategory.id == PostRule.category_id)
        .outerjoin(Officer, Officer.id == PostRule.officer_id)
        .outerjoin(Team, Team.id == PostRule.team_id)
    )
    return tuple(
        RuleRow(_rule(row), row.version, place, category or "", officer or team or "")
        for place, (row, category, officer, team) in enumerate(found, start=1)
    )


def choices(ctx: Context) -> Choices:
    """What a rule may propose."""
    categories = select(PostCategory.id, PostCategory.name).where(~PostCategory.retired)
    found = holders(ctx)
    return Choices(
        tuple((each, name) for each, name in ctx.session.execute(categories.order_by(PostCategory.position))),
        tuple((each.officer_id, each.name) for each in found if each.officer_id is not None),
        tuple((each.team_id, each.name) for each in found if each.team_id is not None),
    )


def _standing() -> Select[PostRule]:
    return select(PostRule).where(~PostRule.retired).order_by(PostRule.position, PostRule.id)


def _rule(row: PostRule, *, keep: bool = True) -> Rule:
    holder = Holder(row.officer_id if keep else None, row.team_id)
    priority = None if row.priority is None else Priority(row.priority)
    return Rule(row.id, row.field, row.words, row.category_id, holder, priority)
