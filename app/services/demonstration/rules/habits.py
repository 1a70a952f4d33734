"""How people pay their rent (rules.md 1.2, 2.5, 2.12): benefits, Direct Debit, standing orders, cards with gaps, arrears."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from app.models.values import Money, PaymentMethod
from app.services.core.calendars import BACS, RentYear
from app.services.demonstration.rules.dice import Dice


class Habit(StrEnum):
    """How an account is paid."""

    REBATE = "rebate"
    PART_REBATE = "part_rebate"
    DIRECT_DEBIT = "direct_debit"
    STANDING_ORDER = "standing_order"
    UC_MANAGED = "uc_managed"
    UC_SELF = "uc_self"
    BANK = "bank"
    CARD = "card"
    COUNTER = "counter"
    SALARY = "salary"
    STRUGGLING = "struggling"
    INSTALMENTS = "instalments"
    NOTHING = "nothing"


PAYMENT_METHODS: Final = {
    Habit.REBATE: PaymentMethod.HOUSING_BENEFIT,
    Habit.PART_REBATE: PaymentMethod.DIRECT_DEBIT,
    Habit.DIRECT_DEBIT: PaymentMethod.DIRECT_DEBIT,
    Habit.STANDING_ORDER: PaymentMethod.STANDING_ORDER,
    Habit.UC_MANAGED: PaymentMethod.UNIVERSAL_CREDIT,
    Habit.UC_SELF: PaymentMethod.CARD,
    Habit.BANK: PaymentMethod.BANK_TRANSFER,
    Habit.CARD: PaymentMethod.PAYMENT_CARD,
    Habit.COUNTER: PaymentMethod.CASH,
    Habit.SALARY: PaymentMethod.SALARY,
    Habit.STRUGGLING: PaymentMethod.PAYMENT_CARD,
    Habit.INSTALMENTS: PaymentMethod.PAYMENT_CARD,
    Habit.NOTHING: PaymentMethod.OTHER,
}
COLLECTION_DAYS: Final = (1, 8, 15, 22)


class Receipt(NamedTuple):
    """Money on an account (a negative amount), or money taken back (a positive one)."""

    day: date
    code: str
    pence: int


@dataclass(frozen=True, slots=True)
class Due:
    """What an account is due in a rent year.

    Attributes:
        year: the rent year.
        first, last: the days of it that the account is due for.
        weeks: each Monday charged, with the pence of the whole account.
        weekly: pence of a full charge week, and `eligible` the part that benefits pay.
        charge_weeks: weeks of the whole year that are charged.
    """

    year: RentYear
    first: date
    last: date
    weeks: tuple[tuple[date, int], ...]
    weekly: int
    eligible: int
    charge_weeks: int


def receipts(habit: Habit, due: Due, balance: int, dice: Dice) -> list[Receipt]:
    """What comes in on an account in a rent year that it enters with a balance, in order of days."""
    return sorted(_HABITS[habit](due, balance, dice))


def opening(habit: Habit, weekly: int, dice: Dice) -> int:
    """The balance, in pence, with which an account of long standing enters the first year."""
    if habit is Habit.STRUGGLING:
        weeks = dice.weighted(((3, 40), (7, 30), (13, 20), (26, 8), (45, 2)))
        return weekly * weeks + dice.below(weekly)
    if habit in {Habit.DIRECT_DEBIT, Habit.PART_REBATE, Habit.STANDING_ORDER, Habit.SALARY}:
        return -dice.between(weekly, weekly * 4)
    if habit is Habit.UC_MANAGED:
        return weekly * dice.between(1, 5) + dice.below(weekly)
    if habit is Habit.REBATE:
        return 0 if dice.chance(850) else dice.between(-40_00, 60_00)
    return dice.between(-weekly * 2, weekly // 4)


def _rebate(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """Full Housing Benefit as a weekly rebate; what it doesn't cover is paid four-weekly."""
    yield from (known := list(_weekly_benefit(due, 1000)))
    if due.eligible < due.weekly:
        yield from _keep_up(due, balance, known, _every(due, 28, dice), "RPY", dice, miss=60)


def _part_rebate(due: Due, _balance: int, dice: Dice) -> Iterator[Receipt]:
    """Part Housing Benefit; the rest by Direct Debit."""
    benefit = list(_weekly_benefit(due, dice.between(300, 850)))
    rest = sum(pence for _, pence in due.weeks) + sum(receipt.pence for receipt in benefit)
    yield from (*benefit, *_collections(due, rest, dice))


def _direct_debit(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """The year's charge in equal instalments on a collection day, or the next working day."""
    behind = balance if balance > due.weekly * 2 else 0
    yield from _collections(due, sum(pence for _, pence in due.weeks) + behind, dice)


def _standing_order(due: Due, _balance: int, dice: Dice) -> Iterator[Receipt]:
    """The same pounds each month; some forget to change it after the April increase."""
    amount = -(-due.weekly * due.charge_weeks // 12 // 100) * 100
    forgets = dice.between(2, 4) if dice.chance(250) else 0
    for month, day in enumerate(_monthly(due, dice.pick((1, 2, 28)))):
        yield Receipt(day, "RSO", -(amount * 955 // 1000 if month < forgets else amount))


def _uc_managed(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """Universal Credit paid to the landlord: weekly x 52 / 12 in arrears, less a spare room; a 53rd week is never paid."""
    spare_room = dice.weighted(((1000, 88), (860, 9), (750, 3)))
    monthly = due.eligible * due.charge_weeks * 52 * spare_room // (due.year.weeks * 12_000)
    known = [Receipt(day, "RUC", -monthly) for day in _monthly(due, dice.pick((6, 13, 20))) if _waited(due, day)]
    if balance > due.weekly * 3:
        known += [Receipt(r.day, "RDP", -20_57) for r in known]
    yield from known
    yield from _keep_up(due, balance, known, _monthly(due, 26), "RCP", dice, miss=450, least=5_00)


def _uc_self(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """Universal Credit paid to the tenant, who pays by debit card when it comes."""
    yield from _keep_up(due, balance, (), _monthly(due, dice.between(3, 27)), "RCP", dice, miss=60, part=50, ahead=4)


def _bank(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    yield from _keep_up(due, balance, (), _every(due, 28, dice), "RBP", dice, miss=25, ahead=4)


def _card(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """A payment card at a shop each week, with gaps."""
    yield from _keep_up(due, balance, (), _every(due, 7, dice), "RBR", dice, miss=90, part=30, ahead=2, rounding=50)


def _counter(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    code = "RCO" if dice.chance(700) else "RQP"
    yield from _keep_up(due, balance, (), _every(due, 14, dice), code, dice, miss=30, ahead=2)


def _salary(due: Due, _balance: int, _dice: Dice) -> Iterator[Receipt]:
    amount = -(-due.weekly * due.charge_weeks // 12 // 100) * 100
    yield from (Receipt(day, "RDS", -amount) for day in _monthly(due, 25))


def _struggling(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """Pays when there is something: now and then most of a fortnight, seldom nothing for long."""
    share = dice.between(740, 1060)
    running = _Running(due, balance, ())
    for day in _every(due, 14, dice):
        owed = running.at(day)
        if dice.chance(170) or owed <= 0:
            continue
        offer = due.weekly * 2 * share * dice.between(900, 1560) // 1_000_000
        paid = min(offer // 500 * 500, owed)
        if paid >= 5_00:
            running.pay(paid)
            yield Receipt(day, "RBR", -paid)


def _instalments(due: Due, balance: int, dice: Dice) -> Iterator[Receipt]:
    """A debt off an ended tenancy or a recharge: a fixed sum every four weeks, until it is paid."""
    amount, running = dice.pick((5_00, 10_00, 10_00, 15_00, 20_00)), _Running(due, balance, ())
    for day in _every(due, 28, dice):
        paid = min(amount, running.at(day))
        if paid > 0 and not dice.chance(150):
            running.pay(paid)
            yield Receipt(day, "RBR", -paid)


def _nothing(_due: Due, _balance: int, _dice: Dice) -> Iterator[Receipt]:
    yield from ()


_HABITS: Final[dict[Habit, Callable[[Due, int, Dice], Iterator[Receipt]]]] = {
    Habit.REBATE: _rebate,
    Habit.PART_REBATE: _part_rebate,
    Habit.DIRECT_DEBIT: _direct_debit,
    Habit.STANDING_ORDER: _standing_order,
    Habit.UC_MANAGED: _uc_managed,
    Habit.UC_SELF: _uc_self,
    Habit.BANK: _bank,
    Habit.CARD: _card,
    Habit.COUNTER: _counter,
    Habit.SALARY: _salary,
    Habit.STRUGGLING: _struggling,
    Habit.INSTALMENTS: _instalments,
    Habit.NOTHING: _nothing,
}


class _Running:
    """An account's balance day by day, while it is being paid."""

    def __init__(self, due: Due, balance: int, known: Iterable[Receipt]) -> None:
        self._balance = balance
        self._moves = sorted([*due.weeks, *((receipt.day, receipt.pence) for receipt in known)])
        self._next = 0

    def at(self, day: date) -> int:
        """The balance at the end of a day; days are asked in order."""
        while self._next < len(self._moves) and self._moves[self._next][0] <= day:
            self._balance += self._moves[self._next][1]
            self._next += 1
        return self._balance

    def pay(self, pence: int) -> None:
        self._balance -= pence


def _keep_up(
    due: Due,
    balance: int,
    known: Sequence[Receipt],
    days: Iterable[date],
    code: str,
    dice: Dice,
    *,
    miss: int,
    part: int = 0,
    ahead: int = 0,
    rounding: int = 100,
    least: int = 1_00,
) -> Iterator[Receipt]:
    """Pay on each day what is owed by then and for so many weeks ahead; thousandths of the days are missed or paid in part."""
    running = _Running(due, balance, known)
    for day in days:
        owed = running.at(day) + ahead * due.weekly
        paid = -(-owed // rounding) * rounding
        if dice.chance(miss) or paid < least:
            continue
        if dice.chance(part):
            paid = paid // 1000 * 500
        if paid:
            running.pay(paid)
            yield Receipt(day, code, -paid)


def _weekly_benefit(due: Due, per_thousand: int) -> Iterator[Receipt]:
    for monday, pence in due.weeks:
        yield Receipt(monday, "RHB", -(pence * due.eligible * per_thousand // (due.weekly * 1000)))


def _collections(due: Due, total: int, dice: Dice) -> Iterator[Receipt]:
    """Equal Direct Debits; one in eighty comes back unpaid three days later and is presented again."""
    days = list(_monthly(due, dice.pick(COLLECTION_DAYS)))
    if not days or total < 1_00:
        return
    for day, amount in zip(days, Money(total).split([1] * len(days)), strict=True):
        collected = _working_day(day, 0)
        yield Receipt(collected, "RDD", -amount.pence)
        if dice.chance(12):
            yield Receipt(_working_day(collected, 3), "RDN", amount.pence)
            if dice.chance(700):
                yield Receipt(_working_day(collected, 12), "RDD", -amount.pence)


def _monthly(due: Due, day: int) -> Iterator[date]:
    """That day of each month of the year that the account is due for."""
    start = due.year.first_week_on
    for month in range(start.month - 1, start.month + 12):
        on = date(start.year + month // 12, month % 12 + 1, day)
        if due.first <= on <= due.last:
            yield on


def _every(due: Due, days: int, dice: Dice) -> Iterator[date]:
    """A day of the week, every so many days."""
    on = due.first + timedelta(days=dice.below(days))
    while on <= due.last:
        yield on
        on += timedelta(days=days)


def _waited(due: Due, day: date) -> bool:
    """Whether a new tenant's five weeks' wait for a first payment is over."""
    return due.first == due.year.first_week_on or (day - due.first).days >= 35


@functools.cache
def _working_day(day: date, later: int) -> date:
    return BACS.add(BACS.on_or_after(day), later)
