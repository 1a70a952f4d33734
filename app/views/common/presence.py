"""Who else has a record open, as a calm pill in its header. It tells and never stops anybody."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.services.workbench.presence_records import BEAT, Other, Record
from app.views.common.tasks import Tasks

_SOON_MS: Final = 400
"""An officer who goes down a list has not opened every account on the way."""
_LAST_SECONDS: Final = 2.0

Beat = Callable[[str, Collection[Record]], Mapping[Record, tuple[Other, ...]]]
Show = Callable[[tuple[Other, ...]], object]


class Presence(QObject):
    """What this window has open, told to the others every half minute (`office.presence`).

    It has a thread of its own, so that a slow database keeps no page waiting.

    Args:
        beat: tells what a window has open and answers who else has it.

    Signals:
        beaten: an answer has come.
    """

    beaten = Signal()

    def __init__(self, beat: Beat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beat = beat
        self._tasks = Tasks(self, threads=1)
        self._window = uuid.uuid4().hex
        self._watched: dict[int, tuple[Record, Show]] = {}
        self._told = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.say)
        self._regular = QTimer(self, interval=int(BEAT.total_seconds() * 1000))
        self._regular.timeout.connect(self.say)

    def watch(self, owner: QObject, record: Record, show: Show) -> None:
        """`owner` has this record open, and no other; `show` is given who else has, again whenever that changes."""
        number = id(owner)
        if number not in self._watched:
            owner.destroyed.connect(lambda: self._forget(number))
        if self._watched.get(number, (None,))[0] != record:
            show(())
        self._watched[number] = (record, show)
        self._soon.start()

    def leave(self, owner: QObject) -> None:
        """`owner` has nothing open any more."""
        self._forget(id(owner))

    def say(self) -> None:
        """Tell the others now, and ask who they are."""
        records = {record for record, _ in self._watched.values()}
        if not records and not self._told:
            self._regular.stop()
            return
        self._told = bool(records)
        task = self._tasks.run_task(lambda _progress, _cancel: self._beat(self._window, records), parent=self)
        task.succeeded.connect(self._show)
        if not self._regular.isActive():
            self._regular.start()

    def close(self) -> None:
        """The window closes: it has nothing open."""
        self._soon.stop()
        self._regular.stop()
        self._tasks.drain()
        self._watched.clear()
        if self._told:
            thread = threading.Thread(target=self._say_last, name="last beat", daemon=True)
            thread.start()
            thread.join(_LAST_SECONDS)

    def _say_last(self) -> None:
        try:
            self._beat(self._window, ())
        except Exception:  # noqa: BLE001  the beats expire by themselves
            return

    def _show(self, found: Mapping[Record, tuple[Other, ...]]) -> None:
        for record, show in list(self._watched.values()):
            if record in found:
                show(found[record])
        self.beaten.emit()

    def _forget(self, number: int) -> None:
        if self._watched.pop(number, None):
            self._soon.start()


class PresencePill(QLabel):
    """Who else has the record open; hidden where nobody has."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    def show_others(self, others: tuple[Other, ...]) -> None:
        """Show these."""
        words = in_words(others)
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip("\n".join(in_words((other,)) for other in others))
        self.setVisible(bool(others))


def in_words(others: tuple[Other, ...]) -> str:
    """`Also open: Demo Officer, since 10:42`; the first of several with how many more."""
    if not others:
        return ""
    first = others[0]
    since = f"{first.since.astimezone():%H:%M}"
    if first.self_elsewhere and len(others) == 1:
        return f"Also open in another window of yours, since {since}"
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return f"Also open: {first.name}{more}, since {since}"
