"""The exit export: listed, asked for in plain text, and written in a worker with progress and a way to stop."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.services.exit_export import commands, jobs, queries
from app.services.exit_export.dto import ExportBoard, Exported
from app.views.admin.exit_export import ExitSection, ExportSheet
from app.views.admin.listed import ReasonSheet
from app.views.common.dialogs import ask_folder
from app.views.common.office import Office

_AREAS: Final = frozenset({"admin", "approvals"})


class ExitController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ExitSection(may_change=Permission.EXPORT_ALL in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self._allowed = False
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.export_wanted.connect(self._ask)
        self.page.ask_wanted.connect(self._ask_opened)

    def export(self, folder: str, *, opened: bool = False) -> None:
        """Write everything to a new folder in this one."""
        at = self._office.desk.clock.now().astimezone()
        made = Path(folder) / f"rentbook-exit-{at:%Y%m%d-%H%M%S}"
        self._office.job(
            self, jobs.export, made, label="Exporting everything", then=self._done, changes=_AREAS, opened=opened
        )

    def _refresh(self) -> None:
        self._office.ask(self, queries.board, then=self._show)

    def _show(self, board: ExportBoard) -> None:
        self._allowed = board.allowed
        self.page.show_board(board)

    def _ask(self) -> None:
        sheet = ExportSheet(self.page, allowed=self._allowed)

        def choose(values: dict[str, Any]) -> None:
            sheet.close()
            opened = bool(values.get("opened"))
            ask_folder(self.page, "Where the folder is made").fileSelected.connect(
                lambda folder: self.export(folder, opened=opened)
            )

        sheet.filled.connect(choose)
        sheet.open()

    def _done(self, made: Exported) -> None:
        (self._office.messages.warn if made.opened else self._office.messages.good)(" ".join(made.told))

    def _ask_opened(self) -> None:
        sheet = ReasonSheet(self.page, "Ask for an export in plain text", "Ask")

        def ask(reason: str) -> None:
            def done(request: int) -> None:
                sheet.close()
                self._office.messages.good(f"Request {request} waits for a second officer on the page Approvals.")

            self._office.do(self, commands.ask_opened, reason, then=done, refused=sheet.show_error, changes=_AREAS)

        sheet.given.connect(ask)
        sheet.open()
