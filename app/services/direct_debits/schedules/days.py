"""The days on which something is collected: nominal days of a rent year, and the working days of Bacs that they fall on.

`bacs` are the days on which Bacs works, with its one-off closures.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from app.models.values import Frequency
from app.services.core.calendars import BACS, WEEK, RentYear, WorkingDays, months_after, rent_year
from app.services.direct_debits.schedules.dto import BY_MONTH, Terms

_WEEKS: Final = {Frequency.WEEKLY: 1, Frequency.FORTNIGHTLY: 2, Frequency.FOUR_WEEKLY: 4}
_MONTHS_A_YEAR: Final = 12
_QUARTER: Final = 3
_SUNDAY: Final = timedelta(days=6)
_YEARS: Final = 3
"""Further ahead no schedule begins."""

Day = tuple[date, date]
"""A nominal day, and the working day of Bacs on which the money moves."""


@lru_cache(maxsize=2_048)
def due_on(planned_on: date, bacs: WorkingDays = BACS) -> date:
    """The working day of Bacs on which the money of a nominal day moves: the day itself, or the next."""
    return bacs.on_or_after(planned_on)


@lru_cache(maxsize=256)
def working_day(day: date, count: int, bacs: WorkingDays = BACS) -> date:
    """The working day of Bacs so many after a day."""
    return bacs.add(day, count)


def last_again(processed_on: date, bacs: WorkingDays = BACS) -> date:
    """The last day on which what came back may be collected again, from the processing day on which it went first.

    Its processing day is at most a month after that one (bacs.md 4, reason 9), and the money moves a working day later.
    """
    return bacs.add(bacs.on_or_before(months_after(processed_on, 1)), 1)


@lru_cache(maxsize=1_024)
def year_at(day: date, stated: tuple[RentYear, ...] = ()) -> RentYear:
    """The rent year of a day."""
    return rent_year(day, stated)


@lru_cache(maxsize=256)
def first_day(
    today: date, notice_days: int, post_days: int, collect_from: date | None = None, bacs: WorkingDays = BACS
) -> date:
    """The first working day of Bacs on which something that nobody was told of yet can be collected.

    The notice goes out on the next working day, takes so many days by post and is given so many before the money moves; and
    nothing is collected before the bank has had its days with a new instruction (bacs.md 4).
    """
    told = bacs.add(today, 1 + post_days + notice_days)
    return max(told, bacs.on_or_after(collect_from)) if collect_from else told


@lru_cache(maxsize=1_024)
def year_days(year: RentYear, terms: Terms) -> tuple[date, ...]:
    """The nominal days of a rent year.

    Monthly there are twelve, from April to March (rules.md 1.2): the 1st of April is of the year that begins in that week or
    the next. By the week it is every such day of the year, but never more than the whole fortnights or four weeks that it
    has: 13 of four weeks in a year of 53, with nothing collected for a fourteenth.
    """
    if terms.frequency in BY_MONTH:
        month = (year.first_week_on + _SUNDAY).replace(day=1)
        step = _QUARTER if terms.frequency is Frequency.QUARTERLY else 1
        months = (months_after(month, ahead) for ahead in range(_MONTHS_A_YEAR))
        return tuple(_on(each, terms.day) for each in months if (each.month - terms.starts_on.month) % step == 0)
    every = WEEK * _WEEKS[terms.frequency]
    anchor = terms.starts_on + timedelta(days=(terms.day - terms.starts_on.weekday()) % 7)
    first = year.first_week_on + timedelta(days=(anchor - year.first_week_on).days % every.days)
    found: list[date] = []
    while first <= year.ends_on and len(found) < year.weeks // _WEEKS[terms.frequency]:
        found.append(first)
        first += every
    return tuple(found)


def _on(month: date, day: int) -> date:
    """A day of a month, or its last where it is shorter."""
    following = months_after(month, 1)
    return min(month + timedelta(days=day - 1), following - timedelta(days=1))


@lru_cache(maxsize=4_096)
def _possible(year: RentYear, terms: Terms, first_due: date, bacs: WorkingDays) -> tuple[Day, ...]:
    found: dict[date, date] = {}
    for planned_on in year_days(year, terms):
        due = due_on(planned_on, bacs)
        if planned_on >= terms.starts_on and due >= first_due:
            found.setdefault(due, planned_on)
    return tuple((planned_on, due) for due, planned_on in found.items())


def days(
    year: RentYear,
    terms: Terms,
    first_due: date,
    bacs: WorkingDays = BACS,
    *,
    but: Collection[date] = (),
    taken: Collection[date] = (),
) -> tuple[Day, ...]:
    """The nominal days of a year on which the terms collect, with the working days of Bacs; never two on one day.

    `first_due` is the first working day that is possible. The nominal days `but` are left out, such as those that an officer
    skipped, and the working days `taken`, on which something is collected already.
    """
    found = _possible(year, terms, first_due, bacs)
    if not but and not taken:
        return found
    return tuple(each for each in found if each[0] not in but and each[1] not in taken)


@lru_cache(maxsize=4_096)
def year_of(
    today: date, terms: Terms, first_due: date, stated: tuple[RentYear, ...] = (), bacs: WorkingDays = BACS
) -> RentYear:
    """The rent year of the first collection that the terms can make; it is the first that has one."""
    year = year_at(today, stated)
    for _ in range(_YEARS):
        if _possible(year, terms, first_due, bacs):
            return year
        year = year_at(year.ends_on + timedelta(days=1), stated)
    return year_at(max(terms.starts_on, first_due), stated)
