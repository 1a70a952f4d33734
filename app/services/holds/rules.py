"""When a hold holds."""

from __future__ import annotations

from datetime import date


def is_live(from_on: date, to_on: date | None, day: date) -> bool:
    """Whether a hold from a day to a day (both held) holds on `day`."""
    return from_on <= day and (to_on is None or day <= to_on)
