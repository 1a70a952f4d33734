"""The window's searches for objects in nobody's use, on the thread that paints."""

from PySide6.QtCore import QObject, QTimer

from app.services.core import garbage

_EVERY_MS = 500


class GarbageWatch(QObject):
    """Searches whenever it is due, from `begin` on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(garbage.search_if_due)

    def begin(self) -> None:
        """What is there now stays, and is much to walk through: only what comes after it is searched."""
        garbage.search_by_hand()
        self._timer.start()
