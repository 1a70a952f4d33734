"""This desk among the others: it says who sits here, counts down to maintenance, and signs out when it is time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.values import DeskEnding
from app.services.admin.sessions.dto import Announced, AskedOut, Heard
from app.services.core.errors import UserError
from app.services.core.reach import OutOfReach
from app.views.common.tasks import Task, Tasks, is_running

EACH_MS: Final = 30_000
_SECOND_MS: Final = 1_000
_LAST_SECONDS: Final = 2.0
_MINUTE: Final = 60

Beat = Callable[[str, DeskEnding | None], Heard]


class Here(QObject):
    """Tells every half minute that somebody sits here, and heeds what it hears.

    It has a thread of its own, so that a slow database keeps no page waiting. What is left of a time is measured on the
    computer's steady clock from what the database's says, so that a wrong clock counts down rightly.

    Args:
        beat: tells the database which page is shown, or how it ended, and answers what it has to say.
        page: which page is shown.

    Signals:
        said(str): what the banner shows; nothing where nothing is announced.
        clock_wrong(str): the computer's clock is out.
        leave_wanted(str): the officer is signed out now, and why.
        lost: the database didn't answer, or has another version.
    """

    said = Signal(str)
    clock_wrong = Signal(str)
    leave_wanted = Signal(str)
    lost = Signal()

    def __init__(
        self,
        beat: Beat,
        page: Callable[[], str],
        parent: QObject | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._beat = beat
        self._page = page
        self._shown = ""
        self._now = now
        self._tasks = Tasks(self, threads=1)
        self._task: Task | None = None
        self._told = False
        self._ending = DeskEnding.SIGNED_OUT
        self._clock = ""
        self._heard: Heard | None = None
        self._heard_at = 0.0
        self._regular = QTimer(self, interval=EACH_MS)
        self._regular.timeout.connect(self.say)
        self._tick = QTimer(self, interval=_SECOND_MS)
        self._tick.timeout.connect(self.look)

    def begin(self) -> None:
        """The first page is there: say so from now on."""
        self.say()
        self._regular.start()

    def say(self) -> None:
        """Say it now, unless the last time isn't answered yet."""
        if is_running(self._task):
            return
        self._told, self._shown = True, self._page()
        self._task = self._tasks.run_task(lambda _progress, _cancel: self._beat(self._shown, None), parent=self)
        self._task.succeeded.connect(self.hear)
        self._task.failed.connect(self._failed)

    def hear(self, heard: Heard) -> None:
        """Heed what the database has to say."""
        self._heard, self._heard_at = heard, self._now()
        if heard.clock and heard.clock != self._clock:
            self.clock_wrong.emit(heard.clock)
        self._clock = heard.clock
        if heard.maintenance or heard.asked:
            self._tick.start()
        else:
            self._tick.stop()
        self.look()

    def look(self) -> None:
        """How long is left: say it, and sign out when nothing is."""
        heard = self._heard
        if heard is None:
            return
        moment = heard.moment + timedelta(seconds=self._now() - self._heard_at)
        if heard.asked and moment >= heard.asked.until:
            self._leave(DeskEnding.ASKED, _was_asked(heard.asked))
        elif heard.maintenance and moment >= heard.maintenance.begins_at and not heard.maintenance.stays:
            if heard.moment >= heard.maintenance.begins_at:
                self._leave(DeskEnding.MAINTENANCE, "")
            else:
                self.say()  # it may have been called off meanwhile
        else:
            self.said.emit(in_words(heard, moment))

    def close(self) -> None:
        """The officer leaves: nobody sits here any more."""
        self._regular.stop()
        self._tick.stop()
        self._heard = None
        self._tasks.drain()
        if self._told:
            self._told = False
            thread = threading.Thread(target=self._say_last, name="last word of the desk", daemon=True)
            thread.start()
            thread.join(_LAST_SECONDS)

    def _leave(self, ending: DeskEnding, words: str) -> None:
        """It goes on saying that somebody is here until they have left: where that fails it is tried again."""
        self._tick.stop()
        self._heard, self._ending = None, ending
        self.leave_wanted.emit(words)

    def _failed(self, error: Exception) -> None:
        """Out of reach is seen to elsewhere; whoever may not sit here any more leaves."""
        if isinstance(error, UserError) and not isinstance(error, OutOfReach):
            self._leave(DeskEnding.SIGNED_OUT, str(error))
        else:
            self.lost.emit()

    def _say_last(self) -> None:
        try:
            self._beat(self._shown, self._ending)
        except Exception:  # noqa: BLE001  the others see it by themselves two minutes later
            return


def in_words(heard: Heard, moment: datetime) -> str:
    """What is announced, the nearest first."""
    if heard.asked:
        left = _left(heard.asked.until - moment)
        why = f": {heard.asked.words.rstrip('.')}" if heard.asked.words else ""
        return (
            f"{heard.asked.by} asks you to sign out{why}. This desk does it {left}; what you typed is kept as a draft."
        )
    found = heard.maintenance
    if found is None:
        return ""
    at, words = f"{found.begins_at.astimezone():%H:%M}", found.words.rstrip(".")
    if found.begins_at <= moment:
        return f"Rentbook is closed for maintenance since {at}: {words}. Only administrators can work; end it under Admin, Who is here."
    return f"Rentbook closes for maintenance at {at}, {_left(found.begins_at - moment)}: {words}. {_what_to_do(found)}"


def _what_to_do(found: Announced) -> str:
    if found.stays:
        return "You can go on working; call it off under Admin, Who is here."
    return "Save your work until then; what you typed is kept as a draft."


def _left(left: timedelta) -> str:
    """How long it is still, as it is said."""
    seconds = max(0, int(left.total_seconds()))
    if seconds < _MINUTE:
        return f"in {seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // _MINUTE)
    if minutes < 2 * _MINUTE:
        return f"in {minutes} minute{'' if minutes == 1 else 's'}"
    return f"in {minutes // _MINUTE} hours"


def _was_asked(asked: AskedOut) -> str:
    return f"{asked.by} asked you to sign out{f': {asked.words}' if asked.words else '.'}"
