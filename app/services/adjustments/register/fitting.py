"""What of the register fits a filter, as conditions on each of its four tables."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from app.models.accounts import Account
from app.models.adjustments import AdjustmentKind
from app.models.values import AdjustmentSheet, Subject
from app.services.adjustments.register.acts import POSTS
from app.services.adjustments.register.dto import RegisterFilter, Stage, View
from app.services.adjustments.register.origins import Origin
from app.services.approvals import queries as approvals
from app.services.core import access
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.folding import like_pattern

_FOR_ME: Final = "adjustments_for_me"
_MOST_WORDS: Final = 6
_MOST_NAMED: Final = 900
_DIGITS: Final = 9
"""Of a number that every database holds."""
_DECIDED: Final = frozenset(
    {Subject.ADJUSTMENT, Subject.RECHARGE, Subject.REFUND, Subject.WRITE_OFF, Subject.WRITE_OFF_SCHEDULE}
)


def keep(ctx: Context, origin: Origin, statement: Select[Any], wanted: RegisterFilter) -> Select[Any]:
    """Keep the lines of one table that fit."""
    return statement.where(*_where(ctx, origin, wanted))


def in_view(ctx: Context, origin: Origin, view: View) -> ColumnElement[bool]:
    """Whether a line belongs to a view."""
    me = ctx.officer.id
    if view is View.MINE:
        return origin.made_by == me
    if view is View.TODAY:
        return origin.posted_on == ctx.clock.today()
    if view is View.REVERSED:
        return origin.at_stage([Stage.BACK])
    if view is View.REPORTED:
        return origin.stands
    if view is View.TO_APPROVE:
        requests = for_me(ctx)
        return and_(origin.at_stage([Stage.WAITING]), origin.request_id.in_(requests)) if requests else false()
    if POSTS[origin.what] not in ctx.officer.permissions:
        return false()
    others = or_(origin.approved_by.is_(None), origin.approved_by != me)
    return and_(origin.at_stage([Stage.APPROVED]), origin.made_by != me, others)


def for_me(ctx: Context) -> list[int]:
    """The requests about any of the four that the officer may decide now; they are read once a transaction."""
    kept = ctx.session.info
    if _FOR_ME not in kept:
        rows = approvals.queue(ctx).rows
        kept[_FOR_ME] = sorted(row.request_id for row in rows if row.subject in _DECIDED)[:_MOST_NAMED]
    found: list[int] = kept[_FOR_ME]
    return found


def _where(ctx: Context, origin: Origin, wanted: RegisterFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.whats and origin.what not in wanted.whats:
        return [false()]
    if wanted.view is not None:
        where.append(in_view(ctx, origin, wanted.view))
    if wanted.kinds:
        where.append(origin.of_kinds(wanted.kinds, _sheets(ctx, wanted.kinds)))
    if wanted.reasons:
        where.append(origin.of_reasons(wanted.reasons))
    if wanted.stages:
        where.append(origin.at_stage(sorted(wanted.stages)))
    if wanted.officer_id is not None:
        where.append(origin.made_by == wanted.officer_id)
    if wanted.account_id is not None:
        where.append(origin.of_account(wanted.account_id))
    where += _in_days(ctx, origin, wanted)
    if wanted.text:
        where += _words(ctx, origin, wanted.text)
    return where


def _in_days(ctx: Context, origin: Origin, wanted: RegisterFilter) -> list[ColumnElement[bool]]:
    """Whether it was asked for lately, and posted on the days of the filter."""
    where: list[ColumnElement[bool]] = []
    if wanted.days is not None:
        where.append(origin.made_at >= midnight(ctx.clock.today() - timedelta(days=wanted.days - 1)))
    if wanted.from_on is not None:
        where.append(origin.posted_on >= wanted.from_on)
    if wanted.to_on is not None:
        where.append(origin.posted_on <= wanted.to_on)
    return where


def _sheets(ctx: Context, keys: frozenset[str]) -> frozenset[AdjustmentSheet]:
    return frozenset(ctx.session.scalars(select(AdjustmentKind.sheet).where(AdjustmentKind.key.in_(sorted(keys)))))


def _words(ctx: Context, origin: Origin, text: str) -> list[ColumnElement[bool]]:
    """Each word is in the reference or the name of the account or in the title, or is the number."""
    found: list[ColumnElement[bool]] = []
    for word in text.split()[:_MOST_WORDS]:
        pattern = like_pattern(word)
        places: list[ColumnElement[bool]] = [
            Account.payment_reference.like(pattern, escape="/"),
            Account.name.like(pattern, escape="/"),
            origin.title.like(pattern, escape="/"),
        ]
        if word.isdecimal() and len(word) <= _DIGITS:
            places.append(origin.number == int(word))
        found.append(or_(*places))
    shut = sorted(access.closed_accounts(ctx))[:_MOST_NAMED]
    if shut:
        found.append(or_(Account.id.is_(None), Account.id.not_in(shut)))
    return found
