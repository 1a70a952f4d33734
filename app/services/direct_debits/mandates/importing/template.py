"""The empty workbook of mandates: its headings with a note on each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.services.direct_debits.mandates.importing.reading import LAYOUT
from app.services.exports.files import whole_file
from app.services.imports.templates import write_sheet


def write(path: Path) -> None:
    """Write it.

    Raises:
        UserError: the file can't be written there.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = LAYOUT.name
    write_sheet(sheet, LAYOUT, {each.name: each.note for each in LAYOUT.columns}, {}, "")
    book.properties.creator = "Rentbook"
    book.properties.title = "Mandates in force"
    with whole_file(path) as temporary:
        book.save(temporary)
