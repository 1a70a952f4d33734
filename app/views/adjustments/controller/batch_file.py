"""A batch from a file: chosen, read, looked through, submitted; and the empty workbook for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.adjustments.batches import jobs
from app.services.adjustments.batches.dto import BatchFile, BatchForm
from app.services.adjustments.batches.rules import unclear
from app.services.imports.dto import FileHeadings
from app.views.adjustments.batch import BatchSheet, LoadedSheet
from app.views.adjustments.controller.batch import BatchController
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.begin_work import BeginWork
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.headings_sheet import HeadingsSheet
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
    """A file that is read away from the window, with progress; it can be stopped. Then its sheet opens.

    Where its headings aren't all ours it is first asked what they stand for, once for files with the same headings.
    """

    def __init__(self, office: Office, page: AdjustmentsPage, path: Path) -> None:
        super().__init__(page)
        self._office, self._page, self._path = office, page, path
        office.job(self, jobs.headings, path, then=self._ask, label=f"Reading {path.name}")

    def _ask(self, found: FileHeadings) -> None:
        if found.settled and not unclear(found.headings):
            self._read(found.columns)
            return
        sheet = HeadingsSheet(self._page, found, unclear)
        sheet.confirmed.connect(lambda: self._chosen(sheet))
        sheet.rejected.connect(self.deleteLater)
        sheet.open()

    def _chosen(self, sheet: HeadingsSheet) -> None:
        columns = sheet.command()
        sheet.accept()
        self._read(columns)

    def _read(self, columns: Mapping[str, str]) -> None:
        label = f"Reading {self._path.name}"
        self._office.job(self, jobs.read_file, self._path, columns, then=self._open, label=label)

    def _open(self, file: BatchFile) -> None:
        LoadedController(self._office, self._page, file)
        self.deleteLater()


class TemplateController(QObject):
    """An empty workbook to fill in, with the kinds and reasons in use."""

    def __init__(
        self, office: Office, page: AdjustmentsPage, ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        asked = ask_save(page, "An empty workbook for a batch", "Batch of adjustments.xlsx", "Excel workbook (*.xlsx)")
        super().__init__(page)
        self._office = office
        asked.fileSelected.connect(lambda name: self._write(Path(name)))
        asked.rejected.connect(self.deleteLater)

    def _write(self, path: Path) -> None:
        told = f"Saved as {path.name}. Fill it in, and load it with Ctrl+L."
        self._office.job(
            self,
            jobs.write_template,
            path,
            then=lambda _done: self._office.messages.good(told),
            label=f"Writing {path.name}",
        )


class LoadController(QObject):
    """Choose the file that a batch is loaded from."""

    def __init__(
        self, office: Office, page: AdjustmentsPage, ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        asked = ask_open(page, "A file of adjustments", _FILES)
        super().__init__(asked)
        asked.fileSelected.connect(lambda name: ReadController(office, page, Path(name)))
