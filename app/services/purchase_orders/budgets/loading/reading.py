"""A file of budgets: read whole, every fault with its row; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from app.models.values import Money
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Table
from app.services.imports.fingerprints import file_sha256
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.purchase_orders.budgets.loading.dto import BudgetFile, FileRow

NAME: Final = "Budgets"
_MOST_ROWS: Final = 5_000
_COLUMNS: Final = (
    Column(
        "cost_centre",
        Kind.CODE,
        required=True,
        length=20,
        synonyms=("cost center", "centre", "cc", "cost centre code", "budget centre"),
        note="The code of the cost centre, as text, so that leading zeros stay.",
    ),
    Column(
        "cost_centre_name",
        Kind.TEXT,
        length=120,
        synonyms=("cost centre description", "centre name", "service"),
        note="Needed where the cost centre is new.",
    ),
    Column(
        "subjective",
        Kind.CODE,
        required=True,
        length=20,
        synonyms=("subjective code", "account", "account code", "detail code", "expense code", "code"),
        note="The subjective code: what it is spent on.",
    ),
    Column(
        "name",
        Kind.TEXT,
        length=120,
        synonyms=("description", "subjective name", "account name", "subjective description"),
        note="The name of the subjective code, needed where it is new.",
    ),
    Column(
        "heading",
        Kind.TEXT,
        length=80,
        synonyms=("group", "sercop", "sercop heading", "category"),
        note="Its group in the Service Reporting Code of Practice, such as Premises.",
    ),
    Column(
        "holder",
        Kind.TEXT,
        length=60,
        synonyms=("budget holder", "budget manager", "username", "officer"),
        note="The sign-in name of whoever answers for it; left empty, the holder of its cost centre.",
    ),
    Column(
        "original",
        Kind.MONEY,
        required=True,
        synonyms=("original budget", "budget", "amount", "annual budget", "original pounds"),
        note="The budget of the year, in pounds.",
    ),
)
LAYOUT: Final = Layout(NAME, _COLUMNS)
_NEEDED: Final = frozenset({"cost_centre", "subjective", "original"})


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BudgetFile:
    """Read a workbook or a .csv file of budgets; `columns` says which of ours its own headings are.

    Raises:
        UserError: it can't be read at all, has no sheet with the columns that are needed, or too many rows.
        Cancelled: `cancel` was used.
    """
    wanted = Wanted(LAYOUT, _fits, "cost centre, subjective and original", _MOST_ROWS)
    table, means = read_sheet(path, wanted, columns or {}, progress, cancel or CancelToken())
    return BudgetFile(file_sha256(path), path.name, tuple(_rows(table)), tuple(table.mistakes()), table.notes(), means)


def _fits(found: AbstractSet[str]) -> bool:
    return found >= _NEEDED


def _rows(table: Table) -> Iterator[FileRow]:
    for number, row in table.by_name():
        yield FileRow(
            row=number,
            cost_centre=_code(row["cost_centre"]),
            subjective=_code(row["subjective"]),
            original=None if row["original"] is None else Money(row["original"]),
            cost_centre_name=row["cost_centre_name"] or "",
            name=row["name"] or "",
            heading=row["heading"] or "",
            holder=row["holder"] or "",
        )


def _code(text: str | None) -> str:
    return "".join((text or "").split()).upper()
