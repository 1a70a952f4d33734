"""A file of open orders: read whole, every fault with its row; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Table
from app.services.imports.fingerprints import file_sha256, line_fingerprints, occurrences
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.imports.templates import write_book
from app.services.purchase_orders.orders.importing.dto import FileRow, OrderFile

NAME: Final = "Open orders"
KIND: Final = "open orders"
_MOST_ROWS: Final = 20_000
_COLUMNS: Final = (
    Column(
        "order",
        Kind.CODE,
        required=True,
        length=40,
        synonyms=("order number", "po", "po number", "purchase order", "order no"),
        note="The number of the order in the other system; its lines are rows with the same number.",
    ),
    Column(
        "supplier",
        Kind.TEXT,
        required=True,
        length=120,
        synonyms=("supplier number", "supplier name", "vendor", "creditor"),
        note="Our number (S00012), the finance system's reference, or the name.",
    ),
    Column("title", Kind.TEXT, length=200, synonyms=("order title", "order description"), note="What is bought."),
    Column(
        "category",
        Kind.TEXT,
        length=80,
        synonyms=("purchase category",),
        note="One of our categories; left empty, the supplier's.",
    ),
    Column(
        "description",
        Kind.TEXT,
        required=True,
        length=200,
        synonyms=("line", "line description", "item", "goods"),
        note="What the line is for.",
    ),
    Column("quantity", Kind.TEXT, required=True, length=20, synonyms=("qty", "ordered"), note="Such as 12 or 1.5."),
    Column("unit", Kind.TEXT, length=20, synonyms=("uom", "unit of measure"), note="Such as each or box."),
    Column(
        "price",
        Kind.TEXT,
        required=True,
        length=20,
        synonyms=("unit price", "unit cost", "price each"),
        note="Of one unit in pounds, before VAT.",
    ),
    Column(
        "vat",
        Kind.TEXT,
        length=20,
        synonyms=("vat code", "vat kind", "vat rate"),
        note="standard, reduced, zero, exempt or outside; left empty, standard.",
    ),
    Column(
        "recovered",
        Kind.YES_NO,
        synonyms=("vat recovered", "recoverable"),
        note="no: the VAT can't be got back, so the code bears it.",
    ),
    Column(
        "cost_centre", Kind.CODE, required=True, length=20, synonyms=("cost center", "centre", "cc"), note="As text."
    ),
    Column(
        "subjective",
        Kind.CODE,
        required=True,
        length=20,
        synonyms=("subjective code", "account", "account code", "detail code"),
        note="As text.",
    ),
    Column("received", Kind.TEXT, length=20, synonyms=("qty received",), note="How much of it came so far."),
    Column("invoiced", Kind.TEXT, length=20, synonyms=("qty invoiced",), note="How much of it was invoiced so far."),
    Column(
        "wanted_on", Kind.DATE, synonyms=("wanted by", "due date", "delivery date"), note="The day it is wanted by."
    ),
)
LAYOUT: Final = Layout(NAME, _COLUMNS)
_NEEDED: Final = frozenset(column.name for column in _COLUMNS if column.required)


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> OrderFile:
    """Read a workbook or a .csv file; `columns` says which of ours its own headings are, `progress` and `cancel` as anywhere.

    Args:
        path: the file.
        columns: our columns by its headings, where they don't match by themselves.
        progress: told how many rows were read.
        cancel: stops it.

    Raises:
        UserError: it can't be read at all, has no sheet with the columns that are needed, or too many rows.
        Cancelled: `cancel` was used.
    """
    wanted = Wanted(
        LAYOUT, _fits, "order, supplier, description, quantity, price, cost centre and subjective", _MOST_ROWS
    )
    table, _ = read_sheet(path, wanted, columns or {}, progress, cancel or CancelToken())
    return OrderFile(file_sha256(path), path.name, tuple(_rows(table)), tuple(table.mistakes()), table.notes())


def write_template(path: Path) -> None:
    """Write the empty workbook of open orders.

    Raises:
        UserError: the file can't be written there.
    """
    write_book(path, LAYOUT, "Open orders of another system")


def _fits(found: AbstractSet[str]) -> bool:
    return found >= _NEEDED


def _rows(table: Table) -> Iterator[FileRow]:
    prints = list(line_fingerprints(KIND, table.columns.values()))
    for (number, row), fingerprint, occurrence in zip(table.by_name(), prints, occurrences(prints), strict=True):
        yield FileRow(
            row=number,
            fingerprint=fingerprint,
            occurrence=occurrence,
            recovered=row["recovered"] is not False,
            wanted_on=row["wanted_on"],
            cost_centre=_code(row["cost_centre"]),
            subjective=_code(row["subjective"]),
            **{name: (row[name] or "").strip() for name in _TEXTS},
        )


_TEXTS: Final = (
    "order",
    "supplier",
    "title",
    "category",
    "description",
    "quantity",
    "unit",
    "price",
    "vat",
    "received",
    "invoiced",
)


def _code(text: str | None) -> str:
    return "".join((text or "").split()).upper()
