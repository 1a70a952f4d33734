"""A list of things to tick: Space ticks, typing finds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from app.views.common.parts import restyle
from app.views.common.theme import scaled

_ROW, _FRAME = 25, 8
_LEAST = 3


class Ticks(QListWidget):
    """The look of a list to tick: rows as high as the text asks; the place is marked where the keys go, and only then."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticks")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        restyle(self, idle="true")

    def add(self, words: str, *, ticked: bool) -> QListWidgetItem:
        """One more to tick."""
        item = QListWidgetItem(words, self)
        item.setToolTip(words)
        item.setSizeHint(QSize(0, scaled(_ROW)))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return item

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Where the keys go is marked."""
        super().focusInEvent(event)
        restyle(self, idle="false")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """The place looks like any other while the keys go elsewhere."""
        super().focusOutEvent(event)
        restyle(self, idle="true")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Larger text, higher rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            blocked = QSignalBlocker(self)
            for at in range(self.count()):
                self.item(at).setSizeHint(QSize(0, scaled(_ROW)))
            blocked.unblock()
            self.updateGeometry()


class TickList(Ticks):
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
        self.itemChanged.connect(lambda _item: self.changed.emit())
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these instead, keeping what is ticked where it is still offered."""
        kept = self.value()
        blocked = QSignalBlocker(self)
        self.clear()
        for words, value in choices:
            self.add(words, ticked=value in kept).setData(Qt.ItemDataRole.UserRole, value)
        if self.count():
            self.setCurrentRow(0)
        blocked.unblock()
        self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """The officer moved on."""
        super().focusOutEvent(event)
        self.left.emit()

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
