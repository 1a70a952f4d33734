"""The change bus: what a command changed reaches every page, once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.core.changes import Changes


class ChangeBus(QObject):
    """Passes changes on after the present event, several as one.

    Signals:
        changed(Changes): what changed since the last time.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Changes] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._pass_on)

    def publish(self, changes: Changes) -> None:
        """Say what changed; call on the GUI thread."""
        self._waiting.append(changes)
        self._timer.start()

    def _pass_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.changed.emit(merge(waiting))


def merge(many: list[Changes]) -> Changes:
    """Several changes as one; if one of them names no accounts, any account may have changed."""
    areas = frozenset().union(*(changes.areas for changes in many))
    accounts = frozenset().union(*(changes.account_ids for changes in many))
    return Changes(areas, accounts if all(changes.account_ids for changes in many) else frozenset())
