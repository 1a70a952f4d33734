"""How the card of a section begins: its title, its buttons, and what it says to whoever may look but not change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QPushButton, QWidget

from app.services.core.permissions import DESCRIPTIONS, Permission
from app.views.common.parts import label, row
from app.views.common.theme import scaled

_LEAST_TITLE = 140


def read_only_note(permission: Permission, *, may_change: bool, what: str = "") -> QLabel:
    """A line that says why nothing can be changed; hidden for whoever may. `what`: other words for the permission."""
    made = label(f"You may look, but not {what or DESCRIPTIONS[permission]}.", "muted", wrap=True)
    if may_change:
        made.hide()
    return made


class Headed(QWidget):
    """The first line of a card: its title at the left, what can be done with it at the top right.

    Where the title would be squeezed it stands under the buttons.
    """

    def __init__(self, title: QWidget | QLayout, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = row(None, *buttons)
        self._line = row(title, self._buttons, spacing=8)
        self._line.setStretch(0, 1)
        self._line.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Beside each other, or one over the other."""
        super().resizeEvent(event)
        beside = self.width() - self._buttons.sizeHint().width() >= scaled(_LEAST_TITLE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop
        if self._line.direction() != way:
            self._line.setDirection(way)
            self._line.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0))
