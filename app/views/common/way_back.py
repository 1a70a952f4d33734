"""A part of a page that Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class WayBack(QWidget):
    """Leaves when Esc is pressed in it. The key is its own: the window closes its message by it, and two shortcuts of one key do nothing.

    Signals:
        left: back to where the officer came from.
    """

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Esc comes here as a key, before any shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _leaves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves."""
        if _leaves(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _leaves(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape and not event.modifiers()
