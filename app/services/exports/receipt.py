"""A receipt as a PDF: on A5, in large print on A5, or on the 80 mm roll of a receipt printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.letterhead import BRAND, MUTED, RULE, STRONG, TEXT
from app.services.exports.pen import MM, Pen

_A5: Final = (148 * MM, 210 * MM)
_ROLL: Final = 80 * MM


class ReceiptPaper(StrEnum):
    """What a receipt is printed on; large print is every word at 16 point or larger (RNIB clear print)."""

    A5 = "a5"
    LARGE = "large"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class PrintedReceipt:
    """A receipt as it is printed; nothing on it tells what is owed, or names whose account it is.

    Attributes:
        mark: `COPY` or `VOID`, over everything; empty: neither.
        facts: label and value: day, desk, who took it, how it was paid.
        lines: what was paid, and how much of it, each.
    """

    sender: str
    address: tuple[str, ...]
    number: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    total: str
    foot: str


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes on one paper, in points."""

    side: float
    title: float
    size: float
    small: float
    total: float

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * 1.4


_LOOKS: Final = {
    ReceiptPaper.A5: _Look(14 * MM, 14.0, 10.0, 8.5, 13.0),
    ReceiptPaper.LARGE: _Look(12 * MM, 20.0, 16.0, 16.0, 20.0),
    ReceiptPaper.ROLL: _Look(4 * MM, 12.0, 9.0, 8.0, 12.0),
}
Draw = Callable[[Pen, float], None]
_Step = tuple[float, Draw]
"""So much room downwards, and what is drawn at its foot."""


def receipt_pdf(receipt: PrintedReceipt, paper: ReceiptPaper) -> bytes:
    """The receipt; the same receipt always gives the same bytes. One that is longer than A5 goes on on another page."""
    look = _LOOKS[paper]
    wide = _ROLL if paper is ReceiptPaper.ROLL else _A5[0]
    steps = list(_steps(receipt, look, wide))
    high = sum(step[0] for step in steps) + 2 * look.side if paper is ReceiptPaper.ROLL else _A5[1]
    pen = Pen(f"Receipt {receipt.number}", receipt.sender, "Receipt", size=(wide, high))
    y = look.side
    for room, draw in steps:
        if y + room > high - look.side + 0.01:
            pen.end_page()
            y = look.side
        y += room
        draw(pen, y)
    pen.end_page()
    return pen.finish()


def _steps(receipt: PrintedReceipt, look: _Look, wide: float) -> Iterator[_Step]:
    left, right = look.side, wide - look.side
    yield from _words(receipt.sender, look.title, (left, right), SEMIBOLD, BRAND)
    for line in receipt.address:
        yield from _words(line, look.small, (left, right), REGULAR, MUTED)
    yield look.leading, lambda _pen, _y: None
    yield from _words(f"Receipt {receipt.number}", look.title, (left, right), SEMIBOLD, STRONG)
    if receipt.mark:
        yield from _words(receipt.mark, look.title, (left, right), SEMIBOLD, STRONG)
    for label, value in receipt.facts:
        yield from _pair(label, value, look, (left, right))
    yield _ruled(look, left, right)
    for words, amount in receipt.lines:
        yield from _pair(words, amount, look, (left, right), strong=True)
    yield _ruled(look, left, right)
    yield look.total * 1.4, _total(receipt.total, look, left, right)
    yield look.leading / 2, lambda _pen, _y: None
    yield from _words(receipt.foot, look.small, (left, right), REGULAR, MUTED)


def _words(text: str, size: float, sides: tuple[float, float], face: str, colour: str) -> Iterator[_Step]:
    left, right = sides
    for line in wrap(text, face, size, right - left) if text else ():
        yield size * 1.4, _line(line, left, (face, size), colour)


def _line(text: str, x: float, face: tuple[str, float], colour: str) -> Draw:
    def draw(pen: Pen, y: float) -> None:
        pen.fill(colour)
        pen.font(*face)
        pen.text(x, y - face[1] * 0.3, text)

    return draw


def _pair(label: str, value: str, look: _Look, sides: tuple[float, float], *, strong: bool = False) -> Iterator[_Step]:
    """A label at the left and its value at the right, on the first line of both where there is room."""
    left, right = sides
    face = SEMIBOLD if strong else REGULAR
    values = wrap(value, face, look.size, (right - left) * 0.6)
    labels = wrap(label, REGULAR, look.size, (right - left) * (0.62 if strong else 0.38))
    for at in range(max(len(labels), len(values))):
        shown = (labels[at] if at < len(labels) else "", values[at] if at < len(values) else "")
        yield look.leading, _both(shown, look, (left, right), face)


def _both(shown: tuple[str, str], look: _Look, sides: tuple[float, float], face: str) -> Draw:
    def draw(pen: Pen, y: float) -> None:
        baseline = y - look.size * 0.3
        pen.fill(TEXT)
        pen.font(REGULAR, look.size)
        pen.text(sides[0], baseline, shown[0])
        pen.font(face, look.size)
        pen.right(sides[1], baseline, shown[1])

    return draw


def _total(total: str, look: _Look, left: float, right: float) -> Draw:
    def draw(pen: Pen, y: float) -> None:
        pen.fill(STRONG)
        pen.font(SEMIBOLD, look.total)
        pen.text(left, y - look.total * 0.3, "Paid")
        pen.right(right, y - look.total * 0.3, total)

    return draw


def _ruled(look: _Look, left: float, right: float) -> _Step:
    return look.leading * 0.6, lambda pen, y: pen.rule(left, y - look.leading * 0.2, right, 0.6, RULE)
