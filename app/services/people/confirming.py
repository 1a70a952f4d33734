"""A change of contact is confirmed by the old way, without showing the new; never where a safety flag is set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Person, PersonFlag
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import PersonFlagKind, Subject
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.core.phones import same_number
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.letters import gathering
from app.services.letters import keeping as letters
from app.services.letters.dto import Channel, NewLetter, Variant
from app.services.letters.rules import Recipient, form_needed, judge, tidy_address
from app.services.people.rules import Reach, Way, confirmed_by, together, what_changed
from app.services.people.writing import name_of
from app.services.rent.marks import in_force
from app.services.rent.opening import account_of

TASK: Final = "confirm_contact"
"""The kind of the task by which an officer asks the person themselves."""
_DAYS: Final = 2
_TEMPLATES: Final = {
    Way.LETTER: ("contact_changed", Channel.LETTER, "A letter to where letters went until now"),
    Way.EMAIL: ("email_contact_changed", Channel.EMAIL, "An e-mail to the old address"),
    Way.TEXT: ("text_contact_changed", Channel.TEXT, "A text message to the old number"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a change is confirmed.

    Attributes:
        what: what changes, in words that show nothing of the new; empty where nothing does that needs confirming.
        account_id: whose letters it goes with.
        ways: by which it is confirmed; none where nothing may be sent.
        stopped: why one is not sent by some way, or by any; a task is made of it.
    """

    what: str = ""
    account_id: int | None = None
    ways: tuple[Way, ...] = ()
    stopped: tuple[str, ...] = ()


def reach_of(phone: str, mobile: str, email: str, letters_to: str) -> Reach:
    """How somebody is reached, as it is compared: a number written another way is the same number."""
    lines = tidy_address(letters_to.splitlines())
    number = same_number(mobile) or mobile.strip()
    return Reach(same_number(phone) or phone.strip(), number, email.strip().lower(), "\n".join(lines).casefold())


def reached(person: Person) -> Reach:
    """How a person is reached now."""
    return reach_of(person.phone, person.mobile, person.email, person.correspondence_address)


def plan(ctx: Context, person: Person, after: Reach) -> Plan:
    """How a change from what is kept of a person now to `after` is confirmed; nothing is sent by asking.

    The dead are not written to, nor is somebody without an account: there is nothing to confirm of them.
    """
    before = reached(person)
    changed = what_changed(before, after)
    account_id = account_of(ctx, Subject.PERSON, person.id)
    if not changed or account_id is None or person.died_on is not None:
        return Plan()
    what = together(changed)
    if is_unsafe(ctx, person.id):
        return Plan(what, account_id, (), ("A safety flag is set: whoever reads their post must not learn of it.",))
    if person.do_not_contact:
        return Plan(what, account_id, (), ("They are not to be contacted.",))
    ways, stopped = [], []
    for way in confirmed_by(before, after):
        stop = _stop(ctx, _new(ctx, person, account_id, way, what), way)
        if stop:
            stopped.append(stop)
        else:
            ways.append(way)
    return Plan(what, account_id, tuple(ways), tuple(dict.fromkeys(stopped)))


def confirm(ctx: Context, person: Person, made: Plan) -> str:
    """Send what the plan says, while the record still has the old way; call it before the record is changed.

    Returns:
        What was done, as a sentence; nothing where nothing had to be.
    """
    if made.account_id is None:
        return ""
    sent, stopped = [], list(made.stopped)
    for way in made.ways:
        try:
            with ctx.session.begin_nested():
                letters.queue_letter(ctx, _new(ctx, person, made.account_id, way, made.what))
            sent.append(way)
        except UserError as refused:
            stopped.append(refused.message)
    if stopped:
        _ask_by_hand(ctx, person, made, stopped)
    told = [f"{_TEMPLATES[way][2]} says so." for way in sent]
    if stopped:
        told.append("A task asks to confirm it with them.")
    return " ".join(told)


def effects(made: Plan) -> tuple[Effect, ...]:
    """What the plan will do, as the panel beside a form tells it."""
    if not made.what:
        return ()
    found = [
        Effect("Letters", f"{_TEMPLATES[way][2]} says that the {made.what} was changed, not to what")
        for way in made.ways
    ]
    found += [Effect("Tasks", f"Confirm it with them in person. {reason}", warns=True) for reason in made.stopped]
    return tuple(found)


def is_unsafe(ctx: Context, person_id: int) -> bool:
    """Whether a safety flag is set on somebody today."""
    today = ctx.clock.today()
    statement = select(PersonFlag.id).where(
        PersonFlag.person_id == person_id,
        PersonFlag.kind == PersonFlagKind.SAFETY,
        in_force(PersonFlag.from_on, PersonFlag.to_on, today),
    )
    return ctx.session.scalars(statement).first() is not None


def _stop(ctx: Context, new: NewLetter, way: Way) -> str:
    """Why it can't go that way; empty if it can."""
    to = gathering.recipient(ctx, new.account_id)
    if new.addressee and new.address:
        to = _in_place_of(to, new)
    if way is Way.LETTER:
        stops = judge(to, Channel.LETTER, new.variant).stops
        return stops[0] if stops else ""
    return f"Letters are on hold: {to.hold}" if to.hold else ""


def _in_place_of(to: Recipient, new: NewLetter) -> Recipient:
    """One of several tenants, for the checks of an address."""
    return replace(to, name=new.addressee, address=new.address, suspect="", do_not_contact=False)


def _new(ctx: Context, person: Person, account_id: int, way: Way, what: str) -> NewLetter:
    """What is sent. Where several hold the account it goes to the one whom it is about, and not to the others."""
    template, _, _ = _TEMPLATES[way]
    to = gathering.recipient(ctx, account_id)
    alone = to.person_id == person.id and to.name == name_of(person)
    where = {Way.EMAIL: person.email, Way.TEXT: person.mobile}.get(way, "")
    variant = form_needed([person.format_need])
    return NewLetter(
        template,
        account_id,
        answers={"what": what},
        variant=variant if way is Way.LETTER and variant is not Variant.STANDARD else None,
        recipient=where,
        subject=Subject.PERSON,
        subject_id=person.id,
        addressee="" if alone else name_of(person),
        address=() if alone or way is not Way.LETTER else _posted_to(ctx, person, to),
    )


def _posted_to(ctx: Context, person: Person, to: Recipient) -> tuple[str, ...]:
    """Where letters to one of several tenants went until now: their own address for letters, else the home."""
    if person.correspondence_address.strip():
        return tidy_address(person.correspondence_address.splitlines())
    if not to.elsewhere:
        return to.address
    statement = (
        select(Property.address_1, Property.address_2, Property.town, Property.postcode)
        .join(Tenancy, Tenancy.property_id == Property.id)
        .join(Account, Account.tenancy_id == Tenancy.id)
        .where(Account.id == to.account_id)
    )
    row = ctx.session.execute(statement).first()
    return tidy_address(row) if row else ()


def _ask_by_hand(ctx: Context, person: Person, made: Plan, stopped: list[str]) -> None:
    details = (
        f"The {made.what} was changed on {diary.written(ctx.clock.today())} by {ctx.officer.name}. "
        f"{' '.join(stopped)} Speak to them in a way that they agreed to, and say nothing to anybody else."
    )
    task = NewTask(
        f"Confirm with {name_of(person)} that the change of their {made.what} is theirs"[: diary.LONGEST_TITLE],
        diary.due_in(ctx, _DAYS),
        details,
        Subject.ACCOUNT,
        made.account_id,
        TASK,
    )
    diary.add_task(ctx, task)
