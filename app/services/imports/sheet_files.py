"""One kind of file with a sheet of ours, away from the window: its headings, its rows, and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings, Heading, Layout
from app.services.imports.templates import write_book

F = TypeVar("F")


class SheetFiles(Generic[F]):
    """How a kind of file is read, as jobs of the window.

    Args:
        layout: its columns.
        read: reads it, given the path, the column of ours of each heading, the progress and the cancel token.
        title: of the empty workbook; empty where there is none.
        chosen: what an officer chose last for such headings, given the context and the columns that are proposed; None: nothing
            is remembered.
        masked: only the last two digits of numbers are shown below the headings.
    """

    def __init__(
        self,
        layout: Layout,
        read: Callable[..., F],
        title: str = "",
        chosen: Callable[..., Mapping[str, str] | None] | None = None,
        *,
        masked: bool = False,
    ) -> None:
        self.layout = layout
        self._read, self._title, self._chosen, self._masked = read, title, chosen, masked

    def headings(
        self, desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> FileHeadings:
        """The headings of a file and what each is read as: as an officer chose last for such headings, or by their words.

        Raises:
            UserError: as `imports.headings.read`.
        """
        (cancel or CancelToken()).check()
        progress(0, 0, "Reading the headings")
        found = heads.read(path, self.layout, masked=self._masked)
        return found if self._chosen is None else heads.proposed(found, desk.ask(self._chosen, found.columns))

    def unclear(self, chosen: Sequence[Heading]) -> str:
        """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
        return heads.lacking(self.layout, chosen) or heads.doubled(chosen)

    def read_file(
        self,
        _desk: Desk,
        path: Path,
        columns: Mapping[str, str] | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> F:
        """Read a file; no transaction is open while it is read.

        Raises:
            UserError: it can't be read.
            Cancelled: `cancel` was used.
        """
        return self._read(path, columns, progress, cancel)

    def write_template(
        self, _desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> None:
        """Write the empty workbook.

        Raises:
            UserError: the file can't be written there.
        """
        (cancel or CancelToken()).check()
        progress(0, 0, "Writing the workbook")
        write_book(path, self.layout, self._title)
