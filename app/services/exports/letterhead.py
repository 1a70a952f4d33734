"""What stands at the head of every letter and statement: who it is from, and the address in the window.

The address stands where a window to BS 4264 shows it: in a DL envelope (110 x 220 mm) the window is 93 x 39 mm, 20 mm
from the left and 53 mm from the top. A sheet folded in three can slide 11 mm down and 10 mm across in the envelope, so
only what lies 20 to 103 mm from the left and 53 to 81 mm from the top always shows, and nothing else may stand left of
113 mm between 42 and 92 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.pen import MM, PAGE_WIDTH, Pen, rgb
from app.services.exports.statement.dto import Sender

LEFT: Final = 22 * MM
RIGHT: Final = PAGE_WIDTH - LEFT
ASIDE: Final = 126 * MM
WINDOW_TOP: Final = 53 * MM
WINDOW_BOTTOM: Final = 81 * MM
WINDOW_RIGHT: Final = 103 * MM
BRAND, STRONG, TEXT, MUTED = rgb("#1F5673"), rgb("#1B2631"), rgb("#26323D"), rgb("#5A6875")
RULE, TINT, SOFT = rgb("#D8DEE4"), rgb("#F4F6F8"), rgb("#E4EEF4")


def draw_head(pen: Pen, sender: Sender) -> None:
    """The landlord's name and office at the left, how to reach it at the right."""
    pen.fill(BRAND)
    pen.font(SEMIBOLD, 15)
    y = 20 * MM
    for line in wrap(sender.name, SEMIBOLD, 15, ASIDE - LEFT - 12)[:2]:
        pen.text(LEFT, y, line)
        y += 18
    pen.fill(MUTED)
    pen.font(REGULAR, 9)
    pen.text(LEFT, y - 3, sender.office)
    pen.font(REGULAR, 8)
    y = 18 * MM
    for line in (*sender.address, sender.phone, sender.email, sender.website)[:9]:
        if line:
            for part in wrap(line, REGULAR, 8, RIGHT - ASIDE):
                pen.text(ASIDE, y, part)
                y += 10.4


def draw_large_head(pen: Pen, sender: Sender, size: float) -> None:
    """The landlord's name and office in large print."""
    pen.fill(BRAND)
    pen.font(SEMIBOLD, 20)
    pen.text(LEFT, 22 * MM, wrap(sender.name, SEMIBOLD, 20, RIGHT - LEFT)[0])
    pen.fill(MUTED)
    pen.font(REGULAR, size)
    pen.text(LEFT, 30 * MM, wrap(sender.office, REGULAR, size, RIGHT - LEFT)[0])


def draw_address(pen: Pen, addressee: str, address: Sequence[str]) -> None:
    """The address in the window, in the largest type in which all of it shows."""
    size, lines = _fitted((addressee, *address))
    pen.fill(STRONG)
    pen.font(REGULAR, size)
    y = WINDOW_TOP + 1.5 * MM + size * 0.8
    for line in lines:
        pen.text(LEFT, y, line)
        y += size * 1.22


def draw_large_address(pen: Pen, addressee: str, address: Sequence[str], size: float) -> None:
    """The address in large print where the window allows it, in as few lines as need be."""
    room, high = WINDOW_RIGHT - LEFT, WINDOW_BOTTOM - WINDOW_TOP
    lines = [addressee, *address]
    wrapped = [part for line in lines for part in name_lines(line, size, room)]
    if len(wrapped) * size > high and len(lines) > 3:
        lines[-2:] = [f"{lines[-2]} {lines[-1]}"]
        wrapped = [part for line in lines for part in name_lines(line, size, room)]
    while len(wrapped) * size > high and size > 8:
        size -= 0.5
        wrapped = [part for line in lines for part in name_lines(line, size, room)]
    pen.fill(STRONG)
    pen.font(REGULAR, size)
    leading = min(size * 1.2, high / len(wrapped))
    y = WINDOW_TOP + size * 0.76
    for line in wrapped:
        pen.text(LEFT, y, line)
        y += leading


def name_lines(line: str, size: float, room: float) -> list[str]:
    """A line of an address in the room there is; joint names break before `and` where that is enough."""
    wrapped = wrap(line, REGULAR, size, room)
    if len(wrapped) == 1 or " and " not in line:
        return wrapped
    first, second = line.rsplit(" and ", 1)
    parted = [*wrap(first, REGULAR, size, room), *wrap(f"and {second}", REGULAR, size, room)]
    return parted if len(parted) == len(wrapped) else wrapped


def _fitted(lines: Sequence[str]) -> tuple[float, list[str]]:
    """The address wrapped in the largest type, 10.5 point at most, in which all of it shows in the window."""
    room, high = WINDOW_RIGHT - LEFT, WINDOW_BOTTOM - WINDOW_TOP - 2 * MM
    size = 10.5
    while True:
        wrapped = [part for line in lines for part in name_lines(line, size, room)]
        if len(wrapped) * size * 1.22 <= high or size <= 6:
            return size, wrapped
        size -= 0.5
