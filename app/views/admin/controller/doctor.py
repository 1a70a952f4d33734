"""The doctor looks, in a worker; the bundle is shown before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Desk
from app.services.diagnostics import bundle, jobs
from app.services.diagnostics.dto import Report
from app.views.admin.doctor import BundleSheet, DoctorSection, as_text
from app.views.common.dialogs import ask_save
from app.views.common.office import Office

_NAME: Final = "rentbook-support.zip"


class DoctorController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = DoctorSection()
        super().__init__(self.page)
        self._office = office
        self._report: Report | None = None
        self.page.refresh_wanted.connect(lambda _changes: self._look(full=False))
        self.page.look_wanted.connect(lambda whole: self._look(full=whole))
        self.page.copy_wanted.connect(self._copy)
        self.page.bundle_wanted.connect(self._show_bundle)

    def _look(self, *, full: bool) -> None:
        label = "Proving the ledger" if full else "Looking"
        self._office.job(self, jobs.examine, full=full, label=label, then=self._show)

    def _show(self, report: Report) -> None:
        self._report = report
        self.page.show_report(report)

    def _copy(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(as_text(self._report))
            self._office.messages.good("Copied.")

    def _show_bundle(self) -> None:
        self._office.job(self, _texts, label="Putting the bundle together", then=self._offer)

    def _offer(self, files: Mapping[str, str]) -> None:
        sheet = BundleSheet(self.page, files)
        sheet.confirmed.connect(lambda: self._choose(sheet))
        sheet.open()

    def _choose(self, sheet: BundleSheet) -> None:
        chosen = ask_save(sheet, "Save the support bundle", _NAME, "Zip files (*.zip)").fileSelected
        chosen.connect(lambda name: self._save(sheet, Path(name)))

    def _save(self, sheet: BundleSheet, file: Path) -> None:
        def done(_: object) -> None:
            sheet.close()
            self._office.messages.good(f"The bundle is in {file}.")

        self._office.elsewhere(
            self, lambda: bundle.write(sheet.files, file, replace=True), then=done, refused=sheet.show_error
        )


def _texts(desk: Desk, progress: Progress, cancel: CancelToken) -> dict[str, str]:
    return bundle.texts(jobs.examine(desk, progress, cancel), desk)
