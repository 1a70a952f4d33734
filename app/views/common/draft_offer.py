"""What an officer was half way through, offered above the fields of its form."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.views.common import formats
from app.views.common.parts import button, label, row
from app.views.common.theme import scaled


class DraftOffer(QFrame):
    """What an officer was half way through: go on, or throw it away.

    Signals:
        taken, thrown_away: what they chose.
    """

    taken = Signal()
    thrown_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setProperty("inline", "true")
        self.words = label(wrap=True)
        self.go_on = button("&Go on")
        self.throw = button("Throw awa&y")
        self.go_on.clicked.connect(self.taken)
        self.throw.clicked.connect(self.thrown_away)
        inside = row(self.words, self.go_on, self.throw, spacing=8)
        inside.setStretch(0, 1)
        inside.setContentsMargins(scaled(12), scaled(6), scaled(8), scaled(6))
        self.setLayout(inside)
        self.setVisible(False)

    def offer(self, saved_at: datetime) -> None:
        """Say when it was."""
        self.words.setText(f"You were half way through this on {when(saved_at)}.")
        self.setAccessibleName(self.words.text())
        self.setVisible(True)
        self.go_on.setFocus()


def when(moment: datetime) -> str:
    """`Fri 20 Nov at 16:02`."""
    local = moment.astimezone()
    return f"{formats.weekday(local.date()).rpartition(' ')[0]} at {local:%H:%M}"
