"""What a section says to whoever may look but not change."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from app.services.core.permissions import DESCRIPTIONS, Permission
from app.views.common.parts import label


def read_only_note(permission: Permission, *, may_change: bool) -> QLabel:
    """A line that says why nothing can be changed; hidden for whoever may."""
    made = label(f"You may look, but not {DESCRIPTIONS[permission]}.", "muted", wrap=True)
    made.setVisible(not may_change)
    return made
