"""A sheet of the office as a PDF, such as an end-of-day sheet or a paying-in slip: facts, tables, and lines to sign on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.services.exports.fonts import REGULAR, SEMIBOLD, width, wrap
from app.services.exports.letterhead import LEFT, MUTED, RIGHT, RULE, SOFT, STRONG, TEXT, draw_head
from app.services.exports.pen import MM, PAGE_HEIGHT, Pen
from app.services.exports.statement.dto import Sender

_SIZE, _LEADING = 9.5, 13.5
_TOP, _LATER_TOP, _BOTTOM = 50 * MM, 30 * MM, PAGE_HEIGHT - 22 * MM
_LABEL: Final = 42 * MM
_GAP: Final = 6 * MM
_SIGN: Final = 15 * MM


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of a sheet; everything in words.

    Attributes:
        titles: its columns; the first stands left and takes the room, the others right.
        total: its last line; empty: none.
    """

    heading: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """A sheet as it is printed.

    Attributes:
        mark: `CANCELLED` or the like, over everything; empty: nothing.
        facts: label and value.
        signatures: who signs, a line each: what they are, and their name where it is known.
    """

    sender: Sender
    title: str
    number: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[SheetTable, ...]
    signatures: tuple[tuple[str, str], ...]


def sheet_pdf(sheet: OfficeSheet) -> bytes:
    """The sheet; the same sheet always gives the same bytes."""
    paper = _Paper(sheet)
    paper.line(sheet.title, 15.0, bold=True)
    if sheet.mark:
        paper.line(sheet.mark, 13.0, bold=True)
    paper.y += 6
    for label, value in sheet.facts:
        paper.fact(label, value)
    for table in sheet.tables:
        paper.table(table)
    for what, name in sheet.signatures:
        paper.signature(what, name)
    paper.foot(last=True)
    paper.pen.end_page()
    return paper.pen.finish()


class _Paper:
    """The place on the page, and a new page where there is no more of it."""

    def __init__(self, sheet: OfficeSheet) -> None:
        self.sheet = sheet
        self.pen = Pen(f"{sheet.title} {sheet.number}", sheet.sender.name, sheet.title)
        self.y, self.page = _TOP, 1
        draw_head(self.pen, sheet.sender)

    def room(self, high: float) -> bool:
        """Make sure that so much fits; whether a new page was begun for it."""
        if self.y + high <= _BOTTOM:
            return False
        self.foot(last=False)
        self.pen.end_page()
        self.page += 1
        self.y = _LATER_TOP
        self._write(LEFT, 20 * MM, self.sheet.sender.name, colour=MUTED, size=8.5)
        self._write(RIGHT, 20 * MM, self.sheet.number, colour=MUTED, size=8.5, right=True)
        return True

    def foot(self, *, last: bool) -> None:
        """The number of the sheet and of its page, and whether there are more."""
        y = PAGE_HEIGHT - 11 * MM
        self.pen.rule(LEFT, y - 14, RIGHT, 0.4, RULE)
        self._write(LEFT, y, self.sheet.number, colour=MUTED, size=8.5)
        more = "" if last else ", more overleaf"
        self._write(RIGHT, y, f"Page {self.page}{more}", colour=MUTED, size=8.5, right=True)

    def line(self, text: str, size: float, *, bold: bool = False) -> None:
        """Words over the whole width."""
        face = SEMIBOLD if bold else REGULAR
        for part in wrap(text, face, size, RIGHT - LEFT):
            self.room(size * 1.4)
            self.y += size * 1.4
            self._write(LEFT, self.y - 3, part, face=face, colour=STRONG if bold else TEXT, size=size)

    def fact(self, label: str, value: str) -> None:
        """A label, and its value beside it."""
        for at, part in enumerate(wrap(value, REGULAR, _SIZE, RIGHT - LEFT - _LABEL) or [""]):
            self.room(_LEADING)
            self.y += _LEADING
            if not at:
                self._write(LEFT, self.y - 3, label, colour=MUTED)
            self._write(LEFT + _LABEL, self.y - 3, part)

    def table(self, table: SheetTable) -> None:
        """A table with its headings, said again on each page."""
        ends = _ends(table)
        self.y += 8
        self.room(_LEADING * 4)
        self.line(table.heading, 11.0, bold=True)
        self._titles(table, ends)
        for row in table.rows:
            self._row(table, row, ends)
        if table.total:
            self.room(_LEADING)
            self.pen.rule(LEFT, self.y + 1, RIGHT, 0.8, RULE)
            self._row(table, table.total, ends, face=SEMIBOLD)

    def signature(self, what: str, name: str) -> None:
        """A line to sign on, with whose it is."""
        self.room(_SIGN)
        self.y += _SIGN
        self.pen.rule(LEFT, self.y - 10, LEFT + 80 * MM, 0.6, RULE)
        self.pen.rule(RIGHT - 45 * MM, self.y - 10, RIGHT, 0.6, RULE)
        said = f"{what}: {name}" if name else what
        self._write(LEFT, self.y, said, colour=MUTED, size=8.5)
        self._write(RIGHT - 45 * MM, self.y, "Date", colour=MUTED, size=8.5)

    def _titles(self, table: SheetTable, ends: list[float]) -> None:
        self.pen.box(LEFT, self.y + 2, RIGHT - LEFT, _LEADING + 2, SOFT)
        self.y += _LEADING + 2
        for text, end in zip(table.titles, ends, strict=True):
            first = end == ends[0]
            self._write(LEFT + 3 if first else end, self.y - 3, text, face=SEMIBOLD, right=not first)

    def _row(self, table: SheetTable, row: tuple[str, ...], ends: list[float], *, face: str = REGULAR) -> None:
        least = min(ends[1:], default=RIGHT)
        widest = max((width(cell, face, _SIZE) for cell in row[1:2]), default=0.0)
        parts = wrap(row[0], face, _SIZE, least - widest - _GAP / 2 - LEFT) or [""]
        for at, part in enumerate(parts):
            if self.room(_LEADING):
                self._titles(table, ends)
            self.y += _LEADING
            self._write(LEFT + 3, self.y - 3, part, face=face)
            for cell, end in zip(row[1:], ends[1:], strict=True):
                if not at:
                    self._write(end, self.y - 3, cell, face=face, right=True)
        self.pen.rule(LEFT, self.y + 1, RIGHT, 0.3, RULE)

    def _write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        face: str = REGULAR,
        colour: str = TEXT,
        size: float = _SIZE,
        right: bool = False,
    ) -> None:
        self.pen.fill(colour)
        self.pen.font(face, size)
        (self.pen.right if right else self.pen.text)(x, y, text)


def _ends(table: SheetTable) -> list[float]:
    """Where each column ends: the first at the margin's left, the others as wide as what stands in them, from the right."""
    ends = [RIGHT - 3]
    lines = (*table.rows, *((table.total,) if table.total else ()))
    for at in range(len(table.titles) - 1, 1, -1):
        widest = max(
            width(table.titles[at], SEMIBOLD, _SIZE), *(width(each[at], SEMIBOLD, _SIZE) for each in lines), 0.0
        )
        ends.insert(0, ends[0] - widest - _GAP)
    return [LEFT, *ends] if len(table.titles) > 1 else [LEFT]
