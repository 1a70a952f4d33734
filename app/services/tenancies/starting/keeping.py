"""Starting a tenancy, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import update

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import ZERO, PropertyType, TenancyChange, Tenure
from app.services.benefits.keeping import tenancy_changed
from app.services.charges.differences import linked_accounts, post_differences
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.people.dto import NewPerson
from app.services.people.keeping import add_person
from app.services.people.matching import likely
from app.services.rent.keeping import NewAccount, open_account
from app.services.rent.rules import full_name, joined_names, reference_key
from app.services.rent.search import accounts_of_people
from app.services.tenancies import garages, keeping
from app.services.tenancies.starting import facts, following, rules
from app.services.tenancies.starting.dto import Facts, NewTenant, Started, StartTenancy
from app.services.tenancies.voids.keeping import let_again

AREAS: Final = frozenset({"rent", "tenancies", "diary", "letters", "documents", "ledger", "charges"})


def start(ctx: Context, new: StartTenancy) -> Started:
    """Start a tenancy: its tenants, its account with its charges, what the weeks charged already should have had, the letter.

    From the next weekly charge on it is charged by itself.

    Raises:
        UserError: the property is let, a tenant holds another home, the day is too far off, the charges aren't those of the
            tenure, somebody very like a new tenant is there already, or the officer may not work on it; everything at once.
    """
    _take_turns(ctx, new.property_id)
    place = facts.property_of(ctx, new.property_id)
    found = facts.gather(ctx, new)
    _refuse_unfit(ctx, new, found)
    people = [person_of(ctx, tenant) for tenant in new.tenants]
    access.touch(ctx, accounts_of_people(ctx, [person.id for person in people]))
    tenancy = _write_tenancy(ctx, new, people)
    _link_garages(ctx, new, place, tenancy, people)
    account = _write_account(ctx, new, place, tenancy)
    let_again(ctx, place.id, new.start_on)
    keeping.record(ctx, tenancy.id, TenancyChange.STARTED, new.start_on, _words(new), new.before_id)
    ctx.session.flush()
    why = f"Tenancy {tenancy.ref} started in a week that was charged"
    accounts = linked_accounts(ctx, {account.id})
    posted = post_differences(ctx, accounts, new.start_on, why, f"tenancy:{tenancy.id}:started")
    for home in found.homes:
        tenancy_changed(ctx, home.tenancy_id, "A tenant takes another home", new.start_on)
    letter_id, not_written = following.follow(ctx, new, account)
    return Started(
        tenancy_id=tenancy.id,
        tenancy_ref=tenancy.ref,
        account_id=account.id,
        reference=account.payment_reference or "",
        journal=posted.journal if posted else None,
        letter_id=letter_id,
        not_written=not_written,
        changes=Changes(AREAS),
    )


def _refuse_unfit(ctx: Context, new: StartTenancy, found: Facts) -> None:
    wrong = [*rules.faults(new, found), *alike(ctx, new)]
    if wrong:
        raise UserErrors(wrong)
    for text, field in ((new.account_name, "account_name"), (new.second_home, "second_home")):
        refuse_card_number(ctx, text, "text", field)


def account_name(ctx: Context, new: StartTenancy) -> str:
    """The name that letters will carry: as it is given, or the tenants'."""
    if new.account_name.strip():
        return new.account_name.strip()
    names: list[str] = []
    for tenant in new.tenants:
        person = ctx.session.get(Person, tenant.person_id) if tenant.person_id is not None else tenant
        if person is not None:
            names.append(full_name(person.title.strip(), person.first_name.strip(), person.last_name.strip()))
    return joined_names(names)


def _take_turns(ctx: Context, property_id: int) -> None:
    """Lock the property's row, so that two officers who let it at the same moment come one after the other."""
    place = update(Property).where(Property.id == property_id).values(ref=Property.ref)
    ctx.session.execute(place, execution_options={"synchronize_session": False})


def alike(ctx: Context, new: StartTenancy) -> list[UserError]:
    """Somebody to be made who is very likely there already, unless whoever looked says that they are somebody else."""
    wrong: list[UserError] = []
    for tenant in new.tenants:
        if tenant.person_id is not None or tenant.another or not tenant.last_name.strip():
            continue
        phone = tenant.mobile or tenant.phone
        found = likely(ctx, tenant.first_name, tenant.last_name, tenant.date_of_birth, phone, tenant.email, "")
        sure = next((match for match in found if match.sure), None)
        if sure is not None:
            where = f", {sure.address}" if sure.address else ""
            text = f"{sure.name} ({sure.reference}{where}) may be the same person: {sure.why}."
            wrong.append(UserError(text, "Choose that person, or say that this is somebody else.", "tenants"))
    return wrong


def person_of(ctx: Context, tenant: NewTenant) -> Person:
    """The person that is named; whoever is new is made.

    Raises:
        UserError: something about whoever is new can't be taken (`people.keeping.add_person`).
    """
    if tenant.person_id is not None:
        return ctx.session.get_one(Person, tenant.person_id)
    return add_person(
        ctx,
        NewPerson(
            tenant.title,
            tenant.first_name,
            tenant.last_name,
            tenant.date_of_birth,
            tenant.mobile,
            tenant.phone,
            tenant.email,
        ),
    )


def _write_tenancy(ctx: Context, new: StartTenancy, people: Sequence[Person]) -> Tenancy:
    limits = facts.limits(ctx, new.start_on)
    trial, term = new.trial_ends_on, new.term_ends_on
    if new.tenure is Tenure.INTRODUCTORY and trial is None:
        trial = rules.months_on(new.start_on, limits.trial_months)
    if new.tenure is Tenure.FLEXIBLE and term is None:
        term = rules.months_on(new.start_on, 12 * limits.term_years)
    ref = keeping.next_tenancy_reference(ctx)
    tenancy = Tenancy(
        ref=ref,
        ref_key=reference_key(ref),
        property_id=new.property_id,
        tenure=new.tenure,
        start_on=new.start_on,
        payment_method=new.payment_method,
        trial_ends_on=trial,
        term_ends_on=term,
        before_id=new.before_id,
        succeeded=new.succeeded,
    )
    ctx.session.add(tenancy)
    ctx.session.flush()
    ctx.session.add_all(
        [Tenant(tenancy_id=tenancy.id, person_id=person.id, position=place) for place, person in enumerate(people, 1)]
    )
    ctx.session.flush()
    return tenancy


def _link_garages(ctx: Context, new: StartTenancy, place: Property, tenancy: Tenancy, people: Sequence[Person]) -> None:
    """A garage goes with the home that it is let with; a home has the garages that its tenants rented with it before."""
    if place.type is PropertyType.DWELLING:
        kept = garages.of_the_home(ctx, place.id, [person.id for person in people], new.start_on)
        for garage_id, near in kept.items():
            keeping.link_garage(ctx, garage_id, tenancy.id, near=near)
    elif new.home_id is not None:
        keeping.link_garage(ctx, tenancy.id, new.home_id, near=new.near_home)


def _write_account(ctx: Context, new: StartTenancy, place: Property, tenancy: Tenancy) -> Account:
    kind = rules.main_account_kind(new, place.type)
    opened = NewAccount(tenancy.id, kind, place.rent_group_id, account_name(ctx, new), new.start_on)
    account = open_account(ctx, opened)
    ctx.session.add_all(
        [
            Charge(account_id=account.id, code=each.code, amount_pence=each.amount.pence, from_on=new.start_on)
            for each in new.charges
        ]
    )
    ctx.session.flush()
    return account


def _words(new: StartTenancy) -> str:
    """The line of the history; who holds it is not in it."""
    weekly = sum((each.amount for each in new.charges), ZERO)
    words = f"Started as {rules.TENURE_WORDS[new.tenure]}"
    return f"{words} at {weekly} a week." if weekly else f"{words}."
