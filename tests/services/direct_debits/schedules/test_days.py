"""The nominal days of a rent year, and the working days of Bacs that they fall on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Frequency
from app.services.core.calendars import BACS, rent_year
from app.services.direct_debits.schedules import days
from app.services.direct_debits.schedules.dto import BY_MONTH, Terms

YEAR_52 = rent_year(date(2026, 6, 1))
"""6 April 2026 to 4 April 2027."""
YEAR_53 = rent_year(date(2024, 6, 1))
"""1 April 2024 to 6 April 2025."""


@pytest.mark.parametrize(
    ("frequency", "day", "in_52", "in_53"),
    [
        (Frequency.MONTHLY, 1, 12, 12),
        (Frequency.MONTHLY, 22, 12, 12),
        (Frequency.WEEKLY, 4, 52, 53),
        (Frequency.FORTNIGHTLY, 0, 26, 26),
        (Frequency.FOUR_WEEKLY, 0, 13, 13),
        (Frequency.QUARTERLY, 8, 4, 4),
    ],
)
def test_collections_of_a_whole_year(frequency, day, in_52, in_53):
    """Twelve months, 13 four weeks and 26 fortnights in either year (rules.md 1.2); by the week one more with 53."""
    for year, count in ((YEAR_52, in_52), (YEAR_53, in_53)):
        assert len(days.year_days(year, Terms(frequency, day, year.first_week_on))) == count


def test_months_go_from_april_to_march_whatever_week_the_year_begins_in():
    monthly = days.year_days(YEAR_52, Terms(Frequency.MONTHLY, 1, date(2026, 4, 1)))
    assert (monthly[0], monthly[-1]) == (date(2026, 4, 1), date(2027, 3, 1))
    monthly = days.year_days(YEAR_53, Terms(Frequency.MONTHLY, 31, date(2024, 4, 1)))
    assert monthly[:2] == (date(2024, 4, 30), date(2024, 5, 31))


def test_a_bank_holiday_moves_the_money_to_the_next_working_day():
    """New Year's Day 2027 is a Friday: the 1st moves to Monday the 4th. Good Friday is 26 March, and Easter Monday the 29th."""
    assert days.due_on(date(2027, 1, 1)) == date(2027, 1, 4)
    assert days.due_on(date(2027, 3, 26)) == date(2027, 3, 30)
    assert days.due_on(date(2026, 12, 25)) == date(2026, 12, 29)


def test_the_first_day_leaves_time_for_the_notice_and_the_bank():
    today = date(2026, 11, 21)
    assert days.first_day(today, 10, 2) == date(2026, 12, 9)
    assert days.first_day(today, 10, 2, date(2026, 12, 24)) == date(2026, 12, 24)
    assert days.first_day(today, 10, 2, date(2026, 12, 26)) == date(2026, 12, 29)


def test_what_is_collected_already_that_day_is_not_collected_twice():
    terms = Terms(Frequency.WEEKLY, 0, date(2026, 12, 1))
    found = days.days(YEAR_52, terms, date(2026, 12, 7), taken={date(2026, 12, 14)}, but={date(2026, 12, 21)})
    assert [on for on, _ in found[:2]] == [date(2026, 12, 7), date(2026, 12, 28)]


def test_too_late_in_a_year_it_is_the_next():
    terms = Terms(Frequency.MONTHLY, 15, date(2027, 3, 10))
    assert days.year_of(date(2027, 3, 10), terms, date(2027, 3, 26)).name == "2027-28"


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.sampled_from(Frequency),
    st.integers(0, 30),
    st.integers(0, 60),
)
def test_money_moves_on_working_days_of_bacs_never_twice_on_one(today, frequency, day, ahead):
    terms = Terms(frequency, day + 1 if frequency in BY_MONTH else day % 5, today)
    first_due = BACS.on_or_after(today + timedelta(days=ahead))
    year = days.year_of(today, terms, first_due)
    found = days.days(year, terms, first_due)
    moves = [due for _, due in found]
    assert moves == sorted(set(moves))
    assert all(BACS.is_working(due) and due >= first_due for due in moves)
    assert all(on <= due and on >= terms.starts_on for on, due in found)
    assert found
