"""The register: the numbers of the lines that fit in their order, how many they are, and what stands over it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, literal, select, union_all

from app.models.letters import Outgoing
from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.counting import count_where
from app.services.core.ids import read_ids
from app.services.post_log.distributing.queries import trays
from app.services.post_log.register import fitting
from app.services.post_log.register.dto import Register, RegisterFilter, RegisterRow, RegisterSort, View, Way
from app.services.post_log.register.linking import is_about
from app.services.post_log.register.rows import detail, rows
from app.services.post_log.standards.lateness import DUE_ON, IS_OPEN
from app.services.workbench.listing import Totals

__all__ = ["detail", "ids", "of_account", "of_record", "register", "rows", "totals", "totals_of", "view_counts"]

MOST_OF_ACCOUNT: Final = 500
_NO_DAY: Final = literal(date(9999, 12, 31))
"""Stands after every day: nothing is due."""
_YEAR: Final = 100_000_000
"""More than the items of any year."""
_IN: Final[dict[RegisterSort, ColumnElement[Any]]] = {
    RegisterSort.AT: PostItem.received_at.expression,
    RegisterSort.NUMBER: PostItem.year * _YEAR + PostItem.number,
    RegisterSort.WHO: PostItem.sender.expression,
    RegisterSort.SUBJECT: PostItem.subject_line.expression,
    RegisterSort.CATEGORY: PostCategory.name.expression,
    RegisterSort.DUE: func.coalesce(DUE_ON, _NO_DAY),
    RegisterSort.PRIORITY: PostItem.priority.expression,
    RegisterSort.HOLDER: func.coalesce(Officer.name, Team.name, ""),
    RegisterSort.STATE: PostItem.state.expression,
}
_OUT: Final[dict[RegisterSort, ColumnElement[Any]]] = {
    RegisterSort.AT: Outgoing.asked_at.expression,
    RegisterSort.NUMBER: Outgoing.id.expression,
    RegisterSort.WHO: Outgoing.addressee.expression,
    RegisterSort.SUBJECT: Outgoing.title.expression,
    RegisterSort.CATEGORY: literal(""),
    RegisterSort.DUE: _NO_DAY,
    RegisterSort.PRIORITY: literal(9),
    RegisterSort.HOLDER: Officer.name.expression,
    RegisterSort.STATE: Outgoing.state.expression,
}


def ids(ctx: Context, wanted: RegisterFilter, sort: RegisterSort, *, descending: bool) -> array[int]:
    """The numbers of the lines that fit, in order: items by their id, what went out by its id with a minus."""
    statement = _statement(ctx, wanted, sort)
    if statement is None:
        return array("q")
    key, row_id = statement.selected_columns
    order = (key.desc(), row_id.desc()) if descending else (key, row_id)
    return read_ids(ctx.session, statement.order_by(*order), ctx.cancel, column=1)


def totals(ctx: Context, wanted: RegisterFilter) -> Totals:
    """How many lines fit; post comes to no sum."""
    ways = fitting.ways_of(wanted)
    count = 0
    if Way.IN in ways:
        count += ctx.session.scalar(fitting.came_in(ctx, select(func.count(PostItem.id)), wanted)) or 0
    if Way.OUT in ways:
        count += ctx.session.scalar(fitting.went_out(ctx, select(func.count(Outgoing.id)), wanted)) or 0
    return Totals(count)


def totals_of(_ctx: Context, row_ids: Sequence[int]) -> Totals:
    """How many of these there are."""
    return Totals(len(row_ids))


def of_account(ctx: Context, account_id: int) -> tuple[RegisterRow, ...]:
    """What came and went about an account, the latest first; so many of it as an officer looks through.

    Raises:
        UserError: it is of a restricted record that the officer may not open.
    """
    access.open_account(ctx, account_id)
    wanted = RegisterFilter(account_id=account_id)
    found = ids(ctx, wanted, RegisterSort.AT, descending=True)[:MOST_OF_ACCOUNT]
    by_id = {row.row_id: row for row in rows(ctx, found)}
    return tuple(by_id[each] for each in found)


def of_record(ctx: Context, subject: Subject, subject_id: int) -> tuple[RegisterRow, ...]:
    """What came about another record, such as an order or a mandate: what is linked to it, the latest first.

    Raises:
        UserError: it is of a restricted record that the officer may not open.
    """
    access.open_subject(ctx, subject, subject_id)
    latest = select(PostItem.id).where(is_about(subject, subject_id)).order_by(PostItem.received_at.desc(), PostItem.id)
    found = list(ctx.session.scalars(latest.limit(MOST_OF_ACCOUNT)))
    by_id = {row.row_id: row for row in rows(ctx, found)}
    return tuple(by_id[each] for each in found)


def view_counts(ctx: Context) -> dict[View, int]:
    """How many items each view has; today's with what went out."""
    of_open = [view for view in View if view is not View.TODAY]
    sums = [count_where(fitting.in_view(ctx, view)) for view in of_open]
    found = ctx.session.execute(select(*sums).where(IS_OPEN)).one()
    return {
        **dict(zip(of_open, found, strict=True)),
        View.TODAY: totals(ctx, RegisterFilter(view=View.TODAY)).count,
    }


def register(ctx: Context) -> Register:
    """What stands over the register: how many each view has, the trays, and the categories in use."""
    categories = select(PostCategory.key, PostCategory.name).order_by(PostCategory.position, PostCategory.name)
    return Register(view_counts(ctx), trays(ctx), tuple((row.key, row.name) for row in ctx.session.execute(categories)))


def _statement(ctx: Context, wanted: RegisterFilter, sort: RegisterSort) -> Select[Any] | CompoundSelect[Any] | None:
    """The lines that fit with what they are sorted by."""
    ways = fitting.ways_of(wanted)
    parts: list[Select[Any]] = []
    if Way.IN in ways:
        came = select(_IN[sort].label("key"), PostItem.id.label("row_id"))
        if sort is RegisterSort.CATEGORY:
            came = came.join(PostCategory, PostCategory.id == PostItem.category_id)
        elif sort is RegisterSort.HOLDER:
            came = came.outerjoin(Officer, Officer.id == PostItem.officer_id)
            came = came.outerjoin(Team, Team.id == PostItem.team_id)
        parts.append(fitting.came_in(ctx, came, wanted))
    if Way.OUT in ways:
        went = select(_OUT[sort].label("key"), (-Outgoing.id).label("row_id"))
        if sort is RegisterSort.HOLDER:
            went = went.join(Officer, Officer.id == Outgoing.asked_by)
        parts.append(fitting.went_out(ctx, went, wanted))
    if not parts:
        return None
    return union_all(*parts) if len(parts) > 1 else parts[0]
