"""What an address of a person does: whether it can stand, and where their letters go with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import or_, select

from app.models.people import Person, PersonAddress
from app.models.values import AddressKind
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.letters.rules import address_fault, postcode
from app.services.people import confirming
from app.services.people.dto import KeepAddress
from app.services.people.writing import begin, day_faults, name_of, text_faults
from app.services.rent.rules import one_line

_MOST_LINES = 6
"""With the name above and the postcode below; an envelope shows no more."""


def tidied(new: KeepAddress) -> KeepAddress:
    """The address as it is kept: no empty lines, the postcode as it is printed and in its own place."""
    lines = tuple(" ".join(line.split()).strip(" ,") for line in new.lines)
    lines = tuple(line for line in lines if line)
    code = postcode(new.postcode) or new.postcode.strip().upper()
    if not code and lines and postcode(lines[-1]):
        return replace(new, lines=lines[:-1], postcode=postcode(lines[-1]), note=new.note.strip())
    return replace(new, lines=lines, postcode=code, note=new.note.strip())


def faults(ctx: Context, new: KeepAddress) -> Iterator[UserError]:
    """Everything that can't stand in an address, each with its field."""
    texts = {"lines": "\n".join(new.lines), "postcode": new.postcode, "note": new.note}
    yield from text_faults(ctx, PersonAddress, texts, "address")
    yield from day_faults(ctx, new.from_on, new.to_on, None)
    if not new.lines:
        yield UserError("The address is missing.", "Type it, a line each.", "lines")
        return
    if len(new.lines) > _MOST_LINES:
        yield UserError(f"The address has more than {_MOST_LINES} lines.", "An envelope shows no more.", "lines")
    if new.postcode and not postcode(new.postcode):
        yield UserError(f"'{new.postcode}' isn't a postcode.", "Type one, such as ZZ1 2AB, or none.", "postcode")
    if new.kind is not AddressKind.CORRESPONDENCE:
        return
    wrong = address_fault("Name", (*new.lines, *([new.postcode] if new.postcode else [])))
    if wrong and len(new.lines) <= _MOST_LINES:
        yield UserError(wrong, "Letters can't go there.", "lines")
    if new.from_on is not None and new.from_on > ctx.clock.today():
        yield UserError(
            "Letters go there from the day it begins.",
            "Add it on that day, so that none goes there too early.",
            "from_on",
        )


def standing(ctx: Context, new: KeepAddress) -> PersonAddress | None:
    """The row that is changed; None where an address is added.

    Raises:
        UserError: it isn't there any more.
    """
    if new.address_id is None:
        return None
    row = ctx.session.get(PersonAddress, new.address_id)
    if row is None or row.person_id != new.person_id:
        raise UserError("That address isn't there any more.", "Open the account again.")
    return row


def letters_to(ctx: Context, person: Person, new: KeepAddress) -> str | None:
    """Where letters go once this is kept, lines parted by line breaks, empty for the home; None where that isn't touched."""
    row = standing(ctx, new)
    was = row is not None and _text(row) == person.correspondence_address
    if new.kind is AddressKind.CORRESPONDENCE and (new.to_on is None or new.to_on >= ctx.clock.today()):
        return "\n".join((*new.lines, *([new.postcode] if new.postcode else [])))
    return "" if was else None


def end_others(ctx: Context, new: KeepAddress) -> None:
    """Letters go to one address: the others for letters ended the day before this one begins, or yesterday."""
    if new.kind is not AddressKind.CORRESPONDENCE:
        return
    today = ctx.clock.today()
    last = min(new.from_on or today, today) - timedelta(days=1)
    others = select(PersonAddress).where(
        PersonAddress.person_id == new.person_id,
        PersonAddress.kind == AddressKind.CORRESPONDENCE,
        PersonAddress.id != (new.address_id or 0),
        or_(PersonAddress.to_on.is_(None), PersonAddress.to_on >= today),
    )
    for row in ctx.session.scalars(others):
        if row.from_on is not None and row.from_on > last:
            ctx.session.delete(row)
        else:
            row.to_on = last


def preview(ctx: Context, new: KeepAddress) -> tuple[Effect, ...]:
    """What keeping an address will do."""
    new = tidied(new)
    person = begin(ctx, new.person_id)
    row = standing(ctx, new)
    now = one_line(*new.lines, new.postcode)
    before = one_line(*row.lines.splitlines(), row.postcode) if row else ""
    found = [Effect("Address", f"{name_of(person)}: {_WORDS[new.kind]}", before if before != now else "", now)]
    to = letters_to(ctx, person, new)
    if to is not None and to != person.correspondence_address:
        was = one_line(*person.correspondence_address.splitlines()) or "the home"
        found.append(Effect("Letters", "Letters go to", was, one_line(*to.splitlines()) or "the home"))
        after = confirming.reach_of(person.phone, person.mobile, person.email, to)
        found += confirming.effects(confirming.plan(ctx, person, after))
        if to and new.to_on is not None:
            found.append(Effect("Tasks", "When it ends, a task asks where letters go"))
    return tuple(found)


_WORDS = {
    AddressKind.HOME: "home",
    AddressKind.CORRESPONDENCE: "where letters go",
    AddressKind.FORWARDING: "forwarding address",
    AddressKind.PREVIOUS: "where they lived before",
}


def _text(row: PersonAddress) -> str:
    return "\n".join((*row.lines.splitlines(), *([row.postcode] if row.postcode else [])))
