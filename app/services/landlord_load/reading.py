"""A landlord's file read whole: each sheet into its table, every cell that can't be read on a list."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from openpyxl.utils import get_column_letter

from app.services.core.cards import CARD_FOUND, card_cells
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports import mapping
from app.services.imports.dto import PART, Layout, Names, Problem, Table
from app.services.imports.fingerprints import file_sha256
from app.services.imports.tables import Rows, TableReader
from app.services.imports.values import fold
from app.services.landlord_load import account_sheets, sheets
from app.services.landlord_load.corrections import LandlordSource, open_file
from app.services.landlord_load.dto import CodeFact, LandlordFile

_ASIDE: Final = {fold(name) for name in sheets.ASIDE}


def read(
    path: Path,
    codes: Collection[CodeFact],
    names: Names | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> LandlordFile:
    """Read a workbook, a .csv file or a folder of them.

    Args:
        path: the file or folder.
        codes: the transaction codes that its code columns may hold.
        names: what the landlord's own names mean; a sheet `Mapping` in the file adds to it.
        progress: told the rows read so far.
        cancel: looked at as often.

    Raises:
        UserError: it can't be read at all, or none of its sheets is one of ours.
        Cancelled: `cancel` was used.
    """
    layouts = sheets.layouts(codes)
    watch = _Watch(progress, cancel or CancelToken())
    with open_file(path) as source:
        names = _with_mapping(source, names or Names())
        found, warnings = _sheets_of(source, layouts, names)
        tables = _tables(source, layouts.values(), found, names, watch)
        aside = tuple(_cards_aside(source, found))
    for table in tables.values():
        warnings += (warning for warning in table.warnings if fold(warning.column) not in _ASIDE)
    return LandlordFile(
        path,
        file_sha256(path),
        source.files,
        {name: tuple(parts) for name, parts in found.items()},
        tables,
        names,
        tuple(codes),
        (*aside, *itertools.chain.from_iterable(table.problems for table in tables.values())),
        tuple(warnings),
    )


def _cards_aside(source: LandlordSource, found: Mapping[str, list[str]]) -> Iterator[Problem]:
    """Card numbers in sheets that are left out: the file is kept whole, so that they may not be there either."""
    read = set(itertools.chain.from_iterable(found.values()))
    for sheet in source.sheets:
        if sheet not in read:
            for number, row in source.rows(sheet):
                for place in card_cells(row):
                    yield Problem(sheet, number, get_column_letter(place + 1), CARD_FOUND)


class _Watch:
    """Tells the rows read so far, over all sheets, and stops where it is asked to."""

    def __init__(self, progress: Progress, cancel: CancelToken) -> None:
        self._progress = progress
        self._cancel = cancel
        self.sheet = ""
        self.before = 0

    def __call__(self, rows: int) -> None:
        self._cancel.check()
        self._progress(self.before + rows, 0, f"Reading {self.sheet}")


def _tables(
    source: LandlordSource, layouts: Iterable[Layout], found: Mapping[str, list[str]], names: Names, watch: _Watch
) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for layout in layouts:
        watch.sheet = layout.name
        reader = TableReader(layout, names, _references(tables), watch)
        for part, sheet in enumerate(found.get(layout.name, ())):
            rows = source.rows(sheet)
            reader.read(_numbered(rows, part * PART) if part else rows)
        tables[layout.name] = reader.table
        watch.before += len(reader.table)
    return {name: tables[name] for name in sheets.ORDER if name in found}


def _numbered(rows: Rows, first: int) -> Rows:
    return ((number + first, row) for number, row in rows)


def _sheets_of(
    source: LandlordSource, layouts: dict[str, Layout], names: Names
) -> tuple[dict[str, list[str]], list[Problem]]:
    found: dict[str, list[str]] = {}
    warnings: list[Problem] = []
    silent = {fold(name) for name in (sheets.MAPPING, *sheets.ABOUT)}
    for sheet in source.sheets:
        if fold(sheet) in silent:
            continue
        layout = mapping.layout_named(sheet, layouts.values(), names)
        if layout is None:
            first = list(itertools.islice(source.rows(sheet), mapping.HEADER_ROWS))
            layout = mapping.layout_headed(first, layouts.values(), names)
        if layout is None:
            warnings.append(
                Problem(sheet, 0, "", f"The sheet '{sheet}' was left out: it isn't one of those that are loaded.")
            )
        else:
            found.setdefault(layout.name, []).append(sheet)
    if not found:
        raise UserError(
            f"{source.path.name} has no sheet that is loaded: it has {', '.join(source.sheets) or 'none'}.",
            f"The sheets are {', '.join(layouts)}; 'rentbook load --template FILE' writes an empty one.",
        )
    return found, warnings


def _with_mapping(source: LandlordSource, names: Names) -> Names:
    """The names given, and those that the file's own Mapping sheet gives."""
    sheet = next((name for name in source.sheets if fold(name) == fold(sheets.MAPPING)), None)
    if sheet is None:
        return names
    reader = TableReader(account_sheets.MAPPING, Names(), (), lambda _: None)
    reader.read(source.rows(sheet))
    columns = {name: dict(pairs) for name, pairs in names.columns.items()}
    words = {name: dict(pairs) for name, pairs in names.words.items()}
    table = reader.table.columns
    for where, column, yours, ours in zip(*(table[c] for c in ("sheet", "column", "yours", "ours")), strict=True):
        if not yours or not ours:
            continue
        if column:
            words.setdefault(column, {})[yours] = ours
        elif where:
            columns.setdefault(where, {})[yours] = ours
    return Names(names.sheets, columns, words)


def _references(tables: dict[str, Table]) -> frozenset[str]:
    """The payment references of the file, which may look like card numbers and aren't."""
    table = tables.get(sheets.TENANCIES)
    return frozenset(filter(None, table.columns["payment_reference"])) if table else frozenset()
