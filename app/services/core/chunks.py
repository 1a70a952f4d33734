"""Long lists in portions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

MOST_IN: Final = 900
"""What one IN may hold: SQLite takes 999 values, the design 1,000."""


def in_chunks(items: Sequence[T], size: int = MOST_IN) -> Iterator[Sequence[T]]:
    """The items in order, `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
