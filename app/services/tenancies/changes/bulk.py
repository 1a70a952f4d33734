"""Changes from a spreadsheet: a row for each, read whole, every fault with its row, and all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.models.values import PaymentMethod
from app.services.imports.dto import Column, Kind, Layout, Table
from app.services.imports.mapping import choices
from app.services.imports.values import fold
from app.services.tenancies.changes import rules
from app.services.tenancies.changes.dto import Balance, ChangeSaved
from app.services.tenancies.many import RowsDone, RowsRead, read_sheet
from app.services.tenancies.starting.rules import TENURE_WORDS

NAME: Final = "Changes"
KINDS: Final = (
    "rename",
    "joint",
    "sole",
    "secure",
    "extend trial",
    "succession",
    "assignment",
    "first day",
    "last day",
    "transfer",
    "exchange",
    "decant",
    "return",
)
"""What the column `change` may say."""
LAYOUT: Final = Layout(
    NAME,
    (
        Column(
            "tenancy",
            Kind.CODE,
            required=True,
            length=40,
            synonyms=("tenancy reference", "account", "payment reference", "rent account"),
            may_look_like_card=True,
        ),
        Column("change", Kind.CHOICE, required=True, words={fold(each): each for each in KINDS}, synonyms=("kind",)),
        Column("day", Kind.DATE, required=True, synonyms=("from", "on", "date")),
        Column("person", Kind.CODE, length=40, synonyms=("person reference",)),
        Column("title", Kind.TEXT, length=20),
        Column("first_name", Kind.TEXT, length=80, synonyms=("first names", "forename")),
        Column("last_name", Kind.TEXT, length=80, synonyms=("surname",)),
        Column("date_of_birth", Kind.DATE, synonyms=("born",)),
        Column("name", Kind.TEXT, length=200, synonyms=("account name", "name on letters")),
        Column("property", Kind.CODE, length=40, synonyms=("new home", "property reference")),
        Column("other", Kind.CODE, length=40, synonyms=("other account", "other tenancy"), may_look_like_card=True),
        Column("relation", Kind.CHOICE, words=choices(rules.RELATIONS)),
        Column("lived_from", Kind.DATE, synonyms=("lived there since",)),
        Column("ground", Kind.CHOICE, words=choices(rules.GROUNDS)),
        Column("tenure", Kind.CHOICE, words=choices(TENURE_WORDS)),
        Column("payment_method", Kind.CHOICE, words=choices(PaymentMethod)),
        Column("balance", Kind.CHOICE, words={"stays": Balance.FORMER.value, "goes": Balance.NEW.value}),
        Column("garages", Kind.YES_NO, synonyms=("garages too",)),
        Column("excused", Kind.TEXT, length=400, synonyms=("let nonetheless",)),
        Column("why", Kind.TEXT, length=400, synonyms=("reason",)),
        Column("letter", Kind.YES_NO),
    ),
    synonyms=("tenancy changes",),
)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row of the spreadsheet: its place, the tenancy as it is named, what changes, from when, and the other cells."""

    row: int
    reference: str
    change: str
    on: date
    cells: Mapping[str, Any]


ChangesRead = RowsRead[ChangeRow]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became of a row."""

    row: int
    reference: str
    change: str
    saved: ChangeSaved


ChangesDone = RowsDone[ChangeLine]


def read(path: Path) -> ChangesRead:
    """Read a workbook or a .csv file of changes.

    Raises:
        UserError: it can't be read at all, or no sheet of it has the columns tenancy, change and day.
    """
    table = read_sheet(path, LAYOUT, "changes")
    problems = tuple(table.problems)
    return RowsRead(() if problems else tuple(_rows(table)), problems)


def _rows(table: Table) -> Iterator[ChangeRow]:
    for number, cells in table.by_name():
        yield ChangeRow(number, cells["tenancy"], cells["change"], cells["day"], cells)
