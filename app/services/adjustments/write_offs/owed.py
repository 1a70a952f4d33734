"""What is owed on the accounts of a tenancy, by the day each part fell due, with the time in which it can be sued for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from app.models.accounts import Account
from app.models.values import AccountKind, CodeKind, ExplainGroup, Money
from app.services.adjustments.write_offs import rules
from app.services.adjustments.write_offs.dto import Debt, Movement, OwedPart
from app.services.ledger.dto import LedgerLine, LedgerPage

_OWN: Final = frozenset({ExplainGroup.CASH, ExplainGroup.DIRECT_DEBIT})
_CARRIED: Final = frozenset({AccountKind.RENT, AccountKind.FORMER_TENANT})
"""A tenancy's rent goes on from the one to the other when it ends: their lines are read as one account's."""
_RENTS: Final = _CARRIED | {AccountKind.GARAGE, AccountKind.LEASEHOLD}
"""What is owed there is rent, or is reserved as rent."""


def debts_of(
    accounts: Sequence[Account],
    pages: Mapping[int, LedgerPage],
    today: date,
    restarts: str,
    acknowledged_on: date | None,
) -> tuple[Debt, ...]:
    """What is owed on each account of a tenancy; `restarts` is the policy on which debts a payment starts the time anew."""
    rent = [each for each in accounts if each.kind in _CARRIED]
    groups = [rent, *([each] for each in accounts if each.kind not in _CARRIED)]
    parts_of: dict[int, tuple[OwedPart, ...]] = {}
    for group in groups:
        moves = _movements([line for each in group for line in pages[each.id].lines])
        anew = restarts == "any" or (restarts == "other" and not any(each.kind in _RENTS for each in group))
        parts = rules.owed_parts(moves, payment_restarts=anew, acknowledged_on=acknowledged_on)
        for each in sorted(group, key=lambda one: one.kind is not AccountKind.FORMER_TENANT):
            parts_of[each.id], parts = rules.first(parts, max(0, each.balance_pence))
    return tuple(_debt(each, parts_of[each.id], today) for each in accounts if each.balance_pence)


def is_payment(line: LedgerLine) -> bool:
    """Whether a line is money that the debtor paid themselves."""
    return line.kind is CodeKind.RECEIPT and line.group in _OWN and line.amount.pence < 0


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
    """The lines of some accounts as one account's: of what a journal carries from one of them to another, the rest only.

    Nothing where it goes from the one to the other; where some of it came from elsewhere, that much, on the day it came.
    """
    carried: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        if line.kind is CodeKind.TRANSFER:
            carried[line.journal].append(line)
    moves = [
        Movement(
            line.rent_week or line.effective_on if line.kind is CodeKind.CHARGE else line.effective_on,
            line.amount.pence,
            paid=is_payment(line),
        )
        for line in lines
        if line.kind is not CodeKind.TRANSFER
    ]
    return moves + [each for of_one in carried.values() for each in _net(of_one)]


def _net(carried: Sequence[LedgerLine]) -> Iterator[Movement]:
    """What a journal's lines leave; where all go the same way, nothing goes from one account to the other."""
    pence = sum(each.amount.pence for each in carried)
    if len({each.amount.pence > 0 for each in carried}) == 1:
        yield from (Movement(each.effective_on, each.amount.pence) for each in carried)
    elif pence:
        on = min(each.effective_on for each in carried if (each.amount.pence > 0) is (pence > 0))
        yield Movement(on, pence)
