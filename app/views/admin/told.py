"""A password that is told to somebody once."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.views.common.dialogs import Sheet
from app.views.common.parts import button, label, row


class ToldSheet(Sheet):
    """Shows a new password; it is not kept anywhere and not shown again."""

    def __init__(self, parent: QWidget, name: str, password: str) -> None:
        note = "Tell it to them and nobody else. It works once, then they choose their own; it is not shown again."
        super().__init__(parent, f"The new password of {name}", close="Close", note=note)
        shown = label(password, "figure", selectable=True)
        shown.setAccessibleName(f"The new password: {password}")
        copy = button("&Copy", icon="content-copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(password))
        self.body.addLayout(row(shown, None, copy))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 44)
