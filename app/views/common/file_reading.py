"""A file that the officer chose, read away from the window; what its headings stand for is asked first where that isn't clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.imports.dto import FileHeadings, Heading
from app.views.common.headings_sheet import HeadingsSheet
from app.views.common.office import Office


@dataclass(frozen=True, slots=True)
class FileJobs:
    """How a kind of file is read.

    Attributes:
        headings: the job that finds its headings, given the path.
        unclear: what keeps a file from being read as its headings are chosen, as a sentence; empty where they will do.
        read: the job that reads it, given the path and our column of each heading.
        remembers: what the headings stand for is kept for files with the same; then every one is asked about once, also those
            that would be left out.
    """

    headings: Callable[..., FileHeadings]
    unclear: Callable[[Sequence[Heading]], str]
    read: Callable[..., Any]
    remembers: bool = False


class FileReading(QObject):
    """Reads a file, with progress; it can be stopped. Then what was read is handed on."""

    def __init__(
        self, office: Office, page: QWidget, path: Path, jobs: FileJobs, then: Callable[[Any], object]
    ) -> None:
        super().__init__(page)
        self._office, self._page, self._path, self._jobs, self._then = office, page, path, jobs, then
        self._label = f"Reading {path.name}"
        office.job(self, jobs.headings, path, then=self._ask, label=self._label)

    def _ask(self, found: FileHeadings) -> None:
        jobs = self._jobs
        if (found.settled or not jobs.remembers) and not jobs.unclear(found.headings):
            self._read(found.columns)
            return
        sheet = HeadingsSheet(self._page, found, jobs.unclear, remembers=jobs.remembers)
        sheet.confirmed.connect(lambda: self._chosen(sheet))
        sheet.rejected.connect(self.deleteLater)
        sheet.open()

    def _chosen(self, sheet: HeadingsSheet) -> None:
        columns = sheet.command()
        sheet.accept()
        self._read(columns)

    def _read(self, columns: Mapping[str, str]) -> None:
        self._office.job(self, self._jobs.read, self._path, columns, then=self._hand_on, label=self._label)

    def _hand_on(self, file: Any) -> None:
        self._then(file)
        self.deleteLater()
