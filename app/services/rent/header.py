"""The header of an account: who, where, what it is charged, and every account that belongs with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, or_, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.codes import TransactionCode
from app.models.endings import Ending
from app.models.people import Person, Tenant
from app.models.properties import Property, RentFreeWeek, RentGroup
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import ZERO, AccountKind, EndingState, Money, PropertyType
from app.services.core import access
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.rent_years import stated_years
from app.services.core.tenants import holds as holds_tenancy
from app.services.rent.dto import (
    AccountHeader,
    ChargeRow,
    Link,
    LinkedAccount,
    PersonRow,
)
from app.services.rent.marks import flags, flags_of_people, holds, in_force, notice, plugged, speakers
from app.services.rent.rules import full_name, main_kind_order, one_line


@dataclass(frozen=True, slots=True)
class _Subject:
    """The account with its tenancy, property and rent group, as read."""

    account: Account
    tenancy: Tenancy | None
    property: Property | None
    group: RentGroup | None
    ending: Ending | None


def account_header(ctx: Context, account_id: int) -> AccountHeader:
    """Who and where an account is, what it is charged, and what belongs with it, today.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    today = ctx.clock.today()
    subject = _subject(ctx, account_id)
    homes = _homes(ctx, subject, today)
    held = _tenancies(ctx, subject, homes, today)
    accounts = _linked(ctx, subject, held)
    charges = _charges(ctx, [account_id, *(row.id for row in accounts)], today)
    linked = tuple(
        sorted(
            (_linked_account(row, subject, homes, charges, today) for row in accounts),
            key=lambda each: _order(each, today),
        )
    )
    shut = access.closed_accounts(ctx)
    linked = tuple(
        replace(each, address=access.RESTRICTED_NAME) if each.account_id in shut else each for each in linked
    )
    standing = access.standing(ctx, account_id)
    made = _assemble(ctx, subject, linked, tuple(charges[account_id]), today)
    return replace(made, declared=standing.declared, restricted=standing.restricted)


def charge_history(ctx: Context, account_id: int) -> tuple[ChargeRow, ...]:
    """Every dated charge of an account, by code and then the latest first."""
    access.open_account(ctx, account_id)
    statement = _charge_statement().where(Charge.account_id == account_id).order_by(Charge.code, Charge.from_on.desc())
    return tuple(_charge_row(row) for row in ctx.session.execute(statement))


def _subject(ctx: Context, account_id: int) -> _Subject:
    row = ctx.session.execute(
        select(Account, Tenancy, Property, RentGroup, Ending)
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
        .outerjoin(RentGroup, RentGroup.id == Account.rent_group_id)
        .outerjoin(Ending, and_(Ending.tenancy_id == Tenancy.id, Ending.state == EndingState.NOTICE))
        .where(Account.id == account_id)
    ).one_or_none()
    if row is None:
        raise UserError(f"There is no account number {account_id}.")
    return _Subject(*row)


def _tenancies(ctx: Context, subject: _Subject, homes: frozenset[int], today: date) -> set[int]:
    """The tenancies whose accounts belong with this one: its own, its people's, its garages, its home."""
    if subject.tenancy is None:
        return set()
    own = subject.tenancy.id
    hold = (
        select(Tenant.person_id, Tenant.tenancy_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(holds_tenancy(today))
    )
    people = hold.with_only_columns(Tenant.person_id).where(Tenant.tenancy_id == own)
    theirs = hold.with_only_columns(Tenant.tenancy_id).where(Tenant.person_id.in_(people))
    garages = (
        select(Tenancy.id)
        .join(GarageHome, GarageHome.tenancy_id == Tenancy.id)
        .where(GarageHome.home_id == own, or_(Tenancy.end_on.is_(None), Tenancy.end_on >= today))
    )
    found = {own, *ctx.session.scalars(theirs.union(garages))}
    lives = subject.tenancy.end_on is None or subject.tenancy.end_on >= today
    return found | homes if lives else found


def _homes(ctx: Context, subject: _Subject, today: date) -> frozenset[int]:
    """The live tenancies of homes that the letting of a garage goes with; none of a dwelling."""
    if subject.tenancy is None or subject.property is None or subject.property.type is PropertyType.DWELLING:
        return frozenset()
    homes = (
        select(Tenancy.id)
        .join(GarageHome, GarageHome.home_id == Tenancy.id)
        .where(GarageHome.tenancy_id == subject.tenancy.id, or_(Tenancy.end_on.is_(None), Tenancy.end_on >= today))
    )
    return frozenset(ctx.session.scalars(homes))


def _linked(ctx: Context, subject: _Subject, tenancies: Collection[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    statement = (
        select(
            Account.id,
            Account.payment_reference,
            Account.kind,
            Account.balance_pence,
            Account.tenancy_id,
            Tenancy.start_on,
            Tenancy.end_on,
            Property.type,
            Property.address_1,
            Property.address_2,
            Property.postcode,
        )
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(Account.tenancy_id.in_(sorted(tenancies)[:900]), Account.id != subject.account.id)
    )
    return ctx.session.execute(statement).all()


def _linked_account(
    row: Row[*tuple[Any, ...]],
    subject: _Subject,
    homes: frozenset[int],
    charges: dict[int, list[ChargeRow]],
    today: date,
) -> LinkedAccount:
    assert subject.tenancy is not None
    if row.tenancy_id == subject.tenancy.id:
        link = Link.SAME_TENANCY
    elif row.kind is AccountKind.FORMER_TENANT or (row.end_on and row.end_on < today):
        link = Link.FORMER
    elif row.type is PropertyType.GARAGE:
        link = Link.GARAGE
    elif row.tenancy_id in homes:
        link = Link.HOME
    else:
        link = Link.SAME_PEOPLE
    return LinkedAccount(
        account_id=row.id,
        reference=row.payment_reference or "",
        kind=row.kind,
        link=link,
        address=one_line(row.address_1, row.address_2, row.postcode),
        started_on=row.start_on,
        ended_on=row.end_on,
        balance=Money(row.balance_pence),
        weekly=sum((charge.amount for charge in charges[row.id]), ZERO) if link is not Link.FORMER else ZERO,
    )


def _order(linked: LinkedAccount, today: date) -> tuple[bool, int, int, int]:
    former = linked.link is Link.FORMER
    since = (today - (linked.ended_on or linked.started_on)).days
    return former, main_kind_order(linked.kind), since, linked.account_id


def _charges(ctx: Context, account_ids: Sequence[int], today: date) -> dict[int, list[ChargeRow]]:
    statement = (
        _charge_statement()
        .where(Charge.account_id.in_(account_ids[:900]), in_force(Charge.from_on, Charge.to_on, today))
        .order_by(Charge.account_id, Charge.code)
    )
    found: dict[int, list[ChargeRow]] = defaultdict(list)
    for row in ctx.session.execute(statement):
        found[row.account_id].append(_charge_row(row))
    return found


def _charge_statement() -> Any:
    return select(
        Charge.account_id,
        Charge.code,
        TransactionCode.name,
        Charge.amount_pence,
        Charge.from_on,
        Charge.to_on,
        TransactionCode.free_week,
    ).join(TransactionCode, TransactionCode.code == Charge.code)


def _charge_row(row: Row[*tuple[Any, ...]]) -> ChargeRow:
    return ChargeRow(row.code, row.name, Money(row.amount_pence), row.from_on, row.to_on, row.free_week)


def _assemble(
    ctx: Context,
    subject: _Subject,
    linked: tuple[LinkedAccount, ...],
    charges: tuple[ChargeRow, ...],
    today: date,
) -> AccountHeader:
    account, tenancy, prop = subject.account, subject.tenancy, subject.property
    people = _people(ctx, tenancy, today)
    return AccountHeader(
        account_id=account.id,
        reference=account.payment_reference or "",
        name=account.name,
        kind=account.kind,
        fund=account.fund,
        balance=Money(account.balance_pence),
        net=sum((each.balance for each in linked), Money(account.balance_pence)),
        rent_group=subject.group.code if subject.group else "",
        tenancy_ref=tenancy.ref if tenancy else "",
        tenure=tenancy.tenure if tenancy else None,
        started_on=tenancy.start_on if tenancy else account.opened_on,
        ended_on=tenancy.end_on if tenancy else account.closed_on,
        payment_method=tenancy.payment_method if tenancy else None,
        property_ref=prop.ref if prop else "",
        property_type=prop.type if prop else None,
        address=tuple(line for line in (prop.address_1, prop.address_2, prop.town) if line) if prop else (),
        postcode=prop.postcode if prop else "",
        bedrooms=prop.bedrooms if prop else None,
        area=prop.area if prop else "",
        people=people,
        flags=(*flags_of_people(ctx, people, today), *flags(ctx, account.id, today)),
        holds=holds(ctx, account.id, today),
        marks=plugged(ctx, account.id, today),
        charges=charges,
        weekly=sum((charge.amount for charge in charges), ZERO),
        free_weeks=_free_weeks(ctx, subject.group, today),
        linked=linked,
        notice=notice(subject.ending),
        speakers=speakers(ctx, people, today),
    )


def _people(ctx: Context, tenancy: Tenancy | None, today: date) -> tuple[PersonRow, ...]:
    """Whoever holds the tenancy; of one that ended, whoever held it at the end."""
    statement = (
        select(Person)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Tenant.tenancy_id == (tenancy.id if tenancy else None), holds_tenancy(today))
        .order_by(Tenant.position, Person.id)
    )
    return tuple(
        PersonRow(
            person_id=person.id,
            reference=person.ref,
            name=full_name(person.title, person.first_name, person.last_name),
            date_of_birth=person.date_of_birth,
            email=person.email,
            mobile=person.mobile,
            phone=person.phone,
            language=person.language,
            format_need=person.format_need,
            do_not_contact=person.do_not_contact,
            contact_note=person.contact_note,
        )
        for person in ctx.session.scalars(statement)
    )


def _free_weeks(ctx: Context, group: RentGroup | None, today: date) -> tuple[date, ...]:
    year = rent_year(today, stated_years(ctx.session))
    statement = (
        select(RentFreeWeek.week_on)
        .where(
            RentFreeWeek.rent_group_id == (group.id if group else None),
            RentFreeWeek.week_on >= year.first_week_on,
            RentFreeWeek.week_on <= year.last_week_on,
        )
        .order_by(RentFreeWeek.week_on)
    )
    return tuple(ctx.session.scalars(statement))
