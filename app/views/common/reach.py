"""Whether the database answers, as the window has it: slow, away, back; what was asked meanwhile is asked again."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.core.errors import UserError
from app.services.core.reach import OutOfReach
from app.views.common.tasks import Task, Tasks, is_running

SLOW_SECONDS: Final = 2.0
"""How long a question may be under way before the window says that it waits."""
_LOOK_MS: Final = 500
_WAITS_MS: Final = (2_000, 3_000, 5_000, 10_000, 15_000)
"""How long to wait before the first, the second and every later try."""


class State(Enum):
    """How the database stands."""

    WELL = "well"
    SLOW = "slow"
    AWAY = "away"
    REPLACED = "replaced"


class Reach(QObject):
    """Watches the questions asked of a database.

    Args:
        tasks: where questions are asked.
        probe: a small question to the database; it raises while the database is out of reach.

    Signals:
        changed(State, str): it stands otherwise now, and a sentence about it.
    """

    changed = Signal(object, str)

    def __init__(self, tasks: Tasks, probe: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State.WELL
        self._tasks = tasks
        self._probe = probe
        self._asked: dict[int, float] = {}
        self._number = 0
        self._postponed: list[Task] = []
        self._tries = 0
        self._left = False
        self._trying: Task | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._see_slowness)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.try_again)

    def watch(self, task: Task) -> None:
        """Follow what is asked until it is answered; postponed, it is asked again when the database is back.

        Work with a label shows its own progress, however long it takes.
        """
        task.postponed.connect(lambda error: self._postpone(task, error))
        if task.label:
            return
        self._number += 1
        number = self._number
        self._asked[number] = time.monotonic()
        task.ended.connect(partial(self._answered, number))
        task.postponed.connect(lambda _error: self._answered(number))
        task.destroyed.connect(partial(self._answered, number))
        if not self._look.isActive():  # whoever goes on asking would else put off the look for good
            self._look.start()

    def suspect(self) -> None:
        """Something failed for want of the database: see whether it is there."""
        if self.state is not State.AWAY:
            self.try_again()

    def try_again(self) -> None:
        """Try now."""
        if is_running(self._trying):
            return
        self._again.stop()
        trying = self._tasks.run_task(lambda _progress, _cancel: self._probe(), parent=self)
        trying.succeeded.connect(lambda _found: self._is_back())
        trying.failed.connect(self._is_away)
        self._trying = trying

    def close(self) -> None:
        """The database is left: nothing is asked again."""
        self._left = True
        self._look.stop()
        self._again.stop()
        self._postponed.clear()

    def _postpone(self, task: Task, error: UserError) -> None:
        self._postponed.append(task)
        self._is_away(error)

    def _is_away(self, error: Exception) -> None:
        if self._left:
            return
        replaced = isinstance(error, OutOfReach) and error.replaced
        self._set(State.REPLACED if replaced else State.AWAY, str(error))
        if not replaced and not self._again.isActive():
            self._again.start(_WAITS_MS[min(self._tries, len(_WAITS_MS) - 1)])
            self._tries += 1

    def _is_back(self) -> None:
        if self._left:
            return
        self._tries = 0
        self._again.stop()
        self._set(State.WELL, "")
        waiting, self._postponed = self._postponed, []
        for task in waiting:
            if is_running(task):
                self._tasks.again(task)

    def _answered(self, number: int, *_: Any) -> None:
        self._asked.pop(number, None)
        if self._left:
            return
        if not self._asked:
            self._look.stop()
        if self.state is State.SLOW and not self._slow():
            self._set(State.WELL, "")

    def _see_slowness(self) -> None:
        if self.state is State.WELL and self._slow():
            self._set(State.SLOW, "The database is slow to answer. What you typed is kept, and you can go on.")

    def _slow(self) -> bool:
        now = time.monotonic()
        return any(now - asked > SLOW_SECONDS for asked in self._asked.values())

    def _set(self, state: State, words: str) -> None:
        if state is not self.state or words:
            self.state = state
            self.changed.emit(state, words)
