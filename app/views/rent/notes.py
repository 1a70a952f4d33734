"""Notes and documents of an account: two parts of its middle card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.services.diary.dto import NoteRow
from app.services.documents.dto import DocumentRow
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, label, row, rule
from app.views.common.theme import scaled

DOCUMENTS: tuple[Column[DocumentRow], ...] = (
    Column("linked_at", "Date", lambda row: row.linked_at, 140),
    Column("kind", "Kind", lambda row: formats.words(row.kind), 110),
    Column("title", "Title", lambda row: row.title, 260),
    Column("size", "Size", lambda row: row.size, 80, shown=lambda row: formats.size(row.size), right=True),
)


class NotesPart(QWidget):
    """The notes of an account, newest first, with a field for another.

    Signals:
        added(text): write this note.
    """

    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("New note")
        self.text.setPlaceholderText("What was said, agreed or seen")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(64))
        self.add = button("Add &note", icon="note-plus-outline", tip="Add this note to the account")
        self.add.setEnabled(False)
        self.add.clicked.connect(lambda: self.added.emit(self.text.toPlainText().strip()))
        self.text.textChanged.connect(lambda: self.add.setEnabled(bool(self.text.toPlainText().strip())))
        inside = QWidget()
        inside.setObjectName("canvas")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(scaled(8))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameStyle(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("Notes")
        body = column(self, self.text, row(None, self.add), scroll, spacing=8)
        body.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
        body.setStretch(2, 1)

    def show_notes(self, notes: tuple[NoteRow, ...]) -> None:
        """Show these notes."""
        while (item := self._list.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if not notes:
            self._list.addWidget(label("There are no notes on this account yet.", "muted"))
        for note in notes:
            self._list.addWidget(label(f"{formats.moment(note.written_at)}   {note.officer}", "muted"))
            self._list.addWidget(label(note.text, wrap=True, selectable=True))
            self._list.addWidget(rule())
        self._list.addStretch(1)

    def accepted(self) -> None:
        """The note was written."""
        self.text.clear()


class DocumentsPart(QWidget):
    """The documents of an account.

    Signals:
        attach_wanted: keep a file with the account.
        open_wanted(DocumentRow): show it in the program that the system has for it.
        save_wanted(DocumentRow): save a copy.
    """

    attach_wanted = Signal()
    open_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model: ListModel[DocumentRow] = ListModel(DOCUMENTS)
        self.table = DataTable("Documents", self.model, stretch="title")
        self.open = button("&Open", icon="open-in-new", tip="Open the chosen document (Enter)")
        self.save = button("Save a &copy", icon="content-save-outline")
        self.attach = button("&Attach a file", icon="paperclip", tip="Keep a letter or a scan with the account")
        self.attach.clicked.connect(self.attach_wanted)
        self.empty = label(
            "No documents yet. Statements that are made from here or in a run are kept here.", "muted", wrap=True
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.opened.connect(self.open_wanted)
        self.open.clicked.connect(lambda: self._give(self.open_wanted))
        self.save.clicked.connect(lambda: self._give(self.save_wanted))
        buttons = row(self.empty, None, self.attach, self.open, self.save)
        buttons.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        body = column(self, buttons, self.table, spacing=4)
        body.setStretch(1, 1)

    def show_documents(self, documents: tuple[DocumentRow, ...]) -> None:
        """Show these documents."""
        self.model.show_rows(documents)
        self.empty.setVisible(not documents)
        self.table.setVisible(bool(documents))
        for each in (self.open, self.save):
            each.setVisible(bool(documents))
        if documents:
            self.table.go_to(0)

    def _give(self, signal: object) -> None:
        chosen = self.table.row()
        if isinstance(chosen, DocumentRow):
            signal.emit(chosen)  # type: ignore[attr-defined]
