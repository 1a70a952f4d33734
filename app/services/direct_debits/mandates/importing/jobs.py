"""A file of mandates, away from the window: its headings, its rows, and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.direct_debits.mandates.importing import queries, reading, template
from app.services.direct_debits.mandates.importing.dto import MandateFile
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings, Heading


def headings(
    desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> FileHeadings:
    """The headings of a file and what each is read as: as the officer chose last for such headings, or by their words.

    Of the numbers below them only the last two digits are shown.

    Raises:
        UserError: as `imports.headings.read`.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Reading the headings")
    found = heads.read(path, reading.LAYOUT, masked=True)
    return heads.proposed(found, desk.ask(queries.chosen_columns, heads.key_of(found.columns)))


def unclear(chosen: Sequence[Heading]) -> str:
    """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
    return heads.lacking(reading.LAYOUT, chosen) or heads.doubled(chosen)


def read_file(
    _desk: Desk,
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> MandateFile:
    """Read a file; no transaction is open while it is read.

    Raises:
        UserError: as `reading.read`.
        Cancelled: `cancel` was used.
    """
    return reading.read(path, columns, progress, cancel)


def write_template(
    _desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> None:
    """Write the empty workbook.

    Raises:
        UserError: the file can't be written there.
    """
    (cancel or CancelToken()).check()
    progress(0, 0, "Writing the workbook")
    template.write(path)
