"""What stands today: how many mandates of which kind, and the lists of those that somebody should look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Instruction, Mandate, MandateAccount, MandateStep
from app.models.direct_debits.schedules import Collection
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, CollectionState, InstructionState, MandateState, Money
from app.services.core import access
from app.services.core.calendars import months_after
from app.services.core.context import Context
from app.services.direct_debits.figures.dto import MandateToSee, OwingAccount, Standing, Sum

MOST: Final = 1_000
"""A list has so many at most; the figures count all."""
LIVE: Final = (MandateState.LIVE, MandateState.AMENDED)
"""States of a mandate by which its payer pays."""
_OPEN: Final = (*LIVE, MandateState.NEW, MandateState.LODGED, MandateState.SUSPENDED)
_AT_THE_BANK: Final = (*LIVE, MandateState.LODGED, MandateState.SUSPENDED)
_OWING: Final = (AccountKind.RENT, AccountKind.GARAGE)
_seen_on = func.coalesce(Mandate.last_bank_on, Mandate.lodged_on, Mandate.received_on)


def standing(ctx: Context) -> Standing:
    """How many there are of what the cards name; a few statements, however many mandates there are."""
    today = ctx.clock.today()
    states = select(Mandate.state, func.count()).group_by(Mandate.state)
    by_state: dict[MandateState, int] = {state: count for state, count in ctx.session.execute(states)}  # noqa: C416  rows aren't pairs to mypy
    waiting = select(func.count(Instruction.mandate_id.distinct())).where(Instruction.state == InstructionState.WAITING)
    overdue = select(func.count(), func.sum(Collection.pence)).where(
        Collection.state == CollectionState.PLANNED, Collection.due_on < today
    )
    owing = _owing(select(func.count(), func.sum(Account.balance_pence)), today)
    return Standing(
        live=sum(by_state.get(state, 0) for state in LIVE),
        lodged=by_state.get(MandateState.LODGED, 0),
        waiting=ctx.session.scalar(waiting) or 0,
        suspended=by_state.get(MandateState.SUSPENDED, 0),
        left_alone=_count(ctx, _is_left_alone(ctx)),
        suspended_days=_suspended_days(ctx),
        dormant_soon=_count(ctx, _lapses_soon(ctx)),
        soon_months=_soon_months(ctx),
        overdue=_sum(ctx, overdue),
        owing=_sum(ctx, owing),
    )


def left_alone(ctx: Context) -> tuple[MandateToSee, ...]:
    """The mandates suspended longer than policy says without a step since, the longest first."""
    return _listed(
        ctx, _is_left_alone(ctx), Mandate.state_on, lambda row: (row.Mandate.state_on, row.Mandate.resume_on)
    )


def dormant_soon(ctx: Context) -> tuple[MandateToSee, ...]:
    """The mandates that lapse within the months of policy, or should have lapsed, the soonest first."""
    months = _dormant_months(ctx)
    return _listed(ctx, _lapses_soon(ctx), _seen_on, lambda row: (row.seen_on, months_after(row.seen_on, months)))


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
    fits: ColumnElement[bool],
    order: Any,
    days: Callable[[Any], tuple[date, date | None]],
) -> tuple[MandateToSee, ...]:
    rows = (
        select(Mandate, Account.payment_reference, _seen_on.label("seen_on"))
        .join(Account, Account.id == Mandate.account_id)
        .where(fits)
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


def _is_left_alone(ctx: Context) -> ColumnElement[bool]:
    since = ctx.clock.today() - timedelta(days=_suspended_days(ctx))
    later = select(MandateStep.id).where(MandateStep.mandate_id == Mandate.id, MandateStep.effective_on > since)
    return and_(Mandate.state == MandateState.SUSPENDED, Mandate.state_on <= since, ~later.exists())


def _lapses_soon(ctx: Context) -> ColumnElement[bool]:
    today = ctx.clock.today()
    last = months_after(today, _soon_months(ctx) - _dormant_months(ctx))
    return and_(Mandate.state.in_(_AT_THE_BANK), _seen_on <= last)


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


def _count(ctx: Context, fits: ColumnElement[bool]) -> int:
    return ctx.session.scalar(select(func.count(Mandate.id)).where(fits)) or 0


def _sum(ctx: Context, statement: Select[*tuple[Any, ...]]) -> Sum:
    count, pence = ctx.session.execute(statement).one()
    return Sum(count, Money(pence or 0))


def _suspended_days(ctx: Context) -> int:
    return ctx.policy.number("direct_debits.suspended_days", ctx.clock.today())


def _soon_months(ctx: Context) -> int:
    return ctx.policy.number("direct_debits.dormant_soon_months", ctx.clock.today())


def _dormant_months(ctx: Context) -> int:
    return ctx.policy.number("direct_debits.dormant_months", ctx.clock.today())
