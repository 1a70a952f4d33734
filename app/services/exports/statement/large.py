"""The statement in large print: every word at 16 point or larger and the lines laid out anew to fit the page.

The address stands in the same window of a DL envelope as on the standard statement (see `exports.letterhead`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Money
from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.letterhead import (
    BRAND,
    LEFT,
    MUTED,
    RIGHT,
    RULE,
    SOFT,
    STRONG,
    TEXT,
    TINT,
    draw_large_address,
    draw_large_head,
)
from app.services.exports.pen import MM, PAGE_HEIGHT, Pen
from app.services.exports.statement import words
from app.services.exports.statement.dto import Line, Sender, Statement, long_date, short_date
from app.services.exports.statement.paging import Span, spans

SIZE: Final = 16.0
_LEADING: Final = 21.0
_ROW_GAP: Final = 9.0
_BAND: Final = 28.0
_HEAD: Final = 28.0
_FRAME: Final = _HEAD + 2 * _BAND + 6
_LATER_TOP: Final = 38 * MM
_BOTTOM: Final = PAGE_HEIGHT - 26 * MM
_AMOUNT, _BALANCE = LEFT + 350, RIGHT - 6
_WHAT_ROOM: Final = RIGHT - LEFT - 12
_FIRST_ROWS_TOP: Final = 102 * MM + 30 + 5 * _LEADING + 4 * _BAND + 58


def draw(pen: Pen, statement: Statement, sender: Sender) -> int:
    """Draw the statement; returns its number of pages."""
    whats = [wrap(_what(line), REGULAR, SIZE, _WHAT_ROOM) for line in statement.lines]
    heights = [(len(what) + 1) * _LEADING + _ROW_GAP for what in whats]
    notes = _notes(statement, sender)
    about = wrap(statement.about, REGULAR, SIZE, RIGHT - LEFT)
    first_top = _FIRST_ROWS_TOP + (len(about) - 1) * _LEADING
    pages = spans(
        heights,
        [_LEADING + (10 if heading else 0) for heading, _ in notes],
        _BOTTOM - first_top - _FRAME,
        _BOTTOM - _LATER_TOP - _FRAME,
    )
    balance = statement.brought_forward
    for number, page in enumerate(pages, 1):
        if number == 1:
            _first_page(pen, statement, sender, about)
        else:
            _later_page(pen, statement)
        top = first_top if number == 1 else _LATER_TOP
        balance, y = _table(pen, statement, page, whats, balance, top)
        _draw_notes(pen, notes[page.note : page.last_note], y)
        _foot(pen, statement, number, len(pages))
        pen.end_page()
    return len(pages)


def _first_page(pen: Pen, statement: Statement, sender: Sender, about: Sequence[str]) -> None:
    draw_large_head(pen, sender, SIZE)
    draw_large_address(pen, statement.addressee, statement.address, SIZE)
    y = 102 * MM
    pen.fill(STRONG)
    pen.font(SEMIBOLD, 24)
    pen.text(LEFT, y, f"{statement.account_kind} statement")
    pen.font(REGULAR, SIZE)
    y += 30
    for text in (
        f"Account reference: {statement.reference}",
        *about,
        f"From {long_date(statement.from_on)}",
        f"To {long_date(statement.to_on)}",
        f"Made on {long_date(statement.made_on)}",
    ):
        pen.text(LEFT, y, text)
        y += _LEADING
    _summary(pen, statement, y - 8)


def _summary(pen: Pen, statement: Statement, y: float) -> None:
    rows = (
        (words.BROUGHT_FORWARD, statement.brought_forward.dr_cr()),
        ("add debits (charges)", str(statement.debits)),
        ("take away credits (payments)", str(statement.credits)),
        (f"Balance at {short_date(statement.to_on)}", statement.carried_forward.dr_cr()),
    )
    for at, (label, amount) in enumerate(rows):
        last = at == len(rows) - 1
        pen.box(LEFT, y, RIGHT - LEFT, _BAND - 2, SOFT if last else TINT)
        pen.fill(BRAND if last else STRONG)
        pen.font(SEMIBOLD if last else REGULAR, SIZE)
        pen.text(LEFT + 6, y + 19, label)
        pen.right(_BALANCE, y + 19, amount)
        y += _BAND
    pen.fill(STRONG)
    pen.font(SEMIBOLD, SIZE)
    pen.text(LEFT, y + 20, words.outcome(statement))
    pen.fill(MUTED)
    pen.font(REGULAR, SIZE)
    pen.text(LEFT, y + 20 + _LEADING, words.DR_AND_CR)


def _later_page(pen: Pen, statement: Statement) -> None:
    pen.fill(MUTED)
    pen.font(REGULAR, SIZE)
    pen.text(LEFT, 20 * MM, f"{statement.account_kind} statement {statement.reference}")
    pen.text(LEFT, 20 * MM + _LEADING, words.period(statement))


def _table(
    pen: Pen, statement: Statement, page: Span, whats: Sequence[Sequence[str]], balance: Money, top: float
) -> tuple[Money, float]:
    pen.fill(MUTED)
    pen.font(SEMIBOLD, SIZE)
    pen.text(LEFT + 6, top + 18, "Date and what")
    pen.right(_AMOUNT, top + 18, "Amount £")
    pen.right(_BALANCE, top + 18, "Balance £")
    pen.rule(LEFT, top + _HEAD - 3, RIGHT, 1.2, BRAND)
    y = top + _HEAD
    _band(pen, y, words.BROUGHT_FORWARD, balance)
    y += _BAND
    for at in range(page.first, page.last):
        line = statement.lines[at]
        _row(pen, y, line, whats[at])
        y += (len(whats[at]) + 1) * _LEADING + _ROW_GAP
        balance = line.balance
    pen.rule(LEFT, y + 1, RIGHT, 1.2, BRAND)
    _band(pen, y + 3, words.CARRIED_FORWARD, balance)
    return balance, y + 3 + _BAND


def _band(pen: Pen, top: float, label: str, balance: Money) -> None:
    pen.box(LEFT, top, RIGHT - LEFT, _BAND, TINT)
    pen.fill(STRONG)
    pen.font(SEMIBOLD, SIZE)
    pen.text(LEFT + 6, top + 19, label)
    pen.right(_BALANCE, top + 19, words.dr_cr(balance))


def _row(pen: Pen, top: float, line: Line, what: Sequence[str]) -> None:
    y = top + 19
    pen.fill(STRONG)
    pen.font(SEMIBOLD, SIZE)
    pen.text(LEFT + 6, y, short_date(line.on))
    pen.fill(TEXT)
    pen.font(REGULAR, SIZE)
    pen.right(_AMOUNT, y, f"{Money(abs(line.amount_pence)).plain()} {'debit' if line.amount_pence > 0 else 'credit'}")
    pen.right(_BALANCE, y, words.dr_cr(line.balance))
    for part in what:
        y += _LEADING
        pen.text(LEFT + 6, y, part)
    pen.rule(LEFT, y + 9, RIGHT, 0.6, RULE)


def _what(line: Line) -> str:
    return f"{line.what}, week of {short_date(line.week_on)}" if line.week_on else line.what


def _notes(statement: Statement, sender: Sender) -> list[tuple[bool, str]]:
    """The closing lines, each with whether it is a heading."""
    reach = (*sender.address, sender.phone, sender.email, sender.website)
    parts = (
        ("How to pay", words.paying(statement, sender)),
        ("Help", words.help_offered(sender)),
        ("Where to find us", tuple(line for line in reach if line)),
    )
    notes: list[tuple[bool, str]] = []
    for heading, paragraphs in parts:
        if not paragraphs:
            continue
        notes.append((True, heading))
        notes.extend((False, line) for text in paragraphs for line in wrap(text, REGULAR, SIZE, RIGHT - LEFT))
    return notes


def _draw_notes(pen: Pen, notes: Sequence[tuple[bool, str]], y: float) -> None:
    for heading, text in notes:
        y += _LEADING + (10 if heading else 0)
        pen.fill(BRAND if heading else TEXT)
        pen.font(SEMIBOLD if heading else REGULAR, SIZE)
        pen.text(LEFT, y, text)


def _foot(pen: Pen, statement: Statement, number: int, pages: int) -> None:
    pen.fill(MUTED)
    pen.font(REGULAR, SIZE)
    pen.text(LEFT, PAGE_HEIGHT - 13 * MM, f"Account {statement.reference}")
    pen.right(RIGHT, PAGE_HEIGHT - 13 * MM, f"Page {number} of {pages}")
