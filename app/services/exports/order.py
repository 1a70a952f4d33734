"""A purchase order as a PDF: who orders, from whom, what, where to, the totals with VAT by rate, and the terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.letter.dto import Block, BlockKind
from app.services.exports.letter.markup import plain_words
from app.services.exports.letterhead import (
    ASIDE,
    LEFT,
    MUTED,
    RIGHT,
    RULE,
    SOFT,
    STRONG,
    TEXT,
    draw_address,
    draw_head,
)
from app.services.exports.pen import MM, PAGE_HEIGHT, Pen
from app.services.exports.statement.dto import Sender

_SIZE: Final = 9.5
_LEADING: Final = 13.0
_TOP, _LATER_TOP, _BOTTOM = 98 * MM, 30 * MM, PAGE_HEIGHT - 22 * MM
_QUANTITY, _PRICE, _VAT, _NET = RIGHT - 66 * MM, RIGHT - 42 * MM, RIGHT - 24 * MM, RIGHT
_ROOM: Final = _QUANTITY - LEFT - 26 * MM


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it is printed: everything in words."""

    description: str
    quantity: str
    price: str
    vat: str
    net: str


@dataclass(frozen=True, slots=True)
class PrintedOrder:
    """An order as it is printed.

    Attributes:
        facts: what stands beside the address, label and value: the number comes first.
        parts: what stands over the lines, a heading and its text each: where to deliver, instructions.
        totals: label and amount, the last one the sum.
        terms: of the wording that the office keeps.
    """

    sender: Sender
    supplier: str
    address: tuple[str, ...]
    number: str
    day: date
    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    lines: tuple[PrintedLine, ...]
    totals: tuple[tuple[str, str], ...]
    terms: tuple[Block, ...]


class _Paper:
    """The place on the page, and a new page where there is no more of it."""

    def __init__(self, order: PrintedOrder) -> None:
        self.pen = Pen(f"Purchase order {order.number}", order.sender.name, "Purchase order")
        self.order, self.y, self.page = order, _TOP, 1

    def room(self, high: float, *, table: bool = False) -> None:
        """Make sure that so much fits, on a new page if need be; a table says its headings there again."""
        if self.y + high <= _BOTTOM:
            return
        self.foot(last=False)
        self.pen.end_page()
        self.page += 1
        self.pen.fill(MUTED)
        self.pen.font(REGULAR, 8.5)
        self.pen.text(LEFT, 20 * MM, self.order.sender.name)
        self.pen.right(RIGHT, 20 * MM, self.order.number)
        self.y = _LATER_TOP
        if table:
            headings(self)

    def foot(self, *, last: bool) -> None:
        """The page's number, and whether there are more."""
        y = PAGE_HEIGHT - 11 * MM
        self.pen.rule(LEFT, y - 14, RIGHT, 0.4, RULE)
        self.pen.fill(MUTED)
        self.pen.font(REGULAR, 8.5)
        self.pen.text(LEFT, y, f"Purchase order {self.order.number}")
        self.pen.right(RIGHT, y, f"Page {self.page}{'' if last else ', more overleaf'}")

    def words(self, text: str, *, bold: bool = False, size: float = _SIZE, before: float = 0.0) -> None:
        """A paragraph over the whole width."""
        face = SEMIBOLD if bold else REGULAR
        self.y += before
        for part in (line for each in text.split("\n") for line in wrap(each, face, size, RIGHT - LEFT)):
            self.room(_LEADING)
            self.pen.fill(STRONG if bold else TEXT)
            self.pen.font(face, size)
            self.y += _LEADING
            self.pen.text(LEFT, self.y - 3, part)


def order_pdf(order: PrintedOrder) -> bytes:
    """The order as a PDF; the same order always gives the same bytes."""
    paper = _Paper(order)
    _head(paper)
    paper.words(f"Purchase order: {order.title}", bold=True, size=13.0)
    for heading, text in order.parts:
        paper.words(heading, bold=True, before=5.0)
        paper.words(text)
    paper.y += 10
    paper.room(_LEADING * 4)
    headings(paper)
    for line in order.lines:
        _line(paper, line)
    _totals(paper, order.totals)
    paper.y += 12
    for block in order.terms:
        _block(paper, block)
    paper.foot(last=True)
    paper.pen.end_page()
    return paper.pen.finish()


def headings(paper: _Paper) -> None:
    """The headings of the columns."""
    pen = paper.pen
    pen.box(LEFT, paper.y, RIGHT - LEFT, 17, SOFT)
    pen.fill(STRONG)
    pen.font(SEMIBOLD, 8.5)
    pen.text(LEFT + 4, paper.y + 11.5, "What is ordered")
    for at, text in ((_QUANTITY, "Quantity"), (_PRICE, "Unit price"), (_VAT, "VAT"), (_NET - 4, "Before VAT")):
        pen.right(at, paper.y + 11.5, text)
    paper.y += 20


def _head(paper: _Paper) -> None:
    order, pen = paper.order, paper.pen
    draw_head(pen, order.sender)
    draw_address(pen, order.supplier, order.address)
    y = 54 * MM
    for label, value in order.facts:
        pen.fill(MUTED)
        pen.font(REGULAR, 8)
        pen.text(ASIDE, y, label)
        pen.fill(STRONG)
        pen.font(SEMIBOLD, 10.5)
        pen.text(ASIDE, y + 12, value)
        y += 27


def _line(paper: _Paper, line: PrintedLine) -> None:
    parts = wrap(line.description, REGULAR, _SIZE, _ROOM)
    paper.room(_LEADING * len(parts) + 5, table=True)
    pen = paper.pen
    for at, part in enumerate(parts):
        paper.y += _LEADING
        pen.fill(TEXT)
        pen.font(REGULAR, _SIZE)
        pen.text(LEFT + 4, paper.y - 3, part)
        if not at:
            cells = ((_QUANTITY, line.quantity), (_PRICE, line.price), (_VAT, line.vat), (_NET - 4, line.net))
            for right, text in cells:
                pen.right(right, paper.y - 3, text)
    pen.rule(LEFT, paper.y + 2, RIGHT, 0.4, RULE)
    paper.y += 4


def _totals(paper: _Paper, totals: Sequence[tuple[str, str]]) -> None:
    paper.room(_LEADING * (len(totals) + 1))
    pen = paper.pen
    for at, (label, amount) in enumerate(totals, 1):
        paper.y += _LEADING + 1
        pen.fill(STRONG)
        pen.font(SEMIBOLD if at == len(totals) else REGULAR, _SIZE)
        pen.right(_VAT, paper.y - 3, label)
        pen.right(_NET - 4, paper.y - 3, amount)


def _block(paper: _Paper, block: Block) -> None:
    if block.kind is BlockKind.HEADING:
        paper.words(plain_words(block.lines[0]), bold=True, before=5.0)
        return
    for text in _texts(block):
        paper.words(text, before=2.0 if block.kind is BlockKind.BULLETS else 5.0, size=9.0)


def _texts(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        for label, value in zip(block.lines, block.values, strict=True):
            yield f"{plain_words(label)}: {plain_words(value)}"
    elif block.kind is BlockKind.BULLETS:
        for line in block.lines:
            yield f"\N{BULLET} {plain_words(line)}"
    else:
        yield "\n".join(plain_words(line) for line in block.lines)
