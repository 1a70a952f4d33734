"""The dialog about an error that nobody expected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.views.common.dialogs import Sheet
from app.views.common.parts import button, label
from app.views.common.theme import scaled


class CrashSheet(Sheet):
    """Says that something went wrong, with its reference and the details to copy."""

    def __init__(self, parent: QWidget, reference: str, details: str) -> None:
        super().__init__(
            parent,
            "Something went wrong in Rentbook",
            close="Close",
            note=f"What you were doing may not have been done; look before you do it again. Nothing is half posted. Reference {reference}.",
        )
        self.body.addWidget(
            label("Details for whoever looks after Rentbook (they hold no names or amounts):", "muted", wrap=True)
        )
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setAccessibleName("Details of the error")
        text.setTabChangesFocus(True)
        self.body.addWidget(text)
        copy = button("&Copy details", icon="content-copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self.left_buttons.addWidget(copy)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.resize(scaled(680), scaled(420))
