"""Ctrl+P: a table as it will be printed, page by page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.workbench.listing import Listing
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.parts import action_button, label, row
from app.views.common.printing import print_pdf
from app.views.common.theme import scaled

_STEP = 1.25
_LEAST, _MOST = 0.25, 4.0


class PreviewSheet(Sheet):
    """The pages of a listing, with a key to print and one to save them.

    Signals:
        save_wanted: the pages are wanted as a file.
    """

    save_wanted = Signal()

    def __init__(self, parent: QWidget, listing: Listing) -> None:
        super().__init__(
            parent, f"Print preview: {listing.title}", primary="Print", close="Close", note="; ".join(listing.shown)
        )
        self._name = listing.title
        self.content = b""
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName("The pages as they will be printed")
        self.view.setMinimumSize(scaled(560), scaled(160))
        self._said = label("Making the pages ...", "muted")
        self._save = self._action("&Save PDF", "Ctrl+S", self.save_wanted.emit)
        closer = self._action("&Larger", "Ctrl++", lambda: self._zoom(_STEP))
        further = self._action("S&maller", "Ctrl+-", lambda: self._zoom(1 / _STEP))
        whole = self._action("&Width", "Ctrl+0", self._fit)
        looks = (action_button(further), action_button(closer), action_button(whole))
        self.body.addLayout(row(self._said, None, *looks))
        self.body.addWidget(self.view, 1)
        self.left_buttons.addWidget(action_button(self._save, icon="content-save-outline"))
        self.confirmed.connect(lambda: print_pdf(self, self.content, self._name))
        self.set_busy(busy=True)
        self.resize(scaled(900), scaled(760))

    def show_pdf(self, content: bytes) -> None:
        """Show the pages."""
        self.content = content
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._said.setText(formats.count(self.document.pageCount(), "page"))
        self.set_busy(busy=False)
        self.view.setFocus()

    def show_error(self, error: UserError) -> None:
        """Say why there are no pages."""
        super().show_error(error)
        self._said.setText("")
        self.set_busy(busy=True)

    def show_problem(self, error: UserError) -> None:
        """Say why they could not be saved; the pages stay."""
        self.messages.bad(error)

    def set_busy(self, busy: bool) -> None:
        """There is nothing to print or save until the pages are made."""
        super().set_busy(busy)
        self._save.setEnabled(not busy)

    def _action(self, words: str, keys: str, slot: object) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(slot)
        self.addAction(made)
        return made

    def _zoom(self, step: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom and self.document.pageCount():
            points = self.document.pagePointSize(0).width() * self.view.logicalDpiX() / 72
            now = (self.view.viewport().width() - 2 * self.view.documentMargins().left()) / points
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(_MOST, max(_LEAST, now * step)))

    def _fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
