"""Who is here: listed anew every half minute; a desk is asked to sign out, maintenance announced and ended."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from app.services.admin import maintenance
from app.services.admin.maintenance import MaintenanceChanged, NewMaintenance
from app.services.admin.sessions import commands, queries
from app.services.admin.sessions.dto import SessionRow, SessionsPage, SignOutAsked
from app.services.core.permissions import Permission
from app.views.admin.who_is_here import AskSheet, MaintenanceSheet, OpenSheet, WhoIsHereSection
from app.views.common.dialogs import Sheet
from app.views.common.office import Office, is_running
from app.views.common.tasks import Task

EACH_MS: Final = 30_000


class WhoIsHereController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = WhoIsHereSection(may_change=Permission.CLOSE_RENTBOOK in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self._task: Task | None = None
        self._begun = False
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.ended_wanted.connect(lambda _on: self._refresh())
        self.page.ask_wanted.connect(self._ask)
        self.page.close_wanted.connect(self._announce)
        self.page.end_wanted.connect(self._end)
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self._look_again)
        self._timer.start()

    def _look_again(self) -> None:
        """While it is looked at, who is here changes by itself."""
        if self.page.isVisible() and not is_running(self._task):
            self._refresh()

    def _refresh(self) -> None:
        def show(found: SessionsPage) -> None:
            self._begun = found.maintenance is not None and found.maintenance.begins_at <= found.moment
            self.page.show_page(found)

        ended = self.page.ended.isChecked()
        self._task = self._office.ask(self, queries.page, ended=ended, then=show, instead_of=self._task)

    def _ask(self, chosen: SessionRow) -> None:
        sheet = AskSheet(self.page, chosen)

        def ask(values: dict[str, Any]) -> None:
            def done(asked: SignOutAsked) -> None:
                self._done(sheet, asked.told)

            words = values["words"]
            self._office.do(
                self, commands.ask_to_sign_out, chosen.session_id, words, then=done, refused=sheet.show_error
            )

        sheet.filled.connect(ask)
        sheet.open()

    def _announce(self) -> None:
        sheet = MaintenanceSheet(self.page)

        def announce(values: dict[str, Any]) -> None:
            def done(changed: MaintenanceChanged) -> None:
                self._done(sheet, changed.told)

            new = NewMaintenance(values["minutes"], values["words"])
            self._office.do(self, maintenance.announce, new, then=done, refused=sheet.show_error)

        sheet.filled.connect(announce)
        sheet.open()

    def _end(self) -> None:
        sheet = OpenSheet(self.page, begun=self._begun)

        def end() -> None:
            def done(changed: MaintenanceChanged) -> None:
                self._done(sheet, changed.told)

            self._office.do(self, maintenance.end, then=done, refused=sheet.show_error)

        sheet.confirmed.connect(end)
        sheet.open()

    def _done(self, sheet: Sheet, words: str) -> None:
        sheet.close()
        self._office.messages.good(words)
