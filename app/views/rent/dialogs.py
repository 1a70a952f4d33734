"""F6: the statement of an account, seen as it will be printed, then printed or saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QAction, QFontDatabase, QKeySequence
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QPlainTextEdit, QStackedLayout, QWidget

from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.statements.dto import Variant
from app.views.common.dialogs import Sheet
from app.views.common.forms import choice_field, date_field, date_of
from app.views.common.parts import action_button, label, row
from app.views.common.pause import Pause
from app.views.common.theme import scaled

_PAUSE_MS = 250


_FORMS: list[tuple[str, object]] = [
    ("Standard", Variant.STANDARD),
    ("Large print", Variant.LARGE_PRINT),
    ("Text only", Variant.TEXT),
]


@dataclass(frozen=True, slots=True)
class StatementWanted:
    """A statement of one account, both days included."""

    account_id: int
    from_on: date
    to_on: date
    variant: Variant


class StatementSheet(Sheet):
    """Dates and form at the top, the pages under them.

    Signals:
        preview_wanted(StatementWanted): make the pages for the preview.
        pdf_wanted, excel_wanted, print_wanted(StatementWanted): what to do with them.
    """

    preview_wanted = Signal(object)
    pdf_wanted = Signal(object)
    excel_wanted = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, parent: QWidget, header: AccountHeader, from_on: date, to_on: date, variant: Variant) -> None:
        super().__init__(
            parent, "Statement", primary="Save PDF", close="Close", note=f"{header.name}   {header.reference}"
        )
        self._account_id = header.account_id
        self.reference = header.reference
        self.from_on = date_field(from_on, "From")
        self.to_on = date_field(to_on, "To")
        self.form_of = choice_field(_FORMS, "Format")
        self.form_of.setCurrentIndex([value for _, value in _FORMS].index(variant))
        self._said = label("", "muted")
        words = [label("&From"), label("&To"), label("Fo&rmat")]
        for shown, field in zip(words, (self.from_on, self.to_on, self.form_of), strict=True):
            shown.setBuddy(field)
        fields = (words[0], self.from_on, 6, words[1], self.to_on, 6, words[2], self.form_of)
        self.body.addLayout(row(*fields, None, self._said))
        self._make_views()
        self._pause = Pause(self, self._preview, _PAUSE_MS)
        self._buttons()
        for date_shown in (self.from_on, self.to_on):
            date_shown.dateChanged.connect(lambda _day: self._pause.start())
        self.form_of.currentIndexChanged.connect(lambda _at: self._preview())
        self.confirmed.connect(lambda: self.pdf_wanted.emit(self.wanted()))
        self.resize(scaled(860), scaled(760))

    def _make_views(self) -> None:
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName("The statement as it will be printed")
        self.view.setMinimumSize(scaled(560), scaled(160))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName("The statement as text")
        self._pages = QStackedLayout()
        self.body.addLayout(self._pages, 1)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.text)
        self._buffer = QBuffer(self)

    def wanted(self) -> StatementWanted:
        """What the fields say."""
        variant = self.form_of.value()
        return StatementWanted(self._account_id, date_of(self.from_on), date_of(self.to_on), variant)

    def begin(self) -> None:
        """Ask for the first preview; the dates come first."""
        self.from_on.setFocus(Qt.FocusReason.TabFocusReason)
        self._preview()

    def show_pdf(self, content: bytes) -> None:
        """Show the pages."""
        self.messages.clear()
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._pages.setCurrentWidget(self.view)
        pages = self.document.pageCount()
        self._said.setText(f"{pages} pages" if pages != 1 else "1 page")
        self.set_busy(busy=False)

    def show_text(self, content: str) -> None:
        """Show the text variant."""
        self.messages.clear()
        self.text.setPlainText(content)
        self._pages.setCurrentWidget(self.text)
        self._said.setText("")
        self.set_busy(busy=False)

    def set_busy(self, busy: bool) -> None:
        """While pages are made nothing can be done with them."""
        super().set_busy(busy)
        for action in (self._excel, self._print):
            action.setEnabled(not busy)

    def show_error(self, error: UserError) -> None:
        """Show what is wrong at the top."""
        super().show_error(error)
        self._said.setText("")

    def _buttons(self) -> None:
        self._excel = QAction("Save &Excel", self)
        self._excel.setShortcut(QKeySequence("Ctrl+E"))
        self._excel.triggered.connect(lambda: self.excel_wanted.emit(self.wanted()))
        self._print = QAction("&Print", self)
        self._print.setShortcut(QKeySequence("Ctrl+P"))
        self._print.triggered.connect(lambda: self.print_wanted.emit(self.wanted()))
        for action, icon in ((self._print, "printer-outline"), (self._excel, "microsoft-excel")):
            self.addAction(action)
            self.left_buttons.addWidget(action_button(action, icon=icon))

    def _preview(self) -> None:
        self._pause.stop()
        self._said.setText("Making the pages …")
        self.set_busy(busy=True)
        self.preview_wanted.emit(self.wanted())
