"""How long cases last, by hand: 11 November 2026 and 60 days, the first counted, is 9 January 2027."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import HoldKind
from app.services.holds.cases.rules import (
    Terms,
    creditor_until,
    last_day,
    midway,
    months_after,
    outside,
    review_day,
    too_soon,
)

TERMS = Terms(60, 12, 25, 35, 20, 30, 30, 12)
SPACE = HoldKind.BREATHING_SPACE
START = date(2026, 11, 11)
DAYS = st.dates(date(2021, 5, 4), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("kind", "start", "crisis", "treated", "last"),
    [
        (SPACE, START, False, None, date(2027, 1, 9)),
        (SPACE, date(2028, 1, 1), False, None, date(2028, 2, 29)),
        (SPACE, START, True, None, None),
        (SPACE, START, True, date(2026, 12, 1), date(2026, 12, 31)),
        (HoldKind.BANKRUPTCY, START, False, None, date(2027, 11, 10)),
        (HoldKind.DEBT_RELIEF_ORDER, date(2028, 2, 29), False, None, date(2029, 2, 27)),
        (HoldKind.IVA, START, False, None, None),
    ],
)
def test_the_last_day_by_the_law(kind, start, crisis, treated, last):
    assert last_day(kind, start, TERMS, crisis=crisis, treatment_ended_on=treated) == last


@given(DAYS)
def test_a_standard_breathing_space_has_sixty_days(start):
    last = last_day(SPACE, start, TERMS)
    assert last is not None
    assert (last - start).days + 1 == 60


@given(DAYS, st.integers(0, 2_000))
def test_crisis_lasts_thirty_days_beyond_the_treatment(start, days):
    ended = start + timedelta(days=days)
    last = last_day(SPACE, start, TERMS, crisis=True, treatment_ended_on=ended)
    assert last == ended + timedelta(days=30)


def test_the_midway_review_is_on_days_25_to_35():
    assert midway(START, TERMS) == (date(2026, 12, 5), date(2026, 12, 15))
    assert review_day(SPACE, START, TERMS, crisis=False, reviewed_on=None) == date(2026, 12, 15)
    assert review_day(SPACE, START, TERMS, crisis=False, reviewed_on=date(2026, 12, 8)) is None
    assert review_day(HoldKind.IVA, START, TERMS, crisis=False, reviewed_on=None) is None


def test_crisis_treatment_is_asked_after_every_thirty_days():
    assert review_day(SPACE, START, TERMS, crisis=True, reviewed_on=None) == date(2026, 12, 11)
    assert review_day(SPACE, START, TERMS, crisis=True, reviewed_on=date(2026, 12, 10)) == date(2027, 1, 9)


@given(DAYS)
def test_the_midway_review_lies_within_it(start):
    first, last = midway(start, TERMS)
    end = last_day(SPACE, start, TERMS)
    assert start < first <= last <= end


def test_a_creditor_may_ask_for_a_review_on_the_first_twenty_days():
    assert creditor_until(SPACE, START, TERMS) == date(2026, 11, 30)
    assert creditor_until(HoldKind.BANKRUPTCY, START, TERMS) is None


@pytest.mark.parametrize(
    ("ended", "applied", "soon"),
    [
        (date(2026, 1, 9), date(2026, 11, 10), True),
        (date(2025, 11, 10), date(2026, 11, 10), False),
        (date(2025, 11, 11), date(2026, 11, 10), True),
    ],
)
def test_one_in_twelve_months(ended, applied, soon):
    assert too_soon(ended, applied, TERMS) is soon


@pytest.mark.parametrize(
    ("at_start", "now", "left"),
    [(400_00, 500_00, 100_00), (400_00, 350_00, 0), (-20_00, 90_00, 90_00), (400_00, -5_00, 0)],
)
def test_what_came_after_the_application_is_outside(at_start, now, left):
    assert outside(at_start, now) == left


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_what_is_outside_is_never_more_than_is_owed(at_start, now):
    assert 0 <= outside(at_start, now) <= max(now, 0)


@given(DAYS, st.integers(0, 60))
def test_months_after_stays_in_its_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
