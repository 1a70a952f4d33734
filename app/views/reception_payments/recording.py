"""The reminder that the recording of a call is paused before a card is read out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.common import icons
from app.views.common.parts import label, row


def recording_reminder(words: str) -> QWidget:
    """The words beside the mark of a recording."""
    made = QWidget()
    mark = label()
    icons.dress(mark, "record-circle-outline", "warning", 20)
    line = row(mark, label(words, "strong", wrap=True), spacing=10)
    line.setStretch(1, 1)
    made.setLayout(line)
    return made
