"""Loading a spreadsheet: reads, rehearses, loads, signs, and saves what goes on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.landlord_load import commands, corrected, queries, reconciliation, template
from app.services.landlord_load.dto import Loaded, LoadRow, Rehearsal
from app.views.admin.load import LoadPage
from app.views.common.dialogs import ask_folder, ask_open, ask_save
from app.views.common.office import Office

_WORKBOOK = "Excel workbook (*.xlsx)"
_LOADABLE = "Workbooks and CSV files (*.xlsx *.xlsm *.csv);;All files (*)"


class LoadController(QObject):
    """Joins the section that loads a spreadsheet to the services."""

    def __init__(self, office: Office) -> None:
        self.page = LoadPage()
        super().__init__(self.page)
        self._office = office
        self._rehearsal: Rehearsal | None = None
        self._load_id: int | None = None
        load = self.page
        load.file_wanted.connect(self._choose_file)
        load.folder_wanted.connect(self._choose_folder)
        load.template_wanted.connect(self._save_template)
        load.corrected_wanted.connect(self._save_corrected)
        load.load_wanted.connect(self._load)
        load.sign_wanted.connect(self._sign)
        load.paper_wanted.connect(self._save_paper)
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def rehearse(self, path: str) -> None:
        """The dry run of a file or folder."""
        panel = self.page
        self._rehearsal = None
        panel.show_reading(Path(path).name)
        panel.messages.clear()
        panel.set_busy(busy=True)
        task = self._office.ask(
            self,
            queries.rehearse,
            Path(path),
            then=self._rehearsed,
            refused=self._refused,
            label=f"Dry run of {Path(path).name}",
        )
        task.cancelled.connect(self._stopped)

    def _refresh(self) -> None:
        self._office.ask(self, queries.loads, then=self.page.show_loads)

    def _rehearsed(self, found: Rehearsal) -> None:
        self._rehearsal = found
        self.page.set_busy(busy=False)
        self.page.show_rehearsal(found)

    def _load(self) -> None:
        if self._rehearsal is None:
            return
        self.page.set_busy(busy=True)
        task = self._office.do(
            self,
            commands.load,
            self._rehearsal.file,
            then=self._loaded,
            refused=self._refused,
            label="Loading",
            cancellable=True,
        )
        task.cancelled.connect(self._stopped)

    def _loaded(self, loaded: Loaded) -> None:
        self.page.set_busy(busy=False)
        self._load_id = loaded.load_id
        if loaded.load_id is not None:
            self.page.show_loaded(loaded)
            self._office.messages.good("Loaded. Compare the reconciliation with your own figures, then sign it.")
        self._refresh()

    def _sign(self) -> None:
        if self._load_id is None:
            return

        def signed(_changes: object) -> None:
            self.page.show_signed()
            self._office.messages.good("The reconciliation is signed. Your accounts are on the tab Accounts.")

        self._office.do(self, commands.sign, self._load_id, then=signed, refused=self._refused)

    def _refused(self, error: UserError) -> None:
        self.page.set_busy(busy=False)
        self.page.begin()
        self.page.messages.bad(error)

    def _stopped(self) -> None:
        self.page.set_busy(busy=False)
        self.page.begin()
        self.page.messages.info("Stopped; nothing was loaded.")

    def _choose_file(self) -> None:
        ask_open(self.page, "Choose a workbook to load", _LOADABLE).fileSelected.connect(self.rehearse)

    def _choose_folder(self) -> None:
        ask_folder(self.page, "Choose a folder of CSV files").fileSelected.connect(self.rehearse)

    def _save_template(self) -> None:
        def save(path: str) -> None:
            self._saving(lambda: template.write(Path(path)), f"The template is saved as {Path(path).name}")

        ask_save(self.page, "Save the template", "Rentbook template.xlsx", _WORKBOOK).fileSelected.connect(save)

    def _save_corrected(self) -> None:
        found = self._rehearsal
        if found is None:
            return

        def save(path: str) -> None:
            words = f"The rows to correct are saved as {Path(path).name}: put them right there and load that file"
            self._saving(lambda: corrected.write(Path(path), found), words)

        name = f"{found.file.path.stem} to correct.xlsx"
        ask_save(self.page, "Save the rows to correct", name, _WORKBOOK).fileSelected.connect(save)

    def _save_paper(self, chosen: object) -> None:
        if not isinstance(chosen, LoadRow):
            return

        def save(path: str) -> None:
            self._office.ask(
                self,
                reconciliation.save,
                chosen.id,
                Path(path),
                then=lambda _done: self._office.messages.good(f"The reconciliation is saved as {Path(path).name}"),
            )

        name = f"Reconciliation of load {chosen.id}.pdf"
        ask_save(self.page, "Save the reconciliation", name, f"PDF (*.pdf);;{_WORKBOOK}").fileSelected.connect(save)

    def _saving(self, work: Callable[[], object], words: str) -> None:
        self._office.elsewhere(self, work, then=lambda _done: self._office.messages.good(words))
