"""The sign-in log: read."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.admin import sign_in_log
from app.views.admin.sign_in_log import SignInLogSection
from app.views.common.office import Office


class SignInLogController(QObject):
    """Joins the section of the sign-in log to the services."""

    def __init__(self, office: Office) -> None:
        self.page = SignInLogSection()
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.amiss_wanted.connect(lambda _on: self._refresh())

    def _refresh(self) -> None:
        self._office.ask(self, sign_in_log.page, amiss_only=self.page.amiss.isChecked(), then=self.page.show_lines)
