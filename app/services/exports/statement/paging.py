"""Where the pages of a statement break: pure arithmetic on heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_KEPT_TOGETHER: Final = 3


@dataclass(frozen=True, slots=True)
class Span:
    """What one page carries: the rows from `first` up to `last`, and the closing notes from `note` up to `last_note`."""

    first: int
    last: int
    note: int = 0
    last_note: int = 0


def spans(rows: Sequence[float], notes: Sequence[float], room: float, later_room: float) -> tuple[Span, ...]:
    """Share rows and then closing notes out over pages, in order.

    Rows fill each page. The notes go under the last row if they all fit there; otherwise they begin a page, with
    the last few rows for company, and run on where even a whole page is too short for them.

    Args:
        rows: the height of each row.
        notes: the height of each closing note.
        room: the height that rows and notes may take on the first page.
        later_room: the same on each page after it.
    """
    breaks = _breaks(rows, room, later_room)
    pages = [Span(first, last) for first, last in pairwise(breaks)]
    last = pages[-1]
    left = (room if len(pages) == 1 else later_room) - sum(rows[last.first : last.last])
    if sum(notes) <= left:
        return (*pages[:-1], Span(last.first, last.last, 0, len(notes)))
    moved = 0
    while moved < min(_KEPT_TOGETHER, last.last - last.first - 1):
        if sum(rows[last.last - moved - 1 : last.last]) + sum(notes) > later_room:
            break
        moved += 1
    pages[-1] = Span(last.first, last.last - moved)
    note_breaks = _breaks(notes, later_room - sum(rows[last.last - moved : last.last]), later_room)
    for at, (note, last_note) in enumerate(pairwise(note_breaks)):
        first = last.last - moved if not at else last.last
        pages.append(Span(first, last.last, note, last_note))
    return tuple(pages)


def _breaks(heights: Sequence[float], room: float, later_room: float) -> list[int]:
    """The places at which to break, with both ends.

    A page takes at least one thing, however high it is; only the first takes nothing where a later page has the room.
    """
    breaks, used, limit = [0], 0.0, room
    for at, height in enumerate(heights):
        if used + height > limit and (at > breaks[-1] or (len(breaks) == 1 and room < height <= later_room)):
            breaks.append(at)
            used, limit = 0.0, later_room
        used += height
    return [*breaks, len(heights)]
