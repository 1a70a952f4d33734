"""What decides the charges of accounts, read in a few statements: elements, days, free weeks, the home a garage goes with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.codes import TransactionCode
from app.models.people import Tenant
from app.models.properties import Property, RentFreeWeek
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import Money, PropertyType, Tenure
from app.services.charges import rules
from app.services.charges.dto import ChargeLine, Element, GarageVat, Span
from app.services.charges.runs import VAT_RATE, basis_points
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.sql import AnySelect


@dataclass(frozen=True, slots=True)
class AsIf:
    """What is to be looked at as if it were recorded otherwise, before it is: everything not named here is as recorded.

    Attributes:
        tenancies: first and last day by tenancy.
        elements: all charges of an account, by account.
        lets: by property, the days of a letting that isn't recorded yet; its property isn't void then.
        held: by tenancy, who holds it (a person) on which days.
    """

    tenancies: Mapping[int, Span] = field(default_factory=dict)
    elements: Mapping[int, tuple[Element, ...]] = field(default_factory=dict)
    lets: Mapping[int, Span] = field(default_factory=dict)
    held: Mapping[int, Mapping[int, Span]] = field(default_factory=dict)


AS_RECORDED = AsIf()


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling tenancy that a garage or parking space goes with, and the days on which the same people hold both."""

    tenure: Tenure
    span: Span
    same: tuple[Span, ...]
    near: bool = True

    def vat(self, monday: date) -> GarageVat:
        """How VAT falls in a week because of this home, which counts if the same people hold it on a day of the week."""
        held = rules.days_in_week(monday, self.span) and any(rules.days_in_week(monday, span) for span in self.same)
        return rules.garage_vat(near=self.near, home=self.tenure if held else None)


def vat_of(homes: Iterable[Home], monday: date) -> GarageVat:
    """How VAT falls in a week on what goes with these homes: the one that spares it counts."""
    found = {home.vat(monday) for home in homes}
    return next((vat for vat in (GarageVat.TENANT, GarageVat.LEASEHOLDER) if vat in found), GarageVat.STANDARD)


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What decides an account's charge in any week."""

    account_id: int
    property_id: int
    tenancy_id: int
    tenancy: Span
    closed_on: date | None
    elements: tuple[Element, ...]
    free_weeks: frozenset[date]
    homes: tuple[Home, ...]

    def lines(self, monday: date, vat_basis_points: int) -> tuple[ChargeLine, ...]:
        """What the account is charged in the week of `monday` (`rules.week_lines`)."""
        if self.closed_on is not None and self.closed_on < monday:
            return ()
        return rules.week_lines(
            monday,
            self.tenancy,
            self.elements,
            free=monday in self.free_weeks,
            vat=self.vat(monday),
            vat_basis_points=vat_basis_points,
        )

    def vat(self, monday: date) -> GarageVat:
        """How VAT falls in the week on charges whose code carries it."""
        return vat_of(self.homes, monday)


def account_facts(ctx: Context, account_ids: Collection[int], as_if: AsIf = AS_RECORDED) -> tuple[AccountFacts, ...]:
    """The facts of accounts of tenancies, in the order of their ids; control accounts and others without one are left out."""
    rows: list[Row[*tuple[Any, ...]]] = []
    for chunk in in_chunks(sorted(account_ids)):
        rows.extend(ctx.session.execute(_accounts().where(Account.id.in_(chunk)).order_by(Account.id)))
    elements = elements_of(ctx, [row.id for row in rows]) | dict(as_if.elements)
    free = free_weeks(ctx)
    homes = _homes(ctx, rows, as_if)
    return tuple(
        AccountFacts(
            account_id=row.id,
            property_id=row.property_id,
            tenancy_id=row.tenancy_id,
            tenancy=as_if.tenancies.get(row.tenancy_id, Span(row.start_on, row.end_on)),
            closed_on=row.closed_on,
            elements=elements.get(row.id, ()),
            free_weeks=free.get(row.rent_group_id, frozenset()),
            homes=homes.get(row.tenancy_id, ()),
        )
        for row in rows
    )


def elements_of(ctx: Context, account_ids: Collection[int]) -> dict[int, tuple[Element, ...]]:
    """The charges of accounts, of any date, with the flags of their codes."""
    flags = code_flags(ctx)
    found: defaultdict[int, list[Element]] = defaultdict(list)
    columns = (Charge.account_id, Charge.code, Charge.amount_pence, Charge.from_on, Charge.to_on)
    for chunk in in_chunks(sorted(account_ids)):
        for row in ctx.session.execute(select(*columns).where(Charge.account_id.in_(chunk))):
            found[row.account_id].append(
                flagged(flags[row.code], row.code, Money(row.amount_pence), Span(row.from_on, row.to_on))
            )
    return {account_id: tuple(each) for account_id, each in found.items()}


def code_flags(ctx: Context) -> dict[str, TransactionCode]:
    """Every transaction code."""
    return {row.code: row for row in ctx.session.scalars(select(TransactionCode))}


def flagged(code: TransactionCode, key: str, weekly: Money, span: Span) -> Element:
    """An element with the flags of its code."""
    return Element(key, weekly, span, code.apportion, code.free_week, code.vat, code.charged_in_void)


def free_weeks(ctx: Context) -> dict[int, frozenset[date]]:
    """The rent-free Mondays of each rent group."""
    found: defaultdict[int, set[date]] = defaultdict(set)
    for group_id, week in ctx.session.execute(select(RentFreeWeek.rent_group_id, RentFreeWeek.week_on)):
        found[group_id].add(week)
    return {group_id: frozenset(weeks) for group_id, weeks in found.items()}


def vat_rates(ctx: Context, mondays: Iterable[date]) -> dict[date, int]:
    """The standard rate of VAT in force on each Monday, in basis points."""
    return {monday: basis_points(ctx.policy.value(VAT_RATE, monday)) for monday in mondays}


def _accounts() -> AnySelect:
    return (
        select(
            Account.id,
            Account.tenancy_id,
            Account.closed_on,
            Account.rent_group_id,
            Tenancy.property_id,
            Tenancy.start_on,
            Tenancy.end_on,
            Tenancy.tenure,
            Property.type,
        )
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
    )


def _homes(ctx: Context, rows: Collection[Row[*tuple[Any, ...]]], as_if: AsIf) -> dict[int, tuple[Home, ...]]:
    """By tenancy, the homes that decide VAT: a dwelling is its own, a garage goes with those it is linked to."""
    homes: defaultdict[int, tuple[Home, ...]] = defaultdict(tuple)
    for row in rows:
        if row.type is PropertyType.DWELLING:
            homes[row.tenancy_id] = (Home(row.tenure, _ALWAYS, (_ALWAYS,)),)
    links = _links(ctx, {row.tenancy_id for row in rows})
    held = {**_held(ctx, {each for link in links for each in (link.tenancy_id, link.home_id)}), **as_if.held}
    for link in links:
        span = as_if.tenancies.get(link.home_id, Span(link.start_on, link.end_on))
        same = _shared(held.get(link.tenancy_id, {}), held.get(link.home_id, {}))
        homes[link.tenancy_id] += (Home(link.tenure, span, same, link.near),)
    return homes


def _links(ctx: Context, tenancy_ids: Collection[int]) -> list[Row[*tuple[Any, ...]]]:
    """The homes that lettings of garages go with."""
    found: list[Row[*tuple[Any, ...]]] = []
    columns = (GarageHome.tenancy_id, GarageHome.home_id, GarageHome.near)
    statement = select(*columns, Tenancy.tenure, Tenancy.start_on, Tenancy.end_on).join(
        Tenancy, Tenancy.id == GarageHome.home_id
    )
    for chunk in in_chunks(sorted(tenancy_ids)):
        found.extend(ctx.session.execute(statement.where(GarageHome.tenancy_id.in_(chunk))))
    return found


_ALWAYS = Span(date.min)


def _held(ctx: Context, tenancy_ids: Collection[int]) -> dict[int, dict[int, Span]]:
    """Who holds each tenancy, and on which days."""
    found: defaultdict[int, dict[int, Span]] = defaultdict(dict)
    for chunk in in_chunks(sorted(tenancy_ids)):
        for row in ctx.session.scalars(select(Tenant).where(Tenant.tenancy_id.in_(chunk))):
            found[row.tenancy_id][row.person_id] = Span(row.from_on or date.min, row.to_on)
    return found


def _shared(mine: Mapping[int, Span], theirs: Mapping[int, Span]) -> tuple[Span, ...]:
    """The days on which somebody holds both."""
    spans: list[Span] = []
    for person_id in mine.keys() & theirs.keys():
        one, other = mine[person_id], theirs[person_id]
        lasts = [last for last in (one.last, other.last) if last is not None]
        first, last = max(one.first, other.first), min(lasts, default=None)
        if last is None or first <= last:
            spans.append(Span(first, last))
    return tuple(spans)
