"""Keys pressed while something is saved: held until it is, then given to where typing goes on, so that none is lost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class HeldKeys(QObject):
    """Holds the keys of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._held: list[QKeyEvent] = []
        self._holding = False

    def hold(self) -> None:
        """From now on keys wait."""
        if not self._holding:
            self._holding = True
            QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def go_on(self) -> None:
        """Give what was held to whatever has the focus now."""
        for event in self._let_go():
            target = QApplication.focusWidget() or self._window
            QCoreApplication.postEvent(target, event)

    def drop(self) -> None:
        """Something has to be put right first: what was typed for the next thing belongs nowhere yet."""
        self._let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep a key of this window."""
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._held.append(event.clone())
        event.accept()
        return True

    def _let_go(self) -> list[QKeyEvent]:
        if self._holding:
            self._holding = False
            QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        held, self._held = self._held, []
        return held
