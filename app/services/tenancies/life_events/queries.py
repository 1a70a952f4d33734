"""Whose life event it is, what hangs on them, and what noting it would do."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.values import Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.rent.rules import full_name
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Whom

_DONE: Final = {
    Choice.MOVE: "Passes on",
    Choice.STOP: "Stops",
    Choice.DO: "Is done",
    Choice.LATER: "Becomes a task",
    Choice.KEEP: "Stays as it is",
}
"""The headings under which what is chosen is told, in their order."""


def whom(ctx: Context, account_id: int) -> tuple[Whom, ...]:
    """The people of an account's tenancy who hold it now, whoever is named first before the others."""
    access.open_account(ctx, account_id)
    today = ctx.clock.today()
    statement = (
        select(Person)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Account, Account.tenancy_id == Tenant.tenancy_id)
        .where(Account.id == account_id, or_(Tenant.to_on.is_(None), Tenant.to_on >= today))
        .order_by(Tenant.position, Person.id)
    )
    return tuple(
        Whom(each.id, full_name(each.title, each.first_name, each.last_name), each.died_on)
        for each in ctx.session.scalars(statement)
    )


def what_hangs(ctx: Context, happened: Happened) -> tuple[Hangs, ...]:
    """All that hangs on somebody, on every account, in the order in which it is dealt with.

    Raises:
        UserError: there is no such person, the day can't be, or a record of theirs is restricted.
    """
    person = somebody(ctx, happened.person_id)
    access.open_subject(ctx, Subject.PERSON, person.id)
    rules.check_days(happened.kind, happened.on, ctx.clock.today(), ctx.clock.today(), person.date_of_birth)
    return registry.find(ctx, happened)


def preview(ctx: Context, new: NoteLifeEvent) -> tuple[Effect, ...]:
    """What noting the event would do, by what was chosen; of an ending, its last day and sums.

    Raises:
        UserError: as `what_hangs`.
    """
    found = what_hangs(ctx, new.happened)
    chosen = [(each, new.choices.get(each.key, each.proposed)) for each in found]
    effects = [
        effect
        for choice in _DONE
        for each, decided in chosen
        if decided is choice
        for effect in (_effect(each, choice), *registry.of(each.source).tell(ctx, new, each, choice))
    ]
    return tuple(effects)


def _effect(hangs: Hangs, choice: Choice) -> Effect:
    where = f"{hangs.what}, {hangs.reference}" if hangs.reference else hangs.what
    return Effect(_DONE[choice], where, after=hangs.words(choice), warns=hangs.warns and choice is Choice.KEEP)


def somebody(ctx: Context, person_id: int) -> Person:
    """The person.

    Raises:
        UserError: there is none of this number, or the record was merged into another.
    """
    found = ctx.session.get(Person, person_id)
    if found is None or found.merged_into_id is not None:
        raise UserError("That person is no longer there.", "Find them again.", "person_id")
    return found
