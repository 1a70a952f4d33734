"""Rows about adjustments: a large batch, looked through and posted."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import dataset
from measuring import Figure, Row, in_turn, seconds

from app import registered
from app.models.limits import OfficerLimit
from app.models.values import AdjustmentState, LimitKind, Money
from app.services.adjustments.batches import commands, queries
from app.services.adjustments.batches.dto import BatchRow, NewBatch, Usual
from app.services.core.context import Context
from app.services.core.session import Desk

_MANY = 10_000
_SPARE = 5
"""The batch before the first round, so that there are rows to take."""
_REFERENCES = "SELECT payment_reference FROM account WHERE tenancy_id IS NOT NULL ORDER BY id LIMIT ? OFFSET ?"
_LINES = "SELECT * FROM adjustment_line WHERE adjustment_id = (SELECT max(id) FROM adjustment) ORDER BY place"
_ENTRIES = "SELECT * FROM entry WHERE journal = (SELECT max(number) FROM journal) ORDER BY line"
_INSERT_LINE = "INSERT INTO adjustment_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_MOVE = "UPDATE account SET balance_pence = balance_pence + ? WHERE id = ?"


def adjust(folder: Path) -> Figure:
    """Each round credits 10,000 other accounts by one batch, which is looked through, submitted and posted at once.

    The bare file is another copy of the same landlord, with the same tables, indexes and triggers: it takes the lines and the
    entries of the last batch, known beforehand, and moves the same balances, by executemany.
    """
    registered.register()
    path = dataset.copy_of(dataset.landlord(), folder / "adjust.db")
    bare = sqlite3.connect(dataset.copy_of(dataset.landlord(), folder / "bare.db"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
        bare.execute(f"PRAGMA {pragma}")
    with dataset.desk_at(path) as desk, closing(bare), closing(sqlite3.connect(path)) as plain:
        desk.do(_widen)
        _ours(desk, plain, _SPARE)
        gc.freeze()  # as the window does once its pages are shown

        def reference(number: int) -> float:
            lines = [(None, number + 100, *each[2:]) for each in plain.execute(_LINES)]
            entries = [(number + 100, *each[1:]) for each in plain.execute(_ENTRIES)]
            return seconds(lambda: _write(bare, lines, entries))

        return in_turn(lambda number: _ours(desk, plain, number), reference)


def _ours(desk: Desk, plain: sqlite3.Connection, number: int) -> float:
    references = plain.execute(_REFERENCES, (_MANY, number * _MANY)).fetchall()
    new = _batch(number, [row[0] for row in references])

    def work() -> None:
        found = desk.ask(queries.checked, new)
        saved = desk.do(commands.submit, new, found=found)
        if found.mistakes or saved.state is not AdjustmentState.POSTED:
            raise AssertionError(saved.told)

    return seconds(work)


def _write(bare: sqlite3.Connection, lines: list[Any], entries: list[Any]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany(_INSERT_LINE, lines)
    bare.executemany(_INSERT_ENTRY, entries)
    bare.executemany(_MOVE, [(entry[4], entry[2]) for entry in entries])
    bare.execute("COMMIT")


def _batch(number: int, references: list[str]) -> NewBatch:
    amount = Money(10_00 + number)
    rows = tuple(BatchRow(at, amount, reference=each) for at, each in enumerate(references, 2))
    usual = Usual("credit", "other", date(2026, 11, 16), narrative=f"Loss of heating {number}")
    return NewBatch(f"round-{number}", f"Round {number}", len(rows), Money(amount.pence * len(rows)), rows, usual=usual)


def _widen(ctx: Context) -> None:
    """The officer may post such a batch alone."""
    for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
        row = ctx.session.get(OfficerLimit, (ctx.officer.id, kind)) or OfficerLimit(
            officer_id=ctx.officer.id, kind=kind
        )
        row.line_pence, row.batch_pence = 100_00, 1_000_000_00
        ctx.session.add(row)


ROWS = (
    Row(
        "adjust",
        "10,000 adjustments in a batch, looked through and posted, beside executemany of the rows",
        "s",
        4.0,
        adjust,
    ),
)
