"""What the finder shows of accounts, people and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Money, Subject
from app.services.core import access, finding
from app.services.core.chunks import MOST_IN
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.tenants import holds
from app.services.rent.listed_dto import AccountRow
from app.services.rent.queries import account_rows, near_references
from app.services.rent.rules import KIND_WORDS, full_name, one_line


def register() -> None:
    """Plug accounts, people and addresses into the finder."""
    finding.register(Source(Subject.ACCOUNT, "Accounts", _accounts, _near, order=10))
    finding.register(Source(Subject.PERSON, "People", _people, order=20))
    finding.register(Source(Subject.PROPERTY, "Addresses", _properties, order=30))


def _accounts(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    return tuple(_account(row) for row in account_rows(ctx, ids))


def _near(ctx: Context, text: str) -> tuple[Found, ...]:
    return tuple(replace(_account(row), title=f"{row.reference}  {row.name}") for row in near_references(ctx, text))


def _account(row: AccountRow) -> Found:
    kind = KIND_WORDS[row.kind if row.ended_on is None else AccountKind.FORMER_TENANT]
    detail = "  ".join(part for part in (row.reference, row.address, kind) if part)
    return Found(Subject.ACCOUNT, row.account_id, row.name, detail, row.balance)


def _people(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """Each person with their accounts, and what they owe on those whose tenancy they hold or held to its end."""
    theirs = case((holds(ctx.clock.today()), Account.balance_pence), else_=0)
    owed = (
        select(
            Tenant.person_id,
            func.count(Account.id).label("accounts"),
            func.coalesce(func.sum(theirs), 0).label("pence"),
        )
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .join(Account, Account.tenancy_id == Tenancy.id)
        .where(Tenant.person_id.in_(list(ids)))
        .group_by(Tenant.person_id)
        .subquery()
    )
    statement = (
        select(Person, owed.c.accounts, owed.c.pence)
        .outerjoin(owed, owed.c.person_id == Person.id)
        .where(Person.id.in_(list(ids)))
    )
    rows = {row.Person.id: row for row in ctx.session.execute(statement)}
    shut = access.restricted_people(ctx)
    return tuple(
        _restricted(rows[number].Person)
        if number in shut
        else _person(rows[number].Person, rows[number].accounts or 0, rows[number].pence or 0)
        for number in ids
        if number in rows
    )


def _person(person: Person, accounts: int, pence: int) -> Found:
    many = {0: "no account", 1: "1 account"}.get(accounts, f"{accounts} accounts")
    reached = "  ".join(part for part in (person.mobile or person.phone, person.email) if part)
    name = full_name(person.title, person.first_name, person.last_name)
    return Found(Subject.PERSON, person.id, name, "  ".join(part for part in (many, reached) if part), Money(pence))


def _restricted(person: Person) -> Found:
    return Found(Subject.PERSON, person.id, access.RESTRICTED_NAME, person.ref)


def _properties(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """Each address with who lives there today, or that nobody does; of a restricted record only that it is one."""
    today = ctx.clock.today()
    shut = sorted(access.restricted_accounts(ctx))[:MOST_IN]
    now = aliased(Tenancy)
    lives_there = and_(now.start_on <= today, or_(now.end_on.is_(None), now.end_on >= today))
    name = (
        select(func.max(Account.name))
        .join(now, now.id == Account.tenancy_id)
        .where(
            now.property_id == Property.id,
            lives_there,
            Account.id.not_in(shut),
        )
        .scalar_subquery()
    )
    statement = select(Property, name.label("holder")).where(Property.id.in_(list(ids)))
    rows = {row.Property.id: row for row in ctx.session.execute(statement)}
    restricted = frozenset[int | None]()
    if shut:
        homes = select(now.property_id).join(Account, Account.tenancy_id == now.id)
        restricted = frozenset(ctx.session.scalars(homes.where(Account.id.in_(shut), lives_there)))
    nobody = {number: access.RESTRICTED_NAME if number in restricted else "Nobody lives here" for number in rows}
    return tuple(
        Found(
            Subject.PROPERTY,
            number,
            one_line(place.address_1, place.address_2, place.town, place.postcode),
            "  ".join((place.ref, rows[number].holder or nobody[number])),
        )
        for number in ids
        if number in rows and (place := rows[number].Property)
    )
