"""The three days of a Bacs file: sent, processed, entered (bacs.md 4); `bacs` is its calendar, with one-off closures or without."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.services.bacs.dto import BacsDay, ProcessingDays
from app.services.core.calendars import BACS, WorkingDays, holiday_names
from app.services.core.errors import UserError

_SATURDAY: Final = 5


def days_of(processing_on: date, bacs: WorkingDays = BACS) -> ProcessingDays:
    """The three days of a file that is processed on a working day of Bacs."""
    return ProcessingDays(bacs.add(processing_on, -1), processing_on, bacs.add(processing_on, 1))


def soonest(today: date, bacs: WorkingDays = BACS) -> ProcessingDays:
    """The days of a file that is sent on the first day from today on that Bacs works."""
    return days_of(bacs.add(bacs.on_or_after(today), 1), bacs)


def entered_on(entry_on: date, bacs: WorkingDays = BACS) -> ProcessingDays:
    """The days of a file whose money moves on a day, or on the next that Bacs works."""
    return days_of(bacs.add(bacs.on_or_after(entry_on), -1), bacs)


def calendar(first_on: date, days: int, bacs: WorkingDays = BACS) -> tuple[BacsDay, ...]:
    """The days from one on, weekends and holidays with their names, and for each on which Bacs works the days of its file."""
    listed = (first_on + timedelta(days=ahead) for ahead in range(days))
    return tuple(
        BacsDay(day, why, None if why else days_of(day, bacs)) for day in listed for why in (why_shut(day, bacs),)
    )


def why_shut(day: date, bacs: WorkingDays = BACS) -> str:
    """Why Bacs doesn't work on a day, such as `Christmas Day`; empty where it does."""
    if day.weekday() >= _SATURDAY:
        return f"{day:%A}"
    holiday = next((found[day] for each in bacs.nations if day in (found := holiday_names(each, day.year))), "")
    return holiday or ("Bacs is closed" if day in bacs.closures else "")


def checked_days(processing_on: date, today: date, furthest: int, bacs: WorkingDays = BACS) -> ProcessingDays:
    """The days of a file, if it can still be sent in time and isn't further ahead than `furthest` days.

    Raises:
        UserError: Bacs doesn't work on that day, it is past or too near to be sent for, or too far ahead.
    """
    first = soonest(today, bacs)
    hint = f"The first processing day that a file can still be sent for is {_spelled(first.processing_on)}."
    why = why_shut(processing_on, bacs)
    if why:
        near = bacs.on_or_after(max(processing_on, first.processing_on))
        because = "it is a weekend" if processing_on.weekday() >= _SATURDAY else why
        raise UserError(
            f"Bacs doesn't process on {_spelled(processing_on)}: {because}.",
            f"The next day that it does is {_spelled(near)}.",
            "processing_on",
        )
    if processing_on < first.processing_on:
        sent = days_of(processing_on, bacs).submit_on
        raise UserError(
            f"A file for {_spelled(processing_on)} had to be sent by {_spelled(sent)}.", hint, "processing_on"
        )
    if processing_on > today + timedelta(days=furthest):
        raise UserError(
            f"{_spelled(processing_on)} is more than {furthest} days ahead; Bacs doesn't take a file so early.",
            hint,
            "processing_on",
        )
    return days_of(processing_on, bacs)


def _spelled(day: date) -> str:
    return f"{day:%A} {day.day} {day:%b %Y}"
