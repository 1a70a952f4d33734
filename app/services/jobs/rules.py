"""When a job is due: its schedule by the clock on the office's wall, what is owed after a time off, and when it is tried again.

A schedule is told in local time, the moments are UTC. A time that comes twice in the night on which the clocks go back is the
first of the two; one that doesn't come at all in the night on which they go forward is an hour later on the wall.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from app.services.core.calendars import WorkingDays
from app.services.core.day_times import read_time
from app.services.core.errors import UserError

_DAY: Final = timedelta(days=1)
_LOOK: Final = 75
"""Days that are looked through for the last or the next time: two months, and what moves over a holiday."""
RETRIES: Final = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""After how long a job that failed is tried again; after the last of them it waits for its next time, or for somebody."""
LOOK_AGAIN: Final = timedelta(minutes=30)
"""After how long a job that waits for an officer looks whether they have done it."""
_LATE: Final = timedelta(hours=2)
_LATE_OFTEN: Final = timedelta(minutes=30)
_AHEAD: Final = timedelta(minutes=2)
"""A moment that is further ahead than this was written by a clock that was wrong."""
_WEEKDAYS: Final = tuple(calendar.day_name)


class Pace(StrEnum):
    """What a schedule follows."""

    MINUTES = "minutes"
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job is due.

    Attributes:
        pace: what it follows.
        at: the time of day; not of MINUTES.
        number: MINUTES: how many. WEEK: 1 Monday to 7 Sunday. MONTH: the day of the month (in a shorter one its last).
        moves: WEEK, MONTH: on the next working day where the office is closed; else on its day whatever it is.
    """

    pace: Pace
    at: time = time()
    number: int = 0
    moves: bool = False


class Standing(Protocol):
    """What is kept of a job that its schedule looks at."""

    @property
    def started_at(self) -> datetime | None:
        """When it was run last."""
        ...

    @property
    def done_for(self) -> datetime | None:
        """Up to which moment of its schedule nothing is owed."""
        ...

    @property
    def tried_for(self) -> datetime | None:
        """For which moment it was tried last."""
        ...

    @property
    def again_at(self) -> datetime | None:
        """When it is tried again for that moment."""
        ...


@cache
def office_zone() -> ZoneInfo:
    """The time on the office's wall, whatever the computer is set to: a server often keeps UTC."""
    return ZoneInfo("Europe/London")


def read(text: str) -> Schedule:
    """A schedule as it is kept: `minutes 10`, `day 05:00`, `working_day 06:00`, `week 1 05:30`, `month 31 04:00 moves`.

    Raises:
        UserError: it is written in another way, or a number of it can't be.
    """
    words = text.split()
    try:
        made = _read(words)
    except (ValueError, IndexError):
        made = None
    if made is None:
        raise UserError(
            f"'{text}' is no schedule.",
            "Write it like: minutes 10, day 05:00, working_day 06:00, week 1 05:30, month 31 04:00 moves.",
            "schedule",
        )
    return made


def _read(words: list[str]) -> Schedule | None:
    pace, rest = Pace(words[0]), words[1:]
    moves = rest[-1:] == ["moves"]
    rest = rest[:-1] if moves else rest
    if pace is Pace.MINUTES:
        number, at = int(rest.pop(0)), time()
    else:
        number = int(rest.pop(0)) if pace in {Pace.WEEK, Pace.MONTH} else 0
        at = read_time(rest.pop(0)) or time()
    bounds = {Pace.MINUTES: (1, 720), Pace.WEEK: (1, 7), Pace.MONTH: (1, 31)}.get(pace, (0, 0))
    fits = bounds[0] <= number <= bounds[1] and not (moves and pace not in {Pace.WEEK, Pace.MONTH})
    return Schedule(pace, at, number, moves) if fits and not rest else None


def written(schedule: Schedule) -> str:
    """A schedule as it is kept."""
    at = f"{schedule.at:%H:%M}"
    if schedule.pace is Pace.MINUTES:
        return f"{schedule.pace} {schedule.number}"
    if schedule.pace in {Pace.DAY, Pace.WORKING_DAY}:
        return f"{schedule.pace} {at}"
    return f"{schedule.pace} {schedule.number} {at}{' moves' if schedule.moves else ''}"


def seldom(schedule: Schedule) -> bool:
    """Whether something is done less often than on each working day."""
    return schedule.pace in {Pace.WEEK, Pace.MONTH}


def in_words(schedule: Schedule) -> str:
    """A schedule as officers read it."""
    at = f"at {schedule.at:%H:%M}"
    if schedule.pace is Pace.MINUTES:
        return "Every minute" if schedule.number == 1 else f"Every {schedule.number} minutes"
    if schedule.pace is Pace.DAY:
        return f"Every day {at}"
    if schedule.pace is Pace.WORKING_DAY:
        return f"Working days {at}"
    moved = ", or the next working day" if schedule.moves else ""
    if schedule.pace is Pace.WEEK:
        return f"{_WEEKDAYS[schedule.number - 1]}s {at}{moved}"
    return f"Day {schedule.number} of each month {at}{moved}"


def last_due(schedule: Schedule, now: datetime, office: WorkingDays) -> datetime | None:
    """The latest moment up to now at which it was due; of MINUTES there is none."""
    if schedule.pace is Pace.MINUTES:
        return None
    today = now.astimezone(office_zone()).date()
    moments = (_moment(day, schedule.at) for day in _days(today, -1) if _falls(schedule, day, office))
    return next((each for each in moments if each <= now), None)


def next_due(schedule: Schedule, now: datetime, office: WorkingDays) -> datetime | None:
    """The first moment after now at which it is due; of MINUTES there is none."""
    if schedule.pace is Pace.MINUTES:
        return None
    today = now.astimezone(office_zone()).date()
    moments = (_moment(day, schedule.at) for day in _days(today, 1) if _falls(schedule, day, office))
    return next((each for each in moments if each > now), None)


def owed(schedule: Schedule, kept: Standing, now: datetime, office: WorkingDays) -> datetime | None:
    """The moment for which a job should be run: the latest that has come since it was done, however many there were.

    Of one that is asked every few minutes it is when those were over.
    """
    if schedule.pace is Pace.MINUTES:
        if kept.started_at is None or kept.started_at > now + _AHEAD:
            return now
        over = kept.started_at + timedelta(minutes=schedule.number)
        return over if over <= now else None
    latest = last_due(schedule, now, office)
    known = kept.done_for is not None and kept.done_for <= now + _AHEAD
    if latest is None or (known and kept.done_for is not None and kept.done_for >= latest):
        return None
    return latest


def due(schedule: Schedule, kept: Standing, now: datetime, office: WorkingDays) -> datetime | None:
    """The moment for which a job is run now: it is owed, and if it failed for that moment it is time to try again."""
    moment = owed(schedule, kept, now, office)
    if moment is None or schedule.pace is Pace.MINUTES or kept.tried_for != moment:
        return moment
    return moment if kept.again_at is not None and kept.again_at <= now else None


def next_time(schedule: Schedule, kept: Standing, now: datetime, office: WorkingDays) -> datetime | None:
    """When a job is run next, if the scheduler calls: now if it is due, else when it is tried again, else its next time."""
    if schedule.pace is Pace.MINUTES:
        over = owed(schedule, kept, now, office)
        return now if over or not kept.started_at else kept.started_at + timedelta(minutes=schedule.number)
    if due(schedule, kept, now, office) is not None:
        return now
    if owed(schedule, kept, now, office) is not None and kept.again_at is not None:
        return kept.again_at
    return next_due(schedule, now, office)


def late(schedule: Schedule, kept: Standing, now: datetime, office: WorkingDays) -> bool:
    """Whether a job that is owed should have been run by now: two hours after its time, or three times its minutes."""
    moment = owed(schedule, kept, now, office)
    if moment is None or (schedule.pace is Pace.MINUTES and kept.started_at is None):
        return False
    often = max(_LATE_OFTEN, timedelta(minutes=3 * schedule.number))
    return now - moment > (often if schedule.pace is Pace.MINUTES else _LATE)


def tries_again(tries: int, now: datetime) -> datetime | None:
    """When a job is tried again that failed so often for one moment; None: not by itself."""
    return now + RETRIES[tries - 1] if 1 <= tries <= len(RETRIES) else None


def in_order(names: Iterable[str], after: Mapping[str, Collection[str]]) -> list[str]:
    """Names so that each stands after those that it comes after; otherwise as they are given."""
    left, placed = list(names), list[str]()
    while left:
        free = next((each for each in left if not any(other in left for other in after.get(each, ()))), left[0])
        left.remove(free)
        placed.append(free)
    return placed


def _days(today: date, step: int) -> Iterable[date]:
    return (today + _DAY * step * each for each in range(_LOOK))


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, office_zone()).astimezone(UTC)


def _falls(schedule: Schedule, day: date, office: WorkingDays) -> bool:
    if schedule.pace is Pace.DAY:
        return True
    if schedule.pace is Pace.WORKING_DAY:
        return office.is_working(day)
    if schedule.pace is Pace.WEEK:
        base = day - _DAY * ((day.isoweekday() - schedule.number) % 7)
        return day == (office.on_or_after(base) if schedule.moves else base)
    months = (day, day.replace(day=1) - _DAY)
    bases = (each.replace(day=min(schedule.number, calendar.monthrange(each.year, each.month)[1])) for each in months)
    return any(day == (office.on_or_after(each) if schedule.moves else each) for each in bases)
