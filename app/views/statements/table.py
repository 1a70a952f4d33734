"""The columns of runs, of their accounts and of their groups."""

from __future__ import annotations

from app.services.statements.dto import ItemRow, RunRow, RunState, Variant
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names

GroupRow = tuple[str, Variant, int]
"""A rent group, the format, and how many statements."""

STATES = {RunState.RUNNING: "Not finished", RunState.CANCELLED: "Stopped", RunState.DONE: "Made"}

RUNS: tuple[Column[RunRow], ...] = (
    Column("run_id", "Run", lambda row: row.run_id, 48, right=True),
    Column("from_on", "From", lambda row: row.from_on, 94),
    Column("to_on", "To", lambda row: row.to_on, 94),
    Column(
        "state",
        "State",
        lambda row: STATES[row.state],
        88,
        tone=lambda row: "" if row.state is RunState.DONE else "warning",
    ),
)

ITEMS: tuple[Column[ItemRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 112, firm=True),
    Column("name", "Name", lambda row: row.name, 190, shorter=lambda row: shorter_names(row.name)),
    Column("group", "Rent group", lambda row: row.group_name, 130, least=760),
    Column(
        "sent", "Sent", lambda row: "Yes" if row.sent else "Left out", 80, tone=lambda row: "" if row.sent else "bad"
    ),
    Column("form", "Format", lambda row: formats.words(row.variant), 100, least=860),
    money_column("balance", "Balance", lambda row: row.balance, 104, balance=True, total=True),
    Column("exception", "Look at", lambda row: row.exception, 240),
)

GROUPS: tuple[Column[GroupRow], ...] = (
    Column("group", "Rent group", lambda row: row[0], 260),
    Column("form", "Format", lambda row: formats.words(row[1]), 140),
    Column("count", "Statements", lambda row: row[2], 110, right=True, total=True),
)
