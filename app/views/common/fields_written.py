"""A field whose value is written in one way: typed as officers type it, tidied when they move on."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from app.views.common.fields import LineField

_LONGEST = 40


class WrittenField(LineField):
    """A short line that means a value (`value()`, None where it means nothing), such as a date or an amount."""

    def __init__(self, *, required: bool = False, placeholder: str = "") -> None:
        super().__init__(_LONGEST, placeholder=placeholder)
        self._required = required

    @abstractmethod
    def written(self, value: Any) -> str:
        """A value as it is written."""

    def set_value(self, value: Any) -> None:
        """Show a value."""
        super().set_value("" if value is None else self.written(value))

    def tidy(self) -> None:
        """Write what is typed as such values are written, if it is one."""
        value = self.value()
        if value is not None and self.written(value) != self.text():
            self.setText(self.written(value))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Typing replaces what is there."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tidy what was typed."""
        self.tidy()
        super().focusOutEvent(event)
