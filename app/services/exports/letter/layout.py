"""The lines of a letter's body and where its pages break: arithmetic on the widths of words, nothing drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.services.exports.fonts import REGULAR, SEMIBOLD, printable, width
from app.services.exports.letter.dto import Block, BlockKind, Letter, Run

_BULLET: Final = "\N{BULLET}"
_COMPANY: Final = 2
"""Lines of the body that a sign-off takes along to a new page."""


@dataclass(frozen=True, slots=True)
class Style:
    """The measures of one form of a letter, in points: type size, from line to line, between paragraphs, the room across."""

    size: float
    leading: float
    gap: float
    room: float

    @property
    def indent(self) -> float:
        """How far the words of a list stand in."""
        return self.size * 1.5


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one face at one place of a line."""

    x: float
    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the body.

    Attributes:
        before: the space above it.
        size: of its type.
        keep: it stays on the page of the line after it (a heading, the first line of a paragraph, the sign-off).
        ruled: a thin line under it: a row of a table.
    """

    pieces: tuple[Piece, ...]
    before: float
    size: float
    keep: bool = False
    ruled: bool = False


def lay_out(letter: Letter, style: Style) -> tuple[TextLine, ...]:
    """Every line from the greeting to the sign-off, with no more than the first page's head left out."""
    lines: list[TextLine] = []
    if letter.greeting:
        lines += _paragraph((Run(f"{letter.greeting},"),), style)
    if letter.subject_line:
        lines += _heading(letter.subject_line, style, 1.15)
    for block in letter.body:
        lines += _block(block, style)
    closing = _sign_off(letter.sign_off, style)
    if closing:
        lines[-_COMPANY:] = [replace(line, keep=True) for line in lines[-_COMPANY:]]
    return (*lines, *closing)


def page_breaks(lines: Sequence[TextLine], style: Style, room: float, later_room: float) -> tuple[tuple[int, int], ...]:
    """The lines of each page as (first, one after the last); a kept line moves on with the one it is kept with."""
    pages: list[tuple[int, int]] = []
    first, used, limit = 0, 0.0, room
    at = 0
    while at < len(lines):
        line = lines[at]
        high = (line.before if at > first else 0.0) + _height(line, style)
        if used + high > limit and at > first:
            last = at
            while last > first + 1 and lines[last - 1].keep:
                last -= 1
            last = last if last > first + 1 else at
            pages.append((first, last))
            first, at, used, limit = last, last, 0.0, later_room
            continue
        used += high
        at += 1
    pages.append((first, len(lines)))
    return tuple(pages)


def _height(line: TextLine, style: Style) -> float:
    return style.leading * line.size / style.size


def _block(block: Block, style: Style) -> list[TextLine]:
    if block.kind is BlockKind.HEADING:
        return _heading("".join(run.text for run in block.lines[0]), style, 1.0)
    if block.kind is BlockKind.TABLE:
        return _table(block, style)
    if block.kind is BlockKind.BULLETS:
        return [line for at, item in enumerate(block.lines) for line in _item(item, style, first=not at)]
    found: list[TextLine] = []
    for at, runs in enumerate(block.lines):
        found += _paragraph(runs, style, before=0.0 if at else None)
    return found


def _paragraph(runs: Sequence[Run], style: Style, *, before: float | None = None) -> list[TextLine]:
    wrapped = list(_wrapped(runs, style.size, style.room))
    last = len(wrapped) - 1
    return [
        TextLine(
            pieces,
            (style.gap if before is None else before) if not at else 0.0,
            style.size,
            keep=last > 0 and at in {0, last - 1},
        )
        for at, pieces in enumerate(wrapped)
    ]


def _heading(text: str, style: Style, times: float) -> list[TextLine]:
    size = style.size * times
    return [
        TextLine(pieces, style.gap * 1.3 if not at else 0.0, size, keep=True)
        for at, pieces in enumerate(_wrapped((Run(text, bold=True),), size, style.room))
    ]


def _item(runs: Sequence[Run], style: Style, *, first: bool) -> list[TextLine]:
    lines = []
    for at, pieces in enumerate(_wrapped(runs, style.size, style.room - style.indent)):
        moved = tuple(replace(piece, x=piece.x + style.indent) for piece in pieces)
        before = (style.gap if first else style.gap * 0.4) if not at else 0.0
        lines.append(
            TextLine((Piece(style.indent * 0.4, _BULLET, bold=False), *moved) if not at else moved, before, style.size)
        )
    return lines


def _table(block: Block, style: Style) -> list[TextLine]:
    """Rows of a label and a value, the values at one place: as far in as the labels need, at most half across."""
    widest = max(sum(_width(run, style.size) for run in runs) for runs in block.lines)
    at_value = min(widest + style.size * 2, style.room * 0.55)
    lines: list[TextLine] = []
    for row, (label, value) in enumerate(zip(block.lines, block.values, strict=True)):
        left = list(_wrapped(label, style.size, at_value - style.size))
        right = list(_wrapped(value, style.size, style.room - at_value))
        for at in range(max(len(left), len(right))):
            pieces = left[at] if at < len(left) else ()
            moved = tuple(replace(piece, x=piece.x + at_value) for piece in right[at]) if at < len(right) else ()
            last = at == max(len(left), len(right)) - 1
            before = (style.gap if not row else style.gap * 0.5) if not at else 0.0
            lines.append(TextLine((*pieces, *moved), before, style.size, keep=not last, ruled=last))
    return lines


def _sign_off(words: Iterable[str], style: Style) -> list[TextLine]:
    """The closing words, room for a signature, and who signs; never parted from each other."""
    lines = []
    shown = [word for word in words if word]
    for at, word in enumerate(shown):
        before = style.gap * 1.5 if not at else style.leading * 2 if at == 1 else 0.0
        text = printable(word)
        lines.append(TextLine((Piece(0.0, text, bold=at == 1),), before, style.size, keep=at < len(shown) - 1))
    return lines


def _width(run: Run, size: float) -> float:
    return width(printable(run.text), SEMIBOLD if run.bold else REGULAR, size)


def _wrapped(runs: Sequence[Run], size: float, room: float) -> Iterator[tuple[Piece, ...]]:
    """The words of a line in as many lines as they need."""
    pieces: list[Piece] = []
    x = 0.0
    space = width(" ", REGULAR, size)
    for word, bold, spaced in _words(runs, size, room):
        wide = width(word, SEMIBOLD if bold else REGULAR, size)
        lead = space if spaced and pieces else 0.0
        if pieces and x + lead + wide > room:
            yield tuple(pieces)
            pieces, x, lead = [], 0.0, 0.0
        if pieces and pieces[-1].bold == bold:
            last = pieces.pop()
            pieces.append(replace(last, text=f"{last.text}{' ' if lead else ''}{word}"))
        else:
            pieces.append(Piece(x + lead, word, bold))
        x += lead + wide
    yield tuple(pieces)


def _words(runs: Sequence[Run], size: float, room: float) -> Iterator[tuple[str, bool, bool]]:
    """Each word with whether it is bold and whether a space stands before it; one that is too wide is cut."""
    spaced = False
    for run in runs:
        text = printable(run.text)
        spaced = spaced or text[:1].isspace()
        name = SEMIBOLD if run.bold else REGULAR
        for word in text.split():
            left = word
            while width(left, name, size) > room and len(left) > 1:
                fits = next(n for n in range(len(left) - 1, 0, -1) if n == 1 or width(left[:n], name, size) <= room)
                yield left[:fits], run.bold, spaced
                left, spaced = left[fits:], True
            yield left, run.bold, spaced
            spaced = True
        spaced = text[-1:].isspace() if text.split() else spaced
