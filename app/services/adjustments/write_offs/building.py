"""A tenancy's debt with everything that is known of it, for the officer who builds a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, CodeKind, ExplainGroup, HoldKind, Money
from app.services.adjustments.write_offs import evidence, rules
from app.services.adjustments.write_offs.dto import Debt, Debtor, Elsewhere, Facts, Movement, OwedPart
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger.dto import LedgerLine, LedgerPage
from app.services.ledger.queries import ledger_pages

_OWN: Final = frozenset({ExplainGroup.CASH, ExplainGroup.DIRECT_DEBIT})
_RENT: Final = frozenset({AccountKind.RENT, AccountKind.FORMER_TENANT})
"""A tenancy's rent goes on from the one to the other when it ends: their lines are read as one account's."""
_LETTINGS: Final = frozenset({AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD})


class Besides(NamedTuple):
    """What a case says itself: its documents, and the day of a written acknowledgement."""

    evidence: int = 0
    acknowledged_on: date | None = None


def facts(ctx: Context, tenancy_id: int, besides: Besides | None = None) -> Facts:
    """Everything that is known of what is owed under a tenancy.

    Raises:
        UserError: there is no such tenancy, or it has no accounts.
    """
    besides = besides or Besides()
    tenancy = ctx.session.get(Tenancy, tenancy_id)
    accounts = ctx.session.scalars(select(Account).where(Account.tenancy_id == tenancy_id).order_by(Account.id)).all()
    if tenancy is None or not accounts:
        raise UserError("There is no such tenancy.", "Choose it by its account.")
    ids = [each.id for each in accounts]
    people = _people(ctx, tenancy_id)
    elsewhere = _elsewhere(ctx, tenancy_id, [each.id for each in people])
    kinds, cases = evidence.insolvencies(ctx, [each.id for each in people])
    pages = ledger_pages(ctx, ids)
    debts = _debts(ctx, accounts, pages, besides.acknowledged_on)
    oldest = min((each.oldest_on for each in debts if each.oldest_on), default=None)
    letters = evidence.letters(ctx, ids, oldest)
    theirs = [*ids, *(each.account_id for each in elsewhere)]
    return Facts(
        today=ctx.clock.today(),
        tenancy_id=tenancy_id,
        tenancy_ref=tenancy.ref,
        ended_on=tenancy.end_on,
        debts=debts,
        elsewhere=elsewhere,
        debtors=tuple(_debtor(each, kinds) for each in people),
        letters=letters.number,
        last_letter_on=letters.last_on,
        returned_on=letters.returned_on,
        last_payment=_last_payment(pages),
        insolvencies=cases,
        stopped=evidence.stopped(ctx, ids),
        breathing_until=evidence.breathing_until(ctx, ids),
        arrangement=evidence.arrangement(ctx, ids),
        written_off=evidence.written_off(ctx, theirs),
        evidence=besides.evidence,
    )


def tenancy_of(ctx: Context, account_id: int) -> int:
    """The tenancy of an account.

    Raises:
        UserError: it belongs to none.
    """
    found = ctx.session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
    if found is None:
        raise UserError("This account belongs to no tenancy, so nobody owes it.", "Choose a tenant's account.")
    return found


def _people(ctx: Context, tenancy_id: int) -> Sequence[Person]:
    statement = select(Person).join(Tenant, Tenant.person_id == Person.id).where(Tenant.tenancy_id == tenancy_id)
    return ctx.session.scalars(statement.order_by(Tenant.position, Person.id)).all()


def _debtor(person: Person, kinds: Mapping[int, frozenset[HoldKind]]) -> Debtor:
    name = f"{person.first_name} {person.last_name}".strip()
    return Debtor(person.id, name, person.died_on, kinds.get(person.id, frozenset()))


def _elsewhere(ctx: Context, tenancy_id: int, people: Sequence[int]) -> tuple[Elsewhere, ...]:
    """The accounts of the other tenancies that these people hold or held, in one statement."""
    today = ctx.clock.today()
    others = select(Tenant.tenancy_id).where(Tenant.person_id.in_(people), Tenant.tenancy_id != tenancy_id)
    rows = ctx.session.execute(
        select(Account, Tenancy.end_on)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.tenancy_id.in_(others))
        .order_by(Account.id)
    )
    return tuple(
        Elsewhere(
            each.id,
            each.payment_reference or "",
            each.kind,
            Money(each.balance_pence),
            each.kind in _LETTINGS and (end_on is None or end_on >= today),
        )
        for each, end_on in rows
    )


def _debts(
    ctx: Context, accounts: Sequence[Account], pages: Mapping[int, LedgerPage], acknowledged_on: date | None
) -> tuple[Debt, ...]:
    today = ctx.clock.today()
    restarts = ctx.policy.value("write_offs.payment_restarts", today) == "yes"
    rent = [each for each in accounts if each.kind in _RENT]
    groups = [rent, *([each] for each in accounts if each.kind not in _RENT)]
    parts_of: dict[int, tuple[OwedPart, ...]] = {}
    for group in groups:
        moves = _movements([line for each in group for line in pages[each.id].lines])
        parts = rules.owed_parts(moves, payment_restarts=restarts, acknowledged_on=acknowledged_on)
        for each in sorted(group, key=lambda one: one.kind is not AccountKind.FORMER_TENANT):
            parts_of[each.id], parts = _first(parts, max(0, each.balance_pence))
    return tuple(_debt(each, parts_of[each.id], today) for each in accounts if each.balance_pence)


def _debt(account: Account, parts: tuple[OwedPart, ...], today: date) -> Debt:
    return Debt(
        account.id,
        account.payment_reference or "",
        account.name,
        account.kind,
        Money(account.balance_pence),
        parts,
        rules.barred(parts, today),
        rules.by_year(parts),
    )


def _movements(lines: Sequence[LedgerLine]) -> list[Movement]:
    """The lines of some accounts as one account's: what a journal only carries from one of them to another is left out."""
    carried: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.kind is CodeKind.TRANSFER:
            carried[line.journal] += line.amount.pence
    return [
        Movement(
            line.rent_week or line.effective_on if line.kind is CodeKind.CHARGE else line.effective_on,
            line.amount.pence,
            paid=line.kind is CodeKind.RECEIPT and line.group in _OWN,
        )
        for line in lines
        if line.kind is not CodeKind.TRANSFER or carried[line.journal]
    ]


def _first(parts: tuple[OwedPart, ...], pence: int) -> tuple[tuple[OwedPart, ...], tuple[OwedPart, ...]]:
    """The oldest parts up to an amount, and the rest."""
    taken: list[OwedPart] = []
    for at, part in enumerate(parts):
        if not pence:
            return tuple(taken), parts[at:]
        amount = min(part.amount.pence, pence)
        taken.append(OwedPart(part.due_on, Money(amount), part.last_on))
        pence -= amount
        if amount < part.amount.pence:
            rest = OwedPart(part.due_on, Money(part.amount.pence - amount), part.last_on)
            return tuple(taken), (rest, *parts[at + 1 :])
    return tuple(taken), ()


def _last_payment(pages: Mapping[int, LedgerPage]) -> tuple[date, Money] | None:
    paid = [
        (line.effective_on, abs(line.amount))
        for page in pages.values()
        for line in page.lines
        if line.kind is CodeKind.RECEIPT and line.group in _OWN and line.amount.pence < 0
    ]
    return max(paid, key=lambda each: each[0], default=None)
