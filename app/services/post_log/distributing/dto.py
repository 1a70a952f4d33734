"""What sharing out did."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Given:
    """Items that were given to somebody.

    Attributes:
        count: how many have somebody else now than before.
        told: what became of them in a sentence, for the officer.
    """

    count: int
    told: str
    changes: Changes
