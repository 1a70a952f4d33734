"""What a key of a page, a pane or a sheet does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def keyed_action(owner: QWidget, does: str, slot: Callable[[], object], *keys: str) -> QAction:
    """An action of a widget that each of its keys starts while the widget is shown; buttons are made of it."""
    made = QAction(does, owner)
    made.setShortcuts([QKeySequence(text) for text in keys])
    made.triggered.connect(lambda _checked=False: slot())
    owner.addAction(made)
    return made
