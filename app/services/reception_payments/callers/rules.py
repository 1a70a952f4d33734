"""How one payment is split over several accounts. The payer's stated choice prevails over every rule (rules.md 2.1, 2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.models.values import AccountKind, Money
from app.services.reception_payments.callers.dto import OwedRow

HOUSING: Final = frozenset(
    {AccountKind.RENT, AccountKind.FORMER_TENANT, AccountKind.GARAGE, AccountKind.LEASEHOLD},
)
"""What a rule may pay. Recharges, court costs and the like are paid only where the payer says so."""
_ORDER: Final = (AccountKind.RENT, AccountKind.FORMER_TENANT, AccountKind.GARAGE, AccountKind.LEASEHOLD)


class SplitRule(StrEnum):
    """How a payment is split where the payer doesn't say."""

    RENT_FIRST = "rent_first"
    """The debts in turn: rent, a former tenancy's, garage, leasehold; what is over stays on the first account."""
    BY_DEBT = "by_debt"
    """In proportion to those debts; what is over stays on the first account."""
    ALL_ON_ONE = "all_on_one"
    """All of it on the account that was called about."""


RULES: Final[Mapping[SplitRule, str]] = {
    SplitRule.RENT_FIRST: "Rent first",
    SplitRule.BY_DEBT: "In proportion",
    SplitRule.ALL_ON_ONE: "All on this account",
}
"""The rules as officers read them, in their order."""


def split(rule: SplitRule, amount: Money, accounts: Sequence[OwedRow], called_about: int) -> dict[int, Money]:
    """What of an amount each account gets, by account; the parts are never below nothing and add up to the amount.

    A rule moves no rent money to a recharge, to court costs or to a benefit overpayment. It is all the payer's own where the
    account called about is one of those: then all of it goes there.
    """
    if amount.pence <= 0:
        return {}
    first = _first(accounts, called_about)
    if rule is SplitRule.ALL_ON_ONE or first.kind not in HOUSING:
        return {first.account_id: amount}
    debts = [row for row in _in_turn(accounts, first) if row.balance.pence > 0]
    owed = sum(row.balance.pence for row in debts)
    parts: dict[int, Money] = {}
    if rule is SplitRule.BY_DEBT and owed:
        paid = Money(min(amount.pence, owed)).split([row.balance.pence for row in debts])
        parts = {row.account_id: part for row, part in zip(debts, paid, strict=True) if part}
    else:
        left = amount.pence
        for row in debts:
            part = min(left, row.balance.pence)
            if part:
                parts[row.account_id] = Money(part)
            left -= part
    over = amount - sum(parts.values(), Money(0))
    if over:
        parts[first.account_id] = parts.get(first.account_id, Money(0)) + over
    return parts


def _first(accounts: Sequence[OwedRow], called_about: int) -> OwedRow:
    """The account called about; of a rule that pays housing, the live rent account if that one is of rent."""
    return next((row for row in accounts if row.account_id == called_about), accounts[0])


def _in_turn(accounts: Sequence[OwedRow], first: OwedRow) -> list[OwedRow]:
    """The accounts that a rule may pay: rent first, the one called about before its like."""
    may = [row for row in accounts if row.kind in HOUSING]
    return sorted(may, key=lambda row: (_ORDER.index(row.kind), row.account_id != first.account_id, row.account_id))
