"""Rent years and their weeks, and the calendars of working days that deadlines are counted in."""

from __future__ import annotations

import calendar
import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def week_monday(on: date) -> date:
    """The Monday that begins the rent week (Monday to Sunday) of a day."""
    return on - timedelta(days=on.weekday())


def monday_on_or_after(on: date) -> date:
    """The first Monday that isn't before a day."""
    return on + timedelta(days=-on.weekday() % 7)


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months on, or the last of that month where it is shorter; before it, if negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def mondays(first: date, last: date) -> Iterator[date]:
    """The Mondays from the week of `first` to the week of `last`, both included."""
    monday = week_monday(first)
    while monday <= last:
        yield monday
        monday += WEEK


@dataclass(frozen=True, slots=True)
class RentYear:
    """A rent year: `weeks` Mondays from `first_week_on`."""

    first_week_on: date
    weeks: int

    @property
    def last_week_on(self) -> date:
        """The Monday of the last week."""
        return self.first_week_on + WEEK * (self.weeks - 1)

    @property
    def ends_on(self) -> date:
        """The Sunday that ends the last week."""
        return self.first_week_on + WEEK * self.weeks - _DAY

    @property
    def name(self) -> str:
        """The year as it is written, such as `2026-27`."""
        year = self.first_week_on.year
        return f"{year}-{(year + 1) % 100:02}"

    def __contains__(self, on: date) -> bool:
        return self.first_week_on <= on <= self.ends_on

    def mondays(self) -> tuple[date, ...]:
        """The Monday of every week, in order."""
        return tuple(self.first_week_on + WEEK * week for week in range(self.weeks))

    def week_number(self, on: date) -> int:
        """The number, from 1, of the week that a day of this year belongs to.

        Raises:
            ValueError: the day is in another rent year.
        """
        if on not in self:
            raise ValueError(f"{on} is not in the rent year {self.name}.")
        return (on - self.first_week_on).days // 7 + 1

    def charge_weeks(self, free_weeks: Collection[date]) -> int:
        """How many of the weeks are charged, given the Mondays that a rent group has free."""
        return sum(monday not in free_weeks for monday in self.mondays())


def rent_year(on: date, stated: Collection[RentYear] = ()) -> RentYear:
    """The rent year that a day belongs to: the Mondays from 1 April to 31 March, 52 or 53 of them (rules.md 1.1).

    `stated` are the years that the landlord begins on another Monday, such as the one nearest 1 April; a year next to
    a stated one is lengthened or cut to meet it.
    """
    by_year = {year.first_week_on.year: year for year in stated}

    def starts(year: int) -> date:
        if year in by_year:
            return by_year[year].first_week_on
        if year - 1 in by_year:
            return by_year[year - 1].ends_on + _DAY
        return monday_on_or_after(date(year, 4, 1))

    year = on.year if on >= starts(on.year) else on.year - 1
    return RentYear(starts(year), (starts(year + 1) - starts(year)).days // 7)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar of working days: Monday to Friday, without its nations' bank holidays and its own closures.

    Attributes:
        name: what a deadline calls it.
        nations: the parts of the United Kingdom whose bank holidays don't count as working days.
        closures: days that the office is shut and that aren't bank holidays.
    """

    name: str
    nations: tuple[str, ...] = ("ENG",)
    closures: frozenset[date] = field(default=frozenset())

    def is_working(self, day: date) -> bool:
        """Whether a day counts."""
        return (
            day.weekday() < _SATURDAY
            and day not in self.closures
            and not any(day in holiday_names(nation, day.year) for nation in self.nations)
        )

    def on_or_after(self, day: date) -> date:
        """The day itself if it counts, else the next that does."""
        while not self.is_working(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself if it counts, else the last before it that does."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The working day `count` after a day (before it, if negative); the day itself is not counted."""
        step = _DAY if count >= 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and including `last`; 0 if `last` isn't later."""
        days = (last - first).days
        return sum(self.is_working(first + timedelta(days=ahead)) for ahead in range(1, days + 1))


def office(closures: Collection[date] = ()) -> WorkingDays:
    """The landlord's office: England's bank holidays and its own closures, such as the days between Christmas and New Year."""
    return WorkingDays("office", closures=frozenset(closures))


STATUTORY: Final = WorkingDays("statutory")
"""Clocks set by law or by an ombudsman's code: local closures are working days (rules.md 6.2)."""
BACS: Final = WorkingDays("bacs")
"""Bacs processing days: the bank holidays of England."""
FOI: Final = WorkingDays("foi", ("ENG", "WLS", "SCT", "NIR"))
"""Freedom of Information Act 2000 s.10(6): a bank holiday in any part of the United Kingdom doesn't count."""


@functools.cache
def holiday_names(nation: str, year: int) -> dict[date, str]:
    """The bank holidays of a part of the United Kingdom (ENG, WLS, SCT, NIR) in a year, with their names."""
    import holidays

    return dict(holidays.country_holidays("GB", subdiv=nation, years=year))
