"""Whether the computer's clock is right: what is recorded takes its date from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select

from app.models.audit import AuditEntry
from app.services.core.context import Context

ALLOWED: Final = timedelta(minutes=5)
"""How far the clocks of two desks may differ."""
_OFFICE: Final = "Europe/London"
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """How a desk's clock stands to the database's.

    Attributes:
        ahead: by how much it is ahead; less than nothing where it is behind.
        wrong_day: the time zone of the computer makes another day of this moment than the office has.
        words: a sentence for the officer; empty where nothing is amiss.
    """

    ahead: timedelta
    wrong_day: bool
    words: str


def last_recorded(ctx: Context) -> datetime | None:
    """The latest moment that anything was recorded at, in UTC; none in a database without a trail."""
    return ctx.session.scalar(select(func.max(AuditEntry.at)))


def is_set_back(now: datetime, recorded: datetime | None) -> bool:
    """Whether a moment recorded before lies after now, by more than clocks may differ."""
    return recorded is not None and now < recorded - ALLOWED


def difference(desk: datetime, database: datetime) -> Difference:
    """Compare a desk's clock, in the time zone of its computer, with the database's.

    A clock that is a few minutes out is told from five minutes on; a time zone that isn't the office's (England) is told
    as well, since the date of this moment may be another there.
    """
    ahead = desk - database
    if abs(ahead) > ALLOWED:
        way = "ahead of" if ahead > timedelta() else "behind"
        return Difference(ahead, False, f"This computer's clock is {_span(abs(ahead))} {way} the database's.")
    office = _office()
    if office is None:
        return Difference(ahead, False, "")
    here, there = database.astimezone(desk.tzinfo), database.astimezone(office)
    if here.utcoffset() == there.utcoffset():
        return Difference(ahead, False, "")
    words = (
        f"This computer's time zone isn't the office's: it has {here:%H:%M} on {here.day} {here:%b}, "
        f"and in England it is {there:%H:%M} on {there.day} {there:%b}."
    )
    return Difference(ahead, here.date() != there.date(), words)


def _span(length: timedelta) -> str:
    """A length of time as it is said: its days and hours, or its hours and minutes."""
    days, rest = divmod(length, _DAY)
    hours, minutes = divmod(rest // _MINUTE, 60)
    parts = [(days, "day"), (hours, "hour"), (0 if days else minutes, "minute")]
    return " and ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number)


@cache
def _office() -> ZoneInfo | None:
    """The office's time zone; none on a computer without a table of them."""
    try:
        return ZoneInfo(_OFFICE)
    except ZoneInfoNotFoundError:
        return None
