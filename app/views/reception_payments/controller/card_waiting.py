"""A card payment at the provider: begun, its page opened in the officer's browser, and asked about until it is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.reception_payments.cards import commands, jobs, queries
from app.services.reception_payments.cards.dto.asked import CardMoved, Standing, Waiting
from app.views.common.office import Office, is_running
from app.views.common.tasks import Task
from app.views.reception_payments.card_waiting import WaitingSheet

EACH_MS: Final = 3_000
"""How often the provider is asked while the sheet is open (it allows many more calls)."""
Opens = Callable[[str], object]
Then = Callable[[Standing], object]


def open_page(url: str) -> None:
    """Open a page in the officer's browser."""
    QDesktopServices.openUrl(QUrl(url))


def _nothing(_found: Standing) -> None:
    """Nothing is done when it is over."""


class CardWaiting(QObject):
    """One sheet that waits for one card payment. It begins with `begin`.

    Args:
        office: where it is done.
        page: over which the sheet stands.
        then: told once, when the payment is over and the officer goes on.
        opens: opens the provider's page; None: in the officer's browser.

    Attributes:
        sheet: the sheet, once it is open.
    """

    def __init__(self, office: Office, page: QWidget, then: Then = _nothing, opens: Opens | None = None) -> None:
        super().__init__(page)
        self._office, self._page, self._then, self._opens = office, page, then, opens or open_page
        self._payment_id = 0
        self._task: Task | None = None
        self._first = True
        self.sheet: WaitingSheet | None = None
        self._timer = QTimer(self, interval=EACH_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, payment_id: int) -> None:
        """Open the sheet of a payment that was begun, now or earlier."""
        self._payment_id = payment_id
        self._office.ask(self, queries.waiting, payment_id, then=self._open)

    def look(self) -> None:
        """Ask the provider how far it is, unless it is being asked."""
        if not is_running(self._task):
            self._job(jobs.look)

    def _open(self, found: Waiting) -> None:
        sheet = self.sheet = WaitingSheet(self._page, found)
        sheet.confirmed.connect(self._confirm)
        sheet.page_wanted.connect(self._open_page)
        sheet.left_wanted.connect(self._leave)
        sheet.finished.connect(self._ended)
        sheet.open()
        if not found.standing.finished and not sheet.at_terminal:
            self._job(jobs.start)
            self._timer.start()

    def _job(self, job: Callable[..., Standing]) -> None:
        self._task = self._office.job(self, job, self._payment_id, then=self._show, label="", refused=self._refuse)

    def _show(self, found: Standing) -> None:
        if self.sheet is None:
            return
        self.sheet.show_standing(found)
        if found.finished:
            self._timer.stop()
        elif found.page and self._first:
            self._open_page()

    def _open_page(self) -> None:
        if self.sheet is not None and self.sheet.shown.page:
            self._first = False
            self._opens(self.sheet.shown.page)
        else:
            self._first = True  # it opens as soon as the provider tells where it is
            self.look()

    def _leave(self) -> None:
        if self.sheet is not None and self.sheet.at_terminal:
            self._office.do(self, commands.leave, self._payment_id, then=self._noted, refused=self._refuse)
        else:
            self._job(jobs.leave)

    def _confirm(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        if sheet.shown.finished:
            sheet.set_busy(busy=True)
            QTimer.singleShot(0, sheet, self._go_on)  # the key that asked for it is dealt with first
            return
        sheet.set_busy(busy=True)
        self._office.do(
            self, commands.note_slip, self._payment_id, sheet.command(), then=self._noted, refused=self._refuse
        )

    def _ended(self, _result: int) -> None:
        """The sheet is closed: nothing is asked any more here; the window goes on asking."""
        self._timer.stop()
        self.sheet = None
        self.deleteLater()

    def _go_on(self) -> None:
        if self.sheet is not None:
            found = self.sheet.shown
            self.sheet.close()
            self._then(found)

    def _noted(self, _moved: CardMoved) -> None:
        self._office.ask(self, queries.standing, self._payment_id, then=self._show)

    def _refuse(self, error: UserError) -> None:
        if self.sheet is not None:
            self.sheet.show_error(error)
