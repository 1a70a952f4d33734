"""The notes of a record, with a field for another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.services.diary.dto import NoteRow
from app.views.common import formats
from app.views.common.boxes import VBox, emptied
from app.views.common.fields import AreaField
from app.views.common.parts import button, column, label, row, rule
from app.views.common.theme import scaled


class NotesPart(QWidget):
    """The notes of a record, newest first, with a field for another.

    Args:
        what: the kind of record in words, such as `account`.

    Signals:
        added(text): write this note.
    """

    added = Signal(str)

    def __init__(self, what: str = "account") -> None:
        super().__init__()
        self._what = what
        self.text = AreaField(height=64, placeholder="What was said, agreed or seen")
        self.text.setAccessibleName("New note")
        self._told = label("", "muted", wrap=True)
        self.text.told.connect(self._told.setText)
        self.text.changed.connect(self._told.clear)
        self.add = button("Add &note", icon="note-plus-outline", tip=f"Add this note to the {what}")
        self.add.setEnabled(False)
        self.add.clicked.connect(lambda: self.added.emit(self.text.toPlainText().strip()))
        self.text.textChanged.connect(lambda: self.add.setEnabled(bool(self.text.toPlainText().strip())))
        inside = QWidget()
        inside.setObjectName("canvas")
        self._list = VBox(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(scaled(8))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameStyle(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("Notes")
        body = column(self, self.text, row(self._told, None, self.add), scroll, spacing=8)
        body.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
        body.setStretch(2, 1)

    def show_notes(self, notes: tuple[NoteRow, ...]) -> None:
        """Show these notes."""
        emptied(self._list)
        if not notes:
            self._list.addWidget(label(f"There are no notes on this {self._what} yet.", "muted"))
        for note in notes:
            self._list.addWidget(label(f"{formats.moment(note.written_at)}   {note.officer}", "muted"))
            self._list.addWidget(label(note.text, wrap=True, selectable=True))
            self._list.addWidget(rule())
        self._list.addStretch(1)
