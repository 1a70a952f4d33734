"""What may be changed in a calendar: nothing that a charge or a deadline has been made by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from app.services.core.calendars import RentYear, WorkingDays, holiday_names
from app.services.core.errors import UserError

WEEKS = (52, 53)
_MOST_CLOSED = 31
_FIRST_START = (3, 25)
_LAST_START = (4, 10)
_MOST_FREE = 8
_SATURDAY = 5


def check_free_week(year: RentYear, monday: date, charged: Collection[date]) -> None:
    """Refuse a week whose being free or not can't change any more.

    Raises:
        UserError: it is no Monday of the year, or has been charged.
    """
    if monday not in year.mondays():
        raise UserError(f"{day_in_words(monday)} is no Monday of the rent year {year.name}.")
    if monday in charged:
        raise UserError(
            f"Week {year.week_number(monday)}, from {day_in_words(monday)}, has been charged, so it stays as it is.",
            "To put right what was charged, post an adjustment.",
        )


def check_free_count(year: RentYear, free: Collection[date]) -> None:
    """Refuse more rent-free weeks than any landlord has.

    Raises:
        UserError: there are more than eight.
    """
    if len(free) > _MOST_FREE:
        raise UserError(
            f"{len(free)} rent-free weeks in {year.name} leave {year.charge_weeks(free)} to be charged.",
            f"At most {_MOST_FREE} weeks of a year may be free.",
        )


def check_year(first: date, weeks: int, now: RentYear, charged: Collection[date]) -> None:
    """Refuse a rent year that begins oddly, or that would number weeks anew that have been charged.

    Raises:
        UserError: it doesn't begin on a Monday around 1 April, has neither 52 nor 53 weeks, or a week of it is charged.
    """
    if first.weekday() != 0 or not _FIRST_START <= (first.month, first.day) <= _LAST_START:
        raise UserError(
            f"{day_in_words(first)} is no Monday around 1 April.", "A rent year begins on one.", "first_week_on"
        )
    if weeks not in WEEKS:
        raise UserError("A rent year has 52 or 53 weeks.", field="weeks")
    changed = [week for week in charged if week >= min(first, now.first_week_on)]
    if changed and (first, weeks) != (now.first_week_on, now.weeks):
        raise UserError(
            f"Weeks of {now.name} or later have been charged, the first from {day_in_words(min(changed))}: "
            "their numbers stay as they are.",
            "State a year that hasn't begun to be charged.",
            "first_week_on",
        )


def closure_days(first: date, last: date, name: str, today: date, closed: Collection[date]) -> list[date]:
    """The days that a closure adds to the calendar: weekdays that are no bank holiday and not closed already.

    Raises:
        UserError: it has no name, ends before it begins, is over a month long or begins in the past, or adds no day.
    """
    if not name.strip():
        raise UserError("Say why the office is shut, such as Between Christmas and New Year.", field="name")
    if len(name.strip()) > 80:
        raise UserError("The name is over 80 characters.", field="name")
    if last < first:
        raise UserError("The last day is before the first.", field="last_on")
    if (last - first).days >= _MOST_CLOSED:
        raise UserError(
            f"That is {(last - first).days + 1} days: a closure is at most {_MOST_CLOSED}.", field="last_on"
        )
    if first < today:
        raise UserError(
            f"{day_in_words(first)} has gone by: deadlines were counted with it.", "Begin today or later.", "first_on"
        )
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    added = [day for day in days if _is_new(day, closed)]
    if not added:
        raise UserError("The office is shut on each of these days anyway.", "Choose a working day.", "first_on")
    return added


def working_days(calendar: WorkingDays, year: int) -> int:
    """How many working days a calendar year has."""
    return calendar.between(date(year - 1, 12, 31), date(year, 12, 31))


def day_in_words(value: date) -> str:
    """A day as it is written: `5 Apr 2027`."""
    return f"{value.day} {value:%b %Y}"


def _is_new(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in closed and day not in holiday_names("ENG", day.year)
