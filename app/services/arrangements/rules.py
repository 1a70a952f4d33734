"""When instalments fall due, when a debt is paid off by them, and whether they are kept.

An instalment is paid on top of the current charge, or of a Direct Debit for it, and falls due in rent-free weeks too
(rules.md 1.1). It is kept if, a tolerance after the day, the debt is down by all that was due until then and everything that
was charged until then is paid as well.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, Frequency, Money, divide_half_up
from app.services.arrangements.dto import Instalment, Kept, Plan, Progress, Terms
from app.services.core.errors import UserError, UserErrors

EVERY: Final = {
    Frequency.WEEKLY: "a week",
    Frequency.FORTNIGHTLY: "a fortnight",
    Frequency.FOUR_WEEKLY: "every four weeks",
    Frequency.MONTHLY: "a month",
}
"""How often, after an amount: `£10.00 a week`."""
_DAYS: Final = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.FOUR_WEEKLY: 28}
_WEEKS_A_YEAR: Final = 52
_MONTHS_A_YEAR: Final = 12
_PLAIN: Final = "Type the amount without a minus, brackets or CR."


def due_on(starts_on: date, every: Frequency, number: int) -> date:
    """The day on which an instalment falls due, its number counted from 0.

    Monthly on the same day of the month, on the last day where the month is shorter.
    """
    if every is not Frequency.MONTHLY:
        return starts_on + timedelta(days=_DAYS[every] * number)
    year, month = divmod(starts_on.year * _MONTHS_A_YEAR + starts_on.month - 1 + number, _MONTHS_A_YEAR)
    return date(year, month + 1, min(starts_on.day, monthrange(year, month + 1)[1]))


def fallen_due(starts_on: date, every: Frequency, day: date) -> int:
    """How many instalments have fallen due by a day, that day included, if they went on for ever."""
    if day < starts_on:
        return 0
    if every is not Frequency.MONTHLY:
        return (day - starts_on).days // _DAYS[every] + 1
    months = (day.year - starts_on.year) * _MONTHS_A_YEAR + day.month - starts_on.month
    return months + (due_on(starts_on, every, months) <= day)


def plan(
    debt: Money,
    amount: Money,
    every: Frequency,
    starts_on: date,
    first: Money | None = None,
    longest_years: int = 30,
) -> Plan:
    """How instalments pay a debt off.

    Raises:
        UserError: nothing is owed, an instalment isn't above nothing, or they would take longer than so many years: the
            hint names the smallest instalment that clears the debt.
    """
    if debt.pence <= 0:
        raise UserError("Nothing is owed, so there is nothing to arrange.", "Look at the balance of the account.")
    _refuse_nothing(amount, first)
    opening = first or amount
    if opening.pence >= debt.pence:
        return Plan(debt, amount, every, starts_on, debt, 1, starts_on, debt)
    rest = debt.pence - opening.pence
    count = 1 + -(-rest // amount.pence)
    longest = _longest(starts_on, every, longest_years)
    if count > longest:
        raise _never_clears(debt, amount, every, first, longest)
    last = Money(rest - (count - 2) * amount.pence)
    return Plan(debt, amount, every, starts_on, opening, count, due_on(starts_on, every, count - 1), last)


def least(debt: Money, every: Frequency, starts_on: date, first: Money | None, longest_years: int) -> Money:
    """The smallest instalment that clears a debt within so many years."""
    return _least(debt, first, _longest(starts_on, every, longest_years))


def amount_within(debt: Money, every: Frequency, starts_on: date, first: Money | None, months: int) -> Money:
    """The smallest instalment that clears a debt within so many months of the first, the same day included."""
    until = due_on(starts_on, Frequency.MONTHLY, months)
    return _least(debt, first, fallen_due(starts_on, every, until))


def schedule(made: Plan) -> Iterator[Instalment]:
    """Every instalment of a plan, in order; they add up to the debt."""
    left = made.debt
    for number in range(made.count):
        amount = _amount(made, number)
        left -= amount
        yield Instalment(number + 1, due_on(made.starts_on, made.every, number), amount, left)


def due_by(made: Plan, day: date) -> Money:
    """What has fallen due by a day, that day included."""
    count = min(made.count, fallen_due(made.starts_on, made.every, day))
    if not count:
        return ZERO
    if count == made.count:
        return made.debt
    return made.first + made.amount * (count - 1)


def on_top(in_all: Money, weekly: Money, every: Frequency) -> Money:
    """What is left for the debt of a payment that has the current charge in it; nothing or less pays none of it off."""
    return in_all - current(weekly, every)


def current(weekly: Money, every: Frequency) -> Money:
    """What is charged between two payments: a month has 52 / 12 weeks."""
    if every is Frequency.MONTHLY:
        return weekly.times(_WEEKS_A_YEAR, _MONTHS_A_YEAR)
    return weekly * (_DAYS[every] // 7)


def tested_day(made: Plan, terms: Terms, today: date) -> date | None:
    """The last due day whose tolerance has run out; none has, where there is none."""
    count = min(made.count, fallen_due(made.starts_on, made.every, today - timedelta(days=terms.tolerance_days)))
    return due_on(made.starts_on, made.every, count - 1) if count else None


def progress(made: Plan, terms: Terms, tested_on: date | None, left: Money, weekly: Money = ZERO) -> Progress:
    """Whether an arrangement is kept.

    `tested_on` is the due day that is tested (`tested_day`), `left` what is owed today without what was charged after that
    day. Somebody who pays by the month may be a week's charge (`weekly`) behind, as months have four weeks or five.
    """
    paid = made.debt - left
    if left.pence <= 0:
        return Progress(Kept.COMPLETED, tested_on, made.debt, made.debt, ZERO)
    if tested_on is None:
        return Progress(Kept.NOT_DUE, None, ZERO, paid, left)
    due = due_by(made, tested_on)
    tolerated = terms.tolerance + (weekly if made.every is Frequency.MONTHLY else ZERO)
    short = due.pence - paid.pence
    kept = Kept.KEPT
    if short > tolerated.pence:
        over = due == made.debt or short >= terms.missed * made.amount.pence + (tolerated - terms.tolerance).pence
        kept = Kept.BROKEN if over else Kept.BEHIND
    return Progress(kept, tested_on, due, paid, left)


def words_of(made: Plan) -> str:
    """The plan as a sentence for the telephone: `50 payments of £10.00 a week, the last £4.20 on 3 May 2027`."""
    if made.count == 1:
        return f"One payment of {made.last} on {_day(made.ends_on)}"
    first = f"{made.first} on {_day(made.starts_on)}, then " if made.first != made.amount else ""
    count = made.count - bool(first)
    last = f", the last {made.last}" if made.last != made.amount else ", the last"
    payments = f"{count:,} payments of {made.amount} {EVERY[made.every]}" if count > 1 else f"{made.last}"
    return f"{first}{payments}{last if count > 1 else ''} on {_day(made.ends_on)}"


def _amount(made: Plan, number: int) -> Money:
    if number == made.count - 1:
        return made.last
    return made.amount if number else made.first


def _refuse_nothing(amount: Money, first: Money | None) -> None:
    faults = []
    if amount.pence < 0:
        faults.append(UserError("An instalment is what they pay, never less than nothing.", _PLAIN, "amount"))
    elif not amount.pence:
        faults.append(
            UserError("The instalment is nothing, and never clears the debt.", "Type more than £0.00.", "amount")
        )
    if first is not None and first.pence < 0:
        faults.append(UserError("A first payment is what they pay, never less than nothing.", _PLAIN, "first"))
    elif first is not None and not first.pence:
        faults.append(UserError("The first payment is nothing.", "Leave it empty, or type an amount.", "first"))
    if faults:
        raise UserErrors(faults) if len(faults) > 1 else faults[0]


def _longest(starts_on: date, every: Frequency, years: int) -> int:
    """How many instalments fall due within so many years of the first."""
    if every is Frequency.MONTHLY:
        return years * _MONTHS_A_YEAR + 1
    last_year = starts_on.year + years
    until = date(last_year, starts_on.month, min(starts_on.day, monthrange(last_year, starts_on.month)[1]))
    return (until - starts_on).days // _DAYS[every] + 1


def _least(debt: Money, first: Money | None, longest: int) -> Money:
    if first is not None and longest > 1:
        return Money(max(1, -(-(debt.pence - first.pence) // (longest - 1))))
    return Money(max(1, -(-debt.pence // longest)))


def _never_clears(debt: Money, amount: Money, every: Frequency, first: Money | None, longest: int) -> UserError:
    years = divide_half_up(longest * _DAYS.get(every, 30), 365)
    return UserError(
        f"{amount} {EVERY[every]} never clears {debt}: it would take more than {years} years.",
        f"At least {_least(debt, first, longest)} {EVERY[every]} would.",
        "amount",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
