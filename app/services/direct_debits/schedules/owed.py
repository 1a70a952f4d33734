"""What of a balance goes into an instalment: all of it, the instalments of an arrangement, or nothing while it is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
        paid: what came of it by other means, of one that is paid beside.
        grace_days: how many days after it fell due an instalment may come before it counts as missed.
    """

    plan: Plan | None
    amount: Money
    every: Frequency
    starts_on: date
    ends_on: date | None
    beside: bool
    weights: tuple[tuple[int, int], ...]
    paid: Money = ZERO
    grace_days: int = 0

    def due(self, account_id: int, after: date, until: date) -> tuple[int, Money]:
        """How many instalments fall due after a day, up to another, and an account's part of them."""
        last = min(until, self.ends_on) if self.ends_on else until
        count = max(0, self._fallen_due(last) - self._fallen_due(after))
        if self.plan is not None:
            return count, self._not_due(account_id, after) - self._not_due(account_id, last)
        return count, self._part(account_id, self.amount * count)

    def left(self, account_id: int, today: date, until: date) -> Money | None:
        """What of an account's debt isn't collected until a day; None where nobody told the debt.

        Of one that is paid beside the Direct Debit that is all that should be left by its plan today, an instalment that may
        still come counting as left, or is left where more was paid off; of another what doesn't fall due until then.
        """
        if self.plan is None:
            return None
        if not self.beside:
            return self._not_due(account_id, until)
        missed_by = today - timedelta(days=self.grace_days)
        return min(self._not_due(account_id, missed_by), self._part(account_id, self.plan.debt - self.paid))

    def _not_due(self, account_id: int, day: date) -> Money:
        assert self.plan is not None
        return self._part(account_id, self.plan.debt - rules.due_by(self.plan, day))

    def _part(self, account_id: int, amount: Money) -> Money:
        """An account's part of an amount of the whole arrangement."""
        if len(self.weights) == 1 or amount.pence <= 0:
            return amount
        parts = amount.split([pence for _, pence in self.weights])
        return next(part for part, (each, _) in zip(parts, self.weights, strict=True) if each == account_id)

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
    ahead: Money = ZERO,
    late: Money = ZERO,
) -> Owed:
    """What of an account's balance is collected until the end of the year; a credit always lowers the sum.

    Arrears that may not be collected, as under a breathing space, stay out while current rent goes on: what was owed on the
    day of the application (`frozen`, pence), as far as it still is, or without a case all of it. Of a debt under an
    arrangement stays out what doesn't fall due until then, or all that is left of it if it is paid beside the Direct Debit.
    The rest of the balance is rent charged since, and is collected.

    `ahead` is what the last collection brought, which may have paid for weeks that weren't charged yet: so much of what stays
    out may be hidden in the balance. `late` is what benefit still brings for arrears that are held.
    """
    protected = held is not None or arranged is not None
    if not protected or (balance.pence <= 0 and (balance + ahead).pence <= 0):
        words = f"{'owed' if balance.pence > 0 else 'in credit'} on {_day(today)}"
        return Owed((Part(PartKind.BALANCE, account_id, balance, words),)) if balance else Owed()
    if held is not None:
        return _held(account_id, balance - late, held, None if frozen is None else Money(frozen) - late, ahead)
    assert arranged is not None
    left = arranged.left(account_id, today, ends_on)
    if left is None:
        return _untold(account_id, balance, today, ends_on, arranged)
    return _arranged(account_id, balance, arranged, left, arranged.due(account_id, today, ends_on), ends_on, ahead)


def _arranged(
    account_id: int,
    balance: Money,
    arranged: Arranged,
    left: Money,
    to_come: tuple[int, Money],
    ends_on: date,
    ahead: Money,
) -> Owed:
    """What stays out of a balance of an arranged debt, the instalments to come, and the rest of it."""
    stays = _least(left, balance + ahead)
    rest = balance - stays
    if arranged.beside:
        words = f"{arranged.amount} {rules.EVERY[arranged.every]} is paid beside the Direct Debit: {stays} owed isn't collected"
        return Owed(_with_rest(account_id, PartKind.ARRANGEMENT, ZERO, words, rest), stays, f"{words}.")
    count, due = to_come
    amount = _least(due, rest + ahead)
    why = f"{stays} of the arrears is left for the arrangement after it." if stays else ""
    words = _instalments(arranged, count, ends_on)
    return Owed(_with_rest(account_id, PartKind.ARRANGEMENT, amount, words, rest - amount), stays, why)


def _held(account_id: int, owes: Money, held: Stopped, frozen: Money | None, ahead: Money) -> Owed:
    stays = _least(owes, owes) if frozen is None else _least(frozen, owes + ahead)
    words = f"{stays} owed isn't collected: {said(held.kind, '', held.until)}"
    parts = _with_rest(account_id, PartKind.BALANCE, ZERO, words, owes - stays)
    return Owed(parts, stays, f"{words}." if stays else "")


def _untold(account_id: int, balance: Money, today: date, ends_on: date, arranged: Arranged) -> Owed:
    """Of a loaded arrangement, whose debt nobody told, the whole balance counts as its debt."""
    if balance.pence <= 0:
        return owed(account_id, balance, today, ends_on)
    if arranged.beside:
        every = rules.EVERY[arranged.every]
        words = f"{arranged.amount} {every} is paid beside the Direct Debit: {balance} owed isn't collected"
        return Owed((Part(PartKind.ARRANGEMENT, account_id, ZERO, words),), balance, f"{words}.")
    count, due = arranged.due(account_id, today, ends_on)
    amount = min(due, balance)
    rest = balance - amount
    why = f"{rest} of the arrears is left for the arrangement after it." if rest else ""
    part = Part(PartKind.ARRANGEMENT, account_id, amount, _instalments(arranged, count, ends_on))
    return Owed((part,), rest, why)


def _with_rest(account_id: int, kind: PartKind, amount: Money, words: str, rest: Money) -> tuple[Part, ...]:
    """A part of the arrears, and the rest of the balance as a part of its own."""
    part = Part(kind, account_id, amount, words)
    since = "owed of what was charged since" if rest.pence > 0 else "paid ahead of what was charged"
    return (part, Part(PartKind.SINCE, account_id, rest, since)) if rest else (part,)


def _instalments(arranged: Arranged, count: int, ends_on: date) -> str:
    each = f"{arranged.amount} {rules.EVERY[arranged.every]}"
    words = f"{count} instalment{'' if count == 1 else 's'} of {each} until {_day(ends_on)}"
    return f"{words}, this account's part" if len(arranged.weights) > 1 else words


def _least(one: Money, other: Money) -> Money:
    """The lesser of two amounts, but never less than nothing."""
    return max(min(one, other), ZERO)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
