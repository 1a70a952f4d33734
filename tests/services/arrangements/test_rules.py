"""Instalments by hand, and by Hypothesis: they add up to the debt, fall due in order, and end on the day that was said."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.models.values import ZERO, Frequency, Money
from app.services.arrangements import rules
from app.services.arrangements.dto import Kept, Terms
from app.services.core.errors import UserError, UserErrors

FRIDAY = date(2026, 11, 27)
TERMS = Terms(longest_years=30, long_months=24, ahead_days=92, tolerance_days=7, tolerance=Money(1_00), missed=2)
EVERY = st.sampled_from(list(rules.EVERY))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def plan(debt, amount, every=Frequency.WEEKLY, starts_on=FRIDAY, first=None):
    return rules.plan(Money(debt), Money(amount), every, starts_on, None if first is None else Money(first))


def days(made):
    return [each.due_on for each in rules.schedule(made)]


def test_ten_pounds_a_week_off_412_86():
    made = plan(412_86, 10_00)
    assert (made.count, made.last, made.ends_on) == (42, Money(2_86), date(2027, 9, 10))
    assert rules.words_of(made) == "42 payments of £10.00 a week, the last £2.86 on 10 Sep 2027"


def test_a_first_payment_of_another_amount():
    made = plan(412_86, 50_00, Frequency.MONTHLY, date(2027, 1, 31), first=100_00)
    assert [(each.due_on, each.amount.pence, each.left.pence) for each in rules.schedule(made)] == [
        (date(2027, 1, 31), 100_00, 312_86),
        (date(2027, 2, 28), 50_00, 262_86),
        (date(2027, 3, 31), 50_00, 212_86),
        (date(2027, 4, 30), 50_00, 162_86),
        (date(2027, 5, 31), 50_00, 112_86),
        (date(2027, 6, 30), 50_00, 62_86),
        (date(2027, 7, 31), 50_00, 12_86),
        (date(2027, 8, 31), 12_86, 0),
    ]
    assert (
        rules.words_of(made)
        == "£100.00 on 31 Jan 2027, then 7 payments of £50.00 a month, the last £12.86 on 31 Aug 2027"
    )


@pytest.mark.parametrize(
    ("every", "last"),
    [
        (Frequency.WEEKLY, date(2026, 12, 18)),
        (Frequency.FORTNIGHTLY, date(2027, 1, 8)),
        (Frequency.FOUR_WEEKLY, date(2027, 2, 19)),
        (Frequency.MONTHLY, date(2027, 2, 27)),
    ],
)
def test_four_instalments_fall_due_through_christmas(every, last):
    """The weeks of 21 and 28 December are rent-free in many places: an instalment falls due in them too."""
    assert plan(40_00, 10_00, every).ends_on == last


def test_the_thirty_first_is_the_last_day_of_shorter_months():
    made = plan(40_00, 10_00, Frequency.MONTHLY, date(2027, 12, 31))
    assert days(made) == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]


def test_one_payment_may_clear_it_all():
    assert rules.words_of(plan(40_00, 50_00)) == "One payment of £40.00 on 27 Nov 2026"
    assert plan(40_00, 10_00, first=60_00).last == Money(40_00)


@pytest.mark.parametrize(
    ("amount", "first", "said"),
    [
        (1_00, None, "At least £3.20 a week would."),
        (1_00, 1_000_00, "At least £2.56 a week would."),
        (0, None, "Type more than £0.00."),
        (-5_00, None, "Type the amount without a minus, brackets or CR."),
    ],
)
def test_what_never_clears_is_refused_with_what_would(amount, first, said):
    """30 years from 27 November 2026 hold 1,566 Fridays: 500,000 / 1,566 is 319.3, and 400,000 / 1,565 is 255.6."""
    with pytest.raises(UserError) as refused:
        plan(5_000_00, amount, first=first)
    assert refused.value.hint == said
    assert refused.value.field == "amount"


def test_nothing_owed_and_nothing_first():
    with pytest.raises(UserError, match="Nothing is owed"):
        plan(-1, 10_00)
    with pytest.raises(UserErrors):
        plan(10_00, 0, first=0)


@given(st.integers(1, 2_000_000), st.integers(200, 100_000), EVERY, DAYS, st.none() | st.integers(1, 500_000))
def test_instalments_add_up_and_end_when_said(debt, amount, every, starts_on, first):
    assume(
        first is None or first >= debt or amount >= rules.least(Money(debt), every, starts_on, Money(first), 30).pence
    )
    assume(amount >= rules.least(Money(debt), every, starts_on, None, 30).pence)
    made = plan(debt, amount, every, starts_on, first)
    rows = list(rules.schedule(made))
    assert sum(each.amount.pence for each in rows) == debt
    assert all(each.amount.pence > 0 for each in rows)
    assert all(each.amount == made.amount for each in rows[1:-1])
    assert rows[-1].amount <= max(made.amount, made.first)
    assert (rows[0].due_on, rows[-1].due_on, rows[-1].left) == (made.starts_on, made.ends_on, ZERO)
    assert all(one.due_on < other.due_on for one, other in pairwise(rows))


@given(st.integers(1, 5_000_000), EVERY, DAYS, st.none() | st.integers(1, 4_000), st.integers(1, 30))
def test_the_least_that_is_named_clears_and_a_penny_less_does_not(debt, every, starts_on, first, years):
    opening = None if first is None else Money(first)
    if opening is not None and opening.pence >= debt:
        return
    least = rules.least(Money(debt), every, starts_on, opening, years)
    rules.plan(Money(debt), least, every, starts_on, opening, years)
    if least.pence > 1:
        with pytest.raises(UserError):
            rules.plan(Money(debt), least - Money(1), every, starts_on, opening, years)


@given(DAYS, EVERY, st.integers(0, 2_000))
def test_what_has_fallen_due_is_what_the_days_say(starts_on, every, ahead):
    day = starts_on + timedelta(days=ahead)
    fallen = rules.fallen_due(starts_on, every, day)
    assert rules.due_on(starts_on, every, fallen - 1) <= day < rules.due_on(starts_on, every, fallen)


@given(st.integers(1, 100_000), st.integers(500, 20_000), EVERY, DAYS, st.integers(-40, 3_000))
def test_what_is_due_by_a_day_is_the_sum_of_its_instalments(debt, amount, every, starts_on, ahead):
    made, day = plan(debt, amount, every, starts_on), starts_on + timedelta(days=ahead)
    assert rules.due_by(made, day).pence == sum(
        each.amount.pence for each in rules.schedule(made) if each.due_on <= day
    )


def test_what_is_left_of_a_payment_with_the_charge_in_it():
    """118.42 a week is 513.153 a month, so 550.00 a month leaves 36.85."""
    assert rules.on_top(Money(550_00), Money(118_42), Frequency.MONTHLY) == Money(36_85)
    assert rules.on_top(Money(250_00), Money(118_42), Frequency.FORTNIGHTLY) == Money(13_16)
    assert rules.on_top(Money(100_00), Money(118_42), Frequency.WEEKLY) == Money(-18_42)


@pytest.mark.parametrize(
    ("today", "tested"),
    [
        (FRIDAY, None),
        (date(2026, 12, 3), None),
        (date(2026, 12, 4), FRIDAY),
        (date(2026, 12, 11), date(2026, 12, 4)),
        (date(2028, 1, 1), date(2026, 12, 18)),
    ],
)
def test_a_due_day_is_tested_once_its_tolerance_has_run_out(today, tested):
    assert rules.tested_day(plan(40_00, 10_00), TERMS, today) == tested


@pytest.mark.parametrize(
    ("left", "kept", "short"),
    [
        (70_00, Kept.KEPT, 0),
        (71_00, Kept.KEPT, 1_00),
        (71_01, Kept.BEHIND, 1_01),
        (89_99, Kept.BEHIND, 19_99),
        (90_00, Kept.BROKEN, 20_00),
        (150_00, Kept.BROKEN, 80_00),
        (0, Kept.COMPLETED, 0),
        (-5_00, Kept.COMPLETED, 0),
    ],
)
def test_kept_behind_or_broken_after_three_of_ten_instalments(left, kept, short):
    """100.00 at 10.00 a week: 30.00 is due by the third Friday, 1.00 less is no breach, 20.00 less is."""
    found = rules.progress(plan(100_00, 10_00), TERMS, date(2026, 12, 11), Money(left))
    assert (found.kept, found.short) == (kept, Money(short))


def test_who_pays_by_the_month_may_be_a_week_behind():
    made = plan(100_00, 10_00, Frequency.MONTHLY)
    assert rules.progress(made, TERMS, FRIDAY, Money(185_00), Money(118_42)).kept is Kept.KEPT
    assert rules.progress(made, TERMS, FRIDAY, Money(209_42), Money(118_42)).kept is Kept.KEPT
    behind = rules.progress(made, TERMS, FRIDAY, Money(209_43), Money(118_42))
    assert (behind.kept, behind.paid, behind.short) == (Kept.BEHIND, Money(-109_43), Money(119_43))


def test_short_of_the_last_instalment_is_a_breach_however_little():
    made = plan(40_00, 10_00)
    assert rules.progress(made, TERMS, made.ends_on, Money(5_00)).kept is Kept.BROKEN
    assert rules.progress(made, TERMS, None, Money(45_00)).kept is Kept.NOT_DUE
