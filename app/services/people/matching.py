"""People who are likely the same as one that is being added."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from app.models.people import Person
from app.models.properties import Property
from app.models.tenancies import Tenancy, Tenant
from app.services.core import access
from app.services.core.context import Context
from app.services.core.folding import fold
from app.services.people.dto import Match
from app.services.rent.rules import full_name, one_line

_MOST: Final = 200
_SHOWN: Final = 8
_SURE: Final = 3


def likely(
    ctx: Context,
    first_name: str,
    last_name: str,
    date_of_birth: date | None,
    phone: str,
    email: str,
    postcode: str,
) -> tuple[Match, ...]:
    """The people who share enough with somebody to be them, the likeliest first; `postcode` is of the last home.

    People whose records the officer may not open are not told.
    """
    wanted = _wanted(last_name, date_of_birth, phone, email)
    if not wanted:
        return ()
    shut = access.closed_people(ctx)
    found = select(Person).where(or_(*wanted), Person.merged_into_id.is_(None)).order_by(Person.id).limit(_MOST)
    people = [person for person in ctx.session.scalars(found) if person.id not in shut]
    homes = homes_of(ctx, [person.id for person in people])
    scored: list[tuple[int, Match]] = []
    for person in people:
        address, code = homes.get(person.id, ("", ""))
        same = _same(person, fold(first_name), fold(last_name), date_of_birth, _digits(phone), email.strip().lower())
        if postcode and _plain(code) == _plain(postcode):
            same["the same postcode"] = 1
        score = sum(same.values())
        if score > 1:
            name = full_name(person.title, person.first_name, person.last_name)
            match = Match(person.id, person.ref, name, person.date_of_birth, address, ", ".join(same), score >= _SURE)
            scored.append((score, match))
    scored.sort(key=lambda each: (-each[0], each[1].name, each[1].person_id))
    return tuple(match for _, match in scored[:_SHOWN])


def _wanted(last: str, born: date | None, phone: str, email: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if last.strip():
        wanted.append(func.lower(Person.last_name) == last.strip().lower())
    if born is not None:
        wanted.append(Person.date_of_birth == born)
    if email.strip():
        wanted.append(func.lower(Person.email) == email.strip().lower())
    if digits := _digits(phone):
        wanted.extend(func.replace(number, " ", "") == digits for number in (Person.mobile, Person.phone))
    return wanted


def _same(person: Person, first: str, last: str, born: date | None, phone: str, email: str) -> dict[str, int]:
    """What is the same, each with its weight."""
    same: dict[str, int] = {}
    if last and fold(person.last_name) == last:
        same["the same last name"] = 1
    if first and fold(person.first_name) == first:
        same["the same first name"] = 1
    if born is not None and person.date_of_birth == born:
        same["the same date of birth"] = 2
    if phone and phone in {_digits(person.mobile), _digits(person.phone)}:
        same["the same telephone number"] = 2
    if email and person.email.lower() == email:
        same["the same e-mail address"] = 2
    return same


def homes_of(ctx: Context, person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """The address and postcode of each person's latest home."""
    homes: dict[int, tuple[str, str]] = {}
    statement: Any = (
        select(Tenant.person_id, Property.address_1, Property.address_2, Property.postcode)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(Tenant.person_id.in_(person_ids))
        .order_by(Tenancy.start_on, Tenancy.id)
    )
    for row in ctx.session.execute(statement):
        homes[row.person_id] = one_line(row.address_1, row.address_2, row.postcode), row.postcode
    return homes


def _digits(phone: str) -> str:
    return "".join(phone.split())


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()
