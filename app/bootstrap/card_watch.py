"""Card payments that are open are asked about while the window is open, whatever page is shown, so that none that went through waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.services.core.errors import NotAllowed, UserError
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.views.common.office import Office, is_running
from app.views.common.tasks import Task

if TYPE_CHECKING:
    from app.services.reception_payments.cards.dto.asked import PollResult

EACH_MS: Final = 30_000
_POLL: Final = Later("app.services.jobs.background", "poll_cards")


class CardWatch(QObject):
    """Asks each half minute, where the officer takes payments; where nothing is open the provider isn't asked.

    One window or the scheduler asks at a time; a payment is posted once, in the name of whoever took it.
    """

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._task: Task | None = None
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self.poll)

    def begin(self) -> None:
        """The first page is there: ask from now on."""
        if Permission.TAKE_PAYMENTS in self._office.desk.officer.permissions:
            self._timer.start()

    def poll(self) -> None:
        """Ask about what is open, unless that is still under way."""
        if not is_running(self._task):
            self._task = self._office.job(self, _POLL, then=self._polled, label="", refused=self._refused)

    def _polled(self, found: PollResult) -> None:
        """The pages hear of what moved; whoever left a payment that went through has a task."""

    def _refused(self, error: UserError) -> None:
        """Whoever may not, or has no key at this desk, is asked no more; a busy database is asked again at the next turn."""
        if isinstance(error, NotAllowed):
            self._timer.stop()
