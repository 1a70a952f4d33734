"""A file of suppliers: its headings, its rows, and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.exports.files import whole_file
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings, Heading
from app.services.imports.mapping import read_twice
from app.services.imports.templates import write_sheet
from app.services.purchase_orders.suppliers.loading import reading
from app.services.purchase_orders.suppliers.loading.dto import SupplierFile


def headings(
    _desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> FileHeadings:
    """The headings of a file, and what each is read as by its words.

    Raises:
        UserError: as `headings.read`.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Reading the headings")
    return heads.read(path, reading.LAYOUT)


def unclear(chosen: Sequence[Heading]) -> str:
    """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
    fields = [each.field for each in chosen if each.field]
    missing = [heads.title_of(each).lower() for each in reading.LAYOUT.required if each not in fields]
    if missing:
        return f"Say which heading is the {' and the '.join(missing)}."
    twice = next((each for each in fields if fields.count(each) > 1), "")
    return read_twice(chosen) or (f"Two headings are both the {heads.title_of(twice).lower()}." if twice else "")


def read_file(
    _desk: Desk,
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> SupplierFile:
    """Read a file; no transaction is open while it is read.

    Raises:
        UserError: as `reading.read`.
        Cancelled: `cancel` was used.
    """
    return reading.read(path, columns, progress, cancel)


def write_template(
    _desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> None:
    """Write the empty workbook of suppliers.

    Raises:
        UserError: the file can't be written there.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Writing the template")
    book = Workbook()
    sheet: Any = book.active
    sheet.title = reading.NAME
    write_sheet(sheet, reading.LAYOUT, {each.name: each.note for each in reading.LAYOUT.columns}, {}, "")
    book.properties.creator = "Rentbook"
    book.properties.title = "Suppliers"
    with whole_file(path) as temporary:
        book.save(temporary)
