"""What the database holds that a landlord's file may refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.charges import Charge, ChargeRun
from app.models.codes import TransactionCode
from app.models.people import Person, Tenant
from app.models.periods import Period
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import PeriodState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.imports.dto import Table
from app.services.imports.values import fold
from app.services.landlord_load.dto import (
    CodeFact,
    Known,
    KnownAccount,
    KnownCharge,
    KnownGroup,
    KnownPerson,
    KnownProperty,
    KnownTenancy,
)
from app.services.landlord_load.rules.postings import account_keys
from app.services.landlord_load.rules.sheet import Lettings, column, key, keys
from app.services.ledger import openings
from app.services.ledger import queries as ledger


def codes(ctx: Context) -> dict[str, CodeFact]:
    """The transaction codes, by code."""
    return {
        row.code: CodeFact(row.code, row.name, row.kind, row.allows_negative, row.active)
        for row in ctx.session.scalars(select(TransactionCode).order_by(TransactionCode.code))
    }


def known(ctx: Context, tables: Mapping[str, Table]) -> Known:
    """Everything of the database that the rules on these tables ask about."""
    session = ctx.session
    facts = Known(ctx.clock.today(), codes(ctx))
    facts.charged_to = session.scalar(select(func.max(ChargeRun.week_on)))
    facts.closed_to = session.scalar(select(func.max(Period.ends_on)).where(Period.state == PeriodState.CLOSED))
    for group in session.scalars(select(RentGroup).order_by(RentGroup.id)):
        found = KnownGroup(group.id, group.code, group.name, group.fund)
        facts.groups.setdefault(fold(group.name), found)
        facts.groups.setdefault(fold(group.code), found)
    _add_places(ctx, facts)
    if facts.tenancies:
        _add_accounts(ctx, facts)
        _add_posted(ctx, facts, tables)
        _add_charges(ctx, facts, tables.get("Charges"))
        _add_holders(ctx, facts, tables.get("Transactions"))
    return facts


def _add_places(ctx: Context, facts: Known) -> None:
    session = ctx.session
    homes: dict[int, str] = {}
    for place in session.execute(select(Property.id, Property.ref, Property.type, Property.rent_group_id)):
        homes[place.id] = key(place.ref)
        facts.properties[homes[place.id]] = KnownProperty(place.id, place.type, place.rent_group_id)
    who = func.coalesce(Person.merged_into_id, Person.id).label("id")  # whose record a merged one is part of now
    for person in session.execute(select(who, Person.ref, Person.title, Person.first_name, Person.last_name)):
        facts.people[key(person.ref)] = KnownPerson(person.id, person.title, person.first_name, person.last_name)
    statement = select(
        Tenancy.id, Tenancy.ref_key, Tenancy.property_id, Tenancy.tenure, Tenancy.start_on, Tenancy.end_on
    )
    for tenancy in session.execute(statement):
        home = homes[tenancy.property_id]
        facts.tenancies[tenancy.ref_key] = KnownTenancy(
            tenancy.id, home, tenancy.tenure, tenancy.start_on, tenancy.end_on
        )


def _add_accounts(ctx: Context, facts: Known) -> None:
    statement = (
        select(Account.id, Account.kind, Account.balance_pence, Account.reference_key, Tenancy.ref_key)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .order_by(Account.id)
    )
    for row in ctx.session.execute(statement):
        facts.accounts.setdefault((row.ref_key, row.kind), KnownAccount(row.id, row.balance_pence))
        if row.reference_key is not None:
            facts.references[row.reference_key] = row.ref_key


def _add_posted(ctx: Context, facts: Known, tables: Mapping[str, Table]) -> None:
    """What the ledger has on the accounts that balances or history come for."""
    lettings = Lettings(tables, facts)
    balances = tables.get("Balances")
    days: defaultdict[date, set[int]] = defaultdict(set)
    touched = {account for account in account_keys(tables.get("Transactions"), lettings) if account is not None}
    for account, as_at in zip(account_keys(balances, lettings), column(balances, "as_at"), strict=True):
        if account is not None:
            touched.add(account)
            standing = facts.accounts.get(account)
            if standing and as_at is not None:
                days[as_at].add(standing.id)
    by_id = {facts.accounts[account].id: account for account in touched if account in facts.accounts}
    opened = openings.opened(ctx, by_id.keys())
    for account_id, on in opened.items():
        standing = facts.accounts[by_id[account_id]]
        facts.accounts[by_id[account_id]] = KnownAccount(account_id, standing.balance_pence, posted=True, opened_by=on)
    for on, ids in days.items():
        for account_id, balance in ledger.balances(ctx, ids & opened.keys(), on).items():
            facts.ledger_pence[account_id, on] = balance.pence


def _add_charges(ctx: Context, facts: Known, table: Table | None) -> None:
    charged = {place for place in keys(table, "tenancy_ref") if place in facts.tenancies}
    ids = [account.id for (place, _), account in facts.accounts.items() if place in charged]
    columns = (Charge.id, Charge.account_id, Charge.code, Charge.amount_pence, Charge.from_on, Charge.to_on)
    for chunk in in_chunks(sorted(ids)):
        statement = select(*columns).where(Charge.account_id.in_(chunk)).order_by(Charge.account_id, Charge.from_on)
        for row in ctx.session.execute(statement):
            charge = KnownCharge(row.id, row.amount_pence, row.from_on, row.to_on)
            facts.charges.setdefault((row.account_id, row.code), []).append(charge)


def _add_holders(ctx: Context, facts: Known, table: Table | None) -> None:
    wanted = {facts.tenancies[place].id: place for place in keys(table, "tenancy_ref") if place in facts.tenancies}
    people = {fact.id: place for place, fact in facts.people.items()}
    for chunk in in_chunks(sorted(wanted)):
        statement = select(Tenant.tenancy_id, Tenant.person_id).where(Tenant.tenancy_id.in_(chunk))
        for row in ctx.session.execute(statement):
            place = wanted[row.tenancy_id]
            facts.holders[place] = (*facts.holders.get(place, ()), people[row.person_id])
