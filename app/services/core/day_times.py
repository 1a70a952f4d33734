"""Times of the day as officers type them."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

NOON: Final = 12
"""The hour."""
_TIME: Final = re.compile(r"(?P<hour>\d{1,2}?)(?:[:.]?(?P<minute>[0-5]\d))?(?P<half>am|pm)?")


def read_time(text: str) -> time | None:
    """A time as officers type it: `9`, `930`, `9.30`, `09:30`, `2pm`; None where nothing is typed.

    Raises:
        ValueError: it is no time.
    """
    typed = "".join(text.lower().split())
    if not typed:
        return None
    found = _TIME.fullmatch(typed)
    if found is None:
        raise ValueError(f"'{text.strip()}' is not a time: type it like 9:30 or 14:05.")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= NOON:
            raise ValueError(f"'{text.strip()}' is not a time: type it like 9:30 or 2pm.")
        hour = hour % NOON + (NOON if found["half"] == "pm" else 0)
    if hour >= 2 * NOON:
        raise ValueError(f"'{text.strip()}' is not a time: the day has 24 hours.")
    return time(hour, minute)
