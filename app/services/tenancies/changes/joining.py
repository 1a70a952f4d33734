"""People who come to hold a tenancy: what stands against it, their names, and their records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.models.people import Person
from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import add_note
from app.services.rent.rules import full_name
from app.services.tenancies.changes.reading import Standing
from app.services.tenancies.starting import facts, keeping, rules
from app.services.tenancies.starting.dto import NewTenant, StartTenancy

_OF_PEOPLE: Final = {"tenants": "tenants", "second_home": "reason"}


def people_faults(
    ctx: Context, found: Standing, on: date, people: Sequence[NewTenant], second_home: str
) -> list[UserError]:
    """Why people can't come to hold a tenancy from a day: nobody is named, they have died, hold another home, are alike.

    `second_home` is why somebody may hold another home besides.
    """
    tenancy = found.tenancy
    start = StartTenancy(
        property_id=tenancy.property_id,
        tenure=tenancy.tenure,
        start_on=on,
        tenants=tuple(people),
        charges=(),
        payment_method=tenancy.payment_method,
        second_home=second_home,
        before_id=tenancy.id,
    )
    wrong = [each for each in rules.faults(start, facts.gather(ctx, start)) if each.field in _OF_PEOPLE]
    return [
        *(UserError(each.message, each.hint, _OF_PEOPLE[each.field or ""]) for each in wrong),
        *keeping.alike(ctx, start),
    ]


def names_of(ctx: Context, people: Sequence[NewTenant]) -> list[str]:
    """The names of people as a form names them, in order."""
    names = []
    for each in people:
        person = ctx.session.get(Person, each.person_id) if each.person_id is not None else each
        if person is not None:
            names.append(full_name(person.title.strip(), person.first_name.strip(), person.last_name.strip()))
    return names


def note_reason(ctx: Context, account_id: int, what: str, reason: str) -> None:
    """Keep why something was changed as a note on the account: the history names nobody, a reason may."""
    if reason.strip():
        add_note(ctx, Subject.ACCOUNT, account_id, f"{what}: {reason.strip()}")
