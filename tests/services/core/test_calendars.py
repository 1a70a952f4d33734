from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.calendars import (
    BACS,
    FOI,
    STATUTORY,
    RentYear,
    monday_on_or_after,
    mondays,
    office,
    rent_year,
    week_monday,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))

# The calendar that councils publish: first Monday and number of weeks.
PUBLISHED = [
    (date(2018, 4, 2), 52),
    (date(2019, 4, 1), 53),
    (date(2020, 4, 6), 52),
    (date(2021, 4, 5), 52),
    (date(2022, 4, 4), 52),
    (date(2023, 4, 3), 52),
    (date(2024, 4, 1), 53),
    (date(2025, 4, 7), 52),
    (date(2026, 4, 6), 52),
    (date(2027, 4, 5), 52),
    (date(2028, 4, 3), 52),
    (date(2029, 4, 2), 52),
    (date(2030, 4, 1), 53),
    (date(2031, 4, 7), 52),
    (date(2035, 4, 2), 53),
]


@pytest.mark.parametrize(("first", "weeks"), PUBLISHED)
def test_the_published_rent_years(first, weeks):
    year = rent_year(first)
    assert year == RentYear(first, weeks)
    assert rent_year(year.ends_on) == year
    assert rent_year(first - timedelta(days=1)) != year


def test_a_rent_year_of_53_weeks():
    year = rent_year(date(2024, 12, 25))
    assert year.name == "2024-25"
    assert year.first_week_on == date(2024, 4, 1)
    assert year.last_week_on == date(2025, 3, 31)
    assert year.ends_on == date(2025, 4, 6)
    assert year.week_number(date(2025, 4, 6)) == 53
    assert len(year.mondays()) == 53


def test_the_first_days_of_april_belong_to_the_year_before_until_its_monday():
    assert rent_year(date(2026, 4, 5)).name == "2025-26"
    assert rent_year(date(2026, 4, 6)).name == "2026-27"
    assert rent_year(date(2026, 11, 21)).week_number(date(2026, 11, 21)) == 33


def test_a_week_of_another_year_has_no_number():
    with pytest.raises(ValueError, match="2026-27"):
        rent_year(date(2026, 11, 21)).week_number(date(2027, 4, 5))


@given(DAYS)
def test_every_day_is_in_one_rent_year_of_52_or_53_weeks(on):
    year = rent_year(on)
    assert on in year
    assert year.weeks in {52, 53}
    assert year.first_week_on.weekday() == 0
    assert (4, 1) <= (year.first_week_on.month, year.first_week_on.day) <= (4, 7)
    assert year.mondays()[year.week_number(on) - 1] == week_monday(on)
    assert rent_year(year.ends_on + timedelta(days=1)).first_week_on == year.ends_on + timedelta(days=1)


def test_a_landlord_may_begin_the_year_on_the_monday_nearest_1_april():
    stated = (RentYear(date(2026, 3, 30), 52),)
    assert rent_year(date(2026, 4, 1), stated) == stated[0]
    assert rent_year(date(2026, 3, 29), stated) == RentYear(date(2025, 4, 7), 51)
    assert rent_year(date(2027, 3, 29), stated) == RentYear(date(2027, 3, 29), 53)


@given(DAYS, st.sampled_from([-7, 0, 7]), st.sampled_from([52, 53]))
def test_years_beside_a_stated_one_meet_it(on, shift, weeks):
    stated = (RentYear(rent_year(on).first_week_on + timedelta(days=shift), weeks),)
    for day in (on, stated[0].first_week_on - timedelta(days=1), stated[0].ends_on + timedelta(days=1)):
        year = rent_year(day, stated)
        assert day in year
        assert rent_year(year.first_week_on, stated) == year
        assert rent_year(year.ends_on, stated) == year


def test_free_weeks_leave_charge_weeks():
    year = rent_year(date(2024, 4, 1))
    last_two = set(year.mondays()[-2:])
    assert year.charge_weeks(()) == 53
    assert year.charge_weeks(last_two) == 51
    assert year.charge_weeks(last_two | {date(2026, 4, 6)}) == 51


@given(DAYS)
def test_weeks_run_from_monday_to_sunday(on):
    monday = week_monday(on)
    assert monday.weekday() == 0
    assert monday <= on <= monday + timedelta(days=6)
    assert monday_on_or_after(on) in {on, monday + timedelta(days=7)}


def test_mondays_of_a_span():
    assert list(mondays(date(2026, 11, 18), date(2026, 11, 30))) == [
        date(2026, 11, 16),
        date(2026, 11, 23),
        date(2026, 11, 30),
    ]


# Bank holidays of England and Wales as gov.uk lists them.
BANK_HOLIDAYS = [
    *[date(2026, m, d) for m, d in [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]],
    *[date(2027, m, d) for m, d in [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]],
    *[date(2028, m, d) for m, d in [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]],
]


@pytest.mark.parametrize("calendar", [office(), STATUTORY, BACS, FOI], ids=lambda calendar: calendar.name)
def test_bank_holidays_of_england_are_not_working_days(calendar):
    assert not any(calendar.is_working(day) for day in BANK_HOLIDAYS)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_other_weekday_is_a_working_day(year):
    days = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    shut = [day for day in days if day.weekday() < 5 and not STATUTORY.is_working(day)]
    assert shut == [day for day in BANK_HOLIDAYS if day.year == year]


def test_foi_days_leave_out_a_bank_holiday_anywhere_in_the_kingdom():
    patrick, scots_august, andrew = date(2026, 3, 17), date(2026, 8, 3), date(2026, 11, 30)
    for day in (patrick, scots_august, andrew):
        assert STATUTORY.is_working(day)
        assert not FOI.is_working(day)


def test_a_local_closure_counts_at_the_office_only():
    christmas_week = [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)]
    ours = office(christmas_week)
    assert ours.add(date(2026, 12, 24), 1) == date(2027, 1, 4)
    assert STATUTORY.add(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_counting_over_christmas_by_hand():
    # Thu 24 Dec 2026; 25 and 28 are bank holidays, 26 and 27 a weekend, 1 Jan a bank holiday.
    assert BACS.add(date(2026, 12, 24), 3) == date(2026, 12, 31)
    assert BACS.add(date(2027, 1, 4), -3) == date(2026, 12, 29)
    assert BACS.between(date(2026, 12, 24), date(2027, 1, 4)) == 4
    assert BACS.on_or_after(date(2026, 12, 25)) == date(2026, 12, 29)
    assert BACS.on_or_before(date(2026, 12, 28)) == date(2026, 12, 24)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)), st.integers(min_value=1, max_value=40))
def test_adding_and_counting_agree(day, count):
    later = STATUTORY.add(day, count)
    assert STATUTORY.is_working(later)
    assert STATUTORY.between(day, later) == count
    assert STATUTORY.between(later, day) == 0
