"""A list of things to tick: Space ticks, typing finds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from app.views.common.theme import scaled

_ROW, _FRAME = 25, 8
_LEAST = 3


class TickList(QListWidget):
    """Any number of (words, value). `value()` is the frozenset of what is ticked.

    Args:
        most: so many rows are shown before it scrolls.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, object]] = (), *, most: int = 8) -> None:
        super().__init__()
        self._most = most
        self.setObjectName("ticks")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemChanged.connect(lambda _item: self.changed.emit())
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these instead, keeping what is ticked where it is still offered."""
        kept = self.value()
        blocked = QSignalBlocker(self)
        self.clear()
        for words, value in choices:
            item = QListWidgetItem(words, self)
            item.setToolTip(words)
            item.setSizeHint(QSize(0, scaled(_ROW)))
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in kept else Qt.CheckState.Unchecked)
        if self.count():
            self.setCurrentRow(0)
        blocked.unblock()
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """High enough for its rows, up to the most."""
        return QSize(super().sizeHint().width(), self._height(min(self._most, self.count())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """It scrolls where the room is short."""
        return QSize(scaled(120), self._height(min(_LEAST, self.count())))

    def _height(self, rows: int) -> int:
        return scaled(_ROW) * max(1, rows) + scaled(_FRAME)

    def value(self) -> frozenset[Any]:
        """What is ticked."""
        items = (self.item(at) for at in range(self.count()))
        return frozenset(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def set_value(self, value: Collection[Any] | None) -> None:
        """Tick these and no others."""
        wanted = frozenset(value or ())
        blocked = QSignalBlocker(self)
        for at in range(self.count()):
            item = self.item(at)
            held = item.data(Qt.ItemDataRole.UserRole) in wanted
            item.setCheckState(Qt.CheckState.Checked if held else Qt.CheckState.Unchecked)
        blocked.unblock()

    def typed(self) -> Any:
        """The words of what is ticked."""
        items = (self.item(at) for at in range(self.count()))
        return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]

    def retype(self, typed: Any) -> None:
        """Tick by words."""
        for at in range(self.count()):
            item = self.item(at)
            item.setCheckState(Qt.CheckState.Checked if item.text() in typed else Qt.CheckState.Unchecked)

    def problem(self) -> str:
        """Whatever is ticked will do; services say what won't."""
        return ""
