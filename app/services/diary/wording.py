"""The rhythm of a recurring task in words, as officers read it."""

from __future__ import annotations

import calendar
from typing import Final

from app.services.diary.rules import Every, Rhythm

_NTH: Final = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st"}


def in_words(rhythm: Rhythm) -> str:
    """`Mondays`, `3rd working day of the month`, `5 weeks before the rent year`."""
    every, day = rhythm.every, rhythm.day
    if every is Every.WORKING_DAY:
        return "Every working day"
    if every is Every.WEEK:
        return f"{calendar.day_name[day - 1]}s"
    if every is Every.MONTH_DAY:
        return f"{nth(day)} of the month"
    if every is Every.YEAR_DAY:
        return f"{day} {calendar.month_name[rhythm.month]}"
    if every is Every.RENT_YEAR:
        return rent_year_day(day) + (" of 53 weeks" if rhythm.long_years_only else "")
    what = "of the month" if every is Every.MONTH_WORKING_DAY else "after the quarter"
    return f"{working_day(day)} {what}"


def working_day(day: int) -> str:
    """`3rd working day`, `last working day`, `3rd last working day`."""
    if day > 0:
        return f"{nth(day)} working day"
    return "last working day" if day == -1 else f"{nth(-day)} last working day"


def rent_year_day(day: int) -> str:
    """`5 weeks before the rent year`, `on its first Monday`."""
    if day == 0:
        return "First Monday of the rent year"
    weeks, rest = divmod(abs(day), 7)
    span = f"{weeks} weeks" if rest == 0 and weeks > 1 else "1 week" if abs(day) == 7 else f"{abs(day)} days"
    return f"{span} {'before' if day > 0 else 'into'} the rent year"


def nth(day: int) -> str:
    """`1st`, `2nd`, `14th`."""
    return _NTH.get(day, f"{day}th")
