"""How the card of a section begins: its title, its buttons, and what it says to whoever may look but not change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QWidget

from app.services.core.permissions import DESCRIPTIONS, Permission
from app.views.common.parts import label, row


def read_only_note(permission: Permission, *, may_change: bool) -> QLabel:
    """A line that says why nothing can be changed; hidden for whoever may."""
    made = label(f"You may look, but not {DESCRIPTIONS[permission]}.", "muted", wrap=True)
    made.setVisible(not may_change)
    return made


def headed(title: QWidget | QLayout, *buttons: QPushButton) -> QHBoxLayout:
    """The first line of a card: its title at the left, what can be done with it at the top right."""
    made = row(title, *buttons)
    made.setStretch(0, 1)
    for each in buttons:
        made.setAlignment(each, Qt.AlignmentFlag.AlignTop)
    return made
