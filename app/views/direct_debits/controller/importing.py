"""Mandates from a spreadsheet: chosen, read, looked through, loaded whole or not at all; and the empty workbook for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.direct_debits import loading
from app.services.direct_debits.mandates.importing import jobs, queries
from app.services.direct_debits.mandates.importing.dto import MandateFile, NewLoad
from app.views.common.begin_work import BeginWork
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork
from app.views.direct_debits.importing import LoadSheet

_PAUSE_MS = 250
_FILES = "Spreadsheets (*.xlsx *.xlsm *.csv)"
_JOBS = FileJobs(jobs.headings, jobs.unclear, jobs.read_file, remembers=True)


class LoadedController(SheetWork):
    """The mandates of a file that was read."""

    sheet: LoadSheet
    saves = staticmethod(loading.load)

    def __init__(self, office: Office, page: QWidget, file: MandateFile) -> None:
        super().__init__(office, page)
        self._file = file
        self.begin()

    def make(self, _found: None) -> LoadSheet:
        """The sheet with what is wrong in the file."""
        return LoadSheet(self.page, self._file)

    def opened(self) -> None:
        """It is looked through at once, and a moment after each change."""
        self._pause = Pause(self, self._look, _PAUSE_MS)
        self.sheet.typed_changed.connect(self._pause.start)
        self._look()

    def save(self, command: NewLoad) -> None:
        """Load it: all of it, or nothing."""
        self.do(loading.load, command, label="Loading mandates", cancellable=True)

    def _look(self) -> None:
        self.ask(queries.check, self.sheet.looked_through(), then=self.sheet.show_checked)


class LoadController(QObject):
    """Choose the file that mandates are loaded from."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = (), wanted: BeginWork | None = None) -> None:
        asked = ask_open(page, "A file of mandates", _FILES)
        super().__init__(asked)
        opens = partial(LoadedController, office, page)
        asked.fileSelected.connect(lambda name: FileReading(office, page, Path(name), _JOBS, opens))


class TemplateController(QObject):
    """An empty workbook of mandates to fill in."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = (), wanted: BeginWork | None = None) -> None:
        asked = ask_save(page, "An empty workbook for mandates", "Mandates.xlsx", "Excel workbook (*.xlsx)")
        super().__init__(page)
        self._office = office
        asked.fileSelected.connect(lambda name: self._write(Path(name)))

    def _write(self, path: Path) -> None:
        told = f"Saved as {path.name}. Fill it in, and load it with Ctrl+L."
        self._office.job(
            self,
            jobs.write_template,
            path,
            then=lambda _done: self._office.messages.good(told),
            label=f"Writing {path.name}",
        )
