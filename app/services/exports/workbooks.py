"""The cells of a workbook, by openpyxl, which takes a while to import: `xlsx` imports this when there is one to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.exports.dto import Column, Kind, Table, Value, is_formula_like, pence_of

FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.DATE: "dd mmm yyyy",
    Kind.MOMENT: "dd mmm yyyy hh:mm",
    Kind.POUNDS: "#,##0.00",
    Kind.INT: "#,##0",
}
_FONT: Final = "Calibri"
MOST_ROWS: Final = 1_048_576
"""What a sheet holds."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_UNSAFE: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TEXT: Final = 32_767
_ROWS_PER_REPORT: Final = 2_000
_Put = Callable[[Value], Cell | None]


def write(out: IO[bytes], table: Table, progress: Progress, cancel: CancelToken, total: int) -> int:
    """Write the table as a workbook of one sheet; returns the number of rows (see `xlsx.write_xlsx`).

    Raises:
        UserError: a sheet doesn't hold so many rows.
    """
    book = Workbook(write_only=True)
    book.properties.title = _printable(table.title)
    book.properties.creator = "Rentbook"
    sheet = cast("Worksheet", book.create_sheet(_sheet_name(table.title)))
    try:
        count = _fill(sheet, table, progress, cancel, total)
        book.save(out)
    except BaseException:
        _forget(sheet)
        raise
    return count


def _forget(sheet: Worksheet) -> None:
    """End and take away openpyxl's temporary file, which would lie there with all rows until the program ends."""
    unfinished = cast("Any", sheet)
    with suppress(Exception):
        unfinished.close()
    with suppress(Exception):
        unfinished._writer.cleanup()  # noqa: SLF001  it has no other way


def _fill(sheet: Worksheet, table: Table, progress: Progress, cancel: CancelToken, total: int) -> int:
    head = _set_up(sheet, table)
    _write_head(sheet, table)
    put = [_putter(sheet, column) for column in table.columns]
    count = 0
    for row in table.rows:
        sheet.append([cell(value) for cell, value in zip(put, row, strict=True)])
        count += 1
        if not count % _ROWS_PER_REPORT:
            if head + count >= MOST_ROWS:
                raise UserError("There are more rows than a sheet can hold.", "Filter the table, or export it as CSV.")
            cancel.check()
            progress(count, max(total, count), table.title)
    if count:
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{head + count}"
        _write_totals(sheet, table.columns, head + 1, head + count)
    return count


def _set_up(sheet: Worksheet, table: Table) -> int:
    """Everything that must be said before the first row; returns the row of the headings."""
    head = len(table.stamps) + 3
    sheet.freeze_panes = f"A{head + 1}"
    for at, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.characters
    sheet.page_setup.orientation = "landscape" if sum(c.characters for c in table.columns) > 95 else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "Page &P of &N"
    return head


def _write_head(sheet: Worksheet, table: Table) -> None:
    sheet.append([_text(WriteOnlyCell(sheet), table.title, Font(name=_FONT, size=14, bold=True))])
    for stamp in table.stamps:
        sheet.append([_text(WriteOnlyCell(sheet), stamp, Font(name=_FONT, color="5A6875"))])
    sheet.append([])
    fill = PatternFill("solid", fgColor="1F5673")
    heads = []
    for column in table.columns:
        cell = _text(WriteOnlyCell(sheet), column.title, Font(name=_FONT, bold=True, color="FFFFFF"))
        cell.fill = fill
        cell.alignment = Alignment(horizontal="right" if column.kind in {Kind.POUNDS, Kind.INT} else "left")
        heads.append(cell)
    sheet.append(heads)


def _write_totals(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    if not any(column.total for column in columns):
        return
    bold, line = Font(name=_FONT, bold=True), Border(top=Side(style="thin"))
    cells = []
    for at, column in enumerate(columns, 1):
        cell = WriteOnlyCell(sheet)
        if column.total:
            letter = get_column_letter(at)
            cell.value = f"=SUM({letter}{first}:{letter}{last})"
            cell.number_format = FORMATS[column.kind]
        elif at == 1:
            cell.value = "Total"
        cell.font, cell.border = bold, line
        cells.append(cell)
    sheet.append(cells)


def _text(cell: Cell, text: str, font: Font) -> Cell:
    cell.value = _printable(text)
    cell.data_type = "s"
    cell.font = font
    cell.quotePrefix = is_formula_like(text)
    return cell


def _putter(sheet: Worksheet, column: Column) -> _Put:
    """A function that turns the values of a column into its cells.

    A write-only sheet writes each cell as it is appended, so one cell object serves the whole column.
    """
    cell = WriteOnlyCell(sheet)
    cell.number_format = FORMATS[column.kind]
    if column.kind is Kind.TEXT:
        return _text_putter(sheet, cell)

    def put(value: Value) -> Cell | None:
        if value is None:
            return None
        if not isinstance(value, date | int):
            raise TypeError(f"Column {column.title} holds {column.kind}s, not {value!r}.")
        cell.value = value.astimezone().replace(tzinfo=None) if isinstance(value, datetime) else value
        return cell

    def put_pounds(value: Value) -> Cell | None:
        pence = pence_of(value)
        if pence is None:
            return None
        cell.value = Decimal(pence).scaleb(-2)
        return cell

    return put_pounds if column.kind is Kind.POUNDS else put


def _text_putter(sheet: Worksheet, plain: Cell) -> _Put:
    quoted = WriteOnlyCell(sheet)
    quoted.number_format = FORMATS[Kind.TEXT]
    quoted.quotePrefix = True

    def put(value: Value) -> Cell | None:
        if value is None:
            return None
        text = _printable(str(value))
        cell = quoted if is_formula_like(text) else plain
        cell.value = text
        cell.data_type = "s"
        return cell

    return put


def _sheet_name(title: str) -> str:
    return _SHEET_UNSAFE.sub(" ", title)[:31].strip("' ") or "Sheet"


def _printable(text: str) -> str:
    """Text that a workbook can hold: without control characters, at most 32,767 characters."""
    if len(text) <= _LONGEST_TEXT and text.isprintable():
        return text
    return _UNPRINTABLE.sub("", text)[:_LONGEST_TEXT]
