"""Workbooks to fill in: a sheet with its headings, a note on each, and lists of words to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from app.services.exports.files import whole_file
from app.services.imports.dto import Column, Kind, Layout

WORDS: Final = "Words"
"""The sheet with the lists."""
_FORMATS: Final = {Kind.DATE: "dd/mm/yyyy", Kind.BIRTH_DATE: "dd/mm/yyyy", Kind.MONEY: "0.00", Kind.COUNT: "0"}
_ROWS: Final = 200_000
"""Rows that drop-downs reach down to."""
_HEAD: Final = PatternFill("solid", fgColor="1F5673")
_MUST: Final = PatternFill("solid", fgColor="8A3B12")


def columns_of(layout: Layout) -> tuple[Column, ...]:
    """The columns that a template holds."""
    return tuple(column for column in layout.columns if not column.extra)


def write_list(sheet: Any, at: int, title: str, words: Sequence[str]) -> str:
    """Write a list of words as column `at` of the sheet `WORDS`; the range that holds them."""
    letter = get_column_letter(at)
    sheet.column_dimensions[letter].width = 26
    sheet.cell(1, at, title).font = Font(bold=True)
    for row, word in enumerate(words, 2):
        sheet.cell(row, at, word)
    return f"{quote_sheetname(WORDS)}!${letter}$2:${letter}${len(words) + 1}"


def write_sheet(
    sheet: Any, layout: Layout, notes: Mapping[str, str], choices: Mapping[str, str], not_listed: str
) -> None:
    """Write the headings of a layout: those that must be filled in are red, each with its note.

    Args:
        sheet: of openpyxl.
        layout: its columns.
        notes: what belongs in a column, by its name.
        choices: the range of words that a column may hold, by its name.
        not_listed: what is said of another word; it may be typed all the same.
    """
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns_of(layout), 1):
        letter = get_column_letter(at)
        head = sheet.cell(1, at, column.name)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = _MUST if column.required else _HEAD
        if note := notes.get(column.name):
            head.comment = Comment(note, "Rentbook", height=120, width=260)
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "@")
        if chosen := choices.get(column.name):
            rule = DataValidation("list", formula1=chosen, allow_blank=True, errorStyle="warning")
            rule.error = not_listed
            rule.add(f"{letter}2:{letter}{_ROWS}")
            sheet.add_data_validation(rule)


def write_book(path: Path, layout: Layout, title: str) -> None:
    """Write the empty workbook of a layout: one sheet, named as the layout, each heading with the column's own note.

    Raises:
        UserError: the file can't be written there.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = layout.name
    write_sheet(sheet, layout, {each.name: each.note for each in layout.columns}, {}, "")
    book.properties.creator = "Rentbook"
    book.properties.title = title
    with whole_file(path) as temporary:
        book.save(temporary)
