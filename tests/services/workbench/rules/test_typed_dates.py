"""What a typed date means. Today is Saturday 21 November 2026 unless a test says otherwise."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.workbench.rules.typed_dates import DateError, Toward, read_date

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 21)),
        ("T", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 20)),
        ("tomorrow", date(2026, 11, 22)),
        ("+7", date(2026, 11, 28)),
        ("-1w", date(2026, 11, 14)),
        ("+3 months", date(2027, 2, 21)),
        ("-1y", date(2025, 11, 21)),
        ("12/5/26", date(2026, 5, 12)),
        ("12.5.26", date(2026, 5, 12)),
        ("12-5-2026", date(2026, 5, 12)),
        ("120526", date(2026, 5, 12)),
        ("12052026", date(2026, 5, 12)),
        ("2026-05-12", date(2026, 5, 12)),
        ("1 apr 2027", date(2027, 4, 1)),
        ("1st April, 2027", date(2027, 4, 1)),
        ("3sept26", date(2026, 9, 3)),
        ("20", date(2026, 11, 20)),
        ("2/1", date(2027, 1, 2)),
        ("  12  11 ", date(2026, 11, 12)),
        ("29/2", date(2028, 2, 29)),
        ("16 Nov 2026", date(2026, 11, 16)),
    ],
)
def test_the_nearest_day_is_meant(typed, meant):
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "past", "coming"),
    [
        ("12/5", date(2026, 5, 12), date(2027, 5, 12)),
        ("12 5", date(2026, 5, 12), date(2027, 5, 12)),
        ("1 apr", date(2026, 4, 1), date(2027, 4, 1)),
        ("21/11", date(2026, 11, 21), date(2026, 11, 21)),
        ("22/11", date(2025, 11, 22), date(2026, 11, 22)),
        ("29/2", date(2024, 2, 29), date(2028, 2, 29)),
        ("30", date(2026, 10, 30), date(2026, 11, 30)),
        ("31", date(2026, 10, 31), date(2026, 12, 31)),
        ("3/3/58", date(1958, 3, 3), date(2058, 3, 3)),
        ("mon", date(2026, 11, 16), date(2026, 11, 23)),
        ("Fri", date(2026, 11, 20), date(2026, 11, 27)),
        ("saturday", date(2026, 11, 14), date(2026, 11, 28)),
        ("next mon", date(2026, 11, 23), date(2026, 11, 23)),
        ("last mon", date(2026, 11, 16), date(2026, 11, 16)),
    ],
)
def test_a_field_says_whether_the_past_or_the_coming_one_is_meant(typed, past, coming):
    assert read_date(typed, TODAY, Toward.PAST) == past
    assert read_date(typed, TODAY, Toward.COMING) == coming


def test_the_nearest_weekday_may_be_today():
    assert read_date("sat", TODAY) == TODAY
    assert read_date("tue", TODAY) == date(2026, 11, 24)
    assert read_date("wed", TODAY) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "No date was given"),
        ("soon", "'soon' is not a date"),
        ("31/4", "no such day"),
        ("29/2/2027", "no such day"),
        ("12/25", "Type the day first: 25/12"),
        ("1/1/1066", "year can't be right"),
        ("+99999", "year can't be right"),
        ("-99999w", "year can't be right"),
        ("1 floreal", "is not a date"),
        ("0/5", "no such day"),
        ("5/0", "no such day"),
        ("9" * 10_000_000, "too long"),
    ],
)
def test_what_is_no_date_is_told_with_the_reason(typed, says):
    with pytest.raises(DateError, match=says):
        read_date(typed, TODAY)


def test_a_month_later_is_the_last_day_where_the_month_is_shorter():
    assert read_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


@given(day=DAYS, today=DAYS)
def test_a_whole_date_means_itself_on_any_day(day, today):
    for typed in (f"{day:%d/%m/%Y}", f"{day.day} {day:%b} {day.year}", f"{day:%d%m%Y}", day.isoformat()):
        assert read_date(typed, today) == day


@given(day=DAYS, today=DAYS)
def test_a_date_without_a_year_is_on_its_side_of_today(day, today):
    typed = f"{day.day}/{day.month}"
    past, coming = read_date(typed, today, Toward.PAST), read_date(typed, today, Toward.COMING)
    near = read_date(typed, today)
    assert past <= today <= coming
    assert near in {past, coming}
    assert abs(near - today) == min(today - past, coming - today)
    for found in (past, coming):
        assert (found.day, found.month) == (day.day, day.month)


@given(today=DAYS, word=st.sampled_from("mon tue wed thu fri sat sun".split()))
def test_a_weekday_is_within_a_week(today, word):
    past, coming = read_date(word, today, Toward.PAST), read_date(word, today, Toward.COMING)
    assert timedelta(0) < today - past <= timedelta(7)
    assert timedelta(0) < coming - today <= timedelta(7)
    assert f"{past:%a}".lower() == f"{coming:%a}".lower() == word


@given(typed=st.text(max_size=60), today=DAYS)
def test_any_text_is_a_date_or_told(typed, today):
    with contextlib.suppress(DateError):
        assert 1900 <= read_date(typed, today).year < 2200
