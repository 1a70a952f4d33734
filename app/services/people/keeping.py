"""Making records of people, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select

from app.models.people import Person
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.people.dto import NewPerson
from app.services.rent.contacts import Contacts, faults

_TEXTS: Final = ("title", "first_name", "last_name", "mobile", "phone", "email")


def add_person(ctx: Context, new: NewPerson) -> Person:
    """Make a record of somebody; whoever makes it looked at the people who are alike before.

    Raises:
        UserError: there is no last name, something is too long, a number or e-mail address can't be one, or a text holds a
            card number; everything at once.
    """
    wrong = list(_faults(ctx, new))
    if wrong:
        raise UserErrors(wrong)
    values = {field: getattr(new, field).strip() for field in _TEXTS}
    person = Person(ref=_next_reference(ctx), date_of_birth=new.date_of_birth, **values)
    ctx.session.add(person)
    ctx.session.flush()
    return person


def _faults(ctx: Context, new: NewPerson) -> Iterator[UserError]:
    if not new.last_name.strip():
        yield UserError("The last name is missing.", "Letters need one.", "last_name")
    for field in ("title", "first_name", "last_name"):
        text = getattr(new, field).strip()
        longest = getattr(Person.__table__.c[field].type, "length", None) or 80
        if len(text) > longest:
            yield UserError(f"The {field.replace('_', ' ')} has over {longest} characters.", "Shorten it.", field)
        try:
            refuse_card_number(ctx, text, "name", field)
        except UserError as refused:
            yield refused
    if new.date_of_birth is not None and new.date_of_birth > ctx.clock.today():
        yield UserError("The date of birth is in the future.", "Check the year.", "date_of_birth")
    yield from faults(Contacts(phone=new.phone.strip(), mobile=new.mobile.strip(), email=new.email.strip()))


def _next_reference(ctx: Context) -> str:
    """A reference that nobody has: N and a running number of six digits."""
    number = (ctx.session.scalar(select(func.max(Person.id))) or 0) + 1
    while ctx.session.scalar(select(Person.id).where(Person.ref == f"N{number:06}")) is not None:
        number += 1
    return f"N{number:06}"
