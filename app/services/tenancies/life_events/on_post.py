"""What was written to somebody and hasn't gone, and what is to be written now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.people import Person
from app.models.values import LifeEvent, PropertyType
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.letters import keeping as letters
from app.services.letters.commands.queue import cancel
from app.services.letters.dto import NewLetter, OutgoingState
from app.services.letters.shipped import shipped
from app.services.rent.rules import full_name
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import Held, accounts_held, held
from app.services.tenancies.life_events.registry import Hanging

_WAITING: Final = "Letters that wait"
_NEW: Final = "Letters to write"
_TEMPLATES: Final = {
    LifeEvent.MOVE: "moving_out",
    LifeEvent.HOSPITAL: "away_from_home",
    LifeEvent.PRISON: "away_from_home",
    LifeEvent.ABANDONMENT: "are_you_there",
    LifeEvent.RIGHT_TO_BUY: "home_bought",
}
_UNSENT: Final = (OutgoingState.WAITING.value, OutgoingState.QUEUED.value, OutgoingState.FAILED.value)


def register() -> None:
    """Plug in letters that wait, before anything else is done, and letters to be drafted, after the tenancies changed."""
    registry.register(Hanging("queued_letter", 10, _find_queued, _apply_queued))
    registry.register(Hanging("letter", 60, _find_new, _apply_new))


def _find_queued(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    accounts = accounts_held(ctx, happened)
    for chunk in in_chunks(sorted(accounts)):
        statement = (
            select(Outgoing)
            .where(Outgoing.account_id.in_(chunk), Outgoing.state.in_(_UNSENT))
            .order_by(Outgoing.asked_at, Outgoing.id)
        )
        for found in ctx.session.scalars(statement):
            each, account = accounts[found.account_id or 0]
            words = {Choice.STOP: "Cancelled", Choice.KEEP: "Goes out"}
            yield Hangs(
                "queued_letter",
                _WAITING,
                found.title,
                tuple(Option(choice, words[choice]) for choice in rules.queued_letter(happened.kind, joint=each.joint)),
                record_id=found.id,
                account_id=found.account_id,
                reference=account.reference,
            )


def _apply_queued(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if hangs.record_id is None:
        return Outcome("Goes out")
    if ctx.session.get_one(Outgoing, hangs.record_id).state == OutgoingState.CANCELLED:
        return Outcome("Cancelled with its letter")
    if choice is Choice.KEEP:
        return Outcome("Goes out")
    cancel(ctx, [hangs.record_id], f"{rules.WORDS[new.happened.kind]} on {written(new.happened.on)}")
    return Outcome("Cancelled")


def template_for(kind: LifeEvent, held: Held) -> str:
    """The letter that follows an event on a home; empty where none is usual."""
    if kind is LifeEvent.DEATH:
        return "joint_tenant_died" if held.joint else "after_a_death"
    return _TEMPLATES.get(kind, "")


def _find_new(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    for each in held(ctx, happened):
        template = template_for(happened.kind, each)
        if each.main is None or each.type is PropertyType.GARAGE or not template:
            continue
        yield Hangs(
            "letter",
            _NEW,
            shipped()[template].title,
            (
                Option(Choice.DO, "Drafted, and put to the letters that wait to be printed"),
                Option(Choice.KEEP, "Not written"),
            ),
            record_id=each.tenancy_id,
            account_id=each.main.account_id,
            reference=each.main.reference,
            why="It goes to whoever deals with the estate" if template == "after_a_death" else "",
        )


def _apply_new(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.account_id is None:
        return Outcome("Not written")
    happened = new.happened
    template = next(key for key, each in shipped().items() if each.title == hangs.what)
    letter = NewLetter(
        template,
        hangs.account_id,
        answers={"day": written(happened.on)},
        idempotency_key=f"life event {happened.kind.value} {happened.person_id} {happened.on} {hangs.account_id}",
    )
    if template == "after_a_death":
        letter = replace(letter, addressee=_addressee(ctx, new), address=tuple(new.address.splitlines()))
    try:
        with ctx.session.begin_nested():
            letters.queue_letter(ctx, letter)
    except UserError as refused:
        return Outcome(f"Not drafted: {refused.message} Write it by hand", done=False)
    return Outcome("Drafted; it waits to be printed")


def _addressee(ctx: Context, new: NoteLifeEvent) -> str:
    """Who deals with the estate, by name if it is known."""
    if new.contact_name.strip():
        return new.contact_name.strip()
    person = ctx.session.get_one(Person, new.happened.person_id)
    return f"The personal representatives of {full_name(person.title, person.first_name, person.last_name)}"[:200]
