"""The empty workbook that a landlord fills in: every sheet and column, with notes, fixed words to choose from and examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from app.services.exports.files import whole_file
from app.services.imports.dto import Column, Kind, Layout
from app.services.imports.values import plain_words
from app.services.landlord_load import account_sheets, place_sheets, sheets, words

_FORMATS: Final = {Kind.DATE: "dd/mm/yyyy", Kind.BIRTH_DATE: "dd/mm/yyyy", Kind.MONEY: "0.00", Kind.COUNT: "0"}
_ROWS: Final = 200_000
"""Rows that drop-downs reach down to."""
_HEAD: Final = PatternFill("solid", fgColor="1F5673")
_MUST: Final = PatternFill("solid", fgColor="8A3B12")
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
    choices = _write_words(book.create_sheet("Words"), layouts)
    for layout in layouts:
        _write_sheet(book.create_sheet(layout.name), layout, choices)
    book.move_sheet("Words", offset=len(layouts))
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


def columns_of(layout: Layout) -> tuple[Column, ...]:
    """The columns that the template holds."""
    return tuple(column for column in layout.columns if not column.extra)


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


def _write_words(sheet: Any, layouts: Sequence[Layout]) -> dict[tuple[str, str], str]:
    """Every list of fixed words in a column of its own; returns the range of each sheet's column."""
    ranges: dict[tuple[str, str], str] = {}
    at = 0
    for layout in layouts:
        for column in columns_of(layout):
            listed = _choices(layout, column)
            if not listed:
                continue
            at += 1
            letter = get_column_letter(at)
            sheet.column_dimensions[letter].width = 26
            sheet.cell(1, at, f"{layout.name}: {column.name}").font = Font(bold=True)
            for row, word in enumerate(listed, 2):
                sheet.cell(row, at, word)
            ranges[layout.name, column.name] = f"{quote_sheetname('Words')}!${letter}$2:${letter}${len(listed) + 1}"
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


def _write_sheet(sheet: Any, layout: Layout, choices: Mapping[tuple[str, str], str]) -> None:
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns_of(layout), 1):
        letter = get_column_letter(at)
        head = sheet.cell(1, at, column.name)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = _MUST if column.required else _HEAD
        note = _explained(column)
        if note:
            head.comment = Comment(note, "Rentbook", height=120, width=260)
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "@")
        chosen = choices.get((layout.name, column.name))
        if chosen:
            rule = DataValidation("list", formula1=chosen, allow_blank=True, errorStyle="warning")
            rule.error = (
                "This is not one of the words listed. Rentbook may understand it, or explain it in the sheet Mapping."
            )
            rule.add(f"{letter}2:{letter}{_ROWS}")
            sheet.add_data_validation(rule)
