from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import EndReason
from app.services.tenancies.endings import rules
from app.services.tenancies.endings.dto import LateKeys, Terms

FOUR_WEEKS = Terms(28)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("notice_on", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 29)),  # a Monday counts itself
        (date(2026, 11, 3), date(2026, 12, 6)),  # a Tuesday waits for the next Monday
        (date(2026, 11, 8), date(2026, 12, 6)),  # so does a Sunday
        (date(2026, 11, 9), date(2026, 12, 6)),
    ],
)
def test_four_weeks_run_to_a_sunday(notice_on, last):
    assert rules.notice_end(notice_on, FOUR_WEEKS) == last


def test_a_landlord_may_end_on_any_day():
    assert rules.notice_end(date(2026, 11, 3), Terms(28, whole_weeks=False)) == date(2026, 11, 30)


def test_no_notice_ends_with_the_week():
    assert rules.notice_end(date(2026, 11, 4), Terms(0)) == date(2026, 11, 8)


@given(days, st.integers(0, 90))
def test_a_notice_is_never_short_and_ends_on_a_sunday(notice_on, length):
    last = rules.notice_end(notice_on, Terms(length))
    assert last.weekday() == 6
    assert timedelta(days=max(length, 1)) <= last - notice_on + timedelta(days=1) < timedelta(days=max(length, 1) + 7)


def at(day, hour, minute=0):
    return datetime.combine(day, datetime.min.time()).replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("returned", "weeks"),
    [
        (None, 0),
        (at(date(2026, 11, 6), 15), 0),  # before the end
        (at(date(2026, 11, 9), 12), 0),  # Monday at noon is in time
        (at(date(2026, 11, 9), 12, 1), 1),
        (at(date(2026, 11, 16), 12), 1),  # the next Monday at noon is still one week
        (at(date(2026, 11, 16), 12, 1), 2),
    ],
)
def test_a_week_begun_by_late_keys_is_paid(returned, weeks):
    found = rules.dates(FOUR_WEEKS, notice_on=date(2026, 10, 6), agreed_on=None, keys_returned_at=returned)
    assert found.notice_ends_on == date(2026, 11, 8)
    assert found.keys_due_at == at(date(2026, 11, 9), 12)
    assert (found.late_weeks, found.ends_on) == (weeks, date(2026, 11, 8) + timedelta(weeks=weeks))


def test_late_keys_may_cost_nothing():
    late = at(date(2026, 11, 20), 9)
    asked = {"notice_on": date(2026, 10, 6), "agreed_on": None, "keys_returned_at": late}
    assert rules.dates(Terms(28, late_keys=LateKeys.NONE), **asked).late_weeks == 0
    assert rules.dates(FOUR_WEEKS, **asked, waive_late=True).late_weeks == 0


def test_after_a_death_with_no_notice_rent_runs_to_the_sunday_after_the_keys():
    keys = at(date(2026, 11, 18), 15)  # a Wednesday
    found = rules.dates(Terms(0), notice_on=date(2026, 11, 4), agreed_on=None, keys_returned_at=keys)
    assert found.ends_on == date(2026, 11, 22)


@given(days, st.integers(0, 60), st.integers(0, 23))
def test_keys_never_shorten_a_tenancy_and_add_whole_weeks(notice_on, later, hour):
    due = rules.keys_due(rules.notice_end(notice_on, FOUR_WEEKS), FOUR_WEEKS)
    keys = due.replace(hour=hour) + timedelta(days=later - 20)
    found = rules.dates(FOUR_WEEKS, notice_on=notice_on, agreed_on=None, keys_returned_at=keys)
    assert (found.ends_on - found.notice_ends_on).days == 7 * found.late_weeks
    assert (keys <= due) == (found.late_weeks == 0)
    if found.late_weeks:
        assert due + timedelta(weeks=found.late_weeks - 1) < keys <= due + timedelta(weeks=found.late_weeks)


def test_an_agreed_day_is_the_last_and_the_policys_is_told():
    found = rules.dates(FOUR_WEEKS, notice_on=date(2026, 11, 3), agreed_on=date(2026, 11, 15), keys_returned_at=None)
    assert (found.ends_on, found.by_policy) == (date(2026, 11, 15), date(2026, 12, 6))


def test_an_ending_needs_a_day():
    with pytest.raises(ValueError, match="notice or a last day"):
        rules.dates(FOUR_WEEKS, notice_on=None, agreed_on=None, keys_returned_at=None)


@pytest.mark.parametrize(
    ("died_on", "policy", "last"),
    [
        (date(2026, 11, 4), "sunday", date(2026, 11, 8)),  # a Wednesday
        (date(2026, 11, 4), "monday", date(2026, 11, 8)),
        (date(2026, 11, 8), "sunday", date(2026, 11, 15)),  # a Sunday: the first Sunday after is a week later
        (date(2026, 11, 8), "monday", date(2026, 11, 8)),
        (date(2026, 11, 9), "sunday", date(2026, 11, 15)),
    ],
)
def test_housing_benefit_after_a_death(died_on, policy, last):
    found = rules.entitled_to(
        EndReason.DEATH, notice_ends_on=date(2026, 12, 6), left_on=None, died_on=died_on, after_death=policy
    )
    assert found == last


def test_housing_benefit_ends_with_the_notice_or_with_the_move():
    asked = {"notice_ends_on": date(2026, 11, 8), "died_on": None, "after_death": "sunday"}
    assert rules.entitled_to(EndReason.TENANT_NOTICE, left_on=None, **asked) == date(2026, 11, 8)
    assert rules.entitled_to(EndReason.ABANDONED, left_on=date(2026, 11, 1), **asked) == date(2026, 11, 1)
    assert rules.entitled_to(EndReason.ABANDONED, left_on=date(2026, 11, 20), **asked) == date(2026, 11, 8)
