"""The faults of a file, as they are found."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.services.bacs.dto import Fault
from app.services.bacs.standard18.layout import read_day

_MOST: Final = 1_000
"""Of a file that is no Bacs file at all, the first thousand are enough."""


class Faults:
    """A list that stops growing at a thousand and says how many more there were."""

    def __init__(self) -> None:
        self._found: list[Fault] = []
        self._more = 0

    def add(self, line: int, position: int, message: str) -> None:
        """Note a fault; lines and positions count from 1."""
        if len(self._found) < _MOST:
            self._found.append(Fault(line, position, message))
        else:
            self._more += 1

    def sorted(self) -> tuple[Fault, ...]:
        """All of them by line and position."""
        found = sorted(self._found, key=lambda fault: (fault.line, fault.position))
        return (*found, Fault(0, 0, f"{self._more:,} more faults are not listed.")) if self._more else tuple(found)

    def day(self, line: int, position: int, text: str, what: str) -> date | None:
        """The day that a field holds; a fault is noted where it is none."""
        found = read_day(text)
        if found is not None:
            return found
        if len(text) == 6 and text[5] == " " and text[:5].isascii() and text[:5].isdigit():
            self.add(
                line, position, f"The blank of the {what} stands behind it: ' {text[:5]}' is right, '{text}' is not."
            )
        else:
            self.add(line, position, f"The {what} '{text}' is no day written as ' YYDDD'.")
        return None

    def digits(self, line: int, position: int, text: str, what: str) -> int | None:
        """The number that a field holds; a fault is noted where it isn't digits throughout."""
        if text.isascii() and text.isdigit():
            return int(text)
        self.add(line, position, f"The {what} '{text}' is not digits throughout.")
        return None
