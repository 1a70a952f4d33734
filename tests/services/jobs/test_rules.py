"""When jobs are due: by the clock on the office's wall, over holidays and changes of the clocks, and after a time off."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.calendars import office
from app.services.core.errors import UserError
from app.services.jobs import rules
from app.services.jobs.declared import JOBS
from app.services.jobs.rules import Pace, Schedule

OFFICE = office()
DAILY = Schedule(Pace.DAY, time(1, 30))
MONDAYS = Schedule(Pace.WEEK, time(5, 30), 1)


@dataclass(frozen=True)
class Kept:
    started_at: datetime | None = None
    done_for: datetime | None = None
    tried_for: datetime | None = None
    again_at: datetime | None = None


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minutes 10", "Every 10 minutes"),
        ("day 05:00", "Every day at 05:00"),
        ("working_day 06:15", "Working days at 06:15"),
        ("week 1 05:30", "Mondays at 05:30"),
        ("week 5 16:00 moves", "Fridays at 16:00, or the next working day"),
        ("month 31 04:00", "Day 31 of each month at 04:00"),
    ],
)
def test_a_schedule_is_read_and_told(text, words):
    assert rules.written(rules.read(text)) == text
    assert rules.in_words(rules.read(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hourly",
        "minutes",
        "minutes 0",
        "minutes 900",
        "day",
        "day 25:00",
        "week 8 05:00",
        "week 05:00",
        "month 32 04:00",
        "day 05:00 moves",
        "minutes 10 moves",
        "day 05:00 06:00",
        "working_day -1",
    ],
)
def test_what_is_no_schedule_is_refused_with_how_one_is_written(text):
    with pytest.raises(UserError, match="is no schedule") as refused:
        rules.read(text)
    assert "week 1 05:30" in refused.value.hint


def test_the_schedules_as_shipped_are_written_as_they_are_read():
    assert [rules.read(rules.written(job.schedule)) for job in JOBS] == [job.schedule for job in JOBS]


def test_a_time_that_comes_twice_when_the_clocks_go_back_is_due_once():
    """Sunday 25 October 2026: 01:30 is at 00:30 and again at 01:30 UTC."""
    first = utc("2026-10-25T00:30")
    assert rules.last_due(DAILY, utc("2026-10-25T00:29"), OFFICE) == utc("2026-10-24T00:30")
    assert rules.owed(DAILY, Kept(done_for=utc("2026-10-24T00:30")), first, OFFICE) == first
    done = Kept(done_for=first)
    for later in ("2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T01:31", "2026-10-25T23:00"):
        assert rules.owed(DAILY, done, utc(later), OFFICE) is None
    assert rules.next_due(DAILY, first, OFFICE) == utc("2026-10-26T01:30")


def test_a_time_that_never_comes_when_the_clocks_go_forward_is_due_an_hour_later_and_once():
    """Sunday 28 March 2027: after 00:59 UTC the wall says 02:00."""
    moment = utc("2027-03-28T01:30")
    assert rules.next_due(DAILY, utc("2027-03-27T12:00"), OFFICE) == moment
    assert rules.next_due(DAILY, moment, OFFICE) == utc("2027-03-29T00:30")


def test_every_few_minutes_are_minutes_whatever_the_wall_says():
    often = Schedule(Pace.MINUTES, number=10)
    kept = Kept(started_at=utc("2026-10-25T00:55"))
    assert rules.owed(often, kept, utc("2026-10-25T01:04"), OFFICE) is None
    assert rules.owed(often, kept, utc("2026-10-25T01:05"), OFFICE) == utc("2026-10-25T01:05")


def test_a_clock_that_was_ahead_and_is_put_back_keeps_nothing_waiting():
    often = Schedule(Pace.MINUTES, number=10)
    now = utc("2026-11-23T09:00")
    assert rules.owed(often, Kept(started_at=utc("2026-11-24T09:00")), now, OFFICE) == now
    a_year_ahead = Kept(done_for=utc("2027-11-23T01:30"))
    assert rules.owed(DAILY, a_year_ahead, now, OFFICE) == utc("2026-11-23T01:30")


def test_the_monday_of_a_bank_holiday_is_due_all_the_same_unless_it_moves():
    """Monday 28 December 2026 is the bank holiday in place of Boxing Day."""
    now = utc("2026-12-27T12:00")
    assert rules.next_due(MONDAYS, now, OFFICE) == utc("2026-12-28T05:30")
    moved = replace(MONDAYS, moves=True)
    assert rules.next_due(moved, now, OFFICE) == utc("2026-12-29T05:30")
    assert rules.next_due(moved, utc("2026-12-29T05:30"), OFFICE) == utc("2027-01-04T05:30")


def test_working_days_leave_out_weekends_holidays_and_the_offices_own_closures():
    daily = Schedule(Pace.WORKING_DAY, time(6))
    shut = office([utc("2026-12-29T00:00").date()])
    assert rules.next_due(daily, utc("2026-12-24T06:00"), shut) == utc("2026-12-30T06:00")


def test_the_last_day_of_a_short_month():
    monthly = Schedule(Pace.MONTH, time(4), 31)
    assert rules.next_due(monthly, utc("2027-02-01T00:00"), OFFICE) == utc("2027-02-28T04:00")
    moves = replace(monthly, moves=True)
    assert rules.next_due(moves, utc("2027-02-01T00:00"), OFFICE) == utc("2027-02-01T04:00")  # 31 January was a Sunday.


def test_after_ten_days_off_a_job_is_owed_once_for_the_latest_time():
    kept = Kept(done_for=utc("2026-11-10T01:30"))
    now = utc("2026-11-20T08:00")
    assert rules.owed(DAILY, kept, now, OFFICE) == utc("2026-11-20T01:30")
    assert rules.owed(DAILY, replace(kept, done_for=utc("2026-11-20T01:30")), now, OFFICE) is None


def test_what_failed_is_tried_again_after_longer_and_longer_and_then_left_until_its_next_time():
    now = moment = utc("2026-11-23T05:30")
    waits = []
    for tries in range(1, 6):
        again = rules.tries_again(tries, now)
        kept = Kept(tried_for=moment, again_at=again)
        if again is None:
            break
        assert rules.due(MONDAYS, kept, again - timedelta(seconds=1), OFFICE) is None
        assert rules.due(MONDAYS, kept, again, OFFICE) == moment
        assert rules.next_time(MONDAYS, kept, now, OFFICE) == again
        waits.append((again - now).seconds // 60)
    assert waits == [5, 15, 60]
    assert rules.due(MONDAYS, kept, utc("2026-11-29T05:30"), OFFICE) is None
    assert rules.due(MONDAYS, kept, utc("2026-11-30T05:30"), OFFICE) == utc("2026-11-30T05:30")


def test_a_job_is_late_two_hours_after_its_time_and_one_of_minutes_after_three_turns():
    kept = Kept(done_for=utc("2026-11-16T05:30"))
    assert not rules.late(MONDAYS, kept, utc("2026-11-23T07:30"), OFFICE)
    assert rules.late(MONDAYS, kept, utc("2026-11-23T07:31"), OFFICE)
    often, started = Schedule(Pace.MINUTES, number=20), Kept(started_at=utc("2026-11-23T09:00"))
    assert not rules.late(often, started, utc("2026-11-23T10:20"), OFFICE)
    assert rules.late(often, started, utc("2026-11-23T10:21"), OFFICE)


def test_what_comes_after_something_stands_after_it():
    after = {"charge": ("backup", "checks"), "report": ("charge",)}
    assert rules.in_order(["report", "charge", "tasks", "checks"], after) == ["tasks", "checks", "charge", "report"]
    assert rules.in_order(["charge"], after) == ["charge"]


SCHEDULES = st.one_of(
    st.builds(Schedule, st.sampled_from([Pace.DAY, Pace.WORKING_DAY]), st.times()),
    st.builds(Schedule, st.just(Pace.WEEK), st.times(), st.integers(1, 7), st.booleans()),
    st.builds(Schedule, st.just(Pace.MONTH), st.times(), st.integers(1, 31), st.booleans()),
)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: utc("2026-01-01T00:00") + timedelta(minutes=minutes))


@given(SCHEDULES, MOMENTS)
def test_every_time_is_the_last_one_once_it_has_come_and_no_other_lies_before_it(schedule, now):
    schedule = replace(schedule, at=schedule.at.replace(second=0, microsecond=0))
    coming = rules.next_due(schedule, now, OFFICE)
    assert coming is not None
    assert coming > now
    assert rules.last_due(schedule, coming, OFFICE) == coming
    before = rules.last_due(schedule, now, OFFICE)
    assert before is not None
    assert before <= now
    assert rules.next_due(schedule, before, OFFICE) == coming
