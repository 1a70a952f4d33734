"""Dates as officers type them: '12/5', '12 5', '12.5.26', 'today', 'mon', '+7', '-1w', '1 apr'. The day comes first."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from typing import Final

_LONGEST: Final = 40
YEARS: Final = range(1900, 2200)
_LEAP_SPAN: Final = 8
"""29 February comes again within eight years, also across a century that has none."""

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS: Final = "mon tue wed thu fri sat sun".split()
_WORDS: Final = {"t": 0, "today": 0, "now": 0, "y": -1, "yesterday": -1, "tomorrow": 1, "tom": 1}
_OFFSET: Final = re.compile(r"([+-])\s*(\d{1,5})\s*([dwmy]?)(?:ays?|eeks?|onths?|ears?)?")
_WEEKDAY: Final = re.compile(r"(?:(last|next)\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES: Final = re.compile(r"(\d{1,2})(?:[\s/.-]+(\d{1,2})(?:[\s/.-]+(\d{4}|\d{2}))?)?")
_RUN: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/.-]*([a-z]{3,9})\.?(?:[\s/.,-]*(\d{4}|\d{2}))?")


class Toward(StrEnum):
    """Which of several days a short date means: the latest that is past, the first to come, or the nearest."""

    PAST = "past"
    COMING = "coming"
    NEAREST = "nearest"


class DateError(ValueError):
    """Text that is not a date, with the reason as a sentence."""


def read_date(text: str, today: date, toward: Toward = Toward.NEAREST) -> date:
    """The date that an officer means.

    A date without a year, and a day without a month, is the one that `toward` says, today included. A weekday is never
    today but for NEAREST (today is 't'); 'last' and 'next' before it overrule `toward`.

    Raises:
        DateError: nothing typed, no such day, or text that isn't a date.
    """
    typed = " ".join(text.lower().split()) if len(text) <= _LONGEST else text[:_LONGEST]
    if not typed:
        raise DateError("No date was given: type one such as 12/5, today or +7.")
    if len(text) > _LONGEST:
        raise DateError("That is too long to be a date: type one such as 12/5, today or +7.")
    if typed in _WORDS:
        return _moved(today, _WORDS[typed])
    if match := _WEEKDAY.fullmatch(typed):
        return _weekday(match[2], today, {"last": Toward.PAST, "next": Toward.COMING}.get(match[1] or "", toward))
    if match := _OFFSET.fullmatch(typed):
        return _offset(int(f"{match[1]}{match[2]}"), match[3] or "d", today)
    if match := _ISO.fullmatch(typed):
        return _whole(int(match[3]), int(match[2]), int(match[1]), text)
    if match := _RUN.fullmatch(typed) or _FIGURES.fullmatch(typed):
        return _by_figures(match[1], match[2], match[3], today, toward, text)
    if (match := _NAMED.fullmatch(typed)) and (month := _month(match[2])):
        return _by_figures(match[1], str(month), match[3], today, toward, text)
    raise DateError(f"'{text.strip()}' is not a date: type one such as 12/5, 12 May 2026, today, mon or +7.")


def _by_figures(day: str, month: str | None, year: str | None, today: date, toward: Toward, typed: str) -> date:
    if month is None:
        return _best(_days_of_months(int(day), today), today, toward, typed)
    if int(month) > 12:
        swapped = f"{int(month)}/{int(day)}"
        hint = f" Type the day first: {swapped}." if int(day) <= 12 and int(month) <= 31 else ""
        raise DateError(f"'{typed.strip()}' has no such month.{hint}")
    if year is None:
        span = range(today.year - _LEAP_SPAN, today.year + _LEAP_SPAN + 1)
        return _best((_day(int(day), int(month), each) for each in span), today, toward, typed)
    if len(year) == 4:
        return _whole(int(day), int(month), int(year), typed)
    centuries = (today.year // 100 + step for step in (-1, 0, 1))
    return _best((_day(int(day), int(month), 100 * each + int(year)) for each in centuries), today, toward, typed)


def _best(candidates: Iterable[date | None], today: date, toward: Toward, typed: str) -> date:
    there = [each for each in candidates if each is not None]
    past = [each for each in there if each <= today]
    coming = [each for each in there if each >= today]
    if not there:
        raise DateError(f"There is no such day as '{typed.strip()}'.")
    if toward is Toward.PAST and past:
        return max(past)
    if toward is Toward.COMING and coming:
        return min(coming)
    return min(there, key=lambda each: (abs(each - today), each))


def _days_of_months(day: int, today: date) -> Iterable[date | None]:
    for step in range(-2, 3):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        yield _day(day, month + 1, year)


def _weekday(word: str, today: date, toward: Toward) -> date:
    ahead = (_DAYS.index(word) - today.weekday()) % 7
    if toward is Toward.NEAREST:
        return _moved(today, ahead if ahead <= 3 else ahead - 7)
    if toward is Toward.COMING:
        return _moved(today, ahead or 7)
    return _moved(today, ahead - 7)


def _offset(count: int, unit: str, today: date) -> date:
    if unit in {"d", "w"}:
        return _moved(today, count * (7 if unit == "w" else 1))
    year, month = divmod(today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1), 12)
    _refuse_far(year)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _moved(today: date, days: int) -> date:
    try:
        moved = today + timedelta(days=days)
    except OverflowError:
        moved = date(MAXYEAR, 1, 1)
    _refuse_far(moved.year)
    return moved


def _whole(day: int, month: int, year: int, typed: str) -> date:
    _refuse_far(year)
    found = _day(day, month, year)
    if found is None:
        raise DateError(f"There is no such day as '{typed.strip()}'.")
    return found


def _refuse_far(year: int) -> None:
    if year not in YEARS:
        raise DateError("That year can't be right: a date lies between 1900 and 2199.")


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _month(word: str) -> int | None:
    whole = "january february march april may june july august september october november december".split()
    return next((at for at, name in enumerate(whole, 1) if name.startswith(word) or word == "sept" == name[:4]), None)
