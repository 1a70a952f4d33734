"""One document in the window: the pages of a PDF, a picture, or text. Nothing outside the document is ever loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QFontDatabase, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QToolButton, QWidget

from app.services.documents.dto import DocumentFile
from app.services.documents.recognising import Shape, text_of
from app.views.common import formats, icons
from app.views.common.documents_picture import PictureView, read_picture
from app.views.common.parts import Elided, column, label, row
from app.views.common.theme import scaled

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

_STEP = 1.25
_LEAST, _MOST = 0.2, 5.0
_MOST_TEXT = 1_000_000
"""Characters of a text that are shown; the rest is in the copy that is saved."""
_CUT = "\n\n[Only the beginning is shown here: save a copy to read the rest.]"

Content = bytes | QImage | str


def read_document(file: DocumentFile, shape: str) -> Content:
    """What is shown of a document, decoded off the GUI thread.

    Raises:
        UserError: a picture that can't be decoded.
    """
    if shape == Shape.PICTURE:
        return read_picture(file.content)
    if shape == Shape.TEXT:
        text = text_of(file.content) or ""
        return text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + _CUT
    return file.content


class DocumentView(QWidget):
    """A document with its zoom; keys Ctrl++, Ctrl+-, Ctrl+0 (fit) and Ctrl+R (turn) while the focus is in it.

    Args:
        wide: pictures are fitted to the width too, as pages are.
    """

    def __init__(self, *, wide: bool = False) -> None:
        super().__init__()
        self._wide = wide
        self._title = Elided("strong")
        self._said = label("", "muted")
        self._buttons = {
            "smaller": self._tool("magnify-minus-outline", "Smaller", "Ctrl+-", lambda: self._zoom(1 / _STEP)),
            "larger": self._tool("magnify-plus-outline", "Larger", "Ctrl++", lambda: self._zoom(_STEP)),
            "fit": self._tool("fit-to-page-outline", "Fit", "Ctrl+0", self._fit),
            "turn": self._tool("rotate-right", "Turn", "Ctrl+R", self._turn),
        }
        self._stack = QStackedWidget()
        self._message = label("", "muted", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._message.setContentsMargins(0, scaled(8), 0, 0)
        self._stack.addWidget(self._message)
        self._picture: PictureView | None = None
        self._text: QPlainTextEdit | None = None
        self._pdf: QPdfView | None = None
        self._document: QPdfDocument | None = None
        self._buffer = QBuffer(self)
        head = row(self._title, self._said, *self._buttons.values(), spacing=4)
        head.setStretch(0, 1)
        column(self, head, self._stack, spacing=4).setStretch(1, 1)
        self.show_message("", "")

    def show_message(self, title: str, text: str) -> None:
        """Say something where a document would be."""
        self._head(title, "")
        self._message.setText(text)
        self._show(self._message)

    def show_document(self, title: str, content: Content) -> None:
        """Show what `read_document` read."""
        if isinstance(content, QImage):
            self._show_picture(title, content)
        elif isinstance(content, str):
            self._show_text(title, content)
        else:
            self._show_pdf(title, content)

    def focus_document(self) -> None:
        """Go to what is shown, to scroll and zoom it by keyboard."""
        if (shown := self._stack.currentWidget()) is not None:
            shown.setFocus()

    def _show_picture(self, title: str, picture: QImage) -> None:
        if self._picture is None:
            self._picture = PictureView(wide=self._wide)
            self._stack.addWidget(self._picture)
        self._head(title, f"{picture.width():,} x {picture.height():,}")
        self._show(self._picture)
        self._picture.show_picture(picture)

    def _show_text(self, title: str, text: str) -> None:
        if self._text is None:
            self._text = QPlainTextEdit()
            self._text.setReadOnly(True)
            self._text.setTabChangesFocus(True)
            self._text.setAccessibleName("The text")
            self._stack.addWidget(self._text)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self._text.setFont(font)
        self._text.setPlainText(text)
        self._head(title, "")
        self._show(self._text)

    def _show_pdf(self, title: str, content: bytes) -> None:
        from PySide6.QtPdf import QPdfDocument

        pdf, document = self._pdf_view()
        document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(self._buffer)
        error = document.error()
        if error is QPdfDocument.Error.IncorrectPassword:
            self.show_message(title, "The document is protected by a password: save a copy to open it elsewhere.")
        elif error is not QPdfDocument.Error.None_:
            self.show_message(title, "The pages can't be shown: save a copy to look at it elsewhere.")
        else:
            self._head(title, formats.count(document.pageCount(), "page"))
            self._show(pdf)
            self._fit()

    def _pdf_view(self) -> tuple[QPdfView, QPdfDocument]:
        """Made when the first PDF is shown: the library takes a moment to load."""
        if self._pdf is None or self._document is None:
            from PySide6.QtPdf import QPdfDocument
            from PySide6.QtPdfWidgets import QPdfView

            self._document = QPdfDocument(self)
            self._pdf = QPdfView(self)
            self._pdf.setDocument(self._document)
            self._pdf.setPageMode(QPdfView.PageMode.MultiPage)
            self._pdf.setAcceptDrops(False)
            self._pdf.setAccessibleName("The pages")
            self._stack.addWidget(self._pdf)
        return self._pdf, self._document

    def _head(self, title: str, said: str) -> None:
        self._title.say(title)
        self._said.setText(said)

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        shown = widget is not self._message
        for name, each in self._buttons.items():
            each.setVisible(shown and (widget is self._picture or name != "turn"))

    def _zoom(self, step: float) -> None:
        shown = self._stack.currentWidget()
        if shown is self._picture and self._picture is not None:
            self._picture.zoom(step)
        elif shown is self._text and self._text is not None:
            self._text.zoomIn(1 if step > 1 else -1)
        elif shown is self._pdf and self._pdf is not None:
            self._zoom_pdf(self._pdf, step)

    def _zoom_pdf(self, pdf: QPdfView, step: float) -> None:
        mode = type(pdf).ZoomMode
        now = pdf.zoomFactor()
        if pdf.zoomMode() is not mode.Custom and self._document is not None and self._document.pageCount():
            points = self._document.pagePointSize(0).width() * pdf.logicalDpiX() / 72
            now = (pdf.viewport().width() - 2 * pdf.documentMargins().left()) / points
        pdf.setZoomMode(mode.Custom)
        pdf.setZoomFactor(min(_MOST, max(_LEAST, now * step)))

    def _fit(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self._picture and self._picture is not None:
            self._picture.fit()
        elif shown is self._pdf and self._pdf is not None:
            self._pdf.setZoomMode(type(self._pdf).ZoomMode.FitToWidth)

    def _turn(self) -> None:
        if self._stack.currentWidget() is self._picture and self._picture is not None:
            self._picture.turn()

    def _tool(self, icon: str, name: str, keys: str, does: object) -> QToolButton:
        made = QToolButton()
        made.setAccessibleName(name)
        made.setToolTip(f"{name} ({keys})")
        made.clicked.connect(does)
        icons.dress(made, icon, "muted", 18)
        shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)
        return made
