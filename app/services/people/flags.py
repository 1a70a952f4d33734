"""What a flag on a person may hold, who may read its note, and what setting it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.models.people import PersonFlag
from app.models.values import PersonFlagKind
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.core.officers import role_names
from app.services.diary.keeping import written
from app.services.people.dto import KeepFlag
from app.services.people.writing import begin, day_faults, name_of, text_faults
from app.services.rent.marks import may_read


def tidied(new: KeepFlag) -> KeepFlag:
    """As it is kept: no spaces at the ends."""
    return replace(new, flag=" ".join(new.flag.split()), note=None if new.note is None else new.note.strip())


def faults(ctx: Context, new: KeepFlag, row: PersonFlag | None) -> Iterator[UserError]:
    """Everything that can't stand in a flag, each with its field."""
    yield from text_faults(ctx, PersonFlag, {"flag": new.flag, "note": new.note or ""}, "flag")
    yield from day_faults(ctx, new.from_on, new.to_on, new.review_on)
    if not new.flag:
        yield UserError("What the flag says is missing.", "A few words, such as: hard of hearing.", "flag")
    if new.seen_by and new.seen_by not in role_names(ctx.session):
        yield UserError("There is no such role.", "Choose one from the list.", "seen_by")
    if row is not None and not may_read(ctx, row.seen_by):
        same = (row.kind, row.flag, row.from_on, row.seen_by)
        if new.note or same != (new.kind, new.flag, new.from_on, new.seen_by):
            yield UserError(
                "Only those who may read its note may change the flag.", "You may end it, or change its review.", "flag"
            )


def standing(ctx: Context, new: KeepFlag) -> PersonFlag | None:
    """The row that is changed; None where a flag is set.

    Raises:
        UserError: it isn't there any more.
    """
    if new.flag_id is None:
        return None
    row = ctx.session.get(PersonFlag, new.flag_id)
    if row is None or row.person_id != new.person_id:
        raise UserError("That flag isn't there any more.", "Open the account again.")
    return row


def preview(ctx: Context, new: KeepFlag) -> tuple[Effect, ...]:
    """What setting, changing or ending a flag will do."""
    new = tidied(new)
    person = begin(ctx, new.person_id)
    standing(ctx, new)
    if not new.flag:
        return ()
    over = new.to_on is not None and new.to_on < ctx.clock.today()
    last = f", until {written(new.to_on)}" if new.to_on and not over else ""
    shown = "no longer stands" if over else "stands"
    found = [Effect("Flag", f"'{new.flag}' {shown} at the head of every account of {name_of(person)}{last}")]
    if new.seen_by and new.note != "":
        readers = role_names(ctx.session).get(new.seen_by, new.seen_by)
        found.append(
            Effect("Flag", f"Its note is read by those with the role {readers}; others see that there is a flag")
        )
        if not may_read(ctx, new.seen_by):
            found.append(Effect("Flag", "You can't read the note yourself once it is saved", warns=True))
    if new.kind is PersonFlagKind.SAFETY and not over:
        words = "A change of their contact details is confirmed in person: nothing is sent to the old address or number"
        found.append(Effect("Letters", words))
    if new.review_on is not None and new.to_on is None:
        found.append(Effect("Tasks", f"A task to look at it again is due on {written(new.review_on)}"))
    elif new.review_on is None and not new.to_on:
        found.append(Effect("Tasks", "No day is set to look at it again", warns=True))
    return tuple(found)
