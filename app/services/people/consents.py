"""What may be agreed or objected to, and whether what was noted of it can stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.models.people import Consent
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.people.dto import SayConsent
from app.services.people.writing import begin, day_faults, name_of, text_faults

WHATS: Final = (
    "Sharing details with support agencies",
    "Sharing details with utility companies",
    "Reminders by text message",
    "Letters by e-mail",
    "Surveys",
    "News and offers of help",
    "Use of their photograph",
    "Use of their details by the landlord",
)
"""What people are commonly asked; an officer may write another."""

WAYS: Final = ("By telephone", "In writing", "By e-mail", "In person", "By signed form")
"""How somebody says so."""


def tidied(new: SayConsent) -> SayConsent:
    """As it is kept: no spaces at the ends."""
    return replace(new, what=" ".join(new.what.split()), how=new.how.strip(), note=new.note.strip())


def faults(ctx: Context, new: SayConsent) -> Iterator[UserError]:
    """Everything that can't stand there, each with its field."""
    yield from text_faults(ctx, Consent, {"what": new.what, "how": new.how, "note": new.note}, "consent")
    yield from day_faults(ctx, new.said_on, None, None)
    if not new.what:
        yield UserError("What they said it of is missing.", "Choose it, or write it.", "what")
    if not new.how:
        yield UserError("How they said so is missing.", "Choose it.", "how")
    if new.said_on > ctx.clock.today():
        yield UserError("They can't have said so yet.", "Check the day.", "said_on")


def preview(ctx: Context, new: SayConsent) -> tuple[Effect, ...]:
    """What noting it will do."""
    new = tidied(new)
    person = begin(ctx, new.person_id)
    if not new.what:
        return ()
    statement = (
        select(Consent)
        .where(Consent.person_id == person.id, Consent.what == new.what)
        .order_by(Consent.said_on.desc(), Consent.id.desc())
    )
    last = ctx.session.scalars(statement).first()
    before = f"{_SAID[last.agreed]} on {written(last.said_on)}" if last else "nothing said so far"
    after = f"{_SAID[new.agreed]} on {written(new.said_on)}"
    found = [Effect("Consent", f"{name_of(person)}: {new.what}", before, after)]
    if last is not None and last.said_on > new.said_on:
        found.append(Effect("Consent", "What they said later still counts", warns=True))
    return tuple(found)


_SAID: Final = {True: "agreed", False: "objected"}
