"""How likely an account is to be the one that money was meant for. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Final

from app.services.rent.rules import misread, reference_key

_WORD: Final = re.compile(r"[0-9A-Z]+")
_TITLES: Final = frozenset(
    {"MR", "MRS", "MS", "MISS", "MX", "DR", "AND", "RENT", "PAYMENT", "REF", "FROM", "FPI", "BGC"}
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH: Final = 31
_NEAR: Final = 2
_LEAST_TIMES: Final = 2


class Weight(IntEnum):
    """What each reason counts; they add up."""

    REFERENCE = 100
    CARD = 95
    PAYER = 80
    SWAPPED = 70
    DIGIT = 60
    NAME = 40
    INSTALMENT = 30
    USUAL = 25
    DAY = 15
    """With the usual amount: the day on which it usually comes."""
    FORMER = -10
    """The account has ended: it may still be right."""


LEAST: Final = 25
"""Nothing less likely is shown."""
MOST: Final = 8


def near(given: Iterable[str]) -> dict[str, tuple[str, Weight]]:
    """What each reference may have been meant to be, with the one that was given and how it differs."""
    found: dict[str, tuple[str, Weight]] = {}
    for each in given:
        key = reference_key(each)
        for other in misread(key):
            weight = Weight.SWAPPED if sorted(other) == sorted(key) else Weight.DIGIT
            if other not in found or found[other][1] < weight:
                found[other] = (key, weight)
    return found


def name_words(payer: str) -> str:
    """The words of a payer's name by which people are found: no title, no initial, nothing that banks add."""
    words = [word for word in _WORD.findall(payer.upper()) if len(word) > 1 and not any(c.isdigit() for c in word)]
    return " ".join(word for word in words if word not in _TITLES).lower()


def usual_day(paid: Sequence[date], on: date) -> str:
    """The day on which payments usually came, as words, where this one came on it too; empty where they show no such day.

    A day of the week is shown by all of them; a day of the month, a few days about, by payments in as many months.
    """
    before = [each for each in paid if each < on]
    if len(before) < _LEAST_TIMES:
        return ""
    months = {(each.year, each.month) for each in before}
    if len(months) == len(before) and all(_apart(each.day, on.day) <= _NEAR for each in before):
        return f"usually about the {_ordinal(on.day)}"
    if {each.weekday() for each in before} == {on.weekday()}:
        return f"usually on a {_DAYS[on.weekday()]}"
    return ""


def _apart(one: int, other: int) -> int:
    """Days between two days of a month, over its end if that is nearer."""
    return min((one - other) % _MONTH, (other - one) % _MONTH)


def _ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day not in {11, 12, 13} else "th"
    return f"{day}{ending}"
