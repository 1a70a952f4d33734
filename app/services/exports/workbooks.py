"""A workbook: openpyxl makes all of it but the rows, which are streamed into its sheet as XML.

openpyxl takes a while to import, so `xlsx` imports this when there is something to write.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.exports.cells import Style, printable, putter, totals_row
from app.services.exports.dto import Column, Kind, Table, is_formula_like

FORMATS: Final = {Kind.TEXT: "@", Kind.DATE: "dd mmm yyyy", Kind.POUNDS: "#,##0.00", Kind.INT: "#,##0"}
MOST_ROWS: Final = 1_048_576
"""What a sheet holds."""
_FONT: Final = "Calibri"
_SHEET_UNSAFE: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHEET: Final = "xl/worksheets/sheet1.xml"
_ROWS_END: Final = b"</sheetData>"
_EXTENT: Final = re.compile(rb'<dimension ref="[^"]*"')
_ROWS_AT_ONCE: Final = 2_000
_IN_MEMORY: Final = 8 * 1024 * 1024
_BLOCK: Final = 1024 * 1024


def write(out: IO[bytes], table: Table, progress: Progress, cancel: CancelToken, total: int) -> int:
    """Write the table as a workbook of one sheet; returns the number of rows (see `xlsx.write_xlsx`).

    Raises:
        UserError: a sheet doesn't hold so many rows.
    """
    book = Workbook()
    book.properties.title = printable(table.title)
    book.properties.creator = "Rentbook"
    sheet = book.worksheets[0]
    head = _set_up(sheet, table)
    letters = [get_column_letter(at) for at in range(1, len(table.columns) + 1)]
    styles = [_style(sheet, column) for column in table.columns]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as rows:
        count = _write_rows(rows, table, letters, styles, head + 1, progress, cancel, total)
        extent = f"A1:{letters[-1]}{head + count}"
        if count:
            sheet.auto_filter.ref = f"A{head}:{letters[-1]}{head + count}"
            if any(column.total for column in table.columns):
                rows.write(totals_row(table.columns, letters, styles, head + 1, head + count).encode())
                extent = f"A1:{letters[-1]}{head + count + 1}"
        rows.seek(0)
        frame = io.BytesIO()
        book.save(frame)
        _put_together(frame, rows, extent, out)
    return count


def _write_rows(
    out: IO[bytes],
    table: Table,
    letters: Sequence[str],
    styles: Sequence[Style],
    first: int,
    progress: Progress,
    cancel: CancelToken,
    total: int,
) -> int:
    columns = [putter(*each) for each in zip(table.columns, letters, styles, strict=True)]
    lines: list[str] = []
    number = first
    for row in table.rows:
        cells = "".join([put(value, number) for put, value in zip(columns, row, strict=True)])
        lines.append(f'<row r="{number}">{cells}</row>')
        number += 1
        if len(lines) == _ROWS_AT_ONCE:
            if number >= MOST_ROWS:
                raise UserError("There are more rows than a sheet can hold.", "Filter the table, or export it as CSV.")
            out.write("".join(lines).encode())
            lines.clear()
            cancel.check()
            progress(number - first, max(total, number - first), table.title)
    out.write("".join(lines).encode())
    return number - first


def _put_together(frame: IO[bytes], rows: IO[bytes], extent: str, out: IO[bytes]) -> None:
    """Copy the workbook that openpyxl made, with the rows at the end of its sheet's data."""
    with zipfile.ZipFile(frame) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name in made.namelist():
            content = made.read(name)
            if name != _SHEET:
                book.writestr(name, content)
                continue
            before, end, after = content.rpartition(_ROWS_END)
            with book.open(name, "w") as sheet:
                sheet.write(_EXTENT.sub(b'<dimension ref="%s"' % extent.encode(), before, count=1))
                while block := rows.read(_BLOCK):
                    sheet.write(block)
                sheet.write(end + after)


def _set_up(sheet: Worksheet, table: Table) -> int:
    """Title, stamps, headings, widths and how it prints; returns the row of the headings."""
    head = len(table.stamps) + 3
    with suppress(ValueError):
        sheet.title = _SHEET_UNSAFE.sub(" ", table.title)[:31].strip("' ") or "Sheet"
    sheet.freeze_panes = f"A{head + 1}"
    _text(sheet, 1, 1, table.title, Font(name=_FONT, size=14, bold=True))
    for at, stamp in enumerate(table.stamps, 2):
        _text(sheet, at, 1, stamp, Font(name=_FONT, color="5A6875"))
    for at, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.characters
        cell = _text(sheet, head, at, column.title, Font(name=_FONT, bold=True, color="FFFFFF"))
        cell.fill = PatternFill("solid", fgColor="1F5673")
        cell.alignment = Alignment(horizontal="right" if column.kind in {Kind.POUNDS, Kind.INT} else "left")
    sheet.page_setup.orientation = "landscape" if sum(c.characters for c in table.columns) > 95 else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "Page &P of &N"
    return head


def _text(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> Cell:
    cell = Cell(sheet, row=row, column=column, value=printable(text))
    cell.data_type = "s"
    cell.font = font
    cell.quotePrefix = is_formula_like(text)
    sheet._cells[row, column] = cell  # noqa: SLF001  the way in that doesn't ask whether it is a formula
    return cell


def _style(sheet: Worksheet, column: Column) -> Style:
    """The formats of a column, as they are numbered in the workbook."""
    plain, quoted, total = (Cell(sheet, row=1, column=1) for _ in range(3))
    for cell in (plain, quoted, total):
        cell.number_format = FORMATS[column.kind]
    quoted.quotePrefix = True
    total.font = Font(name=_FONT, bold=True)
    total.border = Border(top=Side(style="thin"))
    return Style(plain.style_id, quoted.style_id, total.style_id)
