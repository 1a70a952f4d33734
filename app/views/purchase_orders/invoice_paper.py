"""The document beside what is typed: dropped, pasted or chosen, and seen at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.services.documents.dto import NewFile
from app.views.common.dialogs import Sheet, ask_open
from app.views.common.documents_incoming import Incoming, from_mime, from_paths, holds_files
from app.views.common.documents_view import Content, DocumentView
from app.views.common.parts import Card, button, column, row
from app.views.common.theme import scaled

_PICTURE: Final = "Scan.png"
_KINDS: Final = "Documents (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.txt);;All files (*)"
_WIDE: Final = 360
DROP_HERE: Final = (
    "Drop the document anywhere on this sheet, paste it (Ctrl+Shift+V) or choose it: it is seen here as you type."
)


class PaperCard(Card):
    """One document to look at while something is typed; where `takes`, a file dropped on the sheet takes its place.

    Signals:
        file_wanted(Incoming): a file was dropped, pasted or chosen: read it off the GUI thread, then `show_file`.

    Attributes:
        file: what was given and isn't kept yet; None: nothing, or a document that is kept already.
    """

    file_wanted = Signal(object)

    def __init__(self, *, takes: bool, empty: str) -> None:
        super().__init__(margins=(12, 10, 12, 10))
        self.view = DocumentView(wide=True)
        self.file: NewFile | None = None
        self._empty = empty
        self.pick = button("&Choose the file", icon="paperclip", tip="Choose the document, or drop it on the sheet")
        self.pick.clicked.connect(self._choose)
        self.pick.setVisible(takes)
        self.column.addWidget(self.view, 1)
        self.column.addLayout(row(self.pick, None))
        self.setMinimumWidth(scaled(_WIDE) * 2 // 3)
        self.show_nothing()

    def show_nothing(self) -> None:
        """There is no document."""
        self.file = None
        self.view.show_message("No document", self._empty)

    def show_kept(self, title: str, content: Content) -> None:
        """Show a document that is kept already."""
        self.view.show_document(title, content)

    def show_file(self, file: NewFile, content: Content | None) -> None:
        """Show a file that will be kept with what is typed; without content it can't be shown, but is kept."""
        self.file = file
        if content is None:
            self.view.show_message(file.file_name, "It is kept with what you save, but can't be shown here.")
        else:
            self.view.show_document(file.file_name, content)

    def say(self, title: str, words: str) -> None:
        """Say something where the document would be."""
        self.view.show_message(title, words)

    def take_drops_of(self, sheet: Sheet) -> None:
        """A file dropped anywhere on the sheet, or pasted with Ctrl+Shift+V, is the document."""
        _Drops(sheet, self)

    def take(self, incoming: list[Incoming]) -> None:
        """The first of these is the document."""
        if incoming:
            self.file_wanted.emit(incoming[0])

    def _choose(self) -> None:
        asked = ask_open(self, "The document", _KINDS)
        asked.fileSelected.connect(lambda path: self.take(from_paths([Path(path)])))


class _Drops(QObject):
    """Takes the files that are dropped anywhere on a sheet."""

    def __init__(self, sheet: Sheet, card: PaperCard) -> None:
        super().__init__(sheet)
        self._card = card
        sheet.setAcceptDrops(True)
        sheet.installEventFilter(self)
        pasted = QShortcut(QKeySequence("Ctrl+Shift+V"), sheet)
        pasted.activated.connect(self._paste)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Files and pictures are welcome."""
        if event.type() not in {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}:
            return super().eventFilter(watched, event)
        if not isinstance(event, QDropEvent) or not holds_files(event.mimeData()):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._card.take(from_mime(event.mimeData(), _PICTURE))
        return True

    def _paste(self) -> None:
        mime = QApplication.clipboard().mimeData()
        if holds_files(mime):
            self._card.take(from_mime(mime, _PICTURE))


def beside(left: QWidget, paper: QWidget) -> QWidget:
    """What is typed, with the document at its right."""
    made = QWidget()
    made.setObjectName("canvas")
    halves = row(left, paper, spacing=12)
    halves.setStretch(0, 5)
    halves.setStretch(1, 3)
    column(made, halves)
    return made
