"""The rent years of the demonstration: their free weeks, and how rents rose into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.models.values import Money
from app.services.charges.rules import charge_week_rent
from app.services.core.calendars import WEEK, RentYear, rent_year, week_monday

_INCREASES: Final = {2020: 27, 2021: 15, 2022: 41, 2023: 70, 2024: 77, 2025: 27, 2026: 48}
"""Thousandths by which social rents rose each April (the Rent Standard, rules.md 1.3)."""
_LATER: Final = 30
"""For years whose limit isn't known: inflation at target, plus 1%."""


class FreeWeeks(StrEnum):
    """Which weeks of a year a rent group has free."""

    NONE = "none"
    TWO = "two"
    FOUR = "four"


@dataclass(frozen=True, slots=True)
class Half:
    """Half of a rent year, from a Monday to a Sunday: what is posted in one go of the years before the current one."""

    year: RentYear
    first: date
    last: date

    @property
    def opening_day(self) -> date:
        """The Sunday before it: the day whose balance opens it."""
        return self.first - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Years:
    """The rent years of a demonstration, in order; the last is the current one and runs to `today`."""

    all: tuple[RentYear, ...]
    today: date

    @property
    def current(self) -> RentYear:
        """The rent year of today."""
        return self.all[-1]

    @property
    def first_day(self) -> date:
        """The Monday of the first week of the first year."""
        return self.all[0].first_week_on

    def opening_day(self, year: RentYear) -> date:
        """The Sunday before a year: the day whose balance opens it."""
        return year.first_week_on - timedelta(days=1)

    def earlier(self) -> tuple[Half, ...]:
        """The halves of the years before the current one, the latest first."""
        halves: list[Half] = []
        for year in reversed(self.all[:-1]):
            middle = year.first_week_on + WEEK * (year.weeks // 2)
            halves += [Half(year, middle, year.ends_on), Half(year, year.first_week_on, middle - timedelta(days=1))]
        return tuple(halves)

    def weeks(self, year: RentYear) -> tuple[date, ...]:
        """The Mondays of a year up to today."""
        return tuple(monday for monday in year.mondays() if monday <= self.today)


def years_to(today: date, count: int) -> Years:
    """The current rent year and those before it, `count` altogether."""
    found = [rent_year(today)]
    while len(found) < count:
        found.append(rent_year(found[-1].first_week_on - WEEK))
    return Years(tuple(reversed(found)), today)


def free_weeks(year: RentYear, pattern: FreeWeeks) -> tuple[date, ...]:
    """The Mondays that are free in a year.

    Two: the last two weeks of the year. Four: those, the week of the August bank holiday and the week of Christmas.
    """
    if pattern is FreeWeeks.NONE:
        return ()
    last = (year.last_week_on - WEEK, year.last_week_on)
    if pattern is FreeWeeks.TWO:
        return last
    calendar_year = year.first_week_on.year
    return (week_monday(date(calendar_year, 8, 31)), week_monday(date(calendar_year, 12, 25)), *last)


def rents(current: Money, years: Sequence[RentYear]) -> tuple[Money, ...]:
    """The regulated 52-week rent in each year: what it must have been in the first, raised each April since.

    Args:
        current: about what it is in the last year.
        years: in order.
    """
    rises = [_INCREASES.get(year.first_week_on.year, _LATER) for year in years[1:]]
    first = current
    for rise in reversed(rises):
        first = first.times(1000, 1000 + rise)
    found = [first]
    for rise in rises:
        found.append(found[-1].times(1000 + rise, 1000))
    return tuple(found)


def charge_amount(regulated: Money, year: RentYear, pattern: FreeWeeks) -> Money:
    """What a charge week of a year costs."""
    return charge_week_rent(regulated, year.weeks, year.charge_weeks(free_weeks(year, pattern)))
