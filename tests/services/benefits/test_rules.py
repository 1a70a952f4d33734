"""What benefits bring, by hand: weeks by the day, months by 52 / 12, spare bedrooms, deaths; and by Hypothesis."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import ZERO, BenefitKind, ClaimState, Frequency, Money
from app.services.benefits import rules
from app.services.benefits.dto import Award, Claim
from app.services.core.calendars import WEEK, week_monday

MONDAY = date(2026, 11, 2)
PENCE = st.integers(0, 50_000)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def claim(*awards, kind=BenefitKind.HOUSING_BENEFIT, claimed_on=date(2026, 1, 5), ended_on=None, state=ClaimState.LIVE):
    return Claim(1, 1, 1, 1, "Mx Alex Sample", kind, state, "", claimed_on, ended_on, None, "", awards)


def award(pence, from_on=date(2026, 1, 5), to_on=None, frequency=Frequency.WEEKLY, arrears=0, ours=True):
    return Award(1, from_on, to_on, Money(pence), frequency, 0, ours, Money(arrears))


def managed(pence, claimed_on, **more):
    paid = award(pence, claimed_on, frequency=Frequency.MONTHLY, **more)
    return claim(paid, kind=BenefitKind.UNIVERSAL_CREDIT, claimed_on=claimed_on)


@pytest.mark.parametrize(
    ("weekly", "free", "monthly"),
    [(100_00, 0, 433_33), (118_42, 0, 513_15), (95_00, 0, 411_67), (100_00, 2, 416_67), (110_00, 4, 440_00)],
)
def test_a_month_of_universal_credit_is_fifty_two_weeks_by_twelve(weekly, free, monthly):
    assert rules.monthly_costs(Money(weekly), free) == Money(monthly)


@pytest.mark.parametrize(("spare", "left"), [(0, 100_05), (1, 86_04), (2, 75_04), (3, 75_04)])
def test_spare_bedrooms_take_fourteen_or_twenty_five_per_cent_off(spare, left):
    """14% of 100.05 is 14.007, 25% of it 25.0125."""
    assert rules.under_occupied(Money(100_05), spare) == Money(left)


@pytest.mark.parametrize(
    ("died_on", "sunday", "monday"),
    [
        (date(2026, 11, 18), date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 22), date(2026, 11, 29), date(2026, 11, 22)),
        (date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 29)),
    ],
)
def test_the_last_day_after_a_death(died_on, sunday, monday):
    assert rules.last_day_after_death(died_on, "sunday") == sunday
    assert rules.last_day_after_death(died_on, "monday") == monday


def test_a_week_in_which_the_award_changes_is_reckoned_by_the_day():
    """70.00 for Monday to Wednesday is 30.00, 84.00 for the other four days is 48.00."""
    changed = claim(award(70_00, to_on=date(2026, 11, 4)), award(84_00, date(2026, 11, 5)))
    assert rules.in_week(changed, MONDAY) == Money(78_00)
    assert rules.in_week(changed, MONDAY - WEEK) == Money(70_00)
    assert rules.in_week(changed, MONDAY + WEEK) == Money(84_00)


def test_nothing_is_brought_after_the_last_day_or_to_the_tenant():
    assert rules.in_week(claim(award(70_00), ended_on=date(2026, 11, 3)), MONDAY) == Money(20_00)
    assert rules.in_week(claim(award(70_00)), MONDAY, until=date(2026, 11, 2)) == Money(10_00)
    assert rules.in_week(claim(award(70_00, ours=False)), MONDAY) == ZERO
    assert rules.in_week(claim(award(70_00, arrears=4_20)), MONDAY) == Money(74_20)


def test_the_payments_of_a_claim_of_the_seventh_come_on_the_thirteenth():
    found = list(rules.assessment_periods(managed(433_33, date(2026, 1, 7)), date(2026, 9, 1), date(2026, 11, 30), 7))
    assert [(each.from_on, each.to_on, each.due_on) for each in found] == [
        (date(2026, 8, 7), date(2026, 9, 6), date(2026, 9, 13)),
        (date(2026, 9, 7), date(2026, 10, 6), date(2026, 10, 13)),
        (date(2026, 10, 7), date(2026, 11, 6), date(2026, 11, 13)),
    ]


def test_a_claim_of_the_thirty_first_goes_by_the_last_day_of_shorter_months():
    found = list(rules.assessment_periods(managed(1, date(2026, 1, 31)), date(2026, 2, 1), date(2026, 5, 31), 7))
    assert [(each.from_on, each.due_on) for each in found] == [
        (date(2026, 1, 31), date(2026, 3, 6)),
        (date(2026, 2, 28), date(2026, 4, 6)),
        (date(2026, 3, 31), date(2026, 5, 6)),
    ]


def test_expected_against_received_by_week():
    """Two weeks of 60.00, one of which came short and one in full; a rent-free week; a week that came too much."""
    weeks = {MONDAY: 60_00, MONDAY + WEEK: 45_00, MONDAY + 3 * WEEK: 61_00}
    rows = list(rules.weekly_periods([claim(award(60_00))], weeks, MONDAY, MONDAY + 3 * WEEK, {MONDAY + 2 * WEEK}))
    assert [(row.from_on, row.difference.pence) for row in rows] == [
        (MONDAY, 0),
        (MONDAY + WEEK, 15_00),
        (MONDAY + 3 * WEEK, -1_00),
    ]


def test_expected_against_received_by_payment_day():
    """Due on the 13th: September came a day early, October never, November is five days old tomorrow."""
    made = managed(433_33, date(2026, 1, 7))
    came = [(date(2026, 8, 14), 433_33), (date(2026, 9, 12), 433_33)]
    at = [date(2026, 11, 17), date(2026, 11, 18)]
    early, late = (list(rules.monthly_periods([made], came, date(2026, 8, 24), today, 7)) for today in at)
    assert [(row.from_on, row.expected.pence, row.received.pence) for row in early] == [
        (date(2026, 9, 13), 433_33, 433_33),
        (date(2026, 10, 13), 433_33, 0),
    ]
    assert late[2].difference == Money(433_33)


def test_what_came_unexpected_is_a_period_of_its_own():
    rows = list(rules.monthly_periods([], [(date(2026, 9, 12), 50_00)], date(2026, 8, 24), date(2026, 11, 21), 7))
    assert [(row.expected, row.received) for row in rows] == [(ZERO, Money(50_00))]


@given(PENCE, PENCE, DAYS, st.integers(0, 6))
def test_a_change_within_a_week_brings_something_between_the_two(before, after, day, ahead):
    monday = week_monday(day)
    turn = monday + timedelta(days=ahead)
    first = [award(before, date(2020, 1, 6), turn - timedelta(days=1))]
    found = rules.in_week(claim(*first, award(after, turn), claimed_on=date(2020, 1, 6)), monday).pence
    assert min(before, after) - 1 <= found <= max(before, after) + 1


@given(PENCE, DAYS, st.integers(0, 400))
def test_the_days_of_a_claim_are_paid_for_once(pence, first, days):
    """An award of sevenfold pence, from any day to any day, brings a pence for each of its days."""
    last = first + timedelta(days=days)
    made = claim(award(pence * 7, first, last), claimed_on=first)
    weeks = range((week_monday(last) - week_monday(first)).days // 7 + 1)
    total = sum(rules.in_week(made, week_monday(first) + WEEK * week).pence for week in weeks)
    assert total == pence * (days + 1)


@given(PENCE, DAYS, st.none() | st.integers(0, 60), st.none() | st.integers(0, 60), st.booleans())
def test_what_is_expected_of_a_week_is_what_the_claims_bring_in_it(pence, first, awarded, entitled, ours):
    """Over ten weeks, whether or not something ends in them."""
    to_on = None if awarded is None else first + timedelta(days=awarded)
    ended_on = None if entitled is None else first + timedelta(days=entitled)
    made = claim(award(pence, first, to_on, ours=ours), claimed_on=first, ended_on=ended_on)
    monday = week_monday(first) + WEEK
    credited = {monday + WEEK * week: 1 for week in range(10)}
    for row in rules.weekly_periods([made], credited, monday, monday + WEEK * 9):
        assert row.expected == rules.in_week(made, row.from_on)


@given(DAYS, st.integers(1, 60))
def test_every_month_of_a_managed_claim_is_paid_once(claimed_on, months):
    last = claimed_on + timedelta(days=31 * months)
    found = list(rules.assessment_periods(managed(1, claimed_on), claimed_on, last, 7))
    assert all(one.to_on + timedelta(days=1) == other.from_on for one, other in pairwise(found))
    assert not found or found[0].from_on == claimed_on
