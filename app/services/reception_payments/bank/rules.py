"""What may come to the bank together, and what a payer's words name. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.ledger.dto import ControlEntry

_LONGEST_SPAN: Final = 4
"""Days whose takings may come together: over Easter."""
_WORD: Final = re.compile(r"[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that may come to the bank as one line.

    Attributes:
        key: of the control account, where they are all of one; else empty.
        on: the last of their days.
    """

    words: str
    key: str
    on: date
    pence: int
    entries: tuple[ControlEntry, ...]


def group(entries: Sequence[ControlEntry], words: str) -> Group:
    """Some entries as a group."""
    keys = {each.key for each in entries}
    return Group(
        words,
        keys.pop() if len(keys) == 1 else "",
        max(each.on for each in entries),
        sum(each.amount.pence for each in entries),
        tuple(entries),
    )


def spans(title: str, days: Sequence[Sequence[ControlEntry]]) -> Iterator[Group]:
    """The takings of a channel of each day, and of each few days in a row.

    Args:
        title: of the channel.
        days: its entries by day, in their order.
    """
    for first in range(len(days)):
        for last in range(first, min(first + _LONGEST_SPAN, len(days))):
            entries = [each for day in days[first : last + 1] for each in day]
            if len(entries) > 1:
                yield group(entries, f"{title}, {_days(days[first][0].on, days[last][0].on)}")


def names(said: str, wanted: Iterable[str]) -> bool:
    """Whether words of a line name one of some numbers, written with or without spaces."""
    plain = "".join(_WORD.findall(said.upper()))
    return any(len(key) >= 3 and key in plain for key in ("".join(_WORD.findall(each.upper())) for each in wanted))


def is_standing_order(kind: str, narrative: str) -> bool:
    """Whether the bank says that a line is a standing order."""
    return kind.upper() in {"SO", "STO", "NSTO"} or "STANDING ORDER" in narrative.upper()


def _days(first: date, last: date) -> str:
    end = f"{last.day} {last:%b %Y}"
    return end if first == last else f"{first.day} {first:%b} to {end}"
