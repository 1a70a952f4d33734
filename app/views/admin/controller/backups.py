"""Backups: listed, made, tried, rehearsed and put back, each in a worker."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from app.services.backups import commands, jobs, queries, rehearsing
from app.services.backups.dto import AREAS, BackupRow, Board, Made, Rehearsal, Tried
from app.services.core.permissions import Permission
from app.views.admin.backups import BackupsSection
from app.views.admin.backups_sheets import FolderSheet, PutBackSheet, RehearsalSheet
from app.views.common.dialogs import ask_open
from app.views.common.office import Office

_KINDS: Final = "Backups (*.db);;All files (*)"


class BackupsController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self._may_restore = Permission.RESTORE_BACKUPS in held and office.put_back is not None
        self.page = BackupsSection(may_change=Permission.MAKE_BACKUPS in held, may_restore=self._may_restore)
        super().__init__(self.page)
        self._office = office
        self._folder = ""
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.make_wanted.connect(self._make)
        self.page.check_wanted.connect(self._check)
        self.page.rehearse_wanted.connect(self._rehearse)
        self.page.file_wanted.connect(self._choose_file)
        self.page.folder_wanted.connect(self._choose_folder)

    def rehearse_file(self, chosen: str) -> None:
        """Rehearse a backup that was chosen as a file."""
        self._office.job(
            self, rehearsing.of_file, Path(chosen), label="Rehearsing the restore", then=self._show_rehearsal
        )

    def _refresh(self) -> None:
        self._office.ask(self, queries.board, then=self._show)

    def _show(self, board: Board) -> None:
        self._folder = board.folder if board.chosen else ""
        self.page.show_board(board)

    def _make(self) -> None:
        self._office.job(self, jobs.make, label="Making a backup", changes=AREAS, then=self._made)

    def _made(self, made: Made) -> None:
        (self._office.messages.good if made.good else self._office.messages.warn)(made.told)

    def _check(self, chosen: BackupRow) -> None:
        self._office.job(self, jobs.check, chosen.backup_id, label="Trying the backup", changes=AREAS, then=self._tried)

    def _tried(self, tried: Tried) -> None:
        good = not tried.faults and tried.state.value == "good"
        (self._office.messages.good if good else self._office.messages.warn)(tried.words)

    def _rehearse(self, chosen: BackupRow) -> None:
        self._office.job(
            self, rehearsing.of_listed, chosen.backup_id, label="Rehearsing the restore", then=self._show_rehearsal
        )

    def _show_rehearsal(self, found: Rehearsal) -> None:
        sheet = RehearsalSheet(self.page, found, may_restore=self._may_restore)

        def go_on() -> None:
            sheet.close()
            self._ask_words(found)

        sheet.confirmed.connect(go_on)
        sheet.open()

    def _ask_words(self, found: Rehearsal) -> None:
        sheet = PutBackSheet(self.page, found)

        def begin(values: dict[str, str]) -> None:
            if not sheet.agreed(values):
                return
            reason = values["reason"].strip()

            def then(_changes: object) -> None:
                sheet.close()
                if self._office.put_back is not None:
                    self._office.put_back(found.file, reason)

            self._office.do(self, commands.begin_restore, found.file.name, reason, then=then, refused=sheet.show_error)

        sheet.filled.connect(begin)
        sheet.open()

    def _choose_file(self) -> None:
        ask_open(self.page, "Choose the backup", _KINDS).fileSelected.connect(self.rehearse_file)

    def _choose_folder(self) -> None:
        sheet = FolderSheet(self.page, self._folder)

        def use(values: dict[str, str]) -> None:
            def done(warning: str) -> None:
                sheet.close()
                if warning:
                    self._office.messages.warn(warning)
                else:
                    self._office.messages.good("Backups go there from now on.")

            self._office.do(
                self, commands.choose_folder, values["folder"], then=done, refused=sheet.show_error, changes=AREAS
            )

        sheet.filled.connect(use)
        sheet.open()
