"""Rehearsing a week's charge, and the weeks that were charged."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Subquery, case, func, literal, select, union_all

from app.models.accounts import Account
from app.models.charges import ChargeRun
from app.models.codes import TransactionCode
from app.models.properties import RentGroup
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Money
from app.services.charges import concerns
from app.services.charges.dto import (
    Change,
    ChargedWeek,
    ChargeException,
    CodeTotal,
    Difference,
    DifferenceTotal,
    GroupTotal,
    Rehearsal,
)
from app.services.charges.lines import week_lines
from app.services.charges.runs import next_week, plan_of, refuse_future, stands, weeks_due
from app.services.charges.weeks import Week
from app.services.core import access
from app.services.core.calendars import WEEK, rent_year, week_monday
from app.services.core.context import Context
from app.services.core.rent_years import stated_years
from app.services.ledger import periods

__all__ = ["charged_weeks", "exceptions", "next_week", "rehearse", "weeks_due"]


def rehearse(ctx: Context, week: date, most_differences: int = 500) -> Rehearsal:
    """What charging a week (any day of it) would post, and what to look at first; nothing is posted.

    Raises:
        UserError: the week is beyond next Monday.
    """
    monday = week_monday(week)
    refuse_future(ctx, monday)
    plan = plan_of(ctx, monday)
    year = rent_year(monday, stated_years(ctx.session))
    charged = week_lines(plan).subquery("lines")
    by_code = _by_code(ctx, charged)
    by_group, void = _by_group(ctx, charged, plan)
    differences = _differences(ctx, plan)
    run = ctx.session.get(ChargeRun, monday)
    return Rehearsal(
        week=monday,
        week_number=year.week_number(monday),
        rent_year=year.name,
        accounting_on=periods.first_open_day(ctx.session, monday),
        journal=run.journal if run and stands(ctx, run) else None,
        exceptions=concerns.find(ctx, plan),
        by_code=by_code,
        by_group=by_group,
        lines=sum(total.lines for total in by_code),
        total=Money(sum(total.amount.pence for total in by_code)),
        void=void,
        difference_totals=_difference_totals(differences),
        differences=tuple(sorted(differences, key=_by_size)[:most_differences]),
    )


def exceptions(ctx: Context, week: date) -> tuple[ChargeException, ...]:
    """What should be looked at in a week, by itself."""
    return concerns.find(ctx, plan_of(ctx, week_monday(week)))


def charged_weeks(ctx: Context, most: int = 60) -> tuple[ChargedWeek, ...]:
    """The weeks that were charged, the latest first."""
    runs = ctx.session.scalars(select(ChargeRun).order_by(ChargeRun.week_on.desc()).limit(most))
    return tuple(
        ChargedWeek(run.week_on, run.journal, run.lines, Money(run.total_pence), run.exceptions) for run in runs
    )


def _by_code(ctx: Context, charged: Subquery) -> tuple[CodeTotal, ...]:
    statement = (
        select(charged.c.code, TransactionCode.name, func.count(), func.sum(charged.c.pence))
        .join(TransactionCode, TransactionCode.code == charged.c.code)
        .group_by(charged.c.code, TransactionCode.name)
        .order_by(charged.c.code)
    )
    return tuple(CodeTotal(row[0], row[1], row[2], Money(row[3])) for row in ctx.session.execute(statement))


def _by_group(ctx: Context, charged: Subquery, plan: Week) -> tuple[tuple[GroupTotal, ...], Money]:
    """Totals of the accounts of each rent group, and the sum that goes to the void control accounts."""
    statement = (
        select(
            Account.rent_group_id,
            Account.kind,
            func.count(charged.c.account_id.distinct()),
            func.count(),
            func.sum(charged.c.pence),
        )
        .join(Account, Account.id == charged.c.account_id)
        .group_by(Account.rent_group_id, Account.kind)
    )
    found: dict[int | None, list[int]] = {}
    void = 0
    for group_id, kind, accounts, count, pence in ctx.session.execute(statement):
        if kind is AccountKind.CONTROL:
            void += pence
            continue
        so_far = found.get(group_id, [0, 0, 0])
        found[group_id] = [so_far[0] + accounts, so_far[1] + count, so_far[2] + pence]
    groups = ctx.session.scalars(select(RentGroup).order_by(RentGroup.code)).all()
    totals = (
        GroupTotal(group.code, group.name, accounts, count, Money(pence), group.id in plan.free_groups)
        for group in groups
        for accounts, count, pence in [found.get(group.id, [0, 0, 0])]
    )
    return tuple(totals), Money(void)


def _differences(ctx: Context, plan: Week) -> list[Difference]:
    """The accounts that this week and the week before charge differently, both worked out from today's records."""
    before_plan = plan_of(ctx, plan.monday - WEEK)
    parts = union_all(_sums(plan, 1), _sums(before_plan, 0, "before_")).subquery("weeks")
    now = func.sum(case((parts.c.this_week == 1, parts.c.pence), else_=0))
    before = func.sum(case((parts.c.this_week == 0, parts.c.pence), else_=0))
    moved = (
        select(parts.c.account_id, now.label("now"), before.label("before"))
        .group_by(parts.c.account_id)
        .having(now != before)
        .subquery("moved")
    )
    statement = (
        select(
            moved,
            Account.payment_reference,
            Account.name,
            Account.rent_group_id,
            Tenancy.start_on,
            Tenancy.end_on,
        )
        .join(Account, Account.id == moved.c.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
    )
    shut = access.restricted_accounts(ctx)
    turned = set(plan.free_groups) ^ set(before_plan.free_groups)
    return [
        Difference(
            row.account_id,
            row.payment_reference or "",
            access.RESTRICTED_NAME if row.account_id in shut else row.name,
            Money(row.before),
            Money(row.now),
            _change(row, plan, turned_free=row.rent_group_id in turned),
        )
        for row in ctx.session.execute(statement)
    ]


def _sums(week: Week, this_week: int, place: str = "") -> Any:
    charged = week_lines(week, place).subquery()
    return select(charged.c.account_id, charged.c.pence, literal(this_week).label("this_week"))


def _change(row: Row[*tuple[Any, ...]], plan: Week, *, turned_free: bool) -> Change:
    if row.start_on >= plan.monday:
        return Change.STARTED
    if row.end_on and row.end_on < plan.monday:
        return Change.ENDED
    if turned_free:
        return Change.FREE_WEEK
    if (row.end_on and row.end_on < plan.sunday) or row.start_on > plan.monday - timedelta(days=7):
        return Change.PART_WEEK
    return Change.AMOUNT


def _difference_totals(differences: list[Difference]) -> tuple[DifferenceTotal, ...]:
    accounts: Counter[Change] = Counter()
    pence: Counter[Change] = Counter()
    for each in differences:
        accounts[each.change] += 1
        pence[each.change] += (each.now - each.before).pence
    return tuple(
        DifferenceTotal(change, accounts[change], Money(pence[change])) for change in Change if accounts[change]
    )


def _by_size(each: Difference) -> tuple[int, str]:
    return -abs((each.now - each.before).pence), each.reference
