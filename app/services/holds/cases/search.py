"""The creditor search: every account of some people, living and former, homes, garages and recharges, and what they owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select

from app.models.accounts import Account
from app.models.holds import HoldCase, HoldDebt
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Money
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.holds.cases.dto import CaseDebtor, FoundDebt, SearchDebts
from app.services.ledger import queries as ledger


def search(ctx: Context, wanted: SearchDebts) -> tuple[FoundDebt, ...]:
    """Every account that these people hold or held, with what it owed on the day; what is owed comes first, the most on top.

    Restricted accounts that the officer may not open are left out: `closed_count` says how many.
    """
    shut = access.closed_accounts(ctx)
    rows = [row for row in _accounts(ctx, wanted.person_ids) if row.id not in shut]
    ids = [row.id for row in rows]
    owed = ledger.balances(ctx, ids, wanted.on)
    others = other_debtors(ctx, {row.tenancy_id for row in rows}, wanted.person_ids)
    own, elsewhere = _in_cases(ctx, ids, wanted.case_id)
    made = [
        FoundDebt(
            account_id=row.id,
            reference=row.payment_reference or f"account {row.id}",
            kind=row.kind,
            tenancy=", ".join(part for part in (row.address_1, row.postcode) if part),
            ended_on=row.end_on,
            owed=owed[row.id],
            now=Money(row.balance_pence),
            others=others.get(row.tenancy_id, ()),
            in_case=row.id in own,
            elsewhere=elsewhere.get(row.id, ""),
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda each: (-each.owed.pence, each.account_id)))


def closed_count(ctx: Context, wanted: SearchDebts) -> int:
    """How many of their accounts are restricted and not the officer's to open."""
    shut = access.closed_accounts(ctx)
    return sum(row.id in shut for row in _accounts(ctx, wanted.person_ids)) if shut else 0


def debtors(ctx: Context, account_id: int) -> tuple[CaseDebtor, ...]:
    """Whoever holds or held the tenancy of an account, in its order."""
    statement = (
        select(Person.id, Person.title, Person.first_name, Person.last_name)
        .join(Tenant, Tenant.person_id == Person.id)
        .join(Account, Account.tenancy_id == Tenant.tenancy_id)
        .where(Account.id == account_id)
        .order_by(Tenant.position, Person.id)
    )
    return tuple(CaseDebtor(each.id, _name(each)) for each in ctx.session.execute(statement))


def other_debtors(
    ctx: Context, tenancy_ids: Collection[int], person_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Who holds each of some tenancies and isn't one of some people, by name: a joint debt is theirs too, all of it."""
    today = ctx.clock.today()
    found: dict[int, list[str]] = defaultdict(list)
    for chunk in in_chunks(sorted(tenancy_ids)):
        statement = (
            select(Tenant.tenancy_id, Person.id, Person.title, Person.first_name, Person.last_name)
            .join(Person, Person.id == Tenant.person_id)
            .where(
                Tenant.tenancy_id.in_(chunk),
                Person.died_on.is_(None),
                or_(Tenant.to_on.is_(None), Tenant.to_on >= today),
            )
            .order_by(Tenant.tenancy_id, Tenant.position)
        )
        for row in ctx.session.execute(statement):
            if row.id not in person_ids:
                found[row.tenancy_id].append(_name(row))
    return {tenancy_id: tuple(names) for tenancy_id, names in found.items()}


def owed_on(ctx: Context, account_ids: Collection[int], on: date) -> dict[int, int]:
    """What each of some accounts owed at the end of a day, in pence; a credit is below nought."""
    return {account_id: money.pence for account_id, money in ledger.balances(ctx, account_ids, on).items()}


def _accounts(ctx: Context, person_ids: Collection[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    held = select(Tenant.tenancy_id).where(Tenant.person_id.in_(sorted(person_ids)))
    return ctx.session.execute(
        select(
            Account.id,
            Account.payment_reference,
            Account.kind,
            Account.tenancy_id,
            Account.balance_pence,
            Tenancy.end_on,
            Property.address_1,
            Property.postcode,
        )
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(Account.tenancy_id.in_(held), Account.kind != AccountKind.CONTROL)
        .order_by(Account.id)
    ).all()


def _in_cases(ctx: Context, account_ids: Collection[int], case_id: int | None) -> tuple[set[int], dict[int, str]]:
    """Which accounts are in this case, and which in another that is open, with its reference."""
    own: set[int] = set()
    elsewhere: dict[int, str] = {}
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(HoldDebt.account_id, HoldCase.id, HoldCase.reference)
            .join(HoldCase, HoldCase.id == HoldDebt.case_id)
            .where(HoldDebt.account_id.in_(chunk), HoldCase.ended_on.is_(None))
        )
        for account_id, found_id, reference in ctx.session.execute(statement):
            if found_id == case_id:
                own.add(account_id)
            else:
                elsewhere[account_id] = reference
    return own, elsewhere


def _name(row: Row[*tuple[Any, ...]]) -> str:
    return " ".join(part for part in (row.title, row.first_name, row.last_name) if part)
