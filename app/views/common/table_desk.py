"""What every table of a page can have done: export, print preview, and a copy of rows that are not in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.services.workbench.listing import FileKind, Listing
from app.views.common import formats
from app.views.common.files import write_file
from app.views.common.page import Page

if TYPE_CHECKING:
    from app.views.common.data_table import DataTable
    from app.views.common.export_sheet import ExportSheet
    from app.views.common.office import Office
    from app.views.common.print_preview import PreviewSheet

_PROPERTY = "rentbook_table_desk"
_SUFFIXES = {
    FileKind.XLSX: "Excel workbook (*.xlsx)",
    FileKind.CSV: "CSV (*.csv)",
    FileKind.PDF: "PDF (*.pdf)",
}
EXPORT_KEY, PREVIEW_KEY = "Ctrl+E", "Ctrl+P"


def desk_of(widget: QWidget) -> TableDesk | None:
    """The table desk of the page that a widget is on, or that its dialog was opened from; None where there is none."""
    above: QWidget | None = widget
    while above is not None:
        found = above.property(_PROPERTY)
        if isinstance(found, TableDesk):
            return found
        above = above.parentWidget()
    return None


class TableDesk(QObject):
    """Serves every table of a page, also those in its dialogs, without their asking for it.

    Keys: Ctrl+E exports and Ctrl+P previews the table that the officer is on, unless the page has given them away.
    """

    def __init__(self, page: Page, office: Office) -> None:
        super().__init__(page)
        self._page = page
        self._office = office
        assert office.tables is not None
        self._doors = office.tables
        page.setProperty(_PROPERTY, self)
        taken = {key.keys for key in page.keys}
        for keys, does, slot in (
            (EXPORT_KEY, "Export the table", self.export),
            (PREVIEW_KEY, "Print preview of the table", self.preview),
        ):
            if keys not in taken:
                page.add_key(keys, does, slot)

    def export(self, table: DataTable | None = None) -> None:
        """Ask which file, then write what the table shows to it."""
        from app.views.common.export_sheet import ExportSheet

        table = table or self._current()
        if table is None:
            return
        sheet = ExportSheet(table.window() if table.window() is not self._page.window() else self._page, table)
        sheet.confirmed.connect(lambda: self._ask_where(sheet, self._stamped(sheet.listing()), sheet.kind()))
        sheet.open()

    def preview(self, table: DataTable | None = None) -> None:
        """Show what would be printed."""
        from app.views.common.print_preview import PreviewSheet

        table = table or self._current()
        if table is None:
            return
        listing = self._stamped(table.listing())
        sheet = PreviewSheet(table.window() if table.window() is not self._page.window() else self._page, listing)
        sheet.save_wanted.connect(partial(self._save_pages, sheet, listing.title))
        self._office.ask(
            sheet,
            self._doors.pages,
            listing,
            then=sheet.show_pdf,
            refused=sheet.show_error,
            label=f"Making the pages of {listing.title}",
        ).cancelled.connect(sheet.reject)
        sheet.open()

    def copy(self, write: Callable[[Any], str], count: int, chosen: int) -> None:
        """Copy rows that have to be read first."""

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.say_copied(count, chosen)

        self._office.ask(self, write, then=copied, label=f"Copying {formats.count(count, 'row')}")

    def take_key(self, event: QKeyEvent, table: DataTable) -> bool:
        """Export or preview a table of a dialog, which the keys of the page don't reach; whether the key was meant so."""
        pressed = QKeySequence(event.keyCombination())
        if pressed == QKeySequence(EXPORT_KEY):
            self.export(table)
        elif pressed == QKeySequence(PREVIEW_KEY):
            self.preview(table)
        else:
            return False
        return True

    def say_copied(self, count: int, chosen: int) -> None:
        """Say what is on the clipboard."""
        if count < chosen:
            self._office.messages.info(
                f"The first {count:,} of {chosen:,} rows are copied: a clipboard holds no more. Export has them all."
            )
        elif count > 1:
            self._office.messages.good(f"{count:,} rows are copied.")

    def _current(self) -> DataTable | None:
        """The table that the officer is on, else the first that can be seen."""
        from app.views.common.data_table import DataTable

        at = QApplication.focusWidget()
        while at is not None and at is not self._page:
            if isinstance(at, DataTable):
                return at
            inside = [each for each in at.findChildren(DataTable) if each.isVisible()]
            if len(inside) == 1:
                return inside[0]
            at = at.parentWidget()
        seen = [each for each in self._page.findChildren(DataTable) if each.isVisible()]
        if not seen:
            self._office.messages.info("There is no table here to export or print.")
        return seen[0] if seen else None

    def _stamped(self, listing: Listing) -> Listing:
        return replace(listing, database=self._doors.database)

    def _ask_where(self, sheet: ExportSheet, listing: Listing, kind: FileKind) -> None:
        def write(path: str) -> None:
            sheet.accept()
            self._write(Path(path), kind, listing)

        self._ask_path(sheet, listing.title, kind).fileSelected.connect(write)

    def _save_pages(self, sheet: PreviewSheet, title: str) -> None:
        """Save the very pages that are seen."""

        def write(path: str) -> None:
            self._office.elsewhere(
                self,
                partial(write_file, Path(path), sheet.content),
                then=lambda _done: sheet.messages.good(f"The pages are saved as {Path(path).name}"),
                refused=sheet.show_problem,
            )

        self._ask_path(sheet, title, FileKind.PDF).fileSelected.connect(write)

    def _ask_path(self, sheet: QWidget, title: str, kind: FileKind) -> QFileDialog:
        from app.views.common.dialogs import ask_save

        today = self._office.desk.clock.today()
        name = "".join(letter for letter in title if letter.isalnum() or letter in " -,").strip()
        return ask_save(sheet, f"Export {title}", f"{name or 'Table'} {today.isoformat()}.{kind}", _SUFFIXES[kind])

    def _write(self, path: Path, kind: FileKind, listing: Listing) -> None:
        def written(count: int) -> None:
            self._office.messages.good(f"{listing.title}: {formats.count(count, 'row')} exported to {path}")

        task = self._office.ask(
            self, self._doors.export, path, kind, listing, then=written, label=f"Exporting {listing.title}"
        )
        task.cancelled.connect(lambda: self._office.messages.info("The export was stopped; no file was written."))
