"""What the rules of a start look at, read in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy import Row, or_, select

from app.models.accounts import Account
from app.models.charges import Charge, PropertyCharge
from app.models.codes import TransactionCode
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import CodeKind, Money, PropertyType, Tenure
from app.services.charges.rules import HOME_TENURES, VAT_CODE
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.rent.rules import full_name, one_line
from app.services.tenancies.starting.dto import Facts, Limits, OtherLet, ProposedCharge, StartTenancy

_FIRST_LETTING = date(1997, 2, 12)
NONE_END: Final[Mapping[int, date]] = MappingProxyType({})
"""No tenancy ends with a start."""


def gather(ctx: Context, new: StartTenancy, ending: Mapping[int, date] = NONE_END) -> Facts:
    """What stands for or against a start; `ending` are tenancies that end with it, each by its last day.

    Raises:
        UserError: there is no such property.
    """
    place = property_of(ctx, new.property_id)
    known = sorted({each.person_id for each in new.tenants if each.person_id is not None})
    codes = charge_codes(ctx)
    return Facts(
        type=place.type,
        today=ctx.clock.today(),
        limits=limits(ctx, new.start_on),
        lets=_ended(lets_of(ctx, place.id), ending),
        homes=_homes(ctx, new, known, ending) if new.tenure in HOME_TENURES else (),
        codes=frozenset(codes),
        either_sign=frozenset(code for code, row in codes.items() if row.allows_negative),
        people=_people(ctx, known),
    )


def property_of(ctx: Context, property_id: int) -> Property:
    """The property.

    Raises:
        UserError: there is none of this number.
    """
    found = ctx.session.get(Property, property_id)
    if found is None:
        raise UserError("No property is chosen.", "Find it by its address or reference.", "property")
    return found


def limits(ctx: Context, start_on: date) -> Limits:
    """What the policy says: of today for how far off a first day may be, of the first day for trial and term."""
    today = ctx.clock.today()
    earliest = today - timedelta(days=ctx.policy.number("lettings.start_back_days", today))
    latest = today + timedelta(days=ctx.policy.number("lettings.start_ahead_days", today))
    day = max(min(start_on, latest), _FIRST_LETTING)
    term_day = max(day, date(2012, 4, 1))
    return Limits(
        earliest,
        latest,
        ctx.policy.number("lettings.trial_months", day),
        ctx.policy.number("lettings.flexible_least_years", term_day),
        ctx.policy.number("lettings.flexible_years", term_day),
    )


def lets_of(ctx: Context, property_id: int) -> tuple[OtherLet, ...]:
    """Every letting of a property, the first one first."""
    statement = (
        select(Tenancy.id, Tenancy.ref, Tenancy.start_on, Tenancy.end_on)
        .where(Tenancy.property_id == property_id)
        .order_by(Tenancy.start_on, Tenancy.id)
    )
    return tuple(OtherLet(*row) for row in ctx.session.execute(statement))


def charge_codes(ctx: Context) -> Mapping[str, TransactionCode]:
    """The charges there may be, by code; VAT is worked out and never charged by itself."""
    statement = (
        select(TransactionCode)
        .where(TransactionCode.kind == CodeKind.CHARGE, TransactionCode.active, TransactionCode.code != VAT_CODE)
        .order_by(TransactionCode.code)
    )
    return {row.code: row for row in ctx.session.scalars(statement)}


def proposed_charges(ctx: Context, property_id: int, start_on: date) -> tuple[ProposedCharge, ...]:
    """What a property is let at on a day: its own charges, and without any those of its last letting at its end."""
    codes = charge_codes(ctx)
    own = (
        select(PropertyCharge.code, PropertyCharge.amount_pence)
        .where(
            PropertyCharge.property_id == property_id,
            PropertyCharge.from_on <= start_on,
            or_(PropertyCharge.to_on.is_(None), PropertyCharge.to_on >= start_on),
        )
        .order_by(PropertyCharge.code)
    )
    rows: Sequence[Row[str, int]] = ctx.session.execute(own).all()
    source = "as the property is let"
    if not rows:
        rows, source = _last_charges(ctx, property_id, start_on)
    return tuple(
        ProposedCharge(row.code, codes[row.code].name, Money(row.amount_pence), source)
        for row in rows
        if row.code in codes and row.amount_pence
    )


def _last_charges(ctx: Context, property_id: int, start_on: date) -> tuple[Sequence[Row[str, int]], str]:
    lets = [each for each in lets_of(ctx, property_id) if each.first < start_on]
    if not lets:
        return (), ""
    last = lets[-1]
    day = min(last.last or start_on, start_on)
    statement = (
        select(Charge.code, Charge.amount_pence)
        .join(Account, Account.id == Charge.account_id)
        .where(
            Account.tenancy_id == last.tenancy_id,
            Charge.from_on <= day,
            or_(Charge.to_on.is_(None), Charge.to_on >= day),
        )
        .order_by(Charge.code)
    )
    return ctx.session.execute(statement).all(), f"as the last letting, {last.reference}"


def homes_of(
    ctx: Context, person_ids: Collection[int], start_on: date, *, owned: bool = False
) -> tuple[tuple[int, OtherLet], ...]:
    """The homes that people rent on or after a day (with `owned`, hold on lease too), with who holds each."""
    tenures = sorted(HOME_TENURES | {Tenure.LEASEHOLD} if owned else HOME_TENURES)
    statement = (
        select(
            Tenant.person_id,
            Tenancy.id,
            Tenancy.ref,
            Tenancy.start_on,
            Tenancy.end_on,
            Tenant.from_on,
            Tenant.to_on,
            Property.address_1,
            Property.address_2,
            Property.postcode,
        )
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(
            Tenant.person_id.in_(sorted(person_ids)),
            Property.type == PropertyType.DWELLING,
            Tenancy.tenure.in_(tenures),
            or_(Tenancy.end_on.is_(None), Tenancy.end_on >= start_on),
            or_(Tenant.to_on.is_(None), Tenant.to_on >= start_on),
        )
        .order_by(Tenancy.start_on, Tenancy.id)
    )
    return tuple(
        (
            row.person_id,
            OtherLet(row.id, row.ref, row.start_on, row.end_on, one_line(row.address_1, row.address_2, row.postcode)),
        )
        for row in ctx.session.execute(statement)
    )


def _homes(ctx: Context, new: StartTenancy, known: Collection[int], ending: Mapping[int, date]) -> tuple[OtherLet, ...]:
    """The other homes of the tenants on the days of the tenancy."""
    held = _ended([let for _, let in homes_of(ctx, known, new.start_on)], ending)
    return tuple(
        let for let in held if let.tenancy_id != new.before_id and (let.last is None or let.last >= new.start_on)
    )


def _ended(lets: Collection[OtherLet], ending: Mapping[int, date]) -> tuple[OtherLet, ...]:
    return tuple(replace(each, last=ending.get(each.tenancy_id, each.last)) for each in lets)


def _people(ctx: Context, known: Collection[int]) -> dict[int, str]:
    """Why each of some people may not hold a tenancy; empty where they may."""
    reasons: dict[int, str] = {}
    shut = access.closed_people(ctx)
    for person in ctx.session.scalars(select(Person).where(Person.id.in_(known))):
        name = full_name(person.title, person.first_name, person.last_name)
        if person.id in shut:
            reasons[person.id] = (
                "One of the people is a restricted record, and you are not one of those who may open it."
            )
        elif person.merged_into_id is not None:
            reasons[person.id] = f"{name} ({person.ref}) was found to be another record of ours: choose that one."
        elif person.died_on is not None:
            reasons[person.id] = f"{name} ({person.ref}) has died."
        else:
            reasons[person.id] = ""
    return reasons
