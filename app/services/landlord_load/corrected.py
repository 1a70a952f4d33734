"""The rows that stopped a load, as they came, in a workbook to correct: what is wrong stands beside each."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from app.services.core.cards import holds_card_number
from app.services.core.errors import UserError
from app.services.exports.dto import is_formula_like
from app.services.exports.files import whole_file
from app.services.imports import mapping
from app.services.imports.dto import PART, Layout, Problem
from app.services.imports.fingerprints import file_sha256
from app.services.imports.mapping import Header
from app.services.imports.values import ShownNumber, UnsavedFormula
from app.services.landlord_load import corrections, sheets
from app.services.landlord_load.corrections import open_file
from app.services.landlord_load.dto import LandlordFile, Loaded, Rehearsal

_WRONG_CELL: Final = PatternFill("solid", fgColor="F6C9C0")
_BOLD: Final = Font(bold=True)


def write(path: Path, found: Rehearsal | Loaded) -> int:
    """Write the rows with errors, each sheet's in a sheet of its own, and a list of all errors; returns the rows.

    Original values are kept as they came (a card number isn't). The file is read again for them. Once its rows are put
    right, the workbook is loaded in place of the file (`corrections`).

    Raises:
        UserError: the file has gone or changed since it was rehearsed, or the workbook can't be written.
    """
    file = found.file
    if not file.path.exists() or file_sha256(file.path) != file.sha256:
        raise UserError(f"{file.path.name} has changed or gone since it was read.", "Rehearse the load again.")
    wrong: defaultdict[str, defaultdict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in found.errors:
        if problem.row:
            wrong[problem.sheet][problem.row].append(problem)
    book = Workbook(write_only=True)
    book.properties.description = corrections.note_on(file)
    book.properties.creator = "Rentbook"
    written = 0
    layouts = sheets.layouts(file.codes)
    with open_file(file.path) as source:
        for name, parts in file.sheets.items():
            for part, sheet in enumerate(parts):
                bad = wrong.get(file.named(Problem(name, part * PART, "", "")).sheet)
                if bad:
                    written += _write_sheet(book, source.rows(sheet), sheet, layouts[name], file, bad)
    _write_list(book, found.errors)
    with whole_file(path) as temporary:
        book.save(temporary)
    return written


def _write_sheet(
    book: Any,
    rows: Iterator[tuple[int, Sequence[Any]]],
    sheet: str,
    layout: Layout,
    file: LandlordFile,
    wrong: Mapping[int, list[Problem]],
) -> int:
    first = list(itertools.islice(rows, mapping.HEADER_ROWS))
    header = mapping.find_header(first, layout, file.names)
    if header is None:
        return 0
    target = book.create_sheet(corrections.title(sheet))
    headings = next(row for number, row in first if number == header.row)
    _append_bold(target, [*sheets.ASIDE, *headings])
    written = 0
    for number, row in itertools.chain(first, rows):
        if number in wrong and number != header.row:
            target.append(_bad_row(target, number, row, header, wrong[number]))
            written += 1
    return written


def _bad_row(target: Any, number: int, row: Sequence[Any], header: Header, problems: list[Problem]) -> list[Any]:
    message = WriteOnlyCell(target, " ".join(dict.fromkeys(problem.message for problem in problems)))
    message.data_type = "s"
    message.alignment = Alignment(wrap_text=True, vertical="top")
    marked = {header.places.get(problem.column) for problem in problems}
    cells = [_kept(target, value, marked=place in marked) for place, value in enumerate(row)]
    missing = [place for place in marked if place is not None and place >= len(row)]
    if missing:
        cells += [_kept(target, None, marked=place in missing) for place in range(len(row), max(missing) + 1)]
    return [number, message, *cells]


def _kept(target: Any, value: Any, *, marked: bool) -> Any:
    """A cell with the value as it came: text as text, dates as dates, what the officer saw of a number."""
    if isinstance(value, ShownNumber):
        value = value.shown
    elif isinstance(value, UnsavedFormula):
        value = ""
    elif isinstance(value, str) and holds_card_number(value):
        value = "(a card number, left out)"
    cell = WriteOnlyCell(target, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = is_formula_like(value)
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if marked:
        cell.fill = _WRONG_CELL
    return cell


def _write_list(book: Any, errors: Iterable[Problem]) -> None:
    target = book.create_sheet(sheets.ERRORS)
    _append_bold(target, ["sheet", "row", "column", "message"])
    for problem in errors:
        cells = [WriteOnlyCell(target, text) for text in (problem.sheet, "", problem.column, problem.message)]
        for cell in cells:
            cell.data_type = "s"
        cells[1] = WriteOnlyCell(target, problem.row or None)
        target.append(cells)


def _append_bold(target: Any, headings: Sequence[Any]) -> None:
    cells = [WriteOnlyCell(target, heading) for heading in headings]
    for cell in cells:
        cell.font = _BOLD
        if isinstance(cell.value, str):
            cell.data_type = "s"
    target.append(cells)
