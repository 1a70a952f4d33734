"""What stands today: how many mandates of which kind, and the lists of those that somebody should look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, func, or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, MandateState, Money
from app.services.core import access
from app.services.core.calendars import months_after
from app.services.core.context import Context
from app.services.direct_debits.figures.dto import MandateToSee, OwingAccount, Standing, Sum
from app.services.direct_debits.mandates.dto import MandateView
from app.services.direct_debits.mandates.listing import in_view
from app.services.direct_debits.mandates.rules import COLLECTS
from app.services.direct_debits.schedules import listing
from app.services.direct_debits.schedules.dto import CollectionFilter, CollectionView

MOST: Final = 1_000
"""A list has so many at most; the figures count all."""
_OPEN: Final = (*COLLECTS, MandateState.SUSPENDED)
_OWING: Final = (AccountKind.RENT, AccountKind.GARAGE)
_seen_on = func.coalesce(Mandate.last_bank_on, Mandate.lodged_on, Mandate.received_on)


def standing(ctx: Context) -> Standing:
    """How many there are of what the cards name; a few statements, however many mandates there are."""
    today = ctx.clock.today()
    states = select(Mandate.state, func.count()).group_by(Mandate.state)
    by_state: dict[MandateState, int] = {state: count for state, count in ctx.session.execute(states)}  # noqa: C416  rows aren't pairs to mypy
    overdue = listing.totals(ctx, CollectionFilter(view=CollectionView.OVERDUE))
    owing = _owing(select(func.count(), func.sum(Account.balance_pence)), today)
    return Standing(
        live=_count(ctx, MandateView.LIVE),
        lodged=by_state.get(MandateState.LODGED, 0),
        waiting=_count(ctx, MandateView.TO_LODGE),
        suspended=by_state.get(MandateState.SUSPENDED, 0),
        left_alone=_count(ctx, MandateView.SUSPENDED),
        dormant_soon=_count(ctx, MandateView.DORMANT_SOON),
        soon_months=_soon_months(ctx),
        overdue=Sum(overdue.count, overdue.net),
        owing=_sum(ctx, owing),
    )


def left_alone(ctx: Context) -> tuple[MandateToSee, ...]:
    """The mandates that were suspended too long, or whose day to look has come, the longest first."""
    return _listed(
        ctx, MandateView.SUSPENDED, Mandate.state_on, lambda row: (row.Mandate.state_on, row.Mandate.resume_on)
    )


def dormant_soon(ctx: Context) -> tuple[MandateToSee, ...]:
    """The mandates that lapse within the months of policy, or should have lapsed, the soonest first."""
    months = _dormant_months(ctx)
    return _listed(
        ctx, MandateView.DORMANT_SOON, _seen_on, lambda row: (row.seen_on, months_after(row.seen_on, months))
    )


def owing(ctx: Context) -> tuple[OwingAccount, ...]:
    """The accounts of current tenancies that owe and that no mandate pays, the largest balances first."""
    columns = select(Account.id, Account.payment_reference, Account.name, Account.balance_pence, Tenancy.payment_method)
    found = _owing(columns, ctx.clock.today()).order_by(Account.balance_pence.desc(), Account.id).limit(MOST)
    shut = access.restricted_accounts(ctx)
    return tuple(
        OwingAccount(
            row.id,
            row.payment_reference or "",
            access.RESTRICTED_NAME if row.id in shut else row.name,
            Money(row.balance_pence),
            row.payment_method,
        )
        for row in ctx.session.execute(found)
    )


def _listed(
    ctx: Context,
    view: MandateView,
    order: Any,
    days: Callable[[Any], tuple[date, date | None]],
) -> tuple[MandateToSee, ...]:
    rows = (
        select(Mandate, Account.payment_reference, _seen_on.label("seen_on"))
        .join(Account, Account.id == Mandate.account_id)
        .where(in_view(ctx, view))
        .order_by(order, Mandate.id)
        .limit(MOST)
    )
    shut = access.restricted_accounts(ctx)
    return tuple(_row(row, *days(row), shut) for row in ctx.session.execute(rows))


def _row(row: Any, since: date, until: date | None, shut: frozenset[int]) -> MandateToSee:
    mandate: Mandate = row.Mandate
    return MandateToSee(
        mandate_id=mandate.id,
        account_id=mandate.account_id,
        reference=mandate.reference,
        account=row.payment_reference or "",
        payer=access.RESTRICTED_NAME if mandate.account_id in shut else mandate.payer_name,
        state=mandate.state,
        since=since,
        until=until,
        why=mandate.state_why,
    )


def _owing(columns: Select[*tuple[Any, ...]], today: date) -> Select[*tuple[Any, ...]]:
    """Those columns of the accounts of current tenancies that owe, and that no mandate in force pays."""
    paid = (
        select(MandateAccount.account_id)
        .join(Mandate, Mandate.id == MandateAccount.mandate_id)
        .where(MandateAccount.account_id == Account.id, Mandate.state.in_(_OPEN))
    )
    return (
        columns.select_from(Account)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(
            Account.kind.in_(_OWING),
            Account.balance_pence > 0,
            or_(Tenancy.end_on.is_(None), Tenancy.end_on >= today),
            ~paid.exists(),
        )
    )


def _count(ctx: Context, view: MandateView) -> int:
    return ctx.session.scalar(select(func.count(Mandate.id)).where(in_view(ctx, view))) or 0


def _sum(ctx: Context, statement: Select[*tuple[Any, ...]]) -> Sum:
    count, pence = ctx.session.execute(statement).one()
    return Sum(count, Money(pence or 0))


def _soon_months(ctx: Context) -> int:
    return ctx.policy.number("direct_debits.dormant_soon_months", ctx.clock.today())


def _dormant_months(ctx: Context) -> int:
    return ctx.policy.number("direct_debits.dormant_months", ctx.clock.today())
