"""Which backups stay, and how things are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.services.backups.dto import Keep

NEVER: Final = "No backup has been made yet"


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """A backup that lies in the folder: the day on which it was made, its number, and whether it was found good."""

    day: date
    number: int
    good: bool


def to_remove(backups: Iterable[Standing], keep: Keep, today: date) -> frozenset[int]:
    """The numbers of the backups that are no longer needed.

    The last good one of each day, week and month stays, counting days, weeks and months that have one. What wasn't found
    good never takes the place of a good one, and goes when it is older than the days that are kept. The last good one of
    all always stays.
    """
    ordered = sorted(backups)
    good = [each for each in ordered if each.good]
    days = {each.day: each.number for each in good}
    weeks = {each.day - timedelta(each.day.weekday()): each.number for each in good}
    months = {each.day.replace(day=1): each.number for each in good}
    stay = {each.number for each in good[-1:]}
    for newest, most in ((days, max(keep.daily, 1)), (weeks, keep.weekly), (months, keep.monthly)):
        stay |= {newest[start] for start in sorted(newest, reverse=True)[:most]}
    since = today - timedelta(max(keep.daily, 1))
    stay |= {each.number for each in ordered if not each.good and each.day > since}
    return frozenset(each.number for each in ordered) - stay


def size(number: int) -> str:
    """A number of bytes as it is said: 12.3 MB."""
    return f"{number / 1_000_000:,.1f} MB" if number < 1_000_000_000 else f"{number / 1_000_000_000:,.1f} GB"
