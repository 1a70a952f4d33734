"""The words and columns of budgets: codes, groups of them, the book of one, and changes."""

from __future__ import annotations

from typing import Final

from app.models.values import BudgetMoveState
from app.services.imports.dto import Mistake
from app.services.purchase_orders.budgets.dto import (
    KINDS,
    MOVE_STATES,
    MOVES,
    VIEWS,
    BookRow,
    BudgetRow,
    CentreRow,
    CodeRow,
    GroupRow,
    MoveRow,
)
from app.services.purchase_orders.budgets.loading.dto import WORDS, PreviewRow
from app.services.workbench.listing import Holds
from app.views.common.columns import Column, money_column
from app.views.common.signed_columns import signed_column
from app.views.purchase_orders.budget_bars import left_words

CHOICES: Final = tuple((words, view) for view, words in VIEWS.items())
_TONES: Final = {
    BudgetMoveState.WAITING: "warning",
    BudgetMoveState.POSTED: "good",
    BudgetMoveState.REFUSED: "bad",
    BudgetMoveState.WITHDRAWN: "muted",
}


def percent_words(row: BudgetRow) -> str:
    """How much of the budget is used."""
    return f"{row.percent:,}%" if row.percent is not None else "no budget" if row.used.pence else ""


def used_tone(row: BudgetRow) -> str:
    """Over budget is bad."""
    return "bad" if row.left.pence < 0 else ""


def lines_words(row: MoveRow) -> str:
    """The codes of a change, each with its amount; a few of them."""
    said = [f"{code} {'+' if amount.pence > 0 else '-'}{abs(amount).plain()}" for code, _name, amount in row.lines[:3]]
    more = f" and {len(row.lines) - 3:,} more" if len(row.lines) > 3 else ""
    return ", ".join(said) + more


BUDGETS: tuple[Column[BudgetRow], ...] = (
    Column("code", "Code", lambda row: row.code, 104, firm=True),
    Column("name", "Name", lambda row: row.name, 150, floor=110),
    Column(
        "used",
        "Used",
        lambda row: row.percent,
        190,
        shown=percent_words,
        tone=used_tone,
        right=True,
        holds=Holds.NUMBER,
        floor=180,
    ),
    money_column("given", "Budget", lambda row: row.given, 92, total=True),
    Column(
        "left",
        "Left",
        lambda row: row.left,
        104,
        shown=lambda row: left_words(row.left),
        tone=used_tone,
        right=True,
        holds=Holds.POUNDS,
        signed=True,
        total=True,
        firm=True,
    ),
    Column("spent", "Spent", lambda row: row.spent, 88, right=True, holds=Holds.POUNDS, total=True, least=2),
    Column("owed", "Owed", lambda row: row.owed, 80, right=True, holds=Holds.POUNDS, total=True, least=4),
    Column("bound", "Bound", lambda row: row.bound, 80, right=True, holds=Holds.POUNDS, total=True, least=3),
    Column("holder", "Holder", lambda row: row.holder, 120, least=5),
    Column("heading", "Heading", lambda row: row.heading, 130, spare=True),
    Column("centre", "Cost centre", lambda row: row.cost_centre_name, 150, spare=True),
    Column("original", "Original", lambda row: row.original, 92, right=True, holds=Holds.POUNDS, spare=True),
    signed_column("changed", "Changed by", lambda row: row.changed, 92, spare=True),
    Column("active", "", lambda row: "" if row.active else "Out of use", 80, tone=lambda _row: "muted", spare=True),
)
GROUPS: tuple[Column[GroupRow], ...] = (
    Column("title", "Of", lambda row: row.title, 170, floor=110),
    Column("count", "Codes", lambda row: row.count, 56, right=True, holds=Holds.NUMBER, least=2),
    money_column("given", "Budget", lambda row: row.given, 92, total=True),
    money_column("spent", "Spent", lambda row: row.spent, 88, total=True),
    Column("owed", "Owed", lambda row: row.owed, 80, right=True, holds=Holds.POUNDS, total=True, least=4),
    Column("bound", "Bound", lambda row: row.bound, 80, right=True, holds=Holds.POUNDS, total=True, least=3),
    Column(
        "left",
        "Left",
        lambda row: row.left,
        100,
        shown=lambda row: left_words(row.left),
        tone=lambda row: "bad" if row.left.pence < 0 else "",
        right=True,
        holds=Holds.POUNDS,
        signed=True,
        total=True,
    ),
)
BOOK: tuple[Column[BookRow], ...] = (
    Column("on", "Day", lambda row: row.accounting_on, 92, holds=Holds.DATE),
    Column("kind", "What", lambda row: KINDS[row.kind], 124, floor=112),
    signed_column("amount", "Amount", lambda row: row.amount, 92),
    Column(
        "left",
        "Left after",
        lambda row: row.left,
        100,
        shown=lambda row: left_words(row.left),
        right=True,
        signed=True,
    ),
    Column("document", "Follows from", lambda row: row.document, 92, firm=True),
    Column("words", "Words", lambda row: row.words, 180, floor=100, least=1),
    Column("officer", "Officer", lambda row: row.officer, 120, least=2),
)
CHANGES: tuple[Column[MoveRow], ...] = (
    Column("number", "Change", lambda row: row.number, 84, firm=True),
    Column("kind", "Kind", lambda row: MOVES[row.kind], 80),
    Column("state", "State", lambda row: MOVE_STATES[row.state], 120, tone=lambda row: _TONES[row.state], floor=80),
    money_column("total", "Amount", lambda row: row.total, 92),
    Column("lines", "Codes", lines_words, 220, floor=120, least=1),
    Column("reason", "Why", lambda row: row.reason, 180, floor=100, least=2),
    Column("made_by", "Asked by", lambda row: row.made_by, 120, least=3),
    Column("posted_by", "Approved by", lambda row: row.posted_by, 120, least=4),
    Column("posted_on", "Posted", lambda row: row.posted_on, 92, holds=Holds.DATE, least=5),
)
CENTRES: tuple[Column[CentreRow], ...] = (
    Column("code", "Cost centre", lambda row: row.code, 110, firm=True),
    Column("name", "Name", lambda row: row.name, 300, floor=180),
    Column("holder", "Holder", lambda row: row.holder, 200),
    Column("state", "", lambda row: "" if row.active else "Out of use", 110, tone=lambda _row: "muted"),
)
CODES: tuple[Column[CodeRow], ...] = (
    Column("code", "Code", lambda row: row.code, 110, firm=True),
    Column("name", "Name", lambda row: row.name, 300, floor=180),
    Column("heading", "Heading", lambda row: row.heading, 200),
    Column("state", "", lambda row: "" if row.active else "Out of use", 110, tone=lambda _row: "muted"),
)
MISTAKES: tuple[Column[Mistake], ...] = (
    Column("row", "Row", lambda row: row.row or None, 56, right=True),
    Column("field", "Column", lambda row: WORDS.get(row.field, row.field.replace("_", " ")), 140),
    Column("message", "What is wrong", lambda row: row.message, 300, floor=200),
    Column("hint", "What to do", lambda row: row.hint, 240, floor=160, least=1),
)
PREVIEW: tuple[Column[PreviewRow], ...] = (
    Column("row", "Row", lambda row: row.row, 56, right=True),
    Column("code", "Code", lambda row: row.code, 110, firm=True),
    Column("name", "Name", lambda row: row.name, 180, floor=110, least=1),
    Column("before", "Now", lambda row: row.before, 96, right=True, holds=Holds.POUNDS),
    Column("after", "By the file", lambda row: row.after, 96, right=True, holds=Holds.POUNDS),
    Column("does", "What it does", lambda row: row.does, 180),
)
