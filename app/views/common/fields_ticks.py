"""Some of a few: a list of names, each with a tick."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize

from app.views.common.theme import scaled
from app.views.common.ticks import TickList

_LEAST = 84
"""Three rows: it is never lower, in pixels at 100 per cent, unless it was given less."""


class TicksField(TickList):
    """Names to be ticked with Space; `value()` is a tuple of those that are, in order.

    Args:
        height: as high as it is where there is room, in pixels at 100 per cent; lower, and scrolling, where there is none.
    """

    def __init__(self, names: Sequence[str] = (), *, height: int = 260) -> None:
        super().__init__([(name, name) for name in names])
        self._high = height
        self._hold()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Larger text, more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_high"):
            self._hold()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """As high as it was given."""
        return QSize(super().sizeHint().width(), scaled(self._high))

    def offer_names(self, names: Sequence[str]) -> None:
        """Offer these names, keeping the ticks of those that are still offered."""
        self.offer([(name, name) for name in names])

    def value(self) -> Any:
        """The names that are ticked."""
        return tuple(sorted(super().value()))

    def set_value(self, value: Collection[Any] | None) -> None:
        """Tick these."""
        super().set_value(value)
        self.changed.emit()

    def _hold(self) -> None:
        self.setMinimumHeight(scaled(min(self._high, _LEAST)))
        self.setMaximumHeight(scaled(self._high))
