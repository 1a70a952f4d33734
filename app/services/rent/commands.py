"""What officers change of accounts and their people."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core import access, versions
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.rent.contacts import Contacts, faults, person_of
from app.services.rent.search import accounts_of_people, refresh_search


@requires(Permission.CHANGE_CONTACTS)
def change_contacts(ctx: Context, person_id: int, given: Contacts, version: int) -> Changes:
    """Keep how a person is reached, as changed from `version` of their record; they are found by a new number at once.

    Raises:
        UserError: something can't stand there (all of it at once), or it is a declared or restricted record.
        ChangedMeanwhile: somebody else saved in between.
    """
    access.touch_subject(ctx, Subject.PERSON, person_id)
    person = person_of(ctx, person_id)
    versions.refuse_old(person.version, version)
    wrong = [*faults(given), *_card_numbers(ctx, given)]
    if wrong:
        raise UserErrors(wrong)
    for name, value in given.columns().items():
        if getattr(person, name) != value:
            setattr(person, name, value)
    ctx.session.flush()
    accounts = accounts_of_people(ctx, [person_id])
    refresh_search(ctx, accounts)
    return Changes(frozenset({"rent"}), accounts)


def _card_numbers(ctx: Context, given: Contacts) -> list[UserError]:
    found = []
    for name, value in given.columns().items():
        try:
            refuse_card_number(ctx, value if isinstance(value, str) else "", "contact details", name)
        except UserError as error:
            found.append(error)
    return found
