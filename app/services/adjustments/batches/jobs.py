"""A file of adjustments: its headings, its rows, and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.services.adjustments.batches import queries, reading, template
from app.services.adjustments.batches.dto import BatchFile
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings


def headings(
    desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> FileHeadings:
    """The headings of a file and what each is read as: as the officer chose last for such headings, or by their words.

    Raises:
        UserError: as `headings.read`.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Reading the headings")
    found = heads.read(path, reading.layout(desk.ask(queries.form)))
    return heads.proposed(found, desk.ask(queries.chosen_columns, heads.key_of(found.columns)))


def write_template(desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None) -> None:
    """Write the empty workbook of a batch, with the kinds and reasons in use.

    Raises:
        UserError: the file can't be written there.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Writing the template")
    template.write(path, desk.ask(queries.form))


def read_file(
    desk: Desk,
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BatchFile:
    """Read a file by the kinds and reasons in use; no transaction is open while it is read.

    Raises:
        UserError: as `reading.read`.
        Cancelled: `cancel` was used.
    """
    return reading.read(path, desk.ask(queries.form), columns, progress, cancel)
