"""The clock that is passed in, so that no rule reads the computer's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol


class Clock(Protocol):
    """Today's date at the office and the moment in UTC."""

    def today(self) -> date:
        """The local date."""
        ...

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def today(self) -> date:
        """The local date."""
        return datetime.now().astimezone().date()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at noon UTC of a day."""

    day: date

    def today(self) -> date:
        """The day."""
        return self.day

    def now(self) -> datetime:
        """Noon UTC of the day."""
        return datetime.combine(self.day, time(12), UTC)


def midnight(day: date) -> datetime:
    """The moment, in UTC, at which a day of the office began."""
    return datetime.combine(day, time()).astimezone(UTC)
