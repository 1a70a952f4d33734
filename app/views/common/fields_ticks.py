"""Some of a few: a list of names, each with a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent

from app.views.common.theme import scaled
from app.views.common.ticks import Ticks

_LEAST = 84
"""Three rows: it is never lower, in pixels at 100 per cent, unless it was given less."""


class TicksField(Ticks):
    """Names to be ticked with Space; `value()` is a tuple of those that are, in order."""

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, names: Sequence[str] = (), *, height: int = 260) -> None:
        super().__init__()
        self._height = height
        self._hold()
        self.itemChanged.connect(lambda _item: self.changed.emit())
        self.offer(names)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Larger text, more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._hold()

    def _hold(self) -> None:
        self.setMinimumHeight(scaled(min(self._height, _LEAST)))
        self.setMaximumHeight(scaled(self._height))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as it was given; lower, and scrolling, where the screen is."""
        return QSize(super().sizeHint().width(), scaled(self._height))

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names, keeping the ticks of those that are still offered."""
        kept = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for name in names:
            self.add(name, ticked=name in kept)
        self.blockSignals(blocked)

    def value(self) -> Any:
        """The names that are ticked."""
        items = [self.item(at) for at in range(self.count())]
        return tuple(sorted(item.text() for item in items if item.checkState() is Qt.CheckState.Checked))

    def set_value(self, value: Any) -> None:
        """Tick these."""
        blocked = self.blockSignals(True)
        for at in range(self.count()):
            item = self.item(at)
            item.setCheckState(Qt.CheckState.Checked if item.text() in (value or ()) else Qt.CheckState.Unchecked)
        self.blockSignals(blocked)
        self.changed.emit()

    def typed(self) -> Any:
        """The names that are ticked, for a draft."""
        return list(self.value())

    def retype(self, typed: Any) -> None:
        """Tick what a draft has."""
        self.set_value(tuple(typed))

    def problem(self) -> str:
        """Any will do."""
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """The officer moved on."""
        super().focusOutEvent(event)
        self.left.emit()
