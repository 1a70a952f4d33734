"""How a person is reached: what the form of contact details holds, what may stand in it, and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from app.models.people import Person
from app.models.values import FormatNeed, PreferredContact
from app.services.core import access, versions
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.phones import is_landline, is_number
from app.services.core.versions import Kept
from app.services.rent.search import accounts_of_people

_EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_MOST_LINES: Final = 7
"""What the window of an envelope shows with a name above it."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """How somebody may be reached.

    Attributes:
        correspondence_address: its lines; none where letters go to the home.
        language: the language to write in, where it isn't English.
    """

    phone: str = ""
    mobile: str = ""
    email: str = ""
    correspondence_address: tuple[str, ...] = ()
    preferred_contact: PreferredContact = PreferredContact.POST
    format_need: FormatNeed = FormatNeed.STANDARD
    language: str = ""
    do_not_contact: bool = False
    contact_note: str = ""

    def columns(self) -> dict[str, Any]:
        """The values of the row."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | {
            "correspondence_address": "\n".join(self.correspondence_address)
        }


def contacts(ctx: Context, person_id: int) -> Kept:
    """A person's contact details as they are kept, by field of `Contacts`.

    Raises:
        UserError: there is nobody of this number, or theirs is a restricted record that isn't the officer's to open.
    """
    for account_id in sorted(accounts_of_people(ctx, [person_id])):
        access.open_account(ctx, account_id)
    person = person_of(ctx, person_id)
    values = {each.name: getattr(person, each.name) for each in fields(Contacts)}
    values["correspondence_address"] = tuple(person.correspondence_address.splitlines())
    return Kept(values, person.version, *versions.last_change(ctx.session, Person.__tablename__, person_id))


def person_of(ctx: Context, person_id: int) -> Person:
    """The person of this number.

    Raises:
        UserError: there is none.
    """
    person = ctx.session.get(Person, person_id)
    if person is None:
        raise UserError(f"There is no person number {person_id}.")
    return person


def number_faults(phone: str, mobile: str = "") -> Iterator[UserError]:
    """Why nobody can be reached by these numbers; an empty one is none. Extensions are kept: `0191 498 0000 x12`."""
    for field, name, number in (("phone", "telephone number", phone), ("mobile", "mobile number", mobile)):
        if number and not is_number(number):
            hint = "Type it with its area code, such as 0191\u00a0498\u00a00000, or its country's, such as +48."
            yield UserError(f"'{number}' isn't a {name}.", hint, field)
    if mobile and is_landline(mobile):
        yield UserError(f"'{mobile}' isn't a mobile number.", "Type it under Telephone: no text reaches it.", "mobile")


def faults(given: Contacts) -> Iterator[UserError]:
    """Everything that can't stand in contact details, each with its field."""
    yield from number_faults(given.phone, given.mobile)
    if given.email and not _EMAIL.fullmatch(given.email):
        yield UserError(f"'{given.email}' isn't an e-mail address.", "Type one, such as name@example.org.", "email")
    if len(given.correspondence_address) > _MOST_LINES:
        yield UserError(
            f"The address has more than {_MOST_LINES} lines.", "An envelope shows no more.", "correspondence_address"
        )
    for column, text in given.columns().items():
        longest = getattr(Person.__table__.c[column].type, "length", None) or 4_000
        if isinstance(text, str) and len(text) > longest:
            yield UserError(f"It holds {longest:,} characters.", "Shorten it.", column)
    missing = {
        PreferredContact.EMAIL: ("an e-mail address", given.email),
        PreferredContact.TEXT: ("a mobile number", given.mobile),
        PreferredContact.PHONE: ("a telephone or mobile number", given.phone or given.mobile),
    }
    what, there = missing.get(given.preferred_contact, ("", "post"))
    if not there:
        yield UserError(f"To reach them this way {what} is needed.", "Type it, or choose another.", "preferred_contact")
