"""Tenancies' debts with everything that is known of them, for the officers who build and put forward cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import ZERO, AccountKind, Money
from app.services.adjustments.write_offs import evidence, owed
from app.services.adjustments.write_offs.dto import Debtor, Elsewhere, Facts, Insolvency
from app.services.adjustments.write_offs.evidence import Letter
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger.dto import LedgerPage
from app.services.ledger.queries import ledger_pages

_LETTINGS: Final = frozenset({AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD})


class Besides(NamedTuple):
    """What a case says itself: its documents, and the day of a written acknowledgement."""

    evidence: int = 0
    acknowledged_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of some tenancies at once; by tenancy, by person or by account."""

    today: date
    restarts: str
    tenancies: Mapping[int, Tenancy]
    accounts: Mapping[int, list[Account]]
    people: Mapping[int, list[Person]]
    elsewhere: Mapping[int, list[Elsewhere]]
    pages: Mapping[int, LedgerPage]
    letters: Mapping[int, list[Letter]]
    insolvencies: Mapping[int, dict[int, Insolvency]]
    stopped: Mapping[int, str]
    breathing: Mapping[int, date]
    arrangements: Mapping[int, str]
    written_off: Mapping[int, Money]


def facts(ctx: Context, tenancy_id: int, besides: Besides | None = None) -> Facts:
    """Everything that is known of what is owed under a tenancy.

    Raises:
        UserError: there is no such tenancy, or it has no accounts.
    """
    return facts_of(ctx, [(tenancy_id, besides or Besides())])[0]


def facts_of(ctx: Context, asked: Sequence[tuple[int, Besides]]) -> list[Facts]:
    """The same of many cases, each of a tenancy; in so many statements, however many cases there are.

    Raises:
        UserError: as `facts`.
    """
    known = _read(ctx, sorted({tenancy_id for tenancy_id, _ in asked}))
    return [_facts(known, tenancy_id, besides) for tenancy_id, besides in asked]


def tenancy_of(ctx: Context, account_id: int) -> int:
    """The tenancy of an account.

    Raises:
        UserError: it belongs to none.
    """
    found = ctx.session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
    if found is None:
        raise UserError("This account belongs to no tenancy, so nobody owes it.", "Choose a tenant's account.")
    return found


def _read(ctx: Context, tenancy_ids: Sequence[int]) -> _Known:
    today = ctx.clock.today()
    tenancies: dict[int, Tenancy] = {}
    accounts: dict[int, list[Account]] = defaultdict(list)
    for chunk in in_chunks(tenancy_ids):
        tenancies |= {each.id: each for each in ctx.session.scalars(select(Tenancy).where(Tenancy.id.in_(chunk)))}
        theirs = select(Account).where(Account.tenancy_id.in_(chunk)).order_by(Account.id)
        for account in ctx.session.scalars(theirs.execution_options(populate_existing=True)):
            accounts[account.tenancy_id or 0].append(account)
    if any(each not in tenancies or each not in accounts for each in tenancy_ids):
        raise UserError("There is no such tenancy.", "Choose it by its account.")
    people, elsewhere = _people(ctx, tenancy_ids), _elsewhere(ctx, tenancy_ids, today)
    ids = sorted(each.id for found in accounts.values() for each in found)
    every = {*ids, *(each.account_id for found in elsewhere.values() for each in found)}
    return _Known(
        today=today,
        restarts=ctx.policy.value("write_offs.payment_restarts", today),
        tenancies=tenancies,
        accounts=accounts,
        people=people,
        elsewhere=elsewhere,
        pages=ledger_pages(ctx, ids),
        letters=evidence.letters(ctx, ids),
        insolvencies=evidence.insolvencies(ctx, {each.id for found in people.values() for each in found}),
        stopped=evidence.stopped(ctx, ids),
        breathing=evidence.breathing_until(ctx, ids),
        arrangements=evidence.arrangements(ctx, ids),
        written_off=evidence.written_off(ctx, every),
    )


def _people(ctx: Context, tenancy_ids: Sequence[int]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {each: [] for each in tenancy_ids}
    for chunk in in_chunks(tenancy_ids):
        statement = select(Tenant.tenancy_id, Person).join(Person, Person.id == Tenant.person_id)
        statement = statement.where(Tenant.tenancy_id.in_(chunk)).order_by(Tenant.position, Person.id)
        for tenancy_id, person in ctx.session.execute(statement):
            found[tenancy_id].append(person)
    return found


def _elsewhere(ctx: Context, tenancy_ids: Sequence[int], today: date) -> dict[int, list[Elsewhere]]:
    """The accounts of the other tenancies that the people of each hold or held."""
    own, other = aliased(Tenant), aliased(Tenant)
    found: dict[int, list[Elsewhere]] = {each: [] for each in tenancy_ids}
    for chunk in in_chunks(tenancy_ids):
        rows = ctx.session.execute(
            select(
                own.tenancy_id,
                Account.id,
                Account.payment_reference,
                Account.kind,
                Account.balance_pence,
                Tenancy.end_on,
            )
            .join(other, other.person_id == own.person_id)
            .join(Account, Account.tenancy_id == other.tenancy_id)
            .join(Tenancy, Tenancy.id == other.tenancy_id)
            .where(own.tenancy_id.in_(chunk), other.tenancy_id != own.tenancy_id)
            .order_by(Account.id)
            .distinct()
        )
        for tenancy_id, account_id, reference, kind, pence, end_on in rows:
            live = kind in _LETTINGS and (end_on is None or end_on >= today)
            found[tenancy_id].append(Elsewhere(account_id, reference or "", kind, Money(pence), live))
    return found


def _facts(known: _Known, tenancy_id: int, besides: Besides) -> Facts:
    tenancy, accounts = known.tenancies[tenancy_id], known.accounts[tenancy_id]
    ids, people, elsewhere = [each.id for each in accounts], known.people[tenancy_id], known.elsewhere[tenancy_id]
    debts = owed.debts_of(accounts, known.pages, known.today, known.restarts, besides.acknowledged_on)
    oldest = min((each.oldest_on for each in debts if each.oldest_on), default=date.min)
    letters = [each for one in ids for each in known.letters.get(one, ()) if each.on >= oldest]
    cases = {key: each for one in people for key, each in known.insolvencies.get(one.id, {}).items()}
    return Facts(
        today=known.today,
        tenancy_id=tenancy_id,
        tenancy_ref=tenancy.ref,
        ended_on=tenancy.end_on,
        debts=debts,
        elsewhere=tuple(elsewhere),
        debtors=tuple(_debtor(each, known) for each in people),
        letters=len(letters),
        last_letter_on=max((each.on for each in letters), default=None),
        returned_on=max((each.returned_on for each in letters if each.returned_on), default=None),
        last_payment=_last_payment([known.pages[each] for each in ids]),
        insolvencies=tuple(cases[key] for key in sorted(cases)),
        stopped={each: known.stopped[each] for each in ids if each in known.stopped},
        breathing_until=max((known.breathing[each] for each in ids if each in known.breathing), default=None),
        arrangement=next((known.arrangements[each] for each in ids if each in known.arrangements), ""),
        written_off=sum(
            (known.written_off.get(each, ZERO) for each in {*ids, *(one.account_id for one in elsewhere)}), ZERO
        ),
        evidence=besides.evidence,
    )


def _debtor(person: Person, known: _Known) -> Debtor:
    name = f"{person.first_name} {person.last_name}".strip()
    kinds = frozenset(each.kind for each in known.insolvencies.get(person.id, {}).values())
    return Debtor(person.id, name, person.died_on, kinds)


def _last_payment(pages: Collection[LedgerPage]) -> tuple[date, Money] | None:
    paid = [(line.effective_on, abs(line.amount)) for page in pages for line in page.lines if owed.is_payment(line)]
    return max(paid, key=lambda each: each[0], default=None)
