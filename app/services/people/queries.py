"""The people of an account, with everything that is kept of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.people import Associate, Consent, Person, PersonAddress, PersonFlag, Tenant
from app.models.values import Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.finding import matching_ids
from app.services.core.officers import role_names
from app.services.people.dto import (
    AccountPeople,
    AddressRow,
    AssociateRow,
    ConsentRow,
    Match,
    PersonFlagRow,
    PersonRecord,
)
from app.services.people.matching import homes_of
from app.services.rent.marks import may_read
from app.services.rent.rules import full_name

_MOST_FOUND: Final = 12


def people_of(ctx: Context, account_id: int) -> AccountPeople:
    """Everybody who holds or held the tenancy of an account, and what is kept of each, in six statements.

    The note of a flag is left out where a role is named for it that the officer doesn't hold.

    Raises:
        UserError: it is a restricted record, and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    statement = (
        select(Person, Tenant.from_on, Tenant.to_on)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Account, Account.tenancy_id == Tenant.tenancy_id)
        .where(Account.id == account_id)
        .order_by(Tenant.position, Person.id)
    )
    rows = ctx.session.execute(statement).all()
    ids = [row.Person.id for row in rows]
    roles = role_names(ctx.session)
    addresses = _rows(ctx, select(PersonAddress).where(PersonAddress.person_id.in_(ids)))
    associates = _rows(ctx, select(Associate).where(Associate.person_id.in_(ids)))
    flags = _rows(ctx, select(PersonFlag).where(PersonFlag.person_id.in_(ids)))
    consents = _consents(ctx, ids)
    people = tuple(
        replace(
            _record(row),
            addresses=tuple(_address(each) for each in _latest(addresses[row.Person.id])),
            associates=tuple(_associate(each) for each in _latest(associates[row.Person.id])),
            flags=tuple(_flag(ctx, each, roles) for each in _latest(flags[row.Person.id])),
            consents=consents.get(row.Person.id, ()),
        )
        for row in rows
    )
    return AccountPeople(account_id, ctx.clock.today(), people, tuple(roles.items()))


def find_people(ctx: Context, text: str) -> tuple[Match, ...]:
    """The people that a text finds, each with where they live or lived; nobody whose record the officer may not open."""
    shut = access.closed_people(ctx)
    ids = [number for number in matching_ids(ctx, Subject.PERSON, text, _MOST_FOUND) if number not in shut]
    found = select(Person).where(Person.id.in_(ids), Person.merged_into_id.is_(None))
    people = {row.id: row for row in ctx.session.scalars(found)}
    homes = homes_of(ctx, ids)
    return tuple(
        Match(
            person.id,
            person.ref,
            full_name(person.title, person.first_name, person.last_name),
            person.date_of_birth,
            homes.get(person.id, ("", ""))[0],
            "",
            sure=False,
        )
        for number in ids
        if (person := people.get(number)) is not None
    )


def _rows(ctx: Context, statement: Any) -> dict[int, list[Any]]:
    """Rows by their person."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in ctx.session.scalars(statement):
        found[row.person_id].append(row)
    return found


def _latest(rows: Sequence[Any]) -> list[Any]:
    """Those that go on before those that ended, the latest first."""
    return sorted(
        rows, key=lambda row: (row.to_on is not None, -(row.from_on.toordinal() if row.from_on else 0), row.id)
    )


def _record(row: Row[*tuple[Any, ...]]) -> PersonRecord:
    """Who they are and how they are reached; the rest is put in by whoever read it for all of them."""
    person: Person = row.Person
    return PersonRecord(
        person_id=person.id,
        reference=person.ref,
        name=full_name(person.title, person.first_name, person.last_name),
        date_of_birth=person.date_of_birth,
        died_on=person.died_on,
        held_from=row.from_on,
        held_to=row.to_on,
        phone=person.phone,
        mobile=person.mobile,
        email=person.email,
        preferred_contact=person.preferred_contact,
        language=person.language,
        format_need=person.format_need,
        do_not_contact=person.do_not_contact,
        contact_note=person.contact_note,
        letters_to=tuple(person.correspondence_address.splitlines()),
        addresses=(),
        associates=(),
        flags=(),
        consents=(),
    )


def _address(row: PersonAddress) -> AddressRow:
    lines = tuple(row.lines.splitlines())
    return AddressRow(row.id, row.kind, lines, row.postcode, row.from_on, row.to_on, row.note, row.version)


def _associate(row: Associate) -> AssociateRow:
    return AssociateRow(
        associate_id=row.id,
        other_id=row.other_id,
        name=row.name,
        relation=row.relation,
        organisation=row.organisation,
        phone=row.phone,
        email=row.email,
        address=row.address,
        authority=row.authority,
        evidence=row.evidence,
        next_of_kin=row.next_of_kin,
        from_on=row.from_on,
        to_on=row.to_on,
        review_on=row.review_on,
        version=row.version,
    )


def _flag(ctx: Context, row: PersonFlag, roles: Mapping[str, str]) -> PersonFlagRow:
    may = may_read(ctx, row.seen_by)
    return PersonFlagRow(
        flag_id=row.id,
        kind=row.kind,
        flag=row.flag,
        note=row.note if may else "",
        seen_by=row.seen_by,
        seen_by_name=roles.get(row.seen_by, row.seen_by),
        hidden=not may and bool(row.note),
        from_on=row.from_on,
        to_on=row.to_on,
        review_on=row.review_on,
        version=row.version,
    )


def _consents(ctx: Context, ids: Sequence[int]) -> dict[int, tuple[ConsentRow, ...]]:
    """What each said, the latest first; of a kind the latest counts."""
    statement = (
        select(Consent, Officer.name)
        .join(Officer, Officer.id == Consent.officer_id)
        .where(Consent.person_id.in_(ids))
        .order_by(Consent.said_on.desc(), Consent.id.desc())
    )
    found: dict[int, list[ConsentRow]] = defaultdict(list)
    seen: set[tuple[int, str]] = set()
    for row, officer in ctx.session.execute(statement):
        key = (row.person_id, row.what.casefold())
        said = ConsentRow(row.id, row.what, row.agreed, row.said_on, row.how, row.note, officer, latest=key not in seen)
        seen.add(key)
        found[row.person_id].append(said)
    return {person_id: tuple(rows) for person_id, rows in found.items()}
