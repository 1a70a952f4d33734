"""The card of the line that is chosen: its title, how far it is, what is said of it, what can be done, and its tabs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, column, restyle, scrolled
from app.views.common.presence import PresencePill
from app.views.common.rooms import Room
from app.views.common.tabbed_card import TabbedCard

_LEAST_PARTS = 190
"""The tabs, at 100 per cent; the card scrolls where there is no room under what is said of the record."""


class RecordCard(Card):
    """The right side of a page with a list; an area adds its tabs to `parts`, then calls `arrange`.

    Args:
        name: what the tabs are of, for those who hear the page read.
    """

    def __init__(self, name: str) -> None:
        super().__init__(spacing=8)
        self.title = Elided("heading")
        self.presence = PresencePill()
        self.parts = TabbedCard(name)
        self.parts.setObjectName("canvas")

    def arrange(self, pills: Iterable[QWidget], said: Iterable[QWidget], buttons: Iterable[QWidget]) -> None:
        """Put the pills under the title, then what is said, what can be done, and the tabs."""
        inside = QWidget()
        inside.setObjectName("canvas")
        parts = Room(self.parts, _LEAST_PARTS)
        above = _flowing((*pills, self.presence), 6)
        made = column(inside, self.title, above, *said, _flowing(buttons), parts, spacing=8)
        made.setStretch(made.indexOf(parts), 1)
        self.column.addWidget(scrolled(inside), 1)

    def add_text(self, title: str, name: str) -> QPlainTextEdit:
        """A tab of text that is only read."""
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setAccessibleName(name)
        self.parts.add_part(title, text)
        return text


def say(where: QLabel, words: str, tone: str | None = None) -> None:
    """Say something in its place, in another tone if one is given; a place with nothing to say isn't there."""
    where.setText(words)
    if tone is not None and where.property("tone") != tone:
        restyle(where, tone=tone)
    where.setVisible(bool(words))


def _flowing(widgets: Iterable[QWidget], across: int = 8) -> FlowLayout:
    made = FlowLayout(across)
    for each in widgets:
        made.addWidget(each)
    return made
