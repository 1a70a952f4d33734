"""Places of rows in a table: spans of first and last, however many rows they are."""

from __future__ import annotations

from collections.abc import Iterable

Places = list[tuple[int, int]]
"""Rows as first and last, both inclusive, in order and apart."""


def joined(spans: Iterable[tuple[int, int]]) -> Places:
    """Spans in any order, which may touch or overlap, as places."""
    found: Places = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def count_of(places: Places) -> int:
    """How many rows these places are."""
    return sum(last - first + 1 for first, last in places)


def first_rows(places: Places, most: int) -> Places:
    """The first of these places, at most so many rows."""
    found: Places = []
    left = most
    for first, last in places:
        if left <= 0:
            break
        found.append((first, min(last, first + left - 1)))
        left -= last - first + 1
    return found


def others(places: Places, count: int) -> Places:
    """The rows of a table of `count` rows that are not among these."""
    found: Places = []
    start = 0
    for first, last in places:
        if first > start:
            found.append((start, first - 1))
        start = last + 1
    return [*found, (start, count - 1)] if start < count else found
