"""What is queued for e-mail and text goes out while the window is open, without anybody asking: by Notify and by the mailboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.services.core.changes import Changes
from app.services.core.errors import NotAllowed, UserError
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.views.common.office import Office, is_running
from app.views.common.tasks import Task

if TYPE_CHECKING:
    from app.services.letters.dto import SendResult
    from app.services.post_log.sending.dto import MailSent

EACH_MS: Final = 180_000
_LOOK_UP_EVERY: Final = 10
"""Every so many times it is asked what became of earlier messages: every half hour."""
_SEND: Final = Later("app.services.jobs.background", "send_letters")
_MAIL: Final = Later("app.services.jobs.background", "send_mail")


class Outbox(QObject):
    """Sends every three minutes, where the officer may send; without a key or a mailbox that sends nothing is done.

    It goes with its parent when the database is let go of. One window or the scheduler sends at a time, and each message goes once.
    """

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._task: Task | None = None
        self._mail: Task | None = None
        self._times = 0
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self.send)

    def begin(self) -> None:
        """The first page is there: send from now on."""
        if Permission.SEND_LETTERS in self._office.desk.officer.permissions:
            self._timer.start()

    def send(self) -> None:
        """Send what is due, unless that is still under way."""
        if not is_running(self._mail):
            self._mail = self._office.job(self, _MAIL, then=self._mailed, label="", refused=self._refused)
        if is_running(self._task):
            return
        look_up = self._times % _LOOK_UP_EVERY == 0
        self._times += 1
        self._task = self._office.job(self, _SEND, then=self._sent, label="", refused=self._refused, look_up=look_up)

    def _sent(self, result: SendResult) -> None:
        if result.sent or result.failed or result.delivered:
            self._office.bus.publish(Changes(frozenset({"letters"})))

    def _mailed(self, result: MailSent) -> None:
        """What went and what failed is told by the pages themselves: they hear of it."""

    def _refused(self, error: UserError) -> None:
        """Whoever may not is asked no more; a busy database or whatever else passes is asked again at the next turn."""
        if isinstance(error, NotAllowed):
            self._timer.stop()
