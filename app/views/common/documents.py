"""The documents of a record: dropped, pasted or picked, listed, and viewed beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from app.services.documents.dto import DocumentRow
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import ask_open_many
from app.views.common.documents_incoming import Incoming, from_mime, from_paths, holds_files
from app.views.common.documents_view import Content, DocumentView
from app.views.common.parts import button, column, row
from app.views.common.theme import scaled


def _day(row: DocumentRow) -> str:
    return formats.day(row.linked_at.astimezone().date())


DOCUMENTS: tuple[Column[DocumentRow], ...] = (
    Column("title", "Title", lambda row: row.title, 200),
    Column("linked_at", "Date", lambda row: row.linked_at, 96, shown=_day),
    Column("kind", "Kind", lambda row: formats.words(row.kind), 90, least=430),
    Column("size", "Size", lambda row: row.size, 70, shown=lambda row: formats.size(row.size), right=True, least=360),
)
_EMPTY = "No documents yet.\nDrop files here, paste a file or a picture (Ctrl+V), or press Attach files."
_EMPTY_FIXED = "No documents."
_SIDE_BY_SIDE = 640
"""The list stands beside the document in a panel at least so wide, else above it; pixels at 100 per cent."""


class DocumentsPanel(QWidget):
    """The documents of one record.

    Args:
        name: what the list is called for screen readers and for its remembered widths.
        fixed: documents can only be looked at here.

    Signals:
        attach_wanted(list[Incoming]): keep these files with the record.
        nothing_pasted: the clipboard holds no file and no picture.
        chosen(DocumentRow | None): show this one.
        looked_at: the panel has come into sight.
        save_wanted, print_wanted, outside_wanted, link_wanted, unlink_wanted, trail_wanted(DocumentRow).
    """

    attach_wanted = Signal(object)
    nothing_pasted = Signal()
    chosen = Signal(object)
    looked_at = Signal()
    save_wanted = Signal(object)
    print_wanted = Signal(object)
    outside_wanted = Signal(object)
    link_wanted = Signal(object)
    unlink_wanted = Signal(object)
    trail_wanted = Signal(object)

    def __init__(self, name: str = "Documents", *, fixed: bool = False) -> None:
        super().__init__()
        self._fixed = fixed
        self._closed = False
        self._placed = False
        self.picture_name = "Pasted picture.png"
        self.model: ListModel[DocumentRow] = ListModel(DOCUMENTS)
        self.table = DataTable(name, self.model, stretch="title", empty=_EMPTY_FIXED if fixed else _EMPTY)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.view = DocumentView()
        self.attach = button("Attac&h files", icon="paperclip", tip="Choose files to keep here, or drop or paste them")
        self.save = button("Save a &copy", icon="content-save-outline")
        self.print = button("&Print", icon="printer-outline")
        self.more = button("&More", icon="dots-horizontal", tip="Open outside, link, take away, history")
        self._actions = self._menu()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName(f"{name} splitter".replace(" ", "_"))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(scaled(12))
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.view)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        body = column(self, row(self.attach, self.save, self.print, self.more, None), self.splitter, spacing=6)
        body.setStretch(1, 1)
        body.setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6))
        self._join()
        self.setAcceptDrops(not fixed)
        self.show_documents(())

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """Show these documents, and stay on the one that was chosen."""
        before = self.row()
        self.model.show_rows(documents)
        self.view.setVisible(bool(documents))
        for each in (self.save, self.print, self.more):
            each.setVisible(bool(documents))
        ids = [each.link_id for each in self.model.rows]
        if ids:
            self.table.go_to(ids.index(before.link_id) if before and before.link_id in ids else 0)
        else:
            self._choose(None)

    def close_to_changes(self, closed: bool) -> None:
        """Nothing is attached or taken away here now: the officer may not, or the record is settled."""
        self._closed = closed
        self.attach.setVisible(not (closed or self._fixed))
        self.setAcceptDrops(not (closed or self._fixed))
        self._choose(self.row())

    def show_content(self, title: str, content: Content) -> None:
        """Show the chosen document."""
        self.view.show_document(title, content)

    def row(self) -> DocumentRow | None:
        """The document that the officer is on."""
        chosen = self.table.row()
        return chosen if isinstance(chosen, DocumentRow) else None

    def paste(self) -> None:
        """Attach what is on the clipboard."""
        if not (self._fixed or self._closed):
            self._take(QGuiApplication.clipboard().mimeData())

    def pick(self) -> None:
        """Attach files that the officer chooses."""
        dialog = ask_open_many(self, "Attach files", "All files (*)")
        dialog.filesSelected.connect(lambda paths: self.attach_wanted.emit(from_paths([Path(each) for each in paths])))

    def _menu(self) -> dict[str, QAction]:
        menu = QMenu(self)
        wanted = {
            "outside": ("&Open outside Rentbook", self.outside_wanted),
            "link": ("&Link to another record", self.link_wanted),
            "trail": ("&History", self.trail_wanted),
            "unlink": ("&Take away", self.unlink_wanted),
        }
        made: dict[str, QAction] = {}
        for key, (words, signal) in wanted.items():
            made[key] = QAction(words, menu)
            menu.addAction(made[key])
            made[key].triggered.connect(lambda _checked=False, signal=signal: self._give(signal))
        self.more.setMenu(menu)
        return made

    def _join(self) -> None:
        self.attach.clicked.connect(self.pick)
        self.save.clicked.connect(lambda: self._give(self.save_wanted))
        self.print.clicked.connect(lambda: self._give(self.print_wanted))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self.view.focus_document())
        pasting = QShortcut(QKeySequence.StandardKey.Paste, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasting.activated.connect(self.paste)

    def _choose(self, chosen: object) -> None:
        shown = chosen if isinstance(chosen, DocumentRow) else None
        self.print.setEnabled(shown is not None and bool(shown.shape))
        may_change = not (self._fixed or self._closed)
        self._actions["link"].setVisible(may_change)
        self._actions["unlink"].setVisible(may_change and shown is not None and shown.removable)
        self.chosen.emit(shown)

    def _give(self, signal: object) -> None:
        if (shown := self.row()) is not None:
            signal.emit(shown)  # type: ignore[attr-defined]

    def _take(self, mime: QMimeData) -> bool:
        incoming: list[Incoming] = from_mime(mime, self.picture_name)
        if incoming:
            self.attach_wanted.emit(incoming)
        else:
            self.nothing_pasted.emit()
        return bool(incoming)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Files and pictures are welcome."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  Qt's name
        """Anywhere in the panel."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Attach what was dropped."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """What nobody saw was not read; it is now."""
        super().showEvent(event)
        self.looked_at.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """The list beside the document where there is room, else above it."""
        super().resizeEvent(event)
        wide = self.width() >= scaled(_SIDE_BY_SIDE)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted or not self._placed:
            self._placed = True
            self.splitter.setOrientation(wanted)
            self.splitter.setSizes([scaled(each) for each in ((300, 400) if wide else (150, 350))])
