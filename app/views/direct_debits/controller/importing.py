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
from app.views.common.dialogs import ask_open
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.load_work import FILES, LoadWork, save_template
from app.views.common.office import Office
from app.views.direct_debits.importing import LoadSheet

_JOBS = FileJobs(jobs.FILES.headings, jobs.FILES.unclear, jobs.FILES.read_file, remembers=True)


class LoadedController(LoadWork):
    """The mandates of a file that was read."""

    sheet: LoadSheet
    checks = staticmethod(queries.check)
    saves = staticmethod(loading.load)

    def __init__(self, office: Office, page: QWidget, file: MandateFile) -> None:
        super().__init__(office, page)
        self._file = file
        self.begin()

    def make(self, _found: None) -> LoadSheet:
        """The sheet with what is wrong in the file."""
        return LoadSheet(self.page, self._file)

    def in_hand(self) -> NewLoad:
        """What is looked through, before all is typed that loading needs."""
        return self.sheet.looked_through()

    def save(self, command: NewLoad) -> None:
        """Load it: all of it, or nothing."""
        self.do(loading.load, command, label="Loading mandates", cancellable=True)


class LoadController(QObject):
    """Choose the file that mandates are loaded from."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = (), wanted: BeginWork | None = None) -> None:
        asked = ask_open(page, "A file of mandates", FILES)
        super().__init__(asked)
        opens = partial(LoadedController, office, page)
        asked.fileSelected.connect(lambda name: FileReading(office, page, Path(name), _JOBS, opens))


class TemplateController(QObject):
    """An empty workbook of mandates to fill in."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = (), wanted: BeginWork | None = None) -> None:
        super().__init__(page)
        title, name = "An empty workbook for mandates", "Mandates.xlsx"
        save_template(office, self, page, title, name, jobs.FILES.write_template)
