"""A field for a time of the day."""

from __future__ import annotations

from typing import Any

from app.services.core.day_times import read_time
from app.views.common.fields import LineField


class TimeField(LineField):
    """A time of the day as officers type it; `value()` is a time, or None for nothing.

    Args:
        required: whether it may be left empty; an empty one means now.
    """

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(8, placeholder="Such as 9:30 or 2pm" if required else "Now; such as 9:30 or 2pm")
        self._required = required

    def value(self) -> Any:
        """The time."""
        try:
            return read_time(self.text())
        except ValueError:
            return None

    def problem(self) -> str:
        """Why it is not a time."""
        try:
            read_time(self.text())
        except ValueError as error:
            return str(error)
        return "A time is needed." if self._required and not self.text().strip() else ""
