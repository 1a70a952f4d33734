"""Why a period is reopened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.views.common.dialogs import Sheet


class ReopenSheet(Sheet):
    """Asks for the reason.

    Signals:
        reason_given(str)
    """

    reason_given = Signal(str)

    def __init__(self, parent: QWidget, period: str) -> None:
        super().__init__(parent, f"Reopen {period}", primary="Ask to reopen", note="Another officer authorises it.")
        self.reason = QLineEdit()
        self.form().add("reason", "&Reason", self.reason)
        self.confirmed.connect(lambda: self.reason_given.emit(self.reason.text().strip()))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 40)
