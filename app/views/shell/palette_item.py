"""What the palette lists: records, commands and headings. The palette itself is read when Ctrl+K is first pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the palette.

    Attributes:
        title, detail: what it is; the detail stands under the title.
        side: what stands at the right: a balance with DR or CR, or the keys of a command.
        tone: the token that colours `side`.
        act: what Enter does; nothing for a heading.
    """

    title: str
    detail: str = ""
    side: str = ""
    icon: str = ""
    tone: str = "muted"
    act: Callable[[], object] | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.detail, self.side) if part)
