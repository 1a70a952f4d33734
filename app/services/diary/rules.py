"""The office's rhythm: on which days a recurring task comes round, when it is due, and which are to be made now."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.services.core.calendars import RentYear, WorkingDays
from app.services.diary.dto import Priority

_DAY: Final = timedelta(days=1)
_CATCH_UP: Final = timedelta(days=92)
_MONTH: Final = timedelta(days=31)
_AHEAD_DAYS: Final = 62
"""How far beyond its lead an occurrence can be before its working day: two months, for the last working day of one."""


class Every(StrEnum):
    """What a recurring task follows."""

    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH_DAY = "month_day"
    MONTH_WORKING_DAY = "month_working_day"
    QUARTER_WORKING_DAY = "quarter_working_day"
    YEAR_DAY = "year_day"
    RENT_YEAR = "rent_year"


class IfClosed(StrEnum):
    """Where a task goes whose day is no working day of the office."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a recurring task comes round.

    Attributes:
        every: what it follows.
        day: WEEK: 1 Monday to 7 Sunday. MONTH_DAY, YEAR_DAY: the day of the month (in a shorter month its last).
            MONTH_WORKING_DAY, QUARTER_WORKING_DAY: the working day of the month, from its end where negative; a
            quarter's is in the month after it (January, April, July, October). RENT_YEAR: calendar days before the
            first Monday of a rent year, after it where negative.
        month: YEAR_DAY: the month.
        if_closed: where it goes from a day on which the office is shut.
        long_years_only: RENT_YEAR: only before a year of 53 weeks.
    """

    every: Every
    day: int = 1
    month: int = 0
    if_closed: IfClosed = IfClosed.AFTER
    long_years_only: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a task comes round: the day of its rhythm, by which it is known, and the working day it is due."""

    on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Template:
    """A recurring task.

    Attributes:
        lead_days: working days before it is due that it appears.
        catch_up: each occurrence that was missed is made, not only the last.
        owner_id, owner_team_id: who gets it; one of the two, or neither for whoever takes it.
        cover_id: who gets it when its owner is away on the day it is due.
        version: of the office's own row; None as shipped.
    """

    key: str
    title: str
    rhythm: Rhythm
    details: str = ""
    lead_days: int = 0
    catch_up: bool = False
    priority: Priority = Priority.NORMAL
    evidence_wanted: str = ""
    proof: str = ""
    owner_id: int | None = None
    owner_team_id: int | None = None
    cover_id: int | None = None
    active: bool = True
    version: int | None = None


YearOf = Callable[[date], RentYear]


def refuse_rhythm(rhythm: Rhythm) -> str:
    """What is wrong with a rhythm, as a sentence; nothing if it is right."""
    day, every = rhythm.day, rhythm.every
    if every is Every.WEEK and not 1 <= day <= 7:
        return "The day of the week is a number from 1 (Monday) to 7 (Sunday)."
    if every in {Every.MONTH_DAY, Every.YEAR_DAY} and not 1 <= day <= 31:
        return "The day of the month is a number from 1 to 31."
    if every is Every.YEAR_DAY and not 1 <= rhythm.month <= 12:
        return "The month is a number from 1 to 12."
    if every in {Every.MONTH_WORKING_DAY, Every.QUARTER_WORKING_DAY} and not (1 <= day <= 15 or -15 <= day <= -1):
        return "The working day is a number from 1 to 15, or from -1 (the last) to -15."
    if every is Every.RENT_YEAR and not -180 <= day <= 180:
        return "The days before the rent year are a number up to 180, or down to -180 for days after it has begun."
    return ""


def occurrence_days(rhythm: Rhythm, first: date, last: date, year_of: YearOf) -> Iterator[date]:
    """The days from `first` to `last`, both included, on which it comes round, before any is moved."""
    if rhythm.every is Every.RENT_YEAR:
        yield from _before_rent_years(rhythm, first, last, year_of)
        return
    if rhythm.every in {Every.WORKING_DAY, Every.WEEK}:
        days = (first + _DAY * ahead for ahead in range((last - first).days + 1))
        yield from (day for day in days if rhythm.every is Every.WORKING_DAY or day.isoweekday() == rhythm.day)
        return
    for year in range(first.year, last.year + 1):
        for month in _months(rhythm):
            counted = rhythm.every in {Every.MONTH_WORKING_DAY, Every.QUARTER_WORKING_DAY}
            day = date(year, month, 1 if counted else min(rhythm.day, calendar.monthrange(year, month)[1]))
            if first <= day <= last:
                yield day


def due_day(rhythm: Rhythm, on: date, office: WorkingDays) -> date:
    """The working day on which an occurrence is due."""
    if rhythm.every in {Every.MONTH_WORKING_DAY, Every.QUARTER_WORKING_DAY}:
        if rhythm.day > 0:
            return office.add(on - _DAY, rhythm.day)
        after = (on.replace(day=28) + timedelta(days=4)).replace(day=1)
        return office.add(after, rhythm.day)
    return office.on_or_before(on) if rhythm.if_closed is IfClosed.BEFORE else office.on_or_after(on)


def to_make(
    rhythm: Rhythm,
    *,
    today: date,
    made: Iterable[date],
    lead_days: int,
    catch_up: bool,
    office: WorkingDays,
    year_of: YearOf,
    since: date | None = None,
) -> tuple[Occurrence, ...]:
    """The occurrences that are wanted today and aren't made, the earliest first.

    An occurrence appears `lead_days` working days before it is due. A task that was never made begins on the day
    `since` (today, where that isn't known): what was due before anybody thought of it is not asked for. After a time
    in which nothing was made, `catch_up` makes each one that was missed in the last quarter, else only the last of them.
    """
    known = set(made)
    first = max(known) + _DAY if known else since or today
    last = today + timedelta(days=_AHEAD_DAYS + 2 * lead_days)
    found = [
        Occurrence(on, due_day(rhythm, on, office))
        for on in occurrence_days(rhythm, first if known else first - _MONTH, last, year_of)
        if on not in known
    ]
    if rhythm.every is Every.WORKING_DAY:
        found = [each for each in found if each.due_on == each.on]
    begun = [each for each in found if known or each.due_on >= first]
    wanted = [
        each for each in begun if each.due_on >= today - _CATCH_UP and office.add(each.due_on, -lead_days) <= today
    ]
    missed = [each for each in wanted if each.due_on < today]
    coming = [each for each in wanted if each.due_on >= today]
    return (*(missed if catch_up else missed[-1:]), *coming)


def _months(rhythm: Rhythm) -> tuple[int, ...]:
    if rhythm.every is Every.YEAR_DAY:
        return (rhythm.month,)
    return (1, 4, 7, 10) if rhythm.every is Every.QUARTER_WORKING_DAY else tuple(range(1, 13))


def _before_rent_years(rhythm: Rhythm, first: date, last: date, year_of: YearOf) -> Iterator[date]:
    before = timedelta(days=rhythm.day)
    year = year_of(first + before)
    while year.first_week_on - before <= last:
        on = year.first_week_on - before
        if first <= on and (year.weeks == 53 or not rhythm.long_years_only):
            yield on
        year = year_of(year.ends_on + _DAY)
