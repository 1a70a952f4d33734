"""The cards of the home page: lines that open what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.home.dto import CardLine
from app.views.common.boxes import VBox, emptied
from app.views.common.parts import Card, button, label, row
from app.views.common.theme import scaled


class LinesCard(Card):
    """A few lines: what each is about, how it stands, and what it opens.

    Signals:
        opened(Opens): the officer chose a line.
    """

    opened = Signal(object)

    def __init__(self, title: str, empty: str = "") -> None:
        super().__init__(spacing=4)
        self.setAccessibleName(title)
        self._empty = empty
        ring = scaled(4)  # what the focus ring of a link takes, so that words stand under the title
        sides = self.column.contentsMargins()
        self.column.setContentsMargins(sides.left() - ring, sides.top(), sides.right(), sides.bottom())
        heading = label(title, "heading")
        heading.setContentsMargins(ring, 0, 0, 0)
        self.column.addWidget(heading)
        self._lines = VBox()
        self._lines.setSpacing(scaled(2))
        self.column.addLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[CardLine]) -> None:
        """Show these; without any the card is hidden, unless it says something instead."""
        emptied(self._lines)
        for line in lines:
            self._lines.addWidget(self._line(line))
        if not lines and self._empty:
            empty = label(self._empty, "muted", wrap=True)
            empty.setContentsMargins(scaled(4), 0, 0, 0)
            self._lines.addWidget(empty)
        self.setVisible(bool(lines or self._empty))

    def _line(self, line: CardLine) -> QWidget:
        made = QWidget()
        words = label(line.words, "strong" if line.tone else "", wrap=True, tone=line.tone.value)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title: QWidget = label(line.title, "muted")
        title.setContentsMargins(scaled(4), scaled(4), 0, scaled(4))
        if line.opens is not None:
            title = button(line.title, role="link")
            title.setAccessibleName(f"{line.title}: {line.words}")
            title.clicked.connect(partial(self.opened.emit, line.opens))
        made.setLayout(row(title, words, spacing=12))
        layout = made.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setAlignment(title, Qt.AlignmentFlag.AlignVCenter)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return made
