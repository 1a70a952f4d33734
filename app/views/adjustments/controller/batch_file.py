"""A batch from a file: chosen, read, looked through, submitted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.adjustments.batches import jobs
from app.services.adjustments.batches.dto import BatchFile, BatchForm
from app.views.adjustments.batch import BatchSheet, LoadedSheet
from app.views.adjustments.controller.batch import BatchController
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.begin_work import BeginWork
from app.views.common.dialogs import ask_open
from app.views.common.office import Office

_FILES = "Spreadsheets (*.xlsx *.xlsm *.csv)"


class LoadedController(BatchController):
    """The batch of a file that was read."""

    def __init__(self, office: Office, page: AdjustmentsPage, file: BatchFile) -> None:
        self._file = file
        super().__init__(office, page)

    def made(self, form: BatchForm) -> BatchSheet:
        """The sheet with what is wrong in the file."""
        return LoadedSheet(self.page, form, self._file)


class ReadController(QObject):
    """A file that is read away from the window, with progress; it can be stopped. Then its sheet opens."""

    def __init__(self, office: Office, page: AdjustmentsPage, path: Path) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        office.job(self, jobs.read_file, path, then=self._open, label=f"Reading {path.name}")

    def _open(self, file: BatchFile) -> None:
        LoadedController(self._office, self._page, file)
        self.deleteLater()


class LoadController(QObject):
    """Choose the file that a batch is loaded from."""

    def __init__(
        self, office: Office, page: AdjustmentsPage, ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        asked = ask_open(page, "A file of adjustments", _FILES)
        super().__init__(asked)
        asked.fileSelected.connect(lambda name: ReadController(office, page, Path(name)))
