"""Saved filters as they are listed and saved."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_NAME = 60
LONGEST_TEXT = 3_500


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter under its name.

    Attributes:
        page: the table it belongs to, such as `rent.accounts`.
        text: the filter in its text form (`text.from_text` reads it).
        owner: the name of the officer who saved it; `mine` where that is who asks.
        default: the table opens with it for whoever asks.
        version: counts the changes, so that a change to an older state is refused.
    """

    filter_id: int
    page: str
    name: str
    text: str
    owner: str
    mine: bool
    shared: bool
    default: bool
    version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a filter that was saved, renamed or taken away; `others` is how many colleagues opened with it."""

    filter_id: int
    name: str
    others: int = 0
