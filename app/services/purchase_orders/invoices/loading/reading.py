"""Reading a file of invoices, csv or xlsx, whatever its headings; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Table
from app.services.imports.fingerprints import file_sha256, line_fingerprints, occurrences
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.purchase_orders.invoices.loading.dto import FileLine, InvoiceFile

MOST_ROWS: Final = 2_000
"""A file of more is loaded in parts: somebody matches what is logged."""
_LINE: Final = "supplier invoices"
_COLUMNS: Final = (
    Column(
        "supplier",
        Kind.TEXT,
        required=True,
        length=120,
        synonyms=(
            "supplier name",
            "supplier number",
            "supplier reference",
            "vendor",
            "vendor name",
            "creditor",
            "payee",
        ),
        note="The number (S00012), the finance system's reference, or the name as it is kept.",
    ),
    Column(
        "number",
        Kind.CODE,
        required=True,
        length=40,
        synonyms=("invoice number", "invoice no", "invoice", "invoice reference", "document number", "their number"),
        note="As the supplier numbered it. Rows of one number below each other are lines of one invoice.",
    ),
    Column(
        "date",
        Kind.WRITTEN_DATE,
        required=True,
        synonyms=("invoice date", "date of invoice", "tax point", "document date"),
        note="Its date, which is the tax point.",
    ),
    Column(
        "received",
        Kind.WRITTEN_DATE,
        synonyms=("received on", "date received", "received date"),
        note="The day that it reached the council; empty: the day said for the file.",
    ),
    Column("due", Kind.WRITTEN_DATE, synonyms=("due date", "due on", "payment due"), note="A later day that it names."),
    Column(
        "order",
        Kind.CODE,
        length=40,
        synonyms=("order number", "purchase order", "po", "po number", "your order", "our order"),
        note="The order number as the invoice has it, in any spelling.",
    ),
    Column(
        "description",
        Kind.TEXT,
        length=200,
        synonyms=("details", "narrative", "line description", "text", "goods"),
        note="What the line is for.",
    ),
    Column(
        "net", Kind.MONEY, synonyms=("net amount", "amount before vat", "amount excl vat", "goods value", "net value")
    ),
    Column("vat", Kind.MONEY, synonyms=("vat amount", "tax", "tax amount")),
    Column(
        "gross",
        Kind.MONEY,
        synonyms=("gross amount", "total", "amount", "invoice total", "total amount", "amount incl vat"),
    ),
    Column(
        "cost_centre",
        Kind.CODE,
        length=20,
        synonyms=("cost center", "centre"),
        note="With the subjective code: the budget.",
    ),
    Column("subjective", Kind.CODE, length=20, synonyms=("subjective code", "detail code", "account code")),
)
"""Supplier, number and date, and two of the three amounts; a negative amount is a credit note."""
LAYOUT: Final = Layout("Invoices", _COLUMNS)
_AMOUNTS: Final = frozenset({"net", "vat", "gross"})


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> InvoiceFile:
    """Read a file of invoices.

    Args:
        path: the file.
        columns: its own headings, and which of our columns each is (empty: left out), where they don't match by themselves.
        progress: told how many rows are read.
        cancel: stops it.

    Raises:
        UserError: it can't be read at all, has no sheet with a supplier, a number, a date and amounts, or too many rows.
        Cancelled: `cancel` was used.
    """
    wanted = Wanted(LAYOUT, _fits, "supplier, number, date, and net and VAT or gross", MOST_ROWS)
    table, used = read_sheet(path, wanted, columns or {}, progress, cancel or CancelToken())
    return InvoiceFile(path.name, file_sha256(path), used, tuple(_lines(table)), tuple(table.mistakes()))


def _fits(names: AbstractSet[str]) -> bool:
    return {"supplier", "number", "date"} <= names and bool(_AMOUNTS & names)


def _lines(table: Table) -> Iterator[FileLine]:
    blank = [None] * len(table)
    cells = {column.name: table.columns.get(column.name, blank) for column in _COLUMNS}
    prints = list(line_fingerprints(_LINE, cells.values()))
    for place, (fingerprint, occurrence) in enumerate(zip(prints, occurrences(prints), strict=True)):

        def text(name: str, at: int = place) -> str:
            return str(cells[name][at] or "")

        def pence(name: str, at: int = place) -> Any:
            return cells[name][at]

        yield FileLine(
            table.rows[place],
            text("supplier"),
            text("number"),
            text("date"),
            text("received"),
            text("due"),
            text("order"),
            text("description"),
            pence("net"),
            pence("vat"),
            pence("gross"),
            text("cost_centre"),
            text("subjective"),
            fingerprint,
            occurrence,
        )
