"""A file of budgets: its headings, its rows, and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings, Heading
from app.services.imports.templates import write_book
from app.services.purchase_orders.budgets.loading import reading
from app.services.purchase_orders.budgets.loading.dto import BudgetFile


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
    return heads.lacking(reading.LAYOUT, chosen) or heads.doubled(chosen)


def read_file(
    _desk: Desk,
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BudgetFile:
    """Read a file; no transaction is open while it is read.

    Raises:
        UserError: as `reading.read`.
        Cancelled: `cancel` was used.
    """
    return reading.read(path, columns, progress, cancel)


def write_template(
    _desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> None:
    """Write the empty workbook of budgets.

    Raises:
        UserError: the file can't be written there.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Writing the template")
    write_book(path, reading.LAYOUT, "Budgets of a year")
