"""Collections by day, returns by reason, what was collected month by month, and how many accounts pay by Direct Debit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateStep
from app.models.direct_debits.runs import DebitRunJournal
from app.models.direct_debits.schedules import Collection
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, CollectionKind, CollectionState, MandateState, Money, ReportKind
from app.services.bacs.reports.reasons import reason
from app.services.core.calendars import months_after
from app.services.core.context import Context
from app.services.direct_debits.figures.dto import DayOfCollections, MonthCollected, ReasonReturned, Sum, TakeUp
from app.services.direct_debits.mandates.rules import LIVE

DAYS_AHEAD: Final = 35
"""A month and a few days: every collection day of the month is among them."""
_BACK: Final = (CollectionState.RETURNED, CollectionState.CLAIMED)
_ONE_DAY: Final = timedelta(days=1)


def days_ahead(ctx: Context) -> tuple[DayOfCollections, ...]:
    """What is planned for each of the next days, from today; of a suspended mandate nothing is collected."""
    today = ctx.clock.today()
    stopped = select(Mandate.id).where(Mandate.state == MandateState.SUSPENDED)
    again = Collection.kind == CollectionKind.AGAIN
    rows = (
        select(
            Collection.due_on,
            func.count(Collection.id),
            func.sum(case((again, 1), else_=0)),
            func.sum(Collection.pence),
        )
        .where(
            Collection.state == CollectionState.PLANNED,
            Collection.mandate_id.not_in(stopped),
            Collection.due_on >= today,
            Collection.due_on <= today + timedelta(days=DAYS_AHEAD),
        )
        .group_by(Collection.due_on)
        .order_by(Collection.due_on)
    )
    return tuple(
        DayOfCollections(on, count, agains, Money(pence)) for on, count, agains, pence in ctx.session.execute(rows)
    )


def returned(ctx: Context, month_on: date) -> tuple[ReasonReturned, ...]:
    """What came back in a month, by unpaid report or claim and its reason, the most first."""
    rows = (
        select(Collection.state, Collection.return_code, func.count(), func.sum(Collection.pence))
        .where(
            Collection.state.in_(_BACK),
            Collection.returned_on >= month_on,
            Collection.returned_on < months_after(month_on, 1),
        )
        .group_by(Collection.state, Collection.return_code)
    )
    found = [
        ReasonReturned(code, _meaning(state, code), count, Money(pence))
        for state, code, count, pence in ctx.session.execute(rows)
    ]
    return tuple(sorted(found, key=lambda each: (-each.count, each.words)))


def _meaning(state: CollectionState, code: str) -> str:
    claimed = state is CollectionState.CLAIMED
    words = reason(ReportKind.DDICA if claimed else ReportKind.ARUDD, code)
    return f"Claimed: {words[:1].lower()}{words[1:]}" if claimed else words


def collected(ctx: Context, from_on: date, to_on: date) -> tuple[MonthCollected, ...]:
    """What was posted, and what came back, in each month of a span, the last first."""
    posted = (
        select(DebitRunJournal.entry_on, func.sum(DebitRunJournal.count), func.sum(DebitRunJournal.pence))
        .where(DebitRunJournal.entry_on >= from_on, DebitRunJournal.entry_on <= to_on)
        .group_by(DebitRunJournal.entry_on)
    )
    back = (
        select(Collection.returned_on, func.count(), func.sum(Collection.pence))
        .where(Collection.state.in_(_BACK), Collection.returned_on >= from_on, Collection.returned_on <= to_on)
        .group_by(Collection.returned_on)
    )
    ins, outs = (_by_month(ctx.session.execute(each)) for each in (posted, back))
    months = []
    month = from_on.replace(day=1)
    while month <= to_on:
        months.append(MonthCollected(month, ins[month], outs[month]))
        month = months_after(month, 1)
    return tuple(reversed(months))


def take_up(ctx: Context, from_on: date, to_on: date) -> tuple[TakeUp, ...]:
    """How many rent accounts of current tenancies a live mandate paid at the end of each month, the last day first.

    Worked out from the mandates' history, by the accounts that each of them pays today. The last figure is of `to_on`.
    """
    days = _month_ends(from_on, to_on)
    paid, every = ctx.session.execute(_paying(days)).one(), ctx.session.execute(_rent_accounts(days)).one()
    found = (TakeUp(day, count, accounts or 0) for day, count, accounts in zip(days, paid, every, strict=True))
    return tuple(reversed(tuple(found)))


def _current(day: date) -> ColumnElement[bool]:
    return and_(Tenancy.start_on <= day, or_(Tenancy.end_on.is_(None), Tenancy.end_on >= day))


def _rent_accounts(days: Sequence[date]) -> Select[*tuple[Any, ...]]:
    """One row: how many rent accounts of current tenancies there were on each day."""
    return (
        select(*(func.sum(case((_current(day), 1), else_=0)).label(f"d{at}") for at, day in enumerate(days)))
        .select_from(Account)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT)
    )


def _paying(days: Sequence[date]) -> Select[*tuple[Any, ...]]:
    """One row: how many of them a mandate paid on each day that was live at its end."""
    spans = (
        select(
            MandateStep.mandate_id,
            MandateStep.to_state,
            MandateStep.effective_on.label("from_on"),
            func.lead(MandateStep.effective_on)
            .over(partition_by=MandateStep.mandate_id, order_by=(MandateStep.effective_on, MandateStep.id))
            .label("next_on"),
        )
    ).subquery()

    def paid(day: date) -> ColumnElement[int]:
        stands = and_(spans.c.from_on <= day, or_(spans.c.next_on.is_(None), spans.c.next_on > day))
        return func.count(case((and_(_current(day), stands), Account.id)).distinct())

    return (
        select(*(paid(day).label(f"d{at}") for at, day in enumerate(days)))
        .select_from(spans)
        .join(MandateAccount, MandateAccount.mandate_id == spans.c.mandate_id)
        .join(Account, Account.id == MandateAccount.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(spans.c.to_state.in_(LIVE), Account.kind == AccountKind.RENT)
    )


def _month_ends(from_on: date, to_on: date) -> list[date]:
    """The last day of each month from one day to another, and that other day."""
    found = []
    month = months_after(from_on.replace(day=1), 1)
    while month <= to_on:
        found.append(month - _ONE_DAY)
        month = months_after(month, 1)
    return [*found, to_on]


def _by_month(rows: Iterable[Any]) -> defaultdict[date, Sum]:
    found: defaultdict[date, Sum] = defaultdict(Sum)
    for on, count, pence in rows:
        month = on.replace(day=1)
        found[month] = Sum(found[month].count + count, found[month].total + Money(pence))
    return found
