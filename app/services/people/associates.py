"""What is kept of somebody who belongs to a person: whether it can stand, and what it allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.models.people import Associate
from app.models.values import Authority
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.letters.rules import is_email
from app.services.people.dto import KeepAssociate
from app.services.people.writing import begin, day_faults, name_of, text_faults
from app.services.rent.contacts import number_faults

_TEXTS: Final = ("name", "relation", "organisation", "phone", "email", "address", "evidence")
COLUMNS: Final = (*_TEXTS, "authority", "next_of_kin", "other_id", "from_on", "to_on", "review_on")
"""The fields that are columns of the row."""

MAY: Final = {
    Authority.NONE: "is kept as somebody of",
    Authority.SPEAK: "may speak for",
    Authority.ACT: "may act for",
}
"""What each authority lets them do, between their name and the person's."""


def tidied(new: KeepAssociate) -> KeepAssociate:
    """As it is kept: no spaces at the ends, one between the parts of a name."""
    texts = {name: getattr(new, name).strip() for name in _TEXTS}
    return replace(new, **texts | {"name": " ".join(new.name.split())})


def faults(ctx: Context, new: KeepAssociate) -> Iterator[UserError]:
    """Everything that can't stand there, each with its field."""
    yield from text_faults(ctx, Associate, {name: getattr(new, name) for name in _TEXTS}, "record of a person")
    yield from day_faults(ctx, new.from_on, new.to_on, new.review_on)
    if not new.name:
        yield UserError("The name is missing.", "Type it as they are called.", "name")
    if not new.relation:
        yield UserError(
            "What they are to the tenant is missing.", "Such as: daughter, support worker, deputy.", "relation"
        )
    if new.authority is Authority.ACT and not new.evidence:
        yield UserError(
            "To act for somebody takes a power of attorney, a deputyship or an appointeeship.",
            "Say what was seen, or let them speak only.",
            "evidence",
        )
    if new.other_id is not None and new.other_id == new.person_id:
        yield UserError("Nobody speaks for themselves here.", "Choose somebody else.", "name")
    yield from number_faults(new.phone)
    if new.email and not is_email(new.email):
        yield UserError(f"'{new.email}' isn't an e-mail address.", "Type one, such as name@example.org.", "email")


def standing(ctx: Context, new: KeepAssociate) -> Associate | None:
    """The row that is changed; None where somebody is added.

    Raises:
        UserError: it isn't there any more.
    """
    if new.associate_id is None:
        return None
    row = ctx.session.get(Associate, new.associate_id)
    if row is None or row.person_id != new.person_id:
        raise UserError("They aren't there any more.", "Open the account again.")
    return row


def preview(ctx: Context, new: KeepAssociate) -> tuple[Effect, ...]:
    """What keeping it will do."""
    new = tidied(new)
    person = begin(ctx, new.person_id)
    row = standing(ctx, new)
    if not new.name or not new.relation:
        return ()
    called = f"{new.name} ({new.relation})"
    until = f" until {written(new.to_on)}" if new.to_on else ""
    before = MAY[row.authority] if row is not None and row.authority is not new.authority else ""
    found = [
        Effect("Authority", f"{called} {MAY[new.authority]} {name_of(person)}{until}", before and f"{before} them")
    ]
    if new.authority is not Authority.NONE and (new.to_on is None or new.to_on >= ctx.clock.today()):
        found.append(Effect("Authority", f"The head of the account says 'May {new.authority.value}: {called}'"))
    if new.authority is Authority.SPEAK and not new.evidence:
        found.append(Effect("Authority", "Nothing is noted of how the tenant agreed to it", warns=True))
    if new.next_of_kin:
        found.append(Effect("Authority", f"{new.name} is a next of kin"))
    if new.review_on is not None and new.to_on is None:
        found.append(Effect("Tasks", f"A task to look at it again is due on {written(new.review_on)}"))
    return tuple(found)
