"""The key Enter, of the number pad too."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def is_enter(event: QEvent) -> bool:
    """Whether Enter is pressed by itself: with Ctrl it is the primary action, and Shift and Alt have uses of their own."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and held == Qt.KeyboardModifier.NoModifier
