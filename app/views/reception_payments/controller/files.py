"""Files of receipts joined to the services: listed, loaded, decided about, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.files import commands, jobs, listing, queries
from app.services.reception_payments.files.dto import (
    Doubt,
    FileCard,
    FileRow,
    LineRow,
    Loaded,
    LoadForm,
    NewLoad,
    Preview,
)
from app.services.reception_payments.files.dto_read import FileRead
from app.services.reception_payments.files.listing import FileFilter, LineFilter, Shown
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task, drop
from app.views.reception_payments.file_sheets import BackSheet, DecideSheet, LoadSheet
from app.views.reception_payments.files import FilesPage

_KINDS = "Files of receipts (*.csv *.txt *.dat *.xlsx);;All files (*)"
_PAUSE_MS = 300


class FilesController(QObject):
    """Joins the section Files to the services."""

    def __init__(self, office: Office) -> None:
        self.page = page = FilesPage(may_load=Permission.LOAD_RECEIPTS in office.desk.officer.permissions)
        super().__init__(page)
        self.office = office
        self._listed: Task | None = None
        self._card: Task | None = None
        self._lines: Task | None = None
        self._wanted: int | None = None
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self.refresh)
        page.file_chosen.connect(self._choose)
        page.load_wanted.connect(self._ask_file)
        page.file_dropped.connect(self.load)
        page.back_wanted.connect(lambda row: self._settle(row, reject=False))
        page.reject_wanted.connect(lambda row: self._settle(row, reject=True))
        page.save_wanted.connect(self._ask_place)
        page.decide_wanted.connect(self._decide)
        page.card.state_chosen.connect(self._list_lines)

    def refresh(self) -> None:
        """List the files again, with how many ask for something."""
        wanted = FileFilter(self.page.choice or Shown.ALL, self.page.words)
        self._listed = self.office.ask(self, listing.files, wanted, then=self._show, instead_of=self._listed)
        self.office.ask(self, listing.counts, then=self._count)

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a file, whatever choice is pressed."""
        self._wanted = record_id
        self.page.text.clear()
        self.page.press(Shown.ALL)
        self.refresh()

    def load(self, path: Path) -> None:
        """Look through a file, and load it when the officer says so."""
        LoadWork(self.office, self.page, path, self._show_next)

    def _show_next(self, file_id: int) -> None:
        """The next list that comes begins at this file."""
        self._wanted = file_id

    def _ask_file(self) -> None:
        asked = ask_open(self.page, "A file of receipts", _KINDS)
        asked.fileSelected.connect(lambda name: self.load(Path(name)))

    def _show(self, found: Sequence[FileRow]) -> None:
        self.page.show_rows(found)
        if self._wanted is not None:
            places = [at for at, row in enumerate(found) if row.file_id == self._wanted]
            self._wanted = None
            if places:
                self.page.table.go_to(places[0])
        self._choose(self.page.table.row() if found else None)

    def _count(self, counts: dict[Shown, int]) -> None:
        for shown, number in counts.items():
            self.page.count(shown, number)

    def _choose(self, row: FileRow | None) -> None:
        if row is None:
            drop(self._card)
            drop(self._lines)
            self.page.card.clear()
            self.page.allow()
            return
        self._card = self.office.ask(self, queries.card, row.file_id, then=self._show_card, instead_of=self._card)

    def _show_card(self, found: FileCard) -> None:
        self.page.card.show_file(found)
        self._list_lines()

    def _list_lines(self) -> None:
        found = self.page.card.found
        if found is not None:
            wanted = LineFilter(found.row.file_id, self.page.card.wanted)
            self._lines = self.office.ask(self, listing.lines, wanted, then=self._show_lines, instead_of=self._lines)

    def _show_lines(self, rows: Sequence[LineRow]) -> None:
        self.page.card.show_lines(rows)
        self.page.allow()

    def _decide(self, lines: tuple[LineRow, ...]) -> None:
        def show(found: Doubt | None) -> None:
            sheet = DecideSheet(self.page, lines, found)
            open_sheet(self.office, sheet, commands.decide, sheet.command, "")

        if len(lines) == 1:
            self.office.ask(self, listing.doubt, lines[0].line_id, then=show)
        else:
            show(None)

    def _ask_place(self, row: FileRow) -> None:
        def save(path: str) -> None:
            self.office.do(
                self, commands.save_as, row.file_id, path, then=lambda done: self.office.messages.good(done.told)
            )

        ask_save(self.page, f"Save file {row.number} as it came", row.file_name, _KINDS).fileSelected.connect(save)

    def _settle(self, row: FileRow, *, reject: bool) -> None:
        found = self.page.card.found
        if found is None or found.row.file_id != row.file_id:
            return
        if not reject and found.kept_back:
            self.office.messages.bad(UserError(f"File {row.number} can't be taken back any more.", found.kept_back))
            return
        sheet = BackSheet(self.page, row, found.version, reject=reject)
        saves = commands.reject if reject else commands.take_back
        open_sheet(self.office, sheet, saves, sheet.command, "")


class LoadWork(SheetWork):
    """A file that is looked through, and again a moment after something else is said of it; then loaded whole."""

    sheet: LoadSheet
    asks = staticmethod(queries.form)
    missing = UserError("The file is still looked through.", "Wait a moment, or choose its profile.")

    def __init__(self, office: Office, page: FilesPage, path: Path, loaded: Callable[[int], None]) -> None:
        super().__init__(office, page)
        self._path, self._loaded = path, loaded
        self._reading: Task | None = None
        self.begin(path.name)

    def make(self, found: LoadForm) -> LoadSheet:
        """The sheet, with the profiles."""
        return LoadSheet(self.page, self._path, found, self.office.desk.clock.today)

    def opened(self) -> None:
        """It is looked through."""
        self._pause = Pause(self, self._look, _PAUSE_MS)
        self.sheet.typed_changed.connect(self._pause.start)
        self._look()

    def save(self, command: NewLoad) -> None:
        """Load it: all of it, or nothing."""
        self.do(commands.load, command, label="Loading the file", cancellable=True)

    def tell(self, saved: Loaded) -> None:
        """Say what was done, and show the file."""
        self._loaded(saved.file_id)
        messages = self.office.messages
        (messages.warn if saved.quarantined or saved.waiting else messages.good)(saved.told)

    def _look(self) -> None:
        sheet = self.sheet
        drop(self._reading)
        drop(self._asked)
        if not sheet.ready_to_look():
            sheet.effects.say(sheet.wanting)
            return
        sheet.wait()
        asked: tuple[Any, ...] = (self._path, sheet.profile, sheet.asked())
        self._reading = self.office.job(
            self,
            jobs.read_file,
            *asked,
            then=self._read,
            label=f"Reading {self._path.name}",
            refused=sheet.show_refused,
        )

    def _read(self, file: FileRead) -> None:
        def show(found: Preview) -> None:
            self.sheet.show_preview(file, found)

        self.ask(queries.preview, file, then=show)
