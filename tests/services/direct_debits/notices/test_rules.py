"""When notice must be given: days worked out by hand over Christmas and Easter, and any day at all by Hypothesis."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import LeftOut
from app.services.core.calendars import BACS
from app.services.direct_debits.notices.rules import NoticeFacts, counts_from, earliest_due, fits, last_day

DUE = date(2027, 1, 4)


def test_ten_working_days_over_christmas():
    # Due on Monday 4 January 2027. Back from there: 31, 30, 29 December (the 28th is Boxing Day's), 24, 23, 22, 21, 18, 17, 16.
    assert last_day(DUE, 10) == date(2026, 12, 16)
    # A letter takes two more: Monday 14 December.
    assert last_day(DUE, 10, 2) == date(2026, 12, 14)


def test_ten_working_days_over_easter():
    # Due on Thursday 1 April 2027. Back: 31, 30 March, then 25 (Easter Monday is the 29th, Good Friday the 26th), 24, 23, 22,
    # 19, 18, 17, 16.
    assert last_day(date(2027, 4, 1), 10) == date(2027, 3, 16)
    assert last_day(date(2027, 4, 1), 10, 2) == date(2027, 3, 12)


def test_the_first_day_that_a_notice_of_today_is_enough_for():
    # Saturday 21 November 2026: Monday 23 is the first working day after it, Friday 4 December the tenth.
    assert earliest_due(date(2026, 11, 21), 10) == date(2026, 12, 4)
    # By post it arrives on Tuesday 24; ten after that is Tuesday 8 December.
    assert earliest_due(date(2026, 11, 21), 10, 2) == date(2026, 12, 8)
    assert counts_from(date(2026, 12, 24), 2) == date(2026, 12, 30)


def told(on, due=DUE, pence=441_67, **more):
    return NoticeFacts(DUE, 441_67, on, due, pence, **more)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (NoticeFacts(DUE, 441_67), LeftOut.NO_NOTICE),
        (told(date(2026, 12, 16)), None),
        (told(date(2026, 12, 17)), LeftOut.NOTICE_TOO_SHORT),
        (told(date(2026, 12, 1), pence=441_66), LeftOut.CHANGED_SINCE_NOTICE),
        (told(date(2026, 12, 1), due=date(2027, 1, 8)), LeftOut.CHANGED_SINCE_NOTICE),
        (told(date(2026, 12, 1), waits=True), LeftOut.NO_NOTICE),
        (told(date(2026, 12, 30), days=2), None),
        (told(date(2026, 12, 31), days=2), LeftOut.NOTICE_TOO_SHORT),
        (told(DUE, days=0), None),
    ],
)
def test_what_may_go(facts, why):
    assert fits(facts, 10) is why


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(0, 30), st.integers(0, 10))
def test_a_notice_of_any_day_is_enough_for_the_first_day_it_gives_and_not_for_the_working_day_before(day, days, post):
    first = earliest_due(day, days, post)
    assert BACS.is_working(first)
    counted = counts_from(day, post)

    def of(due):
        return fits(NoticeFacts(due, 1, counted, due, 1), days)

    assert of(first) is None
    if days:
        assert of(BACS.add(first, -1)) is LeftOut.NOTICE_TOO_SHORT


@given(DAYS, st.integers(1, 30), st.integers(0, 10))
def test_the_last_day_is_in_time_and_the_working_day_after_it_is_not(day, days, post):
    due = BACS.on_or_after(day)
    last = last_day(due, days, post)
    assert earliest_due(last, days, post) <= due < earliest_due(BACS.add(last, 1), days, post)
    assert due - last >= timedelta(days=days + post)
