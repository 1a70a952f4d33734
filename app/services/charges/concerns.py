"""What an officer should look at before a week is charged, found in a few statements whatever the number of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.codes import TransactionCode
from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import Money, PropertyType, Tenure
from app.services.charges import lines, rules, runs, voids, weeks
from app.services.charges.dto import ChargeException, Concern, Span
from app.services.charges.weeks import Week
from app.services.core.calendars import WEEK
from app.services.core.context import Context
from app.services.ledger.sql import AnySelect
from app.services.rent.rules import one_line

RENT_CODE: Final = "DBR"
_OWNED: Final = (Tenure.LEASEHOLD, Tenure.FREEHOLD)
_MOST_BEDROOMS: Final = 6


def find(ctx: Context, week: Week) -> tuple[ChargeException, ...]:
    """Everything about the week that should be looked at: what is wrong first, then who comes and goes."""
    found = [
        *_weeks_left_out(ctx, week),
        *_no_charge(ctx, week),
        *_amounts(ctx, week),
        *_vat_changed(ctx, week),
        *_void_without_charge(ctx, week),
        *_coming_and_going(ctx, week),
    ]
    order = {concern: place for place, concern in enumerate(Concern)}
    return tuple(sorted(found, key=lambda each: (order[each.concern], each.reference)))


def _weeks_left_out(ctx: Context, week: Week) -> Iterator[ChargeException]:
    """The first week of all may be any; the weeks between the loaded balances and it are then never charged."""
    skipped = runs.left_out(ctx, week.monday)
    if skipped:
        text = f"{len(skipped)} week{'s' if len(skipped) > 1 else ''} after the loaded balances, from {skipped[0]:%d %b %Y} to "
        text += f"{skipped[-1]:%d %b %Y}, can't be charged once this one is. Charge from {skipped[0]:%d %b %Y}, or catch up."
        yield ChargeException(Concern.WEEKS_LEFT_OUT, None, "", "", text)


def _no_charge(ctx: Context, week: Week) -> Iterator[ChargeException]:
    """Leaseholders and freeholders may have no weekly charge; everybody else who lives there has one."""
    charged = (
        exists()
        .where(Charge.account_id == Account.id, Account.tenancy_id == Tenancy.id)
        .where(weeks.overlaps(Charge.from_on, Charge.to_on, week))
        .correlate(Tenancy)
    )
    first = select(func.min(Account.id)).where(Account.tenancy_id == Tenancy.id).correlate(Tenancy).scalar_subquery()
    main = aliased(Account)
    statement = (
        select(
            main.id.label("account_id"),
            main.payment_reference.label("reference"),
            Tenancy.ref.label("tenancy_ref"),
            Property.address_1,
            Property.postcode,
        )
        .select_from(Tenancy)
        .join(Property, Property.id == Tenancy.property_id)
        .outerjoin(main, main.id == first)
        .where(lines.live(week), Tenancy.tenure.not_in(_OWNED), ~charged)
    )
    for row in ctx.session.execute(statement):
        yield _about(Concern.NO_CHARGE, row, f"The tenancy {row.tenancy_ref} is live and has no charge.")


def _amounts(ctx: Context, week: Week) -> Iterator[ChargeException]:
    """Charges of nothing, and rents that are unusual for their home: one statement, for each has to look at every charge."""
    bounds = {scope: _bounds(ctx, week.monday, scope) for scope in _scopes()}

    def bound(place: int) -> ColumnElement[int]:
        affordable = (Tenancy.tenure == Tenure.AFFORDABLE, bounds["tenure:affordable"][place])
        by_size = ((Property.bedrooms == size, bounds[f"bedrooms:{size}"][place]) for size in range(_MOST_BEDROOMS + 1))
        return case(affordable, *by_size, else_=bounds[""][place])

    nothing = Charge.amount_pence == 0
    least_of_all, most_of_all = max(least for least, _ in bounds.values()), min(most for _, most in bounds.values())
    rent = and_(Charge.code == RENT_CODE, or_(Charge.amount_pence < least_of_all, Charge.amount_pence > most_of_all))
    unusual = and_(
        Property.type == PropertyType.DWELLING,
        Tenancy.tenure.not_in(_OWNED),
        or_(Charge.amount_pence < bound(0), Charge.amount_pence > bound(1)),
    )
    for row in ctx.session.execute(_charges(week).where(or_(nothing, rent), or_(nothing, unusual))):
        if not row.amount_pence:
            yield _about(Concern.ZERO, row, f"{row.name} ({row.code}) is £0.00.")
            continue
        scope = "tenure:affordable" if row.tenure is Tenure.AFFORDABLE else f"bedrooms:{row.bedrooms}"
        least, most = bounds.get(scope, bounds[""])
        home = "an affordable rent" if row.tenure is Tenure.AFFORDABLE else _home(row.bedrooms)
        limit = f"below {Money(least)}" if row.amount_pence < least else f"above {Money(most)}"
        yield _about(Concern.OUT_OF_BOUNDS, row, f"Rent of {Money(row.amount_pence)} is {limit}, unusual for {home}.")


def _vat_changed(ctx: Context, week: Week) -> Iterator[ChargeException]:
    last_week = Week(week.monday - WEEK, week.vat_basis_points)
    now, before = lines.taxed(week), lines.taxed(last_week)
    statement = (
        _charges(week)
        .add_columns(now.label("taxed"))
        .where(
            Charge.code.in_(week.vat_codes),
            Tenancy.start_on < week.monday,
            _home_changed(week, last_week),
            now != before,
        )
    )
    for row in ctx.session.execute(statement):
        price = Money(row.amount_pence)
        vat = rules.vat_inside(price, week.vat_basis_points)
        changed = (
            f"now bears VAT, since the home it goes with is no longer let to the same people: {price} is {price - vat} "
            f"and VAT {vat}"
            if row.taxed
            else f"no longer bears VAT: {price} without VAT"
        )
        yield _about(Concern.VAT_CHANGED, row, f"{row.name} {changed}.")


def _home_changed(week: Week, last_week: Week) -> ColumnElement[bool]:
    """A home that the letting goes with, or whoever holds either, came in the week or went in the one before."""
    home, holder = aliased(Tenancy), aliased(Tenant)

    def comes_or_goes(first: Any, last: Any) -> ColumnElement[bool]:
        return or_(and_(last >= last_week.monday, last < week.monday), and_(first >= week.monday, first <= week.sunday))

    links = select(GarageHome.tenancy_id)
    homes = links.join(home, home.id == GarageHome.home_id).where(comes_or_goes(home.start_on, home.end_on))
    either = or_(holder.tenancy_id == GarageHome.home_id, holder.tenancy_id == GarageHome.tenancy_id)
    people = links.join(holder, either).where(comes_or_goes(holder.from_on, holder.to_on))
    return Tenancy.id.in_(homes.union(people))


def _void_without_charge(ctx: Context, week: Week) -> Iterator[ChargeException]:
    void = voids.void_lettings(week)
    charged = select(voids.void_charges(void, week).where(Charge.amount_pence != 0).subquery().c.tenancy_id)
    statement = select(void).where(void.c.tenancy_id.not_in(charged))
    for row in ctx.session.execute(statement):
        yield ChargeException(
            Concern.VOID_WITHOUT_CHARGE,
            None,
            row.property_ref,
            one_line(row.address_1, row.postcode),
            f"Void since {row.ended_on:%d %b %Y}, and its last tenancy has no charge that a void carries.",
        )


def _coming_and_going(ctx: Context, week: Week) -> Iterator[ChargeException]:
    """Tenancies that start or end in the week, each charge shown as a sum."""
    starts = and_(Tenancy.start_on >= week.monday, Tenancy.start_on <= week.sunday)
    ends = and_(Tenancy.end_on >= week.monday, Tenancy.end_on <= week.sunday)
    tenancies = select(Tenancy.id).where(or_(starts, ends))
    statement = _charges(week).where(Account.tenancy_id.in_(tenancies))
    statement = statement.order_by(Charge.account_id, Charge.code, Charge.from_on)
    for _, group in groupby(ctx.session.execute(statement), key=lambda row: row.account_id):
        rows = list(group)
        row = rows[0]
        started = row.start_on >= week.monday
        day = row.start_on if started else row.end_on
        sums = _sums(rows, week, free=row.rent_group_id in week.free_groups) or "nothing to charge in a free week"
        text = f"{'Starts' if started else 'Ends'} on {day:%a %d %b %Y}: {sums}."
        yield _about(Concern.STARTED if started else Concern.ENDED, row, text)


def _sums(rows: Iterable[Row[*tuple[Any, ...]]], week: Week, *, free: bool) -> str:
    words: list[str] = []
    for row in rows:
        if free and row.free_week:
            continue
        days = rules.days_in_week(week.monday, Span(row.start_on, row.end_on), Span(row.from_on, row.to_on))
        part = rules.part_week(Money(row.amount_pence), days, apportion=row.apportion)
        words.append(f"{row.name} {part}")
    return "; ".join(words)


def _charges(week: Week) -> AnySelect:
    """Charges in force in the week with their account, tenancy, property and code."""
    return (
        select(
            Charge.account_id,
            Account.payment_reference.label("reference"),
            Account.rent_group_id,
            Charge.code,
            Charge.amount_pence,
            Charge.from_on,
            Charge.to_on,
            TransactionCode.name,
            TransactionCode.apportion,
            TransactionCode.free_week,
            Tenancy.tenure,
            Tenancy.start_on,
            Tenancy.end_on,
            Property.address_1,
            Property.postcode,
            Property.bedrooms,
        )
        .join(Account, Account.id == Charge.account_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .join(TransactionCode, TransactionCode.code == Charge.code)
        .where(lines.in_force(week))
    )


def _about(concern: Concern, row: Row[*tuple[Any, ...]], text: str) -> ChargeException:
    return ChargeException(concern, row.account_id, row.reference or "", one_line(row.address_1, row.postcode), text)


def _scopes() -> list[str]:
    return ["", "tenure:affordable", *(f"bedrooms:{size}" for size in range(_MOST_BEDROOMS + 1))]


def _bounds(ctx: Context, on: date, scope: str) -> tuple[int, int]:
    least, most = (ctx.policy.money(f"charges.weekly_rent_{end}", on, scope).pence for end in ("min", "max"))
    return least, most


def _home(bedrooms: int | None) -> str:
    if bedrooms is None:
        return "a home of unknown size"
    return "a bedsit" if bedrooms == 0 else f"{bedrooms} bedroom{'s' if bedrooms > 1 else ''}"
