"""Targets of works and how they stand, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from app.services.core.folding import fold

_WORD: Final = re.compile(r"[a-z]{3,}")
_EMPTY: Final = frozenset({"and", "for", "from", "home", "new", "one", "other", "the", "with", "work"})


def target_on(reported_on: date, days: int) -> date:
    """The last day on which works are to be done: so many calendar days after they were reported."""
    return reported_on + timedelta(days=days)


def late_days(target: date, completed_on: date | None, today: date) -> int:
    """The days since the target, while works aren't done; 0 where they aren't late, or are done."""
    return 0 if completed_on is not None else max(0, (today - target).days)


def words(target: date, expected_on: date | None, completed_on: date | None, today: date) -> str:
    """How works stand, as a sentence."""
    if completed_on is not None:
        over = (completed_on - target).days
        late = f", {_days(over)} late" if over > 0 else ", in time"
        return f"Done on {_spelt(completed_on)}{late}"
    since = late_days(target, None, today)
    if since:
        expected = f", expected on {_spelt(expected_on)}" if expected_on is not None else ""
        return f"{_days(since)} late: it was due by {_spelt(target)}{expected}"
    said = f"Due by {_spelt(target)}" if target > today else "Due today"
    if expected_on is not None and expected_on > target:
        said += f", expected {_days((expected_on - target).days)} after that, on {_spelt(expected_on)}"
    elif expected_on is not None:
        said += f", expected on {_spelt(expected_on)}"
    return said


def fitting(said: str, titles: Mapping[str, str]) -> str:
    """The key of the title that has most words of what was said of works; empty where none has any, or two have as many."""
    mine = _words(said)
    shared = {key: len(mine & _words(title)) for key, title in titles.items()}
    most = max(shared.values(), default=0)
    best = [key for key, count in shared.items() if count == most]
    return best[0] if most and len(best) == 1 else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(fold(text))) - _EMPTY


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _spelt(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
