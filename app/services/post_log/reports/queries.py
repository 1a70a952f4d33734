"""The figures of the post, counted in one pass over the items of a span of days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostState
from app.services.core.context import Context
from app.services.core.counting import count_where
from app.services.core.errors import UserError
from app.services.post_log.dto import CHANNELS
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.rows import rows
from app.services.post_log.reports.dto import Figures, Report
from app.services.post_log.standards.lateness import IS_OPEN, is_late

OLDEST: Final = 50
NOBODY: Final = "Nobody yet"
_COUNTED: Final = (PostState.OPEN, PostState.CLOSED)


def report(ctx: Context, from_on: date, to_on: date) -> Report:
    """The figures of what was received from one day to another, both included, as they stand today.

    Raises:
        UserError: the span ends before it begins.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    counted = ctx.session.execute(_statement(ctx.clock.today(), from_on, to_on)).all()
    every = sum((_figures("Everything", row) for row in counted), Figures("Everything"))
    late = select(func.count(PostItem.id)).where(IS_OPEN, is_late(ctx.clock.today()))
    return Report(
        from_on,
        to_on,
        every,
        _by(counted, lambda row: row.category, lambda row: row.key),
        _by(counted, lambda row: row.officer or row.team or NOBODY),
        _by(counted, lambda row: CHANNELS[row.channel]),
        ctx.session.scalar(late) or 0,
        oldest(ctx),
    )


def oldest(ctx: Context) -> tuple[RegisterRow, ...]:
    """The open items that were received first."""
    statement = select(PostItem.id).where(IS_OPEN).order_by(PostItem.received_on, PostItem.id).limit(OLDEST)
    ids = ctx.session.scalars(statement).all()
    by_id = {row.row_id: row for row in rows(ctx, ids)}
    return tuple(by_id[each] for each in ids)


def _statement(today: date, from_on: date, to_on: date) -> Any:
    due, replied = PostItem.reply_by, PostItem.replied_on
    acknowledge_by = PostItem.acknowledge_by
    acknowledged = func.coalesce(PostItem.acknowledged_on, replied)
    waits = and_(IS_OPEN, replied.is_(None), or_(due.is_(None), due >= today))
    return (
        select(
            PostCategory.name.label("category"),
            PostCategory.key,
            Officer.name.label("officer"),
            Team.name.label("team"),
            PostItem.channel,
            func.count().label("came"),
            count_where(and_(replied.is_not(None), or_(due.is_(None), replied <= due))).label("answered"),
            count_where(and_(due.is_not(None), _kept_late(replied, due, today))).label("answered_late"),
            count_where(and_(acknowledge_by.is_not(None), acknowledged <= acknowledge_by)).label("acknowledged"),
            count_where(and_(acknowledge_by.is_not(None), _kept_late(acknowledged, acknowledge_by, today))).label(
                "acknowledged_late"
            ),
            count_where(waits).label("waiting"),
            count_where(and_(PostItem.state == PostState.CLOSED, replied.is_(None))).label("unanswered"),
        )
        .join(PostCategory, PostCategory.id == PostItem.category_id)
        .outerjoin(Officer, Officer.id == PostItem.officer_id)
        .outerjoin(Team, Team.id == PostItem.team_id)
        .where(PostItem.received_on >= from_on, PostItem.received_on <= to_on, PostItem.state.in_(_COUNTED))
        .group_by(PostCategory.name, PostCategory.key, Officer.name, Team.name, PostItem.channel)
    )


def _kept_late(done: Any, due: Any, today: date) -> ColumnElement[bool]:
    """It was done after its last day, or is still to be done and that day has passed."""
    return or_(done > due, and_(done.is_(None), IS_OPEN, due < today))


def _by(
    counted: Sequence[Row[Any]], name: Callable[[Any], str], key: Callable[[Any], str] = lambda _row: ""
) -> tuple[Figures, ...]:
    """The figures under each name, the largest first."""
    found: dict[str, Figures] = {}
    for row in counted:
        named = name(row)
        found[named] = found.get(named, Figures(named, key=key(row))) + _figures(named, row)
    return tuple(sorted(found.values(), key=lambda each: (-each.came, each.name)))


def _figures(name: str, row: Any) -> Figures:
    return Figures(
        name,
        row.came,
        row.answered,
        row.answered_late,
        row.acknowledged,
        row.acknowledged_late,
        row.waiting,
        row.unanswered,
    )
