"""The columns of loads, of faults, of the reconciliation and of periods."""

from __future__ import annotations

from collections.abc import Callable

from app.models.values import PeriodState
from app.services.imports.dto import Problem
from app.services.landlord_load.dto import GroupSum, LoadRow, SheetCount
from app.services.ledger.dto import PeriodRow
from app.views.common import formats
from app.views.common.columns import Column, money_column

PROBLEMS: tuple[Column[Problem], ...] = (
    Column("sheet", "Sheet", lambda row: row.sheet, 110),
    Column("row", "Row", lambda row: row.row or None, 70, right=True),
    Column("column", "Column", lambda row: row.column, 140),
    Column("message", "What to put right", lambda row: row.message, 420),
)

SHEETS: tuple[Column[SheetCount], ...] = (
    Column("sheet", "Sheet", lambda row: row.sheet, 110),
    Column("rows", "Rows", lambda row: row.rows, 72, right=True),
    Column("new", "New", lambda row: row.new, 72, right=True),
    Column("recognised", "Known", lambda row: row.recognised or None, 76, right=True),
)


def reconciliation_columns(is_loaded: Callable[[], bool]) -> tuple[Column[GroupSum], ...]:
    """The file against Rentbook; before loading, what Rentbook lacks is still to come and nothing is wrong with it."""

    def agrees(row: GroupSum) -> str:
        return "yes" if row.agrees else "no" if is_loaded() else "not yet"

    return (
        Column("rent_group", "Rent group", lambda row: row.rent_group, 150),
        Column("kind", "Account", lambda row: formats.words(row.kind), 120),
        Column("tenure", "Tenure", lambda row: formats.words(row.tenure), 120),
        Column("file_accounts", "In the file", lambda row: row.file_accounts, 92, right=True),
        money_column("file_total", "File", lambda row: row.file_total, 120, balance=True),
        Column("ledger_accounts", "In Rentbook", lambda row: row.ledger_accounts, 100, right=True),
        money_column("ledger_total", "Rentbook", lambda row: row.ledger_total, 120, balance=True),
        Column(
            "agrees",
            "Agrees",
            agrees,
            76,
            tone=lambda row: {"no": "bad", "not yet": "muted"}.get(agrees(row), ""),
        ),
    )


LOADS: tuple[Column[LoadRow], ...] = (
    Column("id", "Load", lambda row: row.id, 60, right=True),
    Column("file_name", "File", lambda row: row.file_name, 240),
    Column("loaded_at", "Loaded", lambda row: row.loaded_at, 140),
    Column("loaded_by", "By", lambda row: row.loaded_by, 140),
    Column("rows", "Rows", lambda row: row.rows, 80, right=True),
    Column(
        "signed",
        "Reconciliation",
        lambda row: f"signed {formats.day(row.signed_at.date())}, {row.signed_by}" if row.signed_at else "to be signed",
        200,
        tone=lambda row: "" if row.signed_at else "warning",
    ),
)


def _waiting(row: PeriodRow) -> str:
    if row.waiting is None:
        return ""
    asked = "closed" if row.waiting is PeriodState.CLOSED else "reopened"
    return f"to be {asked}, asked by {row.requested_by}"


PERIODS: tuple[Column[PeriodRow], ...] = (
    Column("name", "Period", lambda row: row.name, 104, firm=True),
    Column("starts_on", "From", lambda row: row.starts_on, 104, least=2),
    Column("ends_on", "To", lambda row: row.ends_on, 104, least=3),
    Column("state", "State", lambda row: formats.words(row.state), 80),
    Column("journals", "Journals", lambda row: row.journals, 84, right=True, least=4),
    Column("waiting", "Waiting", _waiting, 300, floor=200),
)
