"""A list of things to tick: Space ticks, typing finds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.views.common.theme import scaled

_ROW = 26


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
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in kept else Qt.CheckState.Unchecked)
        if self.count():
            self.setCurrentRow(0)
        blocked.unblock()
        self.setFixedHeight(scaled(_ROW) * max(2, min(self._most, len(choices))) + 8)

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
