"""What stands in suspense as the register lists it: by state, age, value, source and owner, with what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, case, func, or_, select

from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import Money, SuspenseState
from app.services.core.context import Context
from app.services.core.officers import holders
from app.services.core.permissions import Permission
from app.services.reception_payments.suspense import queries
from app.services.reception_payments.suspense.dto import AGES, STANDING, Listed, SuspenseFilter, View

MOST: Final = 500
"""So many items are listed at most, the oldest first; the filters find the others."""
OLD: Final = "suspense.old_after"
"""Days after which an item is old (policy)."""


def found(ctx: Context, wanted: SuspenseFilter, most: int = MOST) -> Listed:
    """The items that are looked for, the oldest first (at most so many), with how many there are and what they have left."""
    where = tuple(_where(ctx, wanted))
    sums = select(func.count(), func.coalesce(func.sum(SuspenseItem.left_pence), 0), func.min(SuspenseItem.received_on))
    count, left, first = ctx.session.execute(sums.where(*where)).one()
    oldest = (ctx.clock.today() - first).days if count else 0
    return Listed(queries.rows(ctx, *where, most=most) if most else (), count, Money(int(left)), oldest)


def counts(ctx: Context) -> Mapping[View, int]:
    """How many items each view of what stands has."""
    views = (View.STANDING, View.MINE, View.NOBODYS, View.OLD, View.WAITING)
    sums = [func.coalesce(func.sum(case((_view(ctx, view), 1), else_=0)), 0) for view in views]
    row = ctx.session.execute(select(*sums).where(SuspenseItem.state.in_(STANDING))).one()
    return {view: int(number) for view, number in zip(views, row, strict=True)}


def keepers(ctx: Context) -> tuple[tuple[int, str], ...]:
    """The officers to whom an item may be given: those who may clear one."""
    return tuple((each.id, each.name) for each in holders(ctx.session, Permission.CLEAR_SUSPENSE))


def old_since(ctx: Context) -> date:
    """What was paid before this day is old."""
    today = ctx.clock.today()
    return today - timedelta(days=ctx.policy.number(OLD, today))


def _where(ctx: Context, wanted: SuspenseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.view is not View.ALL:
        yield _view(ctx, wanted.view)
    if wanted.age is not None:
        _words, least, most = AGES[wanted.age]
        today = ctx.clock.today()
        yield SuspenseItem.received_on <= (today - timedelta(days=least) if least else date.max)
        if most is not None:
            yield SuspenseItem.received_on >= today - timedelta(days=most)
    if wanted.source is not None:
        yield SuspenseItem.source == wanted.source
    if wanted.owner_id is not None:
        yield SuspenseItem.officer_id == wanted.owner_id
    if wanted.least is not None:
        yield func.abs(SuspenseItem.pence) >= wanted.least.pence
    for word in wanted.text.split():
        yield _holds(word)


def _view(ctx: Context, view: View) -> ColumnElement[bool]:
    stands = SuspenseItem.state.in_(STANDING)
    if view is View.MINE:
        return stands & (SuspenseItem.officer_id == ctx.officer.id)
    if view is View.NOBODYS:
        return stands & SuspenseItem.officer_id.is_(None)
    if view is View.OLD:
        return stands & (SuspenseItem.received_on < old_since(ctx))
    if view is View.WAITING:
        return SuspenseItem.state.in_((SuspenseState.PROPOSED, SuspenseState.REFUND_ASKED))
    if view is View.SETTLED:
        return SuspenseItem.state.in_((SuspenseState.CLEARED, SuspenseState.REFUNDED))
    return stands


def _holds(word: str) -> ColumnElement[bool]:
    said = (SuspenseItem.reference_given, SuspenseItem.payer_name, SuspenseItem.narrative)
    either = [each.contains(word, autoescape=True) for each in said]
    if word.isascii() and word.isdigit() and len(word) < 10:
        either.append(SuspenseItem.number == int(word))
    pounds, point, pence = word.replace(",", "").lstrip("£-").partition(".")
    if point and pounds.isdigit() and pence.isdigit() and len(pence) == 2 and len(pounds) < 10:
        either.append(func.abs(SuspenseItem.pence) == int(pounds) * 100 + int(pence))
    return or_(*either)
