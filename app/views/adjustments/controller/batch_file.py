"""A batch from a file: chosen, read, looked through, submitted; and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.adjustments.batches import jobs
from app.services.adjustments.batches.dto import BatchFile, BatchForm
from app.services.adjustments.batches.rules import unclear
from app.views.adjustments.batch import BatchSheet, LoadedSheet
from app.views.adjustments.controller.batch import BatchController
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.begin_work import BeginWork
from app.views.common.dialogs import ask_open
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.load_work import FILES, save_template
from app.views.common.office import Office

_JOBS = FileJobs(jobs.headings, unclear, jobs.read_file, remembers=True)


class LoadedController(BatchController):
    """The batch of a file that was read."""

    def __init__(self, office: Office, page: AdjustmentsPage, file: BatchFile) -> None:
        self._file = file
        super().__init__(office, page)

    def made(self, form: BatchForm) -> BatchSheet:
        """The sheet with what is wrong in the file."""
        return LoadedSheet(self.page, form, self._file)


def read_batch(office: Office, page: AdjustmentsPage, path: Path) -> None:
    """Read a file of adjustments; then its sheet opens."""
    FileReading(office, page, path, _JOBS, partial(LoadedController, office, page))


class TemplateController(QObject):
    """An empty workbook to fill in, with the kinds and reasons in use."""

    def __init__(
        self, office: Office, page: AdjustmentsPage, ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        super().__init__(page)
        title, name = "An empty workbook for a batch", "Batch of adjustments.xlsx"
        asked = save_template(office, self, page, title, name, jobs.write_template)
        asked.rejected.connect(self.deleteLater)


class LoadController(QObject):
    """Choose the file that a batch is loaded from."""

    def __init__(
        self, office: Office, page: AdjustmentsPage, ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        asked = ask_open(page, "A file of adjustments", FILES)
        super().__init__(asked)
        asked.fileSelected.connect(lambda name: read_batch(office, page, Path(name)))
