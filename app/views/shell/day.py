"""The day as the window has it: it changes at midnight, and a clock that is set back is noticed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.core.clock import Clock
from app.services.core.clock_check import is_set_back
from app.views.common import formats

_LOOK_MS = 30_000


class DayWatch(QObject):
    """Looks at the clock while a database is open.

    Signals:
        day_changed: it is another day.
        set_back(str): the clock is behind what was seen or recorded before; a sentence for the officer.
    """

    day_changed = Signal()
    set_back = Signal(str)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._day = clock.today()
        self._latest: datetime | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, recorded: datetime | None) -> None:
        """A database was opened in which something was recorded last at this moment."""
        self._latest = recorded
        self.look()
        self._timer.start()

    def end(self) -> None:
        """It was left."""
        self._timer.stop()

    def look(self) -> None:
        """Look at the clock."""
        now = self._clock.now()
        if is_set_back(now, self._latest):
            self.set_back.emit(_words(now, self._latest or now))
            self._latest = now
        elif self._latest is None or now > self._latest:
            self._latest = now
        if self._clock.today() != self._day:
            self._day = self._clock.today()
            self.day_changed.emit()


def _words(now: datetime, recorded: datetime) -> str:
    return (
        f"This computer's clock says {formats.moment(now)}, but something was recorded here at "
        f"{formats.moment(recorded)}. If the clock was set back, put it right first: what you record takes its date from it."
    )
