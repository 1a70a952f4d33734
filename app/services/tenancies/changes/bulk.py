"""Changes from a spreadsheet: a row for each, read whole, every fault with its row, and all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.models.values import PaymentMethod
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.imports.dto import Column, Kind, Layout, Names, Problem
from app.services.imports.mapping import choices, is_meant
from app.services.imports.reading import open_source
from app.services.imports.tables import TableReader
from app.services.imports.values import fold
from app.services.tenancies.changes import rules
from app.services.tenancies.changes.dto import Balance, ChangeSaved
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


@dataclass(frozen=True, slots=True)
class ChangesRead:
    """A spreadsheet that was read; there are no rows where there are problems."""

    rows: tuple[ChangeRow, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became of a row."""

    row: int
    reference: str
    change: str
    saved: ChangeSaved


@dataclass(frozen=True, slots=True)
class ChangesDone:
    """All rows, or what is wrong with them (and then nothing was saved)."""

    lines: tuple[ChangeLine, ...]
    problems: tuple[Problem, ...]
    changes: Changes = Changes(frozenset())  # noqa: RUF009  nothing in it changes


def read(path: Path) -> ChangesRead:
    """Read a workbook or a .csv file of changes.

    Raises:
        UserError: it can't be read at all, or no sheet of it has the columns tenancy, change and day.
    """
    with open_source(path) as source:
        reader = TableReader(LAYOUT, Names(), (), lambda _rows: None)
        sheets = tuple(source.sheets)
        sheet = (
            sheets[0]
            if len(sheets) == 1
            else next((name for name in sheets if is_meant(source.rows(name), name, LAYOUT)), None)
        )
        if sheet is None:
            wanted = ", ".join(column.name for column in LAYOUT.columns)
            raise UserError(f"{path.name} has no sheet of changes.", f"Its columns are {wanted}.", "path")
        reader.read(source.rows(sheet))
    problems = tuple(reader.table.problems)
    return ChangesRead(() if problems else tuple(_rows(reader.table.columns, reader.table.rows)), problems)


def _rows(columns: Mapping[str, Any], rows: Sequence[int]) -> Iterator[ChangeRow]:
    for at, row in enumerate(rows):
        cells = {name: values[at] for name, values in columns.items()}
        yield ChangeRow(row, cells["tenancy"], cells["change"], cells["day"], cells)
