"""The field for a number of things."""

from __future__ import annotations

from typing import Any

from app.views.common.fields_written import WrittenField


class CountField(WrittenField):
    """How many there are. `value()` is a whole number or None.

    Args:
        what: what is counted, in the plural.
        least: the smallest number that makes sense.
    """

    def __init__(self, what: str, *, least: int = 1, required: bool = False, placeholder: str = "") -> None:
        super().__init__(required=required, placeholder=placeholder)
        self._what, self._least = what, least

    def read(self, text: str) -> int:
        """The number.

        Raises:
            ValueError: it isn't one, or too small.
        """
        plain = text.replace(",", "").strip()
        if not plain.isdecimal() or int(plain) < self._least:
            raise ValueError(f"Type how many {self._what}, such as 24.")
        return int(plain)

    def written(self, value: Any) -> str:
        """With commas."""
        return f"{value:,}"
