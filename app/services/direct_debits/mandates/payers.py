"""Who pays a mandate: one of our people, or somebody else with an address; never somebody who has died."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Associate, Person, Tenant
from app.models.tenancies import Tenancy
from app.services.bacs import rules as bacs
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.tenants import holds
from app.services.direct_debits.mandates.dto import Payer
from app.services.letters.rules import address_fault, tidy_address

_LONGEST_ADDRESS: Final = 400


def payer_name(typed: str) -> str:
    """The payer's name as it is kept.

    Raises:
        UserError: it is missing or long, or nothing of it can be written in a Bacs file.
    """
    try:
        return bacs.payee_name(typed)
    except UserError as error:
        raise UserError(error.message.replace("payee", "payer"), error.hint, "payer_name") from None


def checked_person(ctx: Context, person_id: int | None) -> int | None:
    """The person who pays; whoever they were merged into.

    Raises:
        UserError: there is none, they have died, or the record isn't the officer's to open.
    """
    if person_id is None:
        return None
    person = ctx.session.get(Person, person_id)
    if person is not None and person.merged_into_id is not None:
        person = ctx.session.get(Person, person.merged_into_id)
    if person is None or person.id in access.closed_people(ctx):
        raise UserError("There is no such person.", "Find the payer again.", "person_id")
    if person.died_on is not None:
        raise UserError(
            f"The payer is recorded as having died on {person.died_on.day} {person.died_on:%b %Y}.",
            "A mandate ends with its payer: whoever pays from now on gives their own.",
            "person_id",
        )
    return person.id


def checked_address(typed: str) -> str:
    """Where letters to a payer go who is none of our people, as it is kept.

    Raises:
        UserError: letters can't go there.
    """
    lines = tidy_address(typed.splitlines())
    if not lines:
        return ""
    fault = address_fault("Name", lines)
    if fault or len("\n".join(lines)) > _LONGEST_ADDRESS:
        raise UserError(fault or "The address is too long.", "Letters can't go there.", "payer_address")
    return "\n".join(lines)


def choices(ctx: Context, account: Account) -> tuple[Payer, ...]:
    """Who may pay an account: its tenants, then those who are known to belong to them and are people of ours."""
    return tuple(_tenants(ctx, account)) + tuple(_associates(ctx, account))


def _tenants(ctx: Context, account: Account) -> Iterator[Payer]:
    today = ctx.clock.today()
    rows = (
        select(Person)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Tenant.tenancy_id == account.tenancy_id, holds(today), Person.died_on.is_(None))
        .order_by(Tenant.position, Person.id)
    )
    for person in ctx.session.scalars(rows):
        yield Payer(person.id, name_of(person), person.correspondence_address)


def _associates(ctx: Context, account: Account) -> Iterator[Payer]:
    today = ctx.clock.today()
    rows = (
        select(Person, Associate.relation)
        .join(Associate, Associate.other_id == Person.id)
        .join(Tenant, Tenant.person_id == Associate.person_id)
        .where(
            Tenant.tenancy_id == account.tenancy_id,
            Person.died_on.is_(None),
            Person.merged_into_id.is_(None),
            Associate.from_on <= today,
            Associate.to_on.is_(None) | (Associate.to_on >= today),
        )
        .order_by(Person.id)
    )
    closed = access.closed_people(ctx)
    for person, relation in ctx.session.execute(rows):
        if person.id not in closed:
            yield Payer(person.id, f"{name_of(person)} ({relation})", person.correspondence_address)


def name_of(person: Person) -> str:
    """Somebody's name as it is written: `Mx Alex Sample`."""
    return " ".join(each for each in (person.title, person.first_name, person.last_name) if each)
