"""Suppliers from a spreadsheet: chosen, read, looked through, loaded whole or not at all; and the empty workbook for them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.purchase_orders.suppliers import queries
from app.services.purchase_orders.suppliers.dto import SupplierForm
from app.services.purchase_orders.suppliers.loading import checking, commands, jobs
from app.services.purchase_orders.suppliers.loading.dto import NewLoad, SupplierFile
from app.views.common.dialogs import ask_open
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.load_work import FILES, LoadWork, save_template
from app.views.common.office import Office
from app.views.purchase_orders.supplier_load import SupplierLoadSheet
from app.views.purchase_orders.suppliers import SuppliersPage

_JOBS = FileJobs(jobs.FILES.headings, jobs.FILES.unclear, jobs.FILES.read_file)


class SupplierLoadWork(LoadWork):
    """The suppliers of a file that was read."""

    sheet: SupplierLoadSheet
    asks = staticmethod(queries.form)
    checks = staticmethod(checking.check)

    def __init__(self, office: Office, page: SuppliersPage, file: SupplierFile) -> None:
        super().__init__(office, page)
        self._file = file
        self.begin()

    def make(self, found: SupplierForm) -> SupplierLoadSheet:
        """The sheet with what is wrong in the file."""
        return SupplierLoadSheet(self.page, self._file, found)

    def save(self, command: NewLoad) -> None:
        """Load it: all of it, or nothing."""
        self.do(commands.load, command, label="Loading suppliers", cancellable=True)


class SupplierFiles(QObject):
    """Files of suppliers: one that is loaded, and the empty workbook."""

    def __init__(self, office: Office, page: SuppliersPage) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        page.load_wanted.connect(self._load)
        page.template_wanted.connect(self._template)

    def _load(self) -> None:
        asked = ask_open(self._page, "A file of suppliers", FILES)
        opens = partial(SupplierLoadWork, self._office, self._page)
        asked.fileSelected.connect(lambda name: FileReading(self._office, self._page, Path(name), _JOBS, opens))

    def _template(self) -> None:
        title, name = "An empty workbook for suppliers", "Suppliers.xlsx"
        save_template(self._office, self, self._page, title, name, jobs.FILES.write_template)
