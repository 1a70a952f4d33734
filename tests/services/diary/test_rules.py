from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.calendars import RentYear, office, rent_year
from app.services.diary.rules import Every, IfClosed, Rhythm, due_day, occurrence_days, refuse_rhythm, to_make
from app.services.diary.templates import shipped

OFFICE = office()
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
MONDAY = Rhythm(Every.WEEK, 1)


def by_key(key):
    return next(each for each in shipped() if each.key == key)


def wanted(rhythm, today, made=(), *, lead=0, catch_up=False, since=None):
    kept = {"made": made, "lead_days": lead, "catch_up": catch_up, "since": since}
    return to_make(rhythm, today=today, office=OFFICE, year_of=rent_year, **kept)


@given(DAYS, st.integers(0, 60))
def test_due_in_working_days_is_the_nth_working_day_after_today(today, count):
    due = OFFICE.add(today, count)
    assert OFFICE.between(today, due) == count
    assert count == 0 or OFFICE.is_working(due)


RHYTHMS = st.one_of(
    st.builds(Rhythm, st.just(Every.WEEK), st.integers(1, 7), if_closed=st.sampled_from(IfClosed)),
    st.builds(Rhythm, st.just(Every.MONTH_DAY), st.integers(1, 31), if_closed=st.sampled_from(IfClosed)),
    st.builds(Rhythm, st.just(Every.MONTH_WORKING_DAY), st.integers(1, 15) | st.integers(-15, -1)),
    st.builds(Rhythm, st.just(Every.QUARTER_WORKING_DAY), st.integers(1, 15) | st.integers(-15, -1)),
    st.builds(Rhythm, st.just(Every.YEAR_DAY), st.integers(1, 31), st.integers(1, 12)),
    st.builds(Rhythm, st.just(Every.RENT_YEAR), st.integers(-90, 90), if_closed=st.sampled_from(IfClosed)),
    st.just(Rhythm(Every.WORKING_DAY)),
)


@given(RHYTHMS, DAYS)
def test_an_occurrence_is_due_on_a_working_day_and_moves_the_way_it_should(rhythm, first):
    assert refuse_rhythm(rhythm) == ""
    days = list(occurrence_days(rhythm, first, first + timedelta(days=400), rent_year))
    assert days == sorted(set(days))
    assert all(first <= day <= first + timedelta(days=400) for day in days)
    for day in days:
        due = due_day(rhythm, day, OFFICE)
        assert OFFICE.is_working(due)
        if rhythm.every in {Every.MONTH_WORKING_DAY, Every.QUARTER_WORKING_DAY}:
            assert (due.year, due.month) == (day.year, day.month)
        elif OFFICE.is_working(day):
            assert due == day
        else:
            assert (due < day) == (rhythm.if_closed is IfClosed.BEFORE)


@given(RHYTHMS, DAYS, st.integers(0, 20), st.lists(st.integers(0, 40), min_size=1, max_size=12), st.booleans())
def test_whenever_it_runs_nothing_is_made_twice_and_nothing_is_missed(rhythm, first, lead, gaps, catch_up):
    made = []
    today = first
    for gap in gaps:
        today += timedelta(days=gap)
        found = wanted(rhythm, today, made, lead=lead, catch_up=catch_up, since=first)
        again = wanted(rhythm, today, [*made, *(each.on for each in found)], lead=lead, catch_up=catch_up, since=first)
        assert again == ()
        made += [each.on for each in found]
    assert len(made) == len(set(made))
    if catch_up:
        days = occurrence_days(rhythm, first - timedelta(days=31), today + timedelta(days=7), rent_year)
        due = [day for day in days if first <= due_day(rhythm, day, OFFICE) <= today]
        if rhythm.every is Every.WORKING_DAY:
            due = [day for day in due if OFFICE.is_working(day)]
        assert set(due) <= set(made)


def test_the_weekly_debit_of_easter_monday_is_due_on_tuesday():
    (found,) = wanted(MONDAY, date(2026, 4, 7), [date(2026, 3, 30)])
    assert (found.on, found.due_on) == (date(2026, 4, 6), date(2026, 4, 7))
    assert wanted(MONDAY, date(2026, 4, 6), [date(2026, 3, 30)]) == ()


def test_after_six_weeks_each_debit_is_made_but_the_overdue_post_only_once():
    today, last = date(2026, 11, 23), date(2026, 10, 12)
    debits = wanted(MONDAY, today, [last], catch_up=True)
    assert [each.on for each in debits] == [last + timedelta(weeks=week) for week in range(1, 7)]
    assert [each.on for each in wanted(MONDAY, date(2026, 11, 25), [last])] == [date(2026, 11, 23)]


def test_a_task_that_was_never_made_begins_today():
    assert wanted(MONDAY, date(2026, 11, 25)) == ()
    assert [each.on for each in wanted(MONDAY, date(2026, 11, 23))] == [date(2026, 11, 23)]


def test_notices_of_the_new_rent_are_due_four_weeks_and_more_before_it():
    notices = by_key("rent_notices").rhythm
    for year in range(2025, 2035):
        first_monday = rent_year(date(year, 6, 1)).first_week_on
        (day,) = occurrence_days(notices, first_monday - timedelta(days=60), first_monday, rent_year)
        due = due_day(notices, day, OFFICE)
        assert timedelta(days=28) < first_monday - due <= timedelta(days=42)


def test_week_53_is_planned_only_before_a_long_year():
    rhythm = by_key("rent_week_53").rhythm
    found = list(occurrence_days(rhythm, date(2023, 5, 1), date(2031, 4, 30), rent_year))
    long_years = [rent_year(date(year, 6, 1)) for year in range(2023, 2032)]
    assert found == [year.first_week_on - timedelta(days=63) for year in long_years if year.weeks == 53][: len(found)]
    assert len(found) == 2  # 2024-25 and 2029-30 have 53 Mondays


def test_a_stated_rent_year_moves_the_rent_round():
    stated = (RentYear(date(2027, 3, 29), 52),)
    day = occurrence_days(
        Rhythm(Every.RENT_YEAR, 28), date(2027, 1, 1), date(2027, 4, 30), partial(rent_year, stated=stated)
    )
    assert list(day) == [date(2027, 3, 1)]


@pytest.mark.parametrize(
    ("key", "on", "due"),
    [
        ("month_end_cash", date(2027, 1, 1), date(2027, 1, 6)),  # 1 Jan is a holiday, 2 and 3 a weekend
        ("direct_debit_notices", date(2026, 12, 1), date(2026, 12, 14)),  # 31, 30, 29, 24 ... 15, 14
        ("quarter_statements", date(2026, 10, 1), date(2026, 10, 7)),
        ("access_review", date(2026, 10, 1), date(2026, 10, 1)),
    ],
)
def test_days_worked_by_hand(key, on, due):
    rhythm = by_key(key).rhythm
    assert due_day(rhythm, on, OFFICE) == due
    assert on in occurrence_days(rhythm, on, on, rent_year)


def test_direct_debit_notices_leave_ten_working_days_before_the_first():
    rhythm = by_key("direct_debit_notices").rhythm
    for month in range(1, 12):
        first = date(2026, month + 1, 1)
        assert OFFICE.between(due_day(rhythm, date(2026, month, 1), OFFICE), first) >= 10


def test_every_shipped_task_is_sound():
    keys = [each.key for each in shipped()]
    assert len(keys) == len(set(keys)) >= 20
    for each in shipped():
        assert refuse_rhythm(each.rhythm) == "", each.key
        assert each.title, each.key
        assert "  " not in each.details, each.key


@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(Every.WEEK, 8),
        Rhythm(Every.MONTH_DAY, 0),
        Rhythm(Every.MONTH_WORKING_DAY, 0),
        Rhythm(Every.YEAR_DAY, 3, 13),
        Rhythm(Every.RENT_YEAR, 400),
    ],
)
def test_an_impossible_rhythm_is_refused_with_a_sentence(rhythm):
    assert refuse_rhythm(rhythm).endswith(".")
