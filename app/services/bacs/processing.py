"""The three days of a Bacs file: sent, processed, entered (bacs.md 4)."""

from __future__ import annotations

from datetime import date, timedelta

from app.services.bacs.dto import ProcessingDays
from app.services.core.calendars import BACS
from app.services.core.errors import UserError


def days_of(processing_on: date) -> ProcessingDays:
    """The three days of a file that is processed on a working day of Bacs."""
    return ProcessingDays(BACS.add(processing_on, -1), processing_on, BACS.add(processing_on, 1))


def soonest(today: date) -> ProcessingDays:
    """The days of a file that is sent on the first day from today on that Bacs works."""
    return days_of(BACS.add(BACS.on_or_after(today), 1))


def entered_on(entry_on: date) -> ProcessingDays:
    """The days of a file whose money moves on a day, or on the next that Bacs works."""
    return days_of(BACS.add(BACS.on_or_after(entry_on), -1))


def checked_days(processing_on: date, today: date, furthest: int) -> ProcessingDays:
    """The days of a file, if it can still be sent in time and isn't further ahead than `furthest` days.

    Raises:
        UserError: Bacs doesn't work on that day, it is past or too near to be sent for, or too far ahead.
    """
    first = soonest(today)
    hint = f"The first processing day that a file can still be sent for is {_spelled(first.processing_on)}."
    if not BACS.is_working(processing_on):
        near = BACS.on_or_after(max(processing_on, first.processing_on))
        raise UserError(
            f"Bacs doesn't process on {_spelled(processing_on)}: it is a weekend or a bank holiday.",
            f"The next day that it does is {_spelled(near)}.",
            "processing_on",
        )
    if processing_on < first.processing_on:
        sent = days_of(processing_on).submit_on
        raise UserError(
            f"A file for {_spelled(processing_on)} had to be sent by {_spelled(sent)}.", hint, "processing_on"
        )
    if processing_on > today + timedelta(days=furthest):
        raise UserError(
            f"{_spelled(processing_on)} is more than {furthest} days ahead; Bacs doesn't take a file so early.",
            hint,
            "processing_on",
        )
    return days_of(processing_on)


def _spelled(day: date) -> str:
    return f"{day:%A} {day.day} {day:%b %Y}"
