"""The reasons and the signposts, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why people come. `place` is where it stands in the list; `visits` came for it; `reason_id` 0: a new one.

    Attributes:
        shipped: the program itself asks for it: it keeps its key, and stays in use.
    """

    reason_id: int
    name: str
    place: int = 0
    active: bool = True
    visits: int = 0
    shipped: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class SignpostRow:
    """Where people are sent. `verified_on` is when the office last looked it up; `signpost_id` 0: a new one."""

    signpost_id: int
    title: str
    words: str
    telephone: str = ""
    link: str = ""
    verified_on: date | None = None
    place: int = 0
    active: bool = True
    version: int = 0

    @property
    def told(self) -> str:
        """As it is read out or printed: a line each."""
        return "\n".join(line for line in (self.title, self.words, self.telephone, self.link) if line)
