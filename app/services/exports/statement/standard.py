"""The statement as it is usually sent: A4, folded for a DL window envelope (see `exports.letterhead`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Money
from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.letterhead import (
    ASIDE,
    BRAND,
    LEFT,
    MUTED,
    RIGHT,
    RULE,
    SOFT,
    STRONG,
    TEXT,
    TINT,
    draw_address,
    draw_head,
)
from app.services.exports.pen import MM, PAGE_HEIGHT, Pen
from app.services.exports.statement import words
from app.services.exports.statement.dto import Line, Sender, Statement, short_date
from app.services.exports.statement.paging import Span, spans

_ROW: Final = 13.4
_LEADING: Final = 10.6
_TABLE_TOP: Final = 129 * MM
_LATER_TOP: Final = 32 * MM
_BOTTOM: Final = PAGE_HEIGHT - 21 * MM
_NOTE_GAP: Final = 14.0
_HEAD: Final = 17.0
_FRAME: Final = _HEAD + 2 * _ROW + 4
"""The heading row and the rows brought and carried forward."""
_DATE, _WEEK, _WHAT = LEFT + 4, LEFT + 62, LEFT + 120
_DEBIT, _CREDIT, _BALANCE = LEFT + 338, LEFT + 396, RIGHT - 4
_WHAT_ROOM: Final = 166.0
_COLUMN_ROOM: Final = (RIGHT - LEFT - 22) / 2
_Column = list[tuple[float, str]]


def draw(pen: Pen, statement: Statement, sender: Sender) -> int:
    """Draw the statement; returns its number of pages."""
    whats = [wrap(line.what, REGULAR, 8.5, _WHAT_ROOM) for line in statement.lines]
    heights = [_ROW + (len(what) - 1) * _LEADING for what in whats]
    notes = _notes(statement, sender)
    pages = spans(
        heights,
        [_NOTE_GAP + 26 + max(lines[-1][0] for lines in notes)],
        _BOTTOM - _TABLE_TOP - _FRAME,
        _BOTTOM - _LATER_TOP - _FRAME,
    )
    balance = statement.brought_forward
    for number, page in enumerate(pages, 1):
        if number == 1:
            _first_page(pen, statement, sender, len(pages))
        else:
            _later_page(pen, statement, sender)
        top = _TABLE_TOP if number == 1 else _LATER_TOP
        balance, bottom = _table(pen, statement, page, whats, balance, top, last=number == len(pages))
        if page.last_note:
            _draw_notes(pen, notes, bottom + _NOTE_GAP)
        _foot(pen, statement, number, len(pages))
        pen.end_page()
    return len(pages)


def _first_page(pen: Pen, statement: Statement, sender: Sender, pages: int) -> None:
    draw_head(pen, sender)
    draw_address(pen, statement.addressee, statement.address)
    facts = (
        ("Account reference", statement.reference),
        (statement.account_kind, statement.about),
        ("Period", words.short_period(statement)),
        ("Statement date", f"{short_date(statement.made_on)}, {pages} {'page' if pages == 1 else 'pages'}"),
    )
    y = 54 * MM
    for label, value in facts:
        pen.fill(MUTED)
        pen.font(REGULAR, 7.5)
        pen.text(ASIDE, y, label)
        pen.fill(STRONG)
        size = 11 if label == "Account reference" else 9
        pen.font(SEMIBOLD, size)
        for line in wrap(value, SEMIBOLD, size, RIGHT - ASIDE)[:3]:
            y += 12
            pen.text(ASIDE, y, line)
        y += 15
    pen.fill(STRONG)
    pen.font(SEMIBOLD, 17)
    pen.text(LEFT, 101 * MM, f"{statement.account_kind} statement")
    pen.fill(MUTED)
    pen.font(REGULAR, 9.5)
    pen.right(RIGHT, 101 * MM, words.period(statement))
    _summary(pen, statement, 105 * MM)


def _summary(pen: Pen, statement: Statement, top: float) -> None:
    """The sum: brought forward + debits - credits = balance, and what it means."""
    gap, high = 12.0, 34.0
    wide = (RIGHT - LEFT - 3 * gap) / 4
    cells = (
        ("", words.BROUGHT_FORWARD, statement.brought_forward.dr_cr()),
        ("+", "Debits (charges)", str(statement.debits)),
        ("−", "Credits (payments)", str(statement.credits)),
        ("=", f"Balance at {short_date(statement.to_on)}", statement.carried_forward.dr_cr()),
    )
    for at, (sign, label, amount) in enumerate(cells):
        x = LEFT + at * (wide + gap)
        pen.box(x, top, wide, high, SOFT if at == 3 else TINT)
        pen.fill(MUTED)
        pen.font(REGULAR, 10)
        pen.text(x - gap / 2 - 3, top + high / 2 + 3, sign)
        pen.font(REGULAR, 7.5)
        pen.text(x + 8, top + 12, label)
        pen.fill(BRAND if at == 3 else STRONG)
        pen.font(SEMIBOLD, 11)
        pen.text(x + 8, top + 27, amount)
    pen.fill(STRONG)
    pen.font(SEMIBOLD, 10)
    pen.text(LEFT, top + high + 18, words.outcome(statement))
    pen.fill(MUTED)
    pen.font(REGULAR, 8)
    pen.right(RIGHT, top + high + 18, words.DR_AND_CR)


def _later_page(pen: Pen, statement: Statement, sender: Sender) -> None:
    pen.fill(BRAND)
    pen.font(SEMIBOLD, 10)
    pen.text(LEFT, 20 * MM, wrap(sender.name, SEMIBOLD, 10, 90 * MM)[0])
    pen.fill(MUTED)
    pen.font(REGULAR, 8.5)
    pen.text(LEFT, 25 * MM, f"{statement.account_kind} statement, {words.period(statement)}")
    pen.fill(STRONG)
    pen.font(SEMIBOLD, 9.5)
    pen.right(RIGHT, 20 * MM, statement.reference)


def _table(
    pen: Pen,
    statement: Statement,
    page: Span,
    whats: Sequence[Sequence[str]],
    balance: Money,
    top: float,
    *,
    last: bool,
) -> tuple[Money, float]:
    """The lines of a page between the balances brought and carried forward; returns the latter and where it ends."""
    pen.fill(MUTED)
    pen.font(SEMIBOLD, 7.5)
    y = top + 9
    for x, head in ((_DATE, "Date"), (_WEEK, "For week of"), (_WHAT, "What")):
        pen.text(x, y, head)
    for x, head in ((_DEBIT, "Debit £"), (_CREDIT, "Credit £"), (_BALANCE, "Balance £")):
        pen.right(x, y, head)
    pen.rule(LEFT, top + _HEAD - 3, RIGHT, 0.8, BRAND)
    y = top + _HEAD
    _carried(pen, y, words.BROUGHT_FORWARD, short_date(statement.from_on) if not page.first else "", balance)
    y += _ROW
    for at in range(page.first, page.last):
        line = statement.lines[at]
        _row(pen, y, line, whats[at])
        y += _ROW + (len(whats[at]) - 1) * _LEADING
        balance = line.balance
    pen.rule(LEFT, y + 1, RIGHT, 0.8, BRAND)
    _carried(pen, y + 2, words.CARRIED_FORWARD, short_date(statement.to_on) if last else "", balance)
    return balance, y + 2 + _ROW


def _carried(pen: Pen, top: float, label: str, day: str, balance: Money) -> None:
    pen.box(LEFT, top, RIGHT - LEFT, _ROW, TINT)
    pen.fill(STRONG)
    pen.font(SEMIBOLD, 8.5)
    pen.text(_DATE, top + 9.6, day)
    pen.text(_WHAT, top + 9.6, label)
    pen.right(_BALANCE, top + 9.6, words.dr_cr(balance))


def _row(pen: Pen, top: float, line: Line, what: Sequence[str]) -> None:
    y = top + 9.6
    pen.fill(TEXT)
    pen.font(REGULAR, 8.5)
    pen.text(_DATE, y, short_date(line.on))
    if line.week_on:
        pen.text(_WEEK, y, short_date(line.week_on))
    if line.amount_pence > 0:
        pen.right(_DEBIT, y, Money(line.amount_pence).plain())
    else:
        pen.right(_CREDIT, y, Money(-line.amount_pence).plain())
    pen.right(_BALANCE, y, words.dr_cr(line.balance))
    for part in what:
        pen.text(_WHAT, y, part)
        y += _LEADING
    pen.rule(LEFT, y - _LEADING + 4.2, RIGHT, 0.3, RULE)


def _notes(statement: Statement, sender: Sender) -> tuple[_Column, _Column]:
    return _column(words.paying(statement, sender)), _column(words.help_offered(sender))


def _column(paragraphs: Sequence[str]) -> _Column:
    """Each line of a column with its place below the first, a little air between the paragraphs."""
    lines, y = [], 0.0
    for paragraph in paragraphs:
        for line in wrap(paragraph, REGULAR, 8.5, _COLUMN_ROOM):
            lines.append((y, line))
            y += 11
        y += 2.5
    return lines


def _draw_notes(pen: Pen, notes: tuple[_Column, _Column], top: float) -> None:
    for x, head, lines in ((LEFT, "How to pay", notes[0]), (LEFT + _COLUMN_ROOM + 22, "Help", notes[1])):
        pen.fill(BRAND)
        pen.font(SEMIBOLD, 10)
        pen.text(x, top + 8, head)
        pen.fill(TEXT)
        pen.font(REGULAR, 8.5)
        for y, line in lines:
            pen.text(x, top + 22 + y, line)


def _foot(pen: Pen, statement: Statement, number: int, pages: int) -> None:
    pen.rule(LEFT, PAGE_HEIGHT - 15 * MM, RIGHT, 0.4, RULE)
    pen.fill(MUTED)
    pen.font(REGULAR, 8)
    pen.text(LEFT, PAGE_HEIGHT - 11 * MM, f"Account {statement.reference}")
    pen.right(RIGHT, PAGE_HEIGHT - 11 * MM, f"Page {number} of {pages}")
