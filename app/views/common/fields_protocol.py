"""What a form asks of a field, whichever widget it is."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import SignalInstance


class Field(Protocol):
    """What a form asks of a field."""

    @property
    def changed(self) -> SignalInstance:
        """Something else is typed."""

    @property
    def left(self) -> SignalInstance:
        """The officer moved on."""

    @property
    def told(self) -> SignalInstance:
        """A sentence: what was done to what they typed."""

    def value(self) -> Any:
        """What is meant; None for nothing, or for what can't be read."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def typed(self) -> Any:
        """What stands in the field, for a draft: text, a bool or a list of text."""

    def retype(self, typed: Any) -> None:
        """Put back what stood in the field."""

    def problem(self) -> str:
        """Why what is typed can't be taken, as a sentence; nothing if it can."""
