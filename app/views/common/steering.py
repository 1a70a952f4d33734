"""Moving in a list from the field that it is found by, so that finding needs no mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.views.common.data_table import DataTable
from app.views.common.enter import is_enter

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class Steering(QObject):
    """Up, Down and the page keys in the field move in the list; Enter opens the row.

    Args:
        field: where is typed; this goes with it.
        table: the list.
        open_row: what Enter does.
    """

    def __init__(self, field: QLineEdit, table: DataTable, open_row: Callable[[], object]) -> None:
        super().__init__(field)
        self._table = table
        self._open = open_row
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The keys that are not for typing."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        step, rows = _STEPS.get(Qt.Key(event.key())), self._table.columns.rowCount()
        if step and rows:
            self._table.go_to(min(rows - 1, max(0, self._table.currentIndex().row() + step)))
            return True
        if is_enter(event):
            self._open()
            return True
        return super().eventFilter(watched, event)
