"""The collections of the office: those that a filter finds, in order, what they come to, and what each day comes to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, MandateState, Money
from app.services.core import access
from app.services.core.chunks import MOST_IN, in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.core.ids import read_ids
from app.services.direct_debits.mandates.rules import COLLECTS
from app.services.direct_debits.schedules.dto import (
    CollectionFilter,
    CollectionSort,
    CollectionView,
    DayTotal,
    ListedCollection,
)
from app.services.direct_debits.schedules.standing import limits
from app.services.workbench.listing import Totals

_SORTS: Final[dict[CollectionSort, Any]] = {
    CollectionSort.DUE: Collection.due_on,
    CollectionSort.REFERENCE: Mandate.reference,
    CollectionSort.PAYER: Mandate.payer_name,
    CollectionSort.AMOUNT: Collection.pence,
}
_TOLD: Final = and_(Collection.noticed_due_on == Collection.due_on, Collection.noticed_pence == Collection.pence)


def ids(ctx: Context, wanted: CollectionFilter) -> array[int]:
    """The numbers of the collections that fit, in order."""
    key = _SORTS[wanted.sort]
    order = (key.desc(), Collection.id.desc()) if wanted.descending else (key, Collection.id)
    return read_ids(ctx.session, _fits(ctx, wanted, Collection.id).order_by(*order), ctx.cancel)


def rows(ctx: Context, collection_ids: Sequence[int]) -> tuple[ListedCollection, ...]:
    """The collections with these numbers; of restricted records neither name nor payer is told."""
    if not collection_ids:
        return ()
    hidden, shut = access.restricted_accounts(ctx), access.closed_accounts(ctx)
    found: list[ListedCollection] = []
    for chunk in in_chunks(collection_ids):
        statement = (
            select(
                Collection,
                Mandate.reference,
                Mandate.payer_name,
                Mandate.account_id,
                Account.payment_reference,
                Account.name,
                Mandate.state,
            )
            .join(Mandate, Mandate.id == Collection.mandate_id)
            .join(Account, Account.id == Mandate.account_id)
            .where(Collection.id.in_(chunk))
        )
        found += [_row(row, hidden, shut) for row in ctx.session.execute(statement)]
    places = {collection_id: at for at, collection_id in enumerate(collection_ids)}
    return tuple(sorted(found, key=lambda row: places[row.collection_id]))


def totals(ctx: Context, wanted: CollectionFilter) -> Totals:
    """How many collections fit, and what they come to."""
    return _summed(ctx, _fits(ctx, wanted, func.count(), func.coalesce(func.sum(Collection.pence), 0)))


def totals_of(ctx: Context, collection_ids: Sequence[int]) -> Totals:
    """What some collections come to."""
    found = Totals()
    for chunk in in_chunks(collection_ids):
        sums = select(func.count(), func.coalesce(func.sum(Collection.pence), 0)).where(Collection.id.in_(chunk))
        found += _summed(ctx, sums)
    return found


def by_day(ctx: Context, from_on: date, to_on: date) -> tuple[DayTotal, ...]:
    """What is to be collected on each day from one to another, both included; what is in a run too.

    Of a suspended mandate only what a run has already.
    """
    stopped = Collection.mandate_id.in_(select(Mandate.id).where(Mandate.state == MandateState.SUSPENDED))
    planned = and_(Collection.state == CollectionState.PLANNED, ~stopped)
    told = func.sum(case((_TOLD, 1), else_=0))
    told_pence = func.sum(case((_TOLD, Collection.pence), else_=0))
    statement = (
        select(Collection.due_on, func.count(), func.sum(Collection.pence), told, told_pence)
        .where(or_(planned, Collection.state == CollectionState.IN_RUN))
        .where(Collection.due_on >= from_on, Collection.due_on <= to_on)
        .group_by(Collection.due_on)
        .order_by(Collection.due_on)
    )
    return tuple(
        DayTotal(on, count, Money(pence), number, Money(told_money))
        for on, count, pence, number, told_money in ctx.session.execute(statement)
    )


def _fits(ctx: Context, wanted: CollectionFilter, *columns: Any) -> Select[*tuple[Any, ...]]:
    statement = (
        select(*columns)
        .select_from(Collection)
        .join(Mandate, Mandate.id == Collection.mandate_id)
        .join(Account, Account.id == Mandate.account_id)
        .where(_view(ctx, wanted.view))
    )
    if wanted.states:
        statement = statement.where(Collection.state.in_(sorted(wanted.states)))
    if wanted.from_on is not None:
        statement = statement.where(Collection.due_on >= wanted.from_on)
    if wanted.to_on is not None:
        statement = statement.where(Collection.due_on <= wanted.to_on)
    if wanted.mandate_id is not None:
        statement = statement.where(Collection.mandate_id == wanted.mandate_id)
    if wanted.account_id is not None:
        paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id == wanted.account_id)
        statement = statement.where(Collection.mandate_id.in_(paying))
    if words := wanted.text.split():
        own = [has_word(word, Mandate.reference, Account.payment_reference) for word in words]
        named = [has_word(word, Mandate.payer_name, Account.name) for word in words]
        either = (or_(*each) for each in zip(own, named, strict=True))
        statement = statement.where(or_(and_(*own), and_(_open_to_all(ctx), *either)))
    return statement


def _open_to_all(ctx: Context) -> ColumnElement[bool]:
    """Restricted records aren't found by a name; so many as one statement takes."""
    return Mandate.account_id.not_in(sorted(access.restricted_accounts(ctx))[:MOST_IN])


def _view(ctx: Context, view: CollectionView | None) -> ColumnElement[bool]:
    planned = Collection.state == CollectionState.PLANNED
    goes_from = limits(ctx).goes_from
    match view:
        case CollectionView.PLANNED:
            return planned
        case CollectionView.UNTOLD:
            untold = or_(Collection.noticed_on.is_(None), ~_TOLD)
            return and_(planned, Collection.due_on >= goes_from, untold, Mandate.state.in_(COLLECTS))
        case CollectionView.OVERDUE:
            closed = bacs_days(ctx.policy, ctx.clock.today()).closures
            return and_(planned, or_(Collection.due_on < goes_from, Collection.due_on.in_(sorted(closed))))
        case CollectionView.BY_HAND:
            open_ = (CollectionState.PLANNED, CollectionState.SKIPPED)
            return and_(Collection.by_hand != "", Collection.state.in_(open_))
        case CollectionView.UNDER_WAY:
            return Collection.state == CollectionState.IN_RUN
        case CollectionView.RETURNED:
            return Collection.state.in_((CollectionState.RETURNED, CollectionState.CLAIMED))
        case _:
            return Collection.id > 0


def _summed(ctx: Context, statement: Select[*tuple[Any, ...]]) -> Totals:
    count, pence = ctx.session.execute(statement).one()
    return Totals(count, Money(pence))


def _row(row: Row[*tuple[Any, ...]], hidden: frozenset[int], shut: frozenset[int]) -> ListedCollection:
    each, reference, payer, account_id, account, name, stands = row
    restricted = account_id in hidden
    told = (each.noticed_due_on, each.noticed_pence)
    return ListedCollection(
        collection_id=each.id,
        mandate_id=each.mandate_id,
        account_id=account_id,
        reference=reference,
        account=account or "",
        name=access.RESTRICTED_NAME if restricted else name,
        payer=access.RESTRICTED_NAME if restricted else payer,
        kind=each.kind,
        state=each.state,
        planned_on=each.planned_on,
        due_on=each.due_on,
        amount=Money(each.pence),
        by_hand="" if account_id in shut else each.by_hand,
        noticed_on=each.noticed_on,
        changed_since_notice=each.noticed_on is not None and told != (each.due_on, each.pence),
        run_id=each.run_id,
        shut=account_id in shut,
        waits=stands is MandateState.SUSPENDED and each.state is CollectionState.PLANNED,
    )
