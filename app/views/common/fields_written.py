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
    def read(self, text: str) -> Any:
        """What a text means.

        Raises:
            ValueError: it means nothing; the sentence says why.
        """

    @abstractmethod
    def written(self, value: Any) -> str:
        """A value as it is written."""

    def value(self) -> Any:
        """What is meant."""
        try:
            return self.read(self.text())
        except ValueError:
            return None

    def problem(self) -> str:
        """Why it means nothing; a field that may be left empty has none then."""
        if not self.text().strip() and not self._required:
            return ""
        try:
            self.read(self.text())
        except ValueError as error:
            return str(error)
        return ""

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
