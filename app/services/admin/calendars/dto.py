"""A rent year as a calendar sheet, and the days on which nobody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GroupYear:
    """A rent group in a year; `free_weeks` are its Mondays that aren't charged."""

    rent_group_id: int
    code: str
    name: str
    free_weeks: frozenset[date]
    charge_weeks: int


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of a rent year.

    Attributes:
        number: from 1.
        days: its seven days, Monday first.
        off: the days on which the office is shut, with the reason.
        free_for: codes of the rent groups that aren't charged.
        charged: it has been charged, so nothing of it changes any more.
    """

    number: int
    monday: date
    days: tuple[date, ...]
    off: tuple[tuple[date, str], ...]
    free_for: tuple[str, ...]
    charged: bool


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A rent year.

    Attributes:
        name: such as `2026-27`.
        stated: the landlord begins it on a Monday of its own choice.
        charged_weeks: how many of its weeks have been charged.
        others: the years that can be looked at, by their first Monday and name.
    """

    name: str
    first_week_on: date
    weeks: int
    stated: bool
    charged_weeks: int
    groups: tuple[GroupYear, ...]
    rows: tuple[WeekRow, ...]
    others: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday that isn't a working day in one of the calendars.

    Attributes:
        name: of the bank holiday or the closure.
        local: the office's own closure, which can be taken away while it is to come.
        office, statutory, bacs, foi: whether it is a working day in that calendar.
    """

    day: date
    name: str
    local: bool
    office: bool
    statutory: bool
    bacs: bool
    foi: bool


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """The days off of a calendar year, and how many working days each calendar has."""

    year: int
    days: tuple[DayOff, ...]
    working: tuple[tuple[str, int], ...]
