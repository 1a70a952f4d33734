"""What a week should have charged against what it did, by account and by void property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from app.models.accounts import Account
from app.models.charges import ChargeRun
from app.models.codes import PostingRule
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Money
from app.services.charges import runs, voids
from app.services.charges.lines import week_lines
from app.services.charges.void_facts import void_facts
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.charged import charged_in_all, charged_to_void
from app.services.rent.rules import one_line
from app.services.tenancies.debit_control.dto import Unmatched


@dataclass(frozen=True, slots=True)
class WeekCharged:
    """A week's charge, in pence: by account and by property of a void, what it should be and what it was."""

    should: Mapping[int, int] = field(default_factory=dict)
    was: Mapping[int, int] = field(default_factory=dict)
    void_should: Mapping[str, int] = field(default_factory=dict)
    void_was: Mapping[str, int] = field(default_factory=dict)


def is_charged(ctx: Context, monday: date) -> bool:
    """Whether the week was charged, and its charge stands."""
    return runs.stands(ctx, ctx.session.get(ChargeRun, monday))


def of_week(ctx: Context, monday: date) -> WeekCharged:
    """What the week should come to by the records as they are now, and what it came to by the ledger."""
    lines = week_lines(runs.plan_of(ctx, monday)).subquery("lines")
    due = (
        select(lines.c.account_id, func.sum(lines.c.pence))
        .join(Account, Account.id == lines.c.account_id)
        .where(Account.kind != AccountKind.CONTROL)
        .group_by(lines.c.account_id)
    )
    should = {account_id: int(pence) for account_id, pence in ctx.session.execute(due)}
    was = charged_in_all(ctx, monday)
    return WeekCharged(should, was, _voids_due(ctx, monday), _voids_charged(ctx, monday))


def by_group(ctx: Context, week: WeekCharged) -> tuple[dict[int, int], dict[int, int]]:
    """What each rent group should have been charged, and what it was."""
    accounts = select(Account.id, Account.rent_group_id).where(Account.rent_group_id.is_not(None))
    of_account = {row.id: row.rent_group_id for row in ctx.session.execute(accounts)}
    places = select(Property.ref, Property.rent_group_id)
    of_place = {row.ref: row.rent_group_id for row in ctx.session.execute(places)}
    return (
        _grouped((week.should, of_account), (week.void_should, of_place)),
        _grouped((week.was, of_account), (week.void_was, of_place)),
    )


def unmatched(ctx: Context, week: WeekCharged) -> tuple[Unmatched, ...]:
    """Where the two differ, by reference: accounts first, then void properties."""
    accounts = [key for key in week.should.keys() | week.was.keys() if _differ(week.should, week.was, key)]
    places = [
        key for key in week.void_should.keys() | week.void_was.keys() if _differ(week.void_should, week.void_was, key)
    ]
    return (*_accounts(ctx, week, accounts), *_places(ctx, week, places))


def _accounts(ctx: Context, week: WeekCharged, ids: Sequence[int]) -> Iterator[Unmatched]:
    shut = access.restricted_accounts(ctx)
    found: list[Row[Any]] = []
    for chunk in in_chunks(sorted(ids)):
        found += ctx.session.execute(
            select(Account.id, Account.payment_reference, RentGroup.code, Property.address_1, Property.postcode)
            .outerjoin(RentGroup, RentGroup.id == Account.rent_group_id)
            .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
            .outerjoin(Property, Property.id == Tenancy.property_id)
            .where(Account.id.in_(chunk))
        )
    for row in sorted(found, key=lambda each: (each.code or "", each.payment_reference or "")):
        address = access.RESTRICTED_NAME if row.id in shut else one_line(row.address_1 or "", row.postcode or "")
        sums = Money(week.should.get(row.id, 0)), Money(week.was.get(row.id, 0))
        yield Unmatched(row.id, row.code or "", row.payment_reference or "", address, *sums)


def _places(ctx: Context, week: WeekCharged, refs: Sequence[str]) -> Iterator[Unmatched]:
    for chunk in in_chunks(sorted(refs)):
        statement = (
            select(Property.ref, RentGroup.code, Property.address_1, Property.postcode)
            .join(RentGroup, RentGroup.id == Property.rent_group_id)
            .where(Property.ref.in_(chunk))
            .order_by(Property.ref)
        )
        for row in ctx.session.execute(statement):
            sums = Money(week.void_should.get(row.ref, 0)), Money(week.void_was.get(row.ref, 0))
            yield Unmatched(None, row.code, row.ref, f"Void, {one_line(row.address_1, row.postcode)}", *sums)


def _differ(should: Mapping[Any, int], was: Mapping[Any, int], key: Any) -> bool:
    return should.get(key, 0) != was.get(key, 0)


def _voids_due(ctx: Context, monday: date) -> dict[str, int]:
    void = voids.void_lettings(runs.plan_of(ctx, monday))
    empty = select(Tenancy.property_id).join(void, void.c.tenancy_id == Tenancy.id)
    due: defaultdict[str, int] = defaultdict(int)
    for each in void_facts(ctx, ctx.session.scalars(empty).all()):
        for line in each.lines(monday):
            due[each.property_ref] += line.amount.pence
    return due


def _voids_charged(ctx: Context, monday: date) -> dict[str, int]:
    controls = ctx.session.scalars(
        select(PostingRule.account_id).where(PostingRule.control == voids.VOID_CONTROL)
    ).all()
    refs = ctx.session.scalars(select(Property.ref)).all()
    was: defaultdict[str, int] = defaultdict(int)
    for line in charged_to_void(ctx, controls, refs, monday, monday):
        was[line.property_ref] += line.pence
    return was


def _grouped(*parts: tuple[Mapping[Any, int], Mapping[Any, int]]) -> dict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for amounts, groups in parts:
        for key, pence in amounts.items():
            if key in groups:
                found[groups[key]] += pence
    return dict(found)
