"""Names, numbers and states of suppliers: how they are compared and whether they can be; no database."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.services.core.folding import fold

_FORMS: Final = frozenset(
    "the and of co company limited ltd plc llp lp cic cio inc incorporated uk gb group holdings trading as t a".split()
)
"""Words by which two records of one supplier differ, and no two suppliers."""
_PARTS: Final = re.compile(r"\w+")
_MOST_KEY: Final = 120


def name_key(text: str) -> str:
    """A name as it is compared: folded, without its legal form and signs; all of it where nothing else is left.

    `The Sample Paint Co. Limited` and `Sample Paints Ltd` differ by one letter then.
    """
    words = _PARTS.findall(fold(text))
    telling = [word for word in words if word not in _FORMS]
    return " ".join(telling or words)[:_MOST_KEY]


def spelt(day: date) -> str:
    """A day in a sentence: `21 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"
