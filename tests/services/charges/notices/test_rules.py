"""Notice of a change: the examples of rules.md 1.8, and any day at all by Hypothesis."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money, Tenure
from app.services.charges.notices.rules import (
    first_monday,
    is_valid,
    needs_notice,
    notice_days,
    post_by,
    serve_by,
    served_on,
)

APRIL_2026 = date(2026, 4, 6)


def test_the_examples_of_the_reference():
    assert serve_by(APRIL_2026, 28) == date(2026, 3, 9)
    assert serve_by(date(2027, 4, 5), 28) == date(2027, 3, 8)


def test_days_in_the_post_are_counted_back_over_weekends_and_bank_holidays():
    # To be served on Monday 9 March 2026 with two working days in the post: Thursday 5 March.
    assert post_by(APRIL_2026, 28, 2) == date(2026, 3, 5)
    assert served_on(date(2026, 3, 5), 2) == date(2026, 3, 9)
    # To be served by Easter Monday, 29 March 2027, it has to be there on Thursday 25 March, before Good Friday.
    assert post_by(date(2027, 4, 26), 28, 2) == date(2027, 3, 23)


def test_the_longer_of_four_weeks_and_the_rental_period():
    assert notice_days(28) == 28
    assert notice_days(28, 31) == 31


def test_only_what_becomes_dearer_for_a_tenant_needs_one():
    assert needs_notice(Tenure.SECURE, Money(100_00), Money(104_80))
    assert needs_notice(Tenure.SECURE, None, Money(1_00))
    assert needs_notice(Tenure.GARAGE, Money(17_80), Money(18_00))
    assert not needs_notice(Tenure.SECURE, Money(100_00), Money(99_00))
    assert not needs_notice(Tenure.SECURE, Money(100_00), None)
    assert not needs_notice(Tenure.LEASEHOLD, Money(100_00), Money(104_80))


def test_no_notice_is_not_a_valid_one():
    assert not is_valid(None, APRIL_2026, 28)
    assert is_valid(date(2026, 3, 9), APRIL_2026, 28)
    assert not is_valid(date(2026, 3, 10), APRIL_2026, 28)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 90), st.integers(0, 5))
def test_posted_by_then_it_is_served_in_time_and_a_working_day_later_it_is_not(effective_on, days, delivery):
    posted = post_by(effective_on, days, delivery)
    assert is_valid(served_on(posted, delivery), effective_on, days)
    assert serve_by(effective_on, days) - served_on(posted, delivery) < timedelta(days=7)
    first = first_monday(served_on(posted, delivery), days)
    assert first.weekday() == 0
    assert first <= effective_on + timedelta(days=6)
