"""The office's e-mail is fetched while the window is open, as often as each mailbox says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.services.core.errors import NotAllowed, UserError
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.views.common.office import Office, is_running
from app.views.common.tasks import Task

if TYPE_CHECKING:
    from app.services.post_log.mailboxes.dto import Fetched

EACH_MS: Final = 60_000
_FETCH: Final = Later("app.services.jobs.background", "fetch_mail")


class Inbox(QObject):
    """Looks each minute which mailboxes are due, where the officer logs post.

    One window or the scheduler fetches at a time; the same message is logged once, whoever brings it. A mailbox that fails says
    so in its section, and is tried again when it is next due.
    """

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._task: Task | None = None
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self.fetch)

    def begin(self) -> None:
        """The first page is there: fetch from now on."""
        if Permission.LOG_POST in self._office.desk.officer.permissions:
            self._timer.start()

    def fetch(self) -> None:
        """Fetch what is due, unless that is still under way."""
        if not is_running(self._task):
            self._task = self._office.job(self, _FETCH, then=self._fetched, label="", refused=self._refused)

    def _fetched(self, found: Fetched) -> None:
        """What came is told by the list itself: the pages hear of it."""

    def _refused(self, error: UserError) -> None:
        """Whoever may not is asked no more; a busy database or whatever else passes is asked again at the next turn."""
        if isinstance(error, NotAllowed):
            self._timer.stop()
