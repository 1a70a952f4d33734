"""A file of the finance system's transactions: read whole, every fault with its row; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from app.models.values import Money
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Mistake, Table
from app.services.imports.fingerprints import file_sha256, line_fingerprints, occurrences
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.purchase_orders.finance.transactions.dto import FileTransaction, TransactionFile

NAME: Final = "Transactions"
MOST_ROWS: Final = 200_000
LAYOUT: Final = Layout(
    NAME,
    (
        Column(
            "date",
            Kind.DATE,
            required=True,
            synonyms=("posted", "posting date", "transaction date", "effective date", "gl date", "period date"),
            note="The day in whose period it is reported, day first.",
        ),
        Column(
            "cost_centre",
            Kind.CODE,
            length=20,
            synonyms=("cost centre code", "cc", "cost center", "centre"),
            note="As text, so that leading zeros stay.",
        ),
        Column(
            "subjective",
            Kind.CODE,
            length=20,
            synonyms=(
                "subjective code",
                "account",
                "account code",
                "nominal",
                "nominal code",
                "expense code",
                "detail",
            ),
        ),
        Column(
            "code",
            Kind.CODE,
            length=40,
            synonyms=("ledger code", "full code", "gl code", "coding", "budget code"),
            note="Both halves in one column, such as HR100-4120, where the file has them so.",
        ),
        Column(
            "amount",
            Kind.MONEY,
            synonyms=("value", "net amount", "actual", "pounds", "net"),
            note="Spending is positive.",
        ),
        Column("debit", Kind.MONEY, synonyms=("debit amount", "dr")),
        Column("credit", Kind.MONEY, synonyms=("credit amount", "cr")),
        Column(
            "reference",
            Kind.CODE,
            length=40,
            synonyms=(
                "invoice",
                "invoice number",
                "document",
                "document number",
                "transaction number",
                "ref",
                "doc no",
            ),
        ),
        Column(
            "supplier", Kind.TEXT, length=120, synonyms=("supplier name", "vendor", "vendor name", "creditor", "name")
        ),
        Column("description", Kind.TEXT, length=200, synonyms=("narrative", "details", "text", "line description")),
    ),
    synonyms=("general ledger", "ledger transactions", "actuals"),
)


def fits(columns: AbstractSet[str]) -> bool:
    """Whether a sheet with these columns of ours is one of transactions."""
    coded = "code" in columns or {"cost_centre", "subjective"} <= columns
    return "date" in columns and coded and bool({"amount", "debit", "credit"} & columns)


NEEDS: Final = "the date, the code or both halves of it, and an amount"
_WANTED: Final = Wanted(LAYOUT, fits, NEEDS, MOST_ROWS)


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> TransactionFile:
    """Read a workbook or a .csv file of transactions.

    Args:
        path: the file.
        columns: its own headings, and which of our columns each is, where they don't match by themselves.
        progress: told how many rows are read.
        cancel: stops it.

    Raises:
        UserError: it can't be read at all, has no sheet with the columns that are needed, or too many rows.
        Cancelled: `cancel` was used.
    """
    table, means = read_sheet(path, _WANTED, columns or {}, progress, cancel or CancelToken())
    mistakes = table.mistakes()
    wrong = {each.row for each in mistakes}
    rows: list[FileTransaction] = []
    for found in _rows(table):
        if isinstance(found, Mistake):
            if found.row not in wrong:
                mistakes.append(found)
        elif found.row not in wrong:
            rows.append(found)
    total = Money(sum(each.amount.pence for each in rows))
    told = tuple(sorted(mistakes, key=lambda each: each.row))
    return TransactionFile(path.name, file_sha256(path), tuple(rows), told, means, total)


def _rows(table: Table) -> Iterator[FileTransaction | Mistake]:
    """The rows; each is known again by what it says and which time the file says it."""
    prints = list(line_fingerprints(NAME, table.columns.values()))
    for (number, row), fingerprint, time in zip(table.by_name(), prints, occurrences(prints), strict=True):
        yield _row(number, row, f"{fingerprint}:{time}")


def _row(number: int, row: Mapping[str, Any], fingerprint: str) -> FileTransaction | Mistake:
    pence = _pence(row)
    if pence is None:
        return Mistake(number, "amount", "It has no amount.", "Type it, or leave the row out of the file.")
    code = row.get("code") or ""
    centre, subjective = row.get("cost_centre") or "", row.get("subjective") or ""
    if not code and not (centre and subjective):
        return Mistake(number, "code", "It has no code.", "Both halves are needed: the cost centre and the subjective.")
    return FileTransaction(
        number,
        row["date"],
        centre if centre and subjective else code,
        subjective if centre and subjective else "",
        row.get("reference") or "",
        row.get("supplier") or "",
        row.get("description") or "",
        Money(pence),
        fingerprint,
    )


def _pence(row: Mapping[str, Any]) -> int | None:
    """The amount; else the debit less the credit, whichever are there."""
    if row.get("amount") is not None:
        return int(row["amount"])
    sides = [row.get("debit"), row.get("credit")]
    if all(side is None for side in sides):
        return None
    debit, credit = (abs(int(side or 0)) for side in sides)
    return debit - credit
