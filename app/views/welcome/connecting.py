"""What the form for a server does: tries it, connects, and keeps the password where it may be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.servers import opening
from app.services.servers.dto import ServerAddress
from app.services.servers.opening import Place
from app.views.common.tasks import Task, Tasks, drop
from app.views.welcome.dialogs import ServerSheet

NOT_KEPT = "This computer has no keyring, so the password isn't kept: you will be asked for it again."
Arrive = Callable[[Place, Progress, CancelToken], Any]


class ServerDesk(QObject):
    """Follows one form for a server.

    Args:
        sheet: the form; it is closed when a database is open.
        arrive: opens a place and sits the officer down at it, off the GUI thread.

    Signals:
        arrived(object, str): what `arrive` gave, and a word about the password, if there is one.
    """

    arrived = Signal(object, str)

    def __init__(
        self, sheet: ServerSheet, tasks: Tasks, clock: Clock, arrive: Arrive, crashed: Callable[[BaseException], object]
    ) -> None:
        super().__init__(sheet)
        self._sheet, self._tasks, self._clock, self._arrive, self._crashed = sheet, tasks, clock, arrive, crashed
        self._task: Task | None = None
        sheet.test_wanted.connect(self._test)
        sheet.server_given.connect(self._connect)
        sheet.stop_wanted.connect(self._stop)

    def _test(self, address: ServerAddress) -> None:
        clock = self._clock
        self._run(
            lambda progress, cancel: opening.try_address(address, clock, progress, cancel), self._sheet.show_tried
        )

    def _connect(self, address: ServerAddress) -> None:
        keep, arrive = bool(self._sheet.keep.value()), self._arrive

        def work(progress: Progress, cancel: CancelToken) -> tuple[Any, str]:
            found = arrive(opening.place_of_address(address), progress, cancel)
            if not keep:
                opening.forget_password(address)
                return found, ""
            return found, "" if opening.keep_password(address) else NOT_KEPT

        self._run(work, self._let_go)

    def _let_go(self, found: tuple[Any, str]) -> None:
        self._task = None
        self._sheet.close()
        self.arrived.emit(*found)

    def _run(self, work: Callable[[Progress, CancelToken], Any], then: Callable[[Any], object]) -> None:
        drop(self._task)
        task = self._task = self._tasks.run_task(work, parent=self, cancellable=True)
        self._sheet.show_work("Connecting")
        task.progressed.connect(lambda _done, _total, text: self._sheet.show_work(text))
        task.ended.connect(self._sheet.end_work)
        task.succeeded.connect(then)
        task.cancelled.connect(self._sheet.messages.clear)
        task.failed.connect(self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._sheet.show_error(error)
        else:
            self._sheet.messages.clear()
            self._crashed(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
