"""Letters as PDF: A4, folded for a DL window envelope, in usual and in large print; one, or many in one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.letter.dto import Letter, Variant, long_date
from app.services.exports.letter.layout import Style, TextLine, lay_out, page_breaks
from app.services.exports.letterhead import (
    ASIDE,
    BRAND,
    LEFT,
    MUTED,
    RIGHT,
    RULE,
    STRONG,
    TEXT,
    draw_address,
    draw_head,
    draw_large_address,
    draw_large_head,
)
from app.services.exports.pen import MM, PAGE_HEIGHT, Pen, rgb

_BAD: Final = rgb("#A8281E")
_DRAFT: Final = "Preview: not to be sent"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where the body of a form begins and ends on its first and later pages, and how its first page is headed."""

    style: Style
    top: float
    later_top: float
    bottom: float
    foot: float
    head: Callable[[Pen, Letter], None]


def letter_pdf(letter: Letter, variant: Variant = Variant.STANDARD) -> bytes:
    """The letter as a PDF of its own; the same letter always gives the same bytes."""
    pen = Pen(letter.title, letter.sender.name, "Letter")
    draw(pen, letter, variant)
    return pen.finish()


def letters_pdf(letters: Sequence[tuple[Letter, Variant]], title: str) -> tuple[bytes, tuple[int, ...]]:
    """Many letters in one PDF, each starting a page, and the number of pages of each."""
    pen = Pen(title, letters[0][0].sender.name if letters else "", "Letters")
    pages = tuple(draw(pen, letter, variant) for letter, variant in letters)
    return pen.finish(), pages


def blank_page(title: str) -> bytes:
    """An empty page, put after a letter of an odd number of pages so that the next one starts on a sheet of its own."""
    pen = Pen(title, "", "Letters")
    pen.end_page()
    return pen.finish()


def draw(pen: Pen, letter: Letter, variant: Variant) -> int:
    """Draw the letter; returns its number of pages."""
    usual, leaflet = _FORMS[variant is Variant.LARGE_PRINT]
    sheet = leaflet if letter.leaflet else usual
    lines = lay_out(letter, sheet.style)
    pages = page_breaks(lines, sheet.style, sheet.bottom - sheet.top, sheet.bottom - sheet.later_top)
    for number, (first, last) in enumerate(pages, 1):
        if number == 1:
            sheet.head(pen, letter)
        else:
            _later_head(pen, letter, sheet)
        _body(pen, lines[first:last], sheet.style, sheet.top if number == 1 else sheet.later_top)
        _foot(pen, letter, sheet, number, len(pages))
        pen.end_page()
    return len(pages)


def _standard_head(pen: Pen, letter: Letter) -> None:
    draw_head(pen, letter.sender)
    draw_address(pen, letter.addressee, letter.address)
    y = 54 * MM
    for label, value in (("Our reference", letter.reference), ("Date", long_date(letter.letter_date))):
        if value:
            pen.fill(MUTED)
            pen.font(REGULAR, 8)
            pen.text(ASIDE, y, label)
            pen.fill(STRONG)
            pen.font(SEMIBOLD, 10.5)
            pen.text(ASIDE, y + 13, value)
            y += 30


def _large_head(pen: Pen, letter: Letter) -> None:
    size = _LARGE.style.size
    draw_large_head(pen, letter.sender, size)
    draw_large_address(pen, letter.addressee, letter.address, size)
    pen.fill(STRONG)
    pen.font(REGULAR, size)
    y = 102 * MM
    for text in (letter.reference and f"Our reference: {letter.reference}", f"Date: {long_date(letter.letter_date)}"):
        if text:
            pen.text(LEFT, y, text)
            y += _LARGE.style.leading


def _later_head(pen: Pen, letter: Letter, sheet: _Sheet) -> None:
    pen.fill(MUTED)
    pen.font(REGULAR, sheet.foot)
    pen.text(LEFT, 20 * MM, wrap(letter.sender.name, REGULAR, sheet.foot, 90 * MM)[0])
    pen.right(RIGHT, 20 * MM, letter.reference)


def _body(pen: Pen, lines: Sequence[TextLine], style: Style, top: float) -> None:
    y = top
    for at, line in enumerate(lines):
        leading = style.leading * line.size / style.size
        y += (line.before if at else 0.0) + leading
        for piece in line.pieces:
            pen.fill(STRONG if piece.bold else TEXT)
            pen.font(SEMIBOLD if piece.bold else REGULAR, line.size)
            pen.text(LEFT + piece.x, y - leading * 0.25, piece.text)
        if line.ruled:
            pen.rule(LEFT, y + style.gap * 0.2, RIGHT, 0.4, RULE)


def _foot(pen: Pen, letter: Letter, sheet: _Sheet, number: int, pages: int) -> None:
    y = PAGE_HEIGHT - 11 * MM
    pen.rule(LEFT, y - sheet.foot * 1.6, RIGHT, 0.4, RULE)
    pen.font(REGULAR, sheet.foot)
    pen.fill(_BAD if letter.draft else MUTED)
    pen.text(LEFT, y, _DRAFT if letter.draft else _said_below(letter))
    pen.fill(MUTED)
    pen.right(RIGHT, y, f"Page {number} of {pages}")
    pen.fill(BRAND)


def _said_below(letter: Letter) -> str:
    """The reference; on a leaflet the day it was printed, since what it says may change."""
    if letter.leaflet:
        return long_date(letter.letter_date)
    return letter.reference and f"Our reference {letter.reference}"


_STANDARD: Final = _Sheet(
    Style(11.0, 15.2, 9.0, RIGHT - LEFT), 97 * MM, 28 * MM, PAGE_HEIGHT - 22 * MM, 8.5, _standard_head
)
_LARGE: Final = _Sheet(
    Style(16.0, 22.5, 13.0, RIGHT - LEFT), 121 * MM, 32 * MM, PAGE_HEIGHT - 26 * MM, 16.0, _large_head
)
_FORMS: Final = {
    False: (_STANDARD, replace(_STANDARD, top=56 * MM, head=lambda pen, letter: draw_head(pen, letter.sender))),
    True: (
        _LARGE,
        replace(_LARGE, top=46 * MM, head=lambda pen, letter: draw_large_head(pen, letter.sender, _LARGE.style.size)),
    ),
}
"""By large print or not: a letter, and a leaflet, which has no address to keep clear of."""
