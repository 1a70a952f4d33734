"""The empty workbook that a landlord fills in: every sheet and column, with notes, fixed words to choose from and examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from app.services.exports.files import whole_file
from app.services.imports.dto import Column, Kind, Layout
from app.services.imports.templates import WORDS, columns_of, write_list, write_sheet
from app.services.imports.values import plain_words
from app.services.landlord_load import account_sheets, place_sheets, sheets, words

_NOT_LISTED: Final = (
    "This is not one of the words listed. Rentbook may understand it, or explain it in the sheet Mapping."
)
_ABOUT: Final = (
    "Fill in the sheets that you have and leave the others empty. A load can also bring a sheet alone, such as Charges.",
    "Red headings must be filled in. Columns may stand in any order, and other columns are left out.",
    "Dates: day first, as 06/04/2026. References: as text, so that leading zeros stay. One row a thing, no totals.",
    "Words that Rentbook doesn't know can be explained in the sheet Mapping.",
    "Rehearse first: rentbook load FILE --dry-run --errors ERRORS.xlsx lists every fault with its row and column.",
    "A load is all or nothing, and rows that were loaded before are recognised and left out.",
)


def write(path: Path) -> None:
    """Write the template.

    Raises:
        UserError: the file can't be written there.
    """
    book = Workbook()
    layouts = _layouts()
    _write_about(book.active, layouts)
    choices = _write_words(book.create_sheet(WORDS), layouts)
    for layout in layouts:
        notes = {column.name: _explained(column) for column in columns_of(layout)}
        write_sheet(book.create_sheet(layout.name), layout, notes, choices[layout.name], _NOT_LISTED)
    book.move_sheet(WORDS, offset=len(layouts))
    book.properties.creator = "Rentbook"
    book.properties.title = "A landlord to load"
    with whole_file(path) as temporary:
        book.save(temporary)


def _layouts() -> tuple[Layout, ...]:
    """The sheets in the order of the template, the code columns with the codes that every database starts with."""
    charged = {code: plain.split(",")[0] for code, plain in words.CHARGES.items()}
    moved = charged | {code: plain.split(",")[0] for code, plain in words.RECEIPTS.items()}
    return (
        place_sheets.PROPERTIES,
        place_sheets.PEOPLE,
        place_sheets.TENANCIES,
        account_sheets.charges(words.code_words(charged, [words.CHARGES])),
        account_sheets.BALANCES,
        account_sheets.transactions(words.code_words(moved, [words.CHARGES, words.RECEIPTS])),
        account_sheets.ARRANGEMENTS,
        account_sheets.FLAGS,
        account_sheets.NOTES,
        account_sheets.MAPPING,
    )


def _write_about(sheet: Any, layouts: Sequence[Layout]) -> None:
    sheet.title = sheets.ABOUT[0]
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 22
    sheet.column_dimensions["C"].width = 70
    sheet.append(["A landlord to load into Rentbook"])
    sheet["A1"].font = Font(size=14, bold=True)
    for line in _ABOUT:
        sheet.append([line])
    for layout in layouts:
        sheet.append([])
        sheet.append([layout.name, "", layout.note])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for column in layout.columns:
            sheet.append(["", column.name, _explained(column)])
            sheet.cell(sheet.max_row, 3).alignment = Alignment(wrap_text=True, vertical="top")
        _write_examples(sheet, layout)


def _write_examples(sheet: Any, layout: Layout) -> None:
    columns = columns_of(layout)
    examples = list(zip_longest(*(column.example for column in columns), fillvalue=""))
    if not examples:
        return
    sheet.append(["Example", *(column.name for column in columns)])
    for row in examples:
        sheet.append(["", *row])
        for cell in sheet[sheet.max_row]:
            cell.number_format = "@"
            cell.data_type = "s"


def _explained(column: Column) -> str:
    parts = [column.note] if column.note else []
    if column.required:
        parts.append("Must be filled in.")
    if column.extra:
        parts.append("Not in this template; read where you add it.")
    if column.kind is Kind.CHOICE and column.name != "code":
        parts.append(f"One of: {', '.join(plain_words(column.words))}.")
    if column.kind is Kind.YES_NO:
        parts.append("yes or no.")
    return " ".join(parts)


def _write_words(sheet: Any, layouts: Sequence[Layout]) -> dict[str, dict[str, str]]:
    """Every list of fixed words in a column of its own; returns the range of each column by sheet."""
    ranges: dict[str, dict[str, str]] = {layout.name: {} for layout in layouts}
    at = 0
    for layout in layouts:
        for column in columns_of(layout):
            if listed := _choices(layout, column):
                at += 1
                ranges[layout.name][column.name] = write_list(sheet, at, f"{layout.name}: {column.name}", listed)
    return ranges


def _choices(layout: Layout, column: Column) -> list[str]:
    if column.kind is Kind.YES_NO:
        return ["yes", "no"]
    if column.kind is not Kind.CHOICE:
        return []
    if column.name == "code":
        plain: Mapping[str, str] = (
            words.CHARGES if layout.name == sheets.CHARGES else {**words.CHARGES, **words.RECEIPTS}
        )
        return [*(text.split(",")[0] for text in plain.values()), *plain]
    return list(plain_words(column.words))
