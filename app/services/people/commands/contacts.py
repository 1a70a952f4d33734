"""How a person is reached, changed by an officer and confirmed by the old way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from app.models.people import Person, PersonAddress
from app.models.values import AddressKind
from app.services.core import versions
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.letters.rules import postcode
from app.services.people import confirming
from app.services.people.writing import begin, changed, refuse
from app.services.rent.contacts import Contacts, faults
from app.services.rent.search import refresh_search


@dataclass(frozen=True, slots=True)
class ContactsSaved:
    """What was changed, and what tells the person of it, in a sentence."""

    told: str
    changes: Changes


@requires(Permission.CHANGE_CONTACTS)
def change_contacts(ctx: Context, person_id: int, given: Contacts, version: int) -> ContactsSaved:
    """Keep how a person is reached, as changed from `version` of their record; they are found by a new number at once.

    Another number, e-mail address or address for letters is confirmed by the old way (`confirming`). The address for letters
    is kept in step with their addresses: the one before has ended, the new one begins today.

    Raises:
        UserError: something can't stand there (all of it at once), or it is a declared or restricted record.
        ChangedMeanwhile: somebody else saved in between.
    """
    person = begin(ctx, person_id)
    versions.refuse_old(person.version, version)
    refuse([*faults(given), *_card_numbers(ctx, given)])
    after = confirming.reach_of(given.phone, given.mobile, given.email, "\n".join(given.correspondence_address))
    told = confirming.confirm(ctx, person, confirming.plan(ctx, person, after))
    values = given.columns()
    moves = values["correspondence_address"] != person.correspondence_address
    for name, value in values.items():
        if getattr(person, name) != value:
            setattr(person, name, value)
    if moves:
        _keep_in_step(ctx, person, given.correspondence_address)
    ctx.session.flush()
    changes = changed(ctx, person_id)
    refresh_search(ctx, changes.account_ids)
    return ContactsSaved(f"The contact details are saved. {told}".strip(), changes)


def _keep_in_step(ctx: Context, person: Person, lines: tuple[str, ...]) -> None:
    """The address for letters that stood ended yesterday; the new one, if there is one, begins today."""
    today = ctx.clock.today()
    standing = select(PersonAddress).where(
        PersonAddress.person_id == person.id,
        PersonAddress.kind == AddressKind.CORRESPONDENCE,
        or_(PersonAddress.to_on.is_(None), PersonAddress.to_on >= today),
    )
    for row in ctx.session.scalars(standing):
        if row.from_on is not None and row.from_on >= today:
            ctx.session.delete(row)
        else:
            row.to_on = today - timedelta(days=1)
    if lines:
        code = postcode(lines[-1])
        text = "\n".join(lines[:-1] if code else lines)
        ctx.session.add(
            PersonAddress(
                person_id=person.id, kind=AddressKind.CORRESPONDENCE, lines=text, postcode=code, from_on=today
            )
        )


def _card_numbers(ctx: Context, given: Contacts) -> list[UserError]:
    found = []
    for name, value in given.columns().items():
        try:
            refuse_card_number(ctx, value if isinstance(value, str) else "", "contact details", name)
        except UserError as error:
            found.append(error)
    return found
