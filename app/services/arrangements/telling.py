"""An arrangement as it is typed: what is wrong with it, and what saving it does. Pure, so that every key is answered at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, ArrangementState, Money
from app.services.arrangements import rules
from app.services.arrangements.dto import ArrangementForm, NewArrangement, Plan
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors

_BACK: Final = timedelta(days=31)
_MONTH: Final = 365.25 / 12
_FEW: Final = 3
_INSTEAD: Final = (6, 12, 24)
"""Months in which it could be paid off instead."""


def covered(form: ArrangementForm, new: NewArrangement) -> tuple[int, ...]:
    """The accounts whose debt is covered; the account itself where none is named."""
    return new.covered or (form.account_id,)


def debt(form: ArrangementForm, new: NewArrangement) -> Money:
    """What is owed on the accounts that are covered, credits among them taken off."""
    wanted = set(covered(form, new))
    return sum((row.owed for row in form.debts if row.account_id in wanted), ZERO)


def agreed(form: ArrangementForm, new: NewArrangement) -> Plan:
    """The plan of an arrangement that may be made.

    Raises:
        UserError: the first day is too long ago or too far ahead, an account isn't theirs, nothing is owed, or the instalment
            never clears the debt.
    """
    faults = list(_faults(form, new))
    if not faults:
        return rules.plan(debt(form, new), new.amount, new.every, new.starts_on, new.first, form.terms.longest_years)
    raise UserErrors(faults) if len(faults) > 1 else faults[0]


def on_top(form: ArrangementForm, new: NewArrangement, in_all: Money) -> Money:
    """What a payment that has the current charge in it leaves for the debt.

    Raises:
        UserError: it leaves nothing, so that the debt never clears; the hint names the smallest payment that would.
    """
    weekly = form.weekly - form.benefit
    rest = rules.on_top(in_all, weekly, new.every)
    if rest.pence > 0:
        return rest
    current = rules.current(weekly, new.every)
    least = rules.least(debt(form, new), new.every, new.starts_on, new.first, form.terms.longest_years)
    raise UserError(
        f"{in_all} {rules.EVERY[new.every]} never clears the debt: {current} of it is what falls due anyway.",
        f"At least {current + least} {rules.EVERY[new.every]} would.",
        "amount",
    )


def effects(form: ArrangementForm, new: NewArrangement) -> tuple[Effect, ...]:
    """What saving does, and the first and the last instalments.

    Raises:
        UserError: it may not be made (`agreed`).
    """
    made = agreed(form, new)
    rest = list(_of_rest(form, new))
    warned = [each for each in rest if each.warns]
    quiet = [each for each in rest if not each.warns]
    return (*_of_plan(form, new, made), *warned, *_instead(made), *_of_instalments(made), *quiet)


def _faults(form: ArrangementForm, new: NewArrangement) -> Iterator[UserError]:
    if new.starts_on < form.today - _BACK:
        yield UserError("The first payment is more than a month ago.", "Type the day of the next one.", "starts_on")
    elif new.starts_on > form.today + timedelta(days=form.terms.ahead_days):
        latest = _day(form.today + timedelta(days=form.terms.ahead_days))
        yield UserError("The first payment is too far ahead.", f"By the policy it falls due by {latest}.", "starts_on")
    if not set(covered(form, new)) <= {row.account_id for row in form.debts}:
        yield UserError("An account that is covered isn't theirs.", "Open the account anew.", "covered")


def _of_plan(form: ArrangementForm, new: NewArrangement, made: Plan) -> Iterator[Effect]:
    months = (made.ends_on - form.today).days / _MONTH
    long = months > form.terms.long_months
    yield Effect(
        "Paid off",
        f"on {_day(made.ends_on)}" + (f", in more than {form.terms.long_months} months" if long else ""),
        after=rules.words_of(made),
        warns=long,
    )
    current = rules.current(form.weekly - form.benefit, made.every)
    if new.direct_debit:
        yield Effect("To pay", "On top of the Direct Debit", after=f"{made.amount} {rules.EVERY[made.every]}")
    elif current.pence > 0:
        words = f"{current} that falls due anyway + {made.amount}"
        if form.benefit:
            words += f"; benefit pays {form.benefit} a week"
        yield Effect("To pay", f"{current + made.amount} {rules.EVERY[made.every]} in all", after=words)


def _of_instalments(made: Plan) -> Iterator[Effect]:
    rows = list(rules.schedule(made))
    shown = rows if len(rows) <= _FEW + 1 else [*rows[:_FEW], rows[-1]]
    for row in shown:
        left = f"then {row.left} is left" if row.left else "the last"
        yield Effect("Payments", f"{_day(row.due_on)}: {row.amount}, {left}")


def _instead(made: Plan) -> Iterator[Effect]:
    first = made.first if made.first != made.amount and made.count > 1 else None
    for months in _INSTEAD:
        amount = rules.amount_within(made.debt, made.every, made.starts_on, first, months)
        yield Effect("To pay it off instead", f"in {months} months: {amount} {rules.EVERY[made.every]}")


def _of_rest(form: ArrangementForm, new: NewArrangement) -> Iterator[Effect]:
    before = form.standing
    if before is not None and before.state is ArrangementState.LIVE:
        old = f"{before.amount} {rules.EVERY[before.every]} from {_day(before.starts_on)}"
        yield Effect("Arrangement", "The arrangement in force is cancelled", before=old, warns=True)
    if form.stopped:
        yield Effect("Holds", form.stopped, warns=True)
    if new.letter:
        yield Effect("Letters", "A letter that confirms it")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
