"""People who are likely the same as one that is being added, or as one that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.phones import same_number, spellings
from app.services.people.dto import Match
from app.services.people.rules import Known, known, likeness
from app.services.rent.rules import full_name, one_line

_MOST: Final = 400
_SHOWN: Final = 8
_LAST_DIGITS: Final = 2
"""By which most numbers are told apart at little cost, before what parts their digits is taken out."""
_STRAY: Final = (" ", "-", "(", ")", ".")


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

    People whose records the officer may not open are not told, nor records that were merged into others.
    """
    somebody = known(first_name, last_name, date_of_birth, [same_number(phone)], email, postcode)
    return _matches(ctx, somebody, last_name, spellings(phone))


def likely_duplicates(ctx: Context, person_id: int) -> tuple[Match, ...]:
    """Other records that are likely of the same person, the likeliest first.

    Raises:
        UserError: there is nobody of this number, or theirs is a restricted record that isn't the officer's to open.
    """
    person = ctx.session.get(Person, person_id)
    if person is None:
        raise UserError(f"There is no person number {person_id}.")
    if person_id in access.closed_people(ctx):
        raise UserError("This is a restricted record: only named officers may open it.", "Ask your team leader.")
    home = homes_of(ctx, [person_id]).get(person_id, ("", ""))[1]
    numbers = (*spellings(person.mobile), *spellings(person.phone))
    return _matches(ctx, _known(person, home), person.last_name, numbers, but=person_id)


def _matches(
    ctx: Context, somebody: Known, last_name: str, numbers: Sequence[str], but: int | None = None
) -> tuple[Match, ...]:
    wanted = list(_wanted(somebody, last_name, numbers))
    if not wanted:
        return ()
    shut = access.closed_people(ctx)
    found = select(Person).where(or_(*wanted), Person.merged_into_id.is_(None)).order_by(Person.id).limit(_MOST)
    people = [person for person in ctx.session.scalars(found) if person.id not in shut and person.id != but]
    homes = homes_of(ctx, [person.id for person in people])
    weighed: list[tuple[int, Match]] = []
    for person in people:
        address, code = homes.get(person.id, ("", ""))
        like = likeness(somebody, _known(person, code))
        if like.weight:
            name = full_name(person.title, person.first_name, person.last_name)
            why = ", ".join(like.reasons)
            match = Match(person.id, person.ref, name, person.date_of_birth, address, why, like.sure)
            weighed.append((like.weight, match))
    weighed.sort(key=lambda each: (not each[1].sure, -each[0], each[1].name, each[1].person_id))
    return tuple(match for _, match in weighed[:_SHOWN])


def _wanted(somebody: Known, last_name: str, numbers: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """Who is worth comparing: few of everybody, found in SQL."""
    if last_name.strip():
        same = func.lower(Person.last_name) == last_name.strip().lower()
        first = somebody.first_name[:1]
        yield and_(same, func.lower(Person.first_name).like(f"{first}%")) if first.isalpha() else same
    if somebody.date_of_birth is not None:
        yield Person.date_of_birth == somebody.date_of_birth
    if somebody.email:
        yield func.lower(Person.email) == somebody.email
    ends = {f"%{number[-_LAST_DIGITS:]}" for number in numbers}
    for column in (Person.mobile, Person.phone) if numbers else ():
        yield and_(or_(*(column.like(end) for end in sorted(ends))), _bare(column).in_(numbers))


def _bare(column: Any) -> Any:
    """A number as it stands, without what parts its digits."""
    bare = func.lower(column)
    for sign in _STRAY:
        bare = func.replace(bare, sign, "")
    return bare


def _known(person: Person, postcode: str) -> Known:
    numbers = (same_number(person.mobile), same_number(person.phone))
    return known(person.first_name, person.last_name, person.date_of_birth, numbers, person.email, postcode)


def homes_of(ctx: Context, person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """The address, in one line, and the postcode of each person's latest home."""
    homes: dict[int, tuple[str, str]] = {}
    for chunk in in_chunks(sorted(person_ids)):
        statement: Any = (
            select(Tenant.person_id, Property.address_1, Property.address_2, Property.postcode)
            .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
            .join(Property, Property.id == Tenancy.property_id)
            .where(Tenant.person_id.in_(chunk))
            .order_by(Tenancy.start_on, Tenancy.id)
        )
        for row in ctx.session.execute(statement):
            homes[row.person_id] = one_line(row.address_1, row.address_2, row.postcode), row.postcode
    return homes
