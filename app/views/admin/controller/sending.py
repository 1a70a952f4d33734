"""The settings of GOV.UK Notify: shown without the key, and saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.letters.commands import sending
from app.views.admin.sending import SendingPage
from app.views.common.office import Office


class SendingController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = SendingPage(may_change=Permission.EDIT_POLICY in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.save_wanted.connect(self._save)

    def _refresh(self) -> None:
        self._office.ask(self, sending.settings, then=self.page.show_settings)

    def _save(self) -> None:
        settings, key = self.page.settings()
        self._office.do(self, sending.set_sending, settings, key, then=self._saved, refused=self._refused)

    def _saved(self, _changes: Changes) -> None:
        self._office.messages.good("Saved. What waits goes out with the next sending.")
        self._refresh()

    def _refused(self, error: UserError) -> None:
        if not self.page.form.show_error(error):
            self._office.messages.bad(error)
