"""What of a balance goes into an instalment: all of it, the instalments of an arrangement, or nothing while it is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import ZERO, Frequency, Money, PartKind
from app.services.arrangements import rules
from app.services.arrangements.dto import Plan
from app.services.direct_debits.schedules.dto import Part
from app.services.holds.dto import Stopped
from app.services.holds.rules import said


@dataclass(frozen=True, slots=True)
class Arranged:
    """An arrangement in force, as far as it covers an account.

    Attributes:
        plan: None of a loaded one, whose debt nobody told.
        beside: it is paid on top of a Direct Debit, by other means.
        weights: the accounts that it covers, with what was owed there when it was agreed.
    """

    plan: Plan | None
    amount: Money
    every: Frequency
    starts_on: date
    ends_on: date | None
    beside: bool
    weights: tuple[tuple[int, int], ...]

    def due(self, account_id: int, after: date, until: date) -> tuple[int, Money]:
        """How many instalments fall due after a day, up to another, and an account's part of them."""
        last = min(until, self.ends_on) if self.ends_on else until
        count = max(0, self._fallen_due(last) - self._fallen_due(after))
        if self.plan is not None:
            amount = rules.due_by(self.plan, last) - rules.due_by(self.plan, after)
        else:
            amount = self.amount * count
        if len(self.weights) == 1 or amount.pence <= 0:
            return count, amount
        parts = amount.split([pence for _, pence in self.weights])
        at = next(place for place, (each, _) in enumerate(self.weights) if each == account_id)
        return count, parts[at]

    def _fallen_due(self, day: date) -> int:
        count = rules.fallen_due(self.starts_on, self.every, day)
        return min(count, self.plan.count) if self.plan is not None else count


@dataclass(frozen=True, slots=True)
class Owed:
    """The parts of a balance, what of it stays out (owed is positive), and why, as a sentence."""

    parts: tuple[Part, ...] = ()
    kept: Money = ZERO
    why: str = ""


def owed(
    account_id: int,
    balance: Money,
    today: date,
    ends_on: date,
    held: Stopped | None = None,
    frozen: int | None = None,
    arranged: Arranged | None = None,
) -> Owed:
    """What of an account's balance is collected until the end of the year; a credit always lowers the sum.

    Arrears that may not be collected, as under a breathing space, stay out while current rent goes on: what was owed on the
    day of the application (`frozen`, pence), as far as it still is, or without a case all of it. Of arrears under an
    arrangement only the instalments that fall due until then are collected, and none if it is paid beside the Direct Debit.
    """
    if balance.pence <= 0 or (held is None and arranged is None):
        words = f"{'owed' if balance.pence > 0 else 'in credit'} on {_day(today)}"
        return Owed((Part(PartKind.BALANCE, account_id, balance, words),)) if balance else Owed()
    if held is not None:
        stays = balance if frozen is None else min(balance, Money(max(frozen, 0)))
        words = f"{stays} owed isn't collected: {said(held.kind, '', held.until)}"
        why = f"{words}." if stays else ""
        parts = [Part(PartKind.BALANCE, account_id, ZERO, words)]
        if stays != balance:
            parts.append(Part(PartKind.SINCE, account_id, balance - stays, "owed of what was charged since"))
        return Owed(tuple(parts), stays, why)
    assert arranged is not None
    every = rules.EVERY[arranged.every]
    if arranged.beside:
        words = f"{arranged.amount} {every} is paid beside the Direct Debit: {balance} owed isn't collected"
        return Owed((Part(PartKind.ARRANGEMENT, account_id, ZERO, words),), balance, f"{words}.")
    count, due = arranged.due(account_id, today, ends_on)
    amount = min(due, balance)
    rest = balance - amount
    words = f"{count} instalment{'' if count == 1 else 's'} of {arranged.amount} {every} until {_day(ends_on)}"
    if len(arranged.weights) > 1:
        words += ", this account's part"
    why = f"{rest} of the arrears is left for the arrangement after it." if rest else ""
    return Owed((Part(PartKind.ARRANGEMENT, account_id, amount, words),), rest, why)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
