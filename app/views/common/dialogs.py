"""Dialogs: opened, never executed; they say what was decided by signal and stay open until it is done."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget

from app.services.core.errors import UserError
from app.views.common.forms import Form
from app.views.common.message_bar import MessageBar
from app.views.common.parts import action_button, button, column, label, row
from app.views.common.theme import scaled

_EDGE = 8
"""What a sheet leaves free of its window at each side."""


class Sheet(QDialog):
    """A dialog with a title, its content, a message bar of its own and one primary button (Ctrl+Enter).

    Signals:
        confirmed: the primary button; whoever opened the sheet reads it, does the work and calls `close`.
    """

    confirmed = Signal()

    def __init__(
        self, parent: QWidget, title: str, *, primary: str = "", close: str = "Cancel", note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.messages = MessageBar(inline=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(12))
        self.left_buttons = row()
        self.primary: QPushButton | None = None
        self._form: Form | None = None
        self._first: QWidget | None = None
        away = button(close, key="Esc")
        away.clicked.connect(self.reject)
        buttons = row(self.left_buttons, None, away)
        if primary:
            self.confirm_action = QAction(primary, self)
            self.confirm_action.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
            self.confirm_action.triggered.connect(self.confirmed)
            self.addAction(self.confirm_action)
            self.primary = action_button(self.confirm_action, role="primary")
            self.primary.setText(f"{primary}  Ctrl+Enter")
            buttons.addWidget(self.primary)
        head = [label(title, "title"), *([label(note, "muted", wrap=True)] if note else [])]
        column(
            self, column(None, *head, spacing=4), self.messages, self.body, buttons, spacing=14, margin=20
        ).setStretch(2, 1)

    def form(self) -> Form:
        """A form in the body; errors about its fields are shown beside them."""
        self._form = Form()
        self.body.addLayout(self._form)
        return self._form

    def begin_at(self, first: QWidget) -> None:
        """Where the focus is when the sheet opens, if not in its form or on its primary button."""
        self._first = first

    def set_busy(self, busy: bool) -> None:
        """While the work is under way the primary button waits."""
        if self.primary:
            self.confirm_action.setEnabled(not busy)

    def show_error(self, error: UserError) -> None:
        """Show what is wrong beside its field, or at the top; nothing typed is lost."""
        self.set_busy(busy=False)
        if not (self._form and self._form.show_error(error)):
            self.messages.bad(error)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin at the first field, high enough for every line, no larger than the window it belongs to."""
        super().showEvent(event)
        if (layout := self.layout()) is not None and layout.hasHeightForWidth():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        if (owner := self.parentWidget()) is not None:
            edge = scaled(_EDGE)
            self.resize(self.size().boundedTo(owner.window().size().shrunkBy(QMargins(edge, edge, edge, edge))))
        first = self._first or (self._form.first() if self._form else None) or self.primary
        if first and first.isVisible():
            first.setFocus()


def ask_save(parent: QWidget, title: str, name: str, kinds: str) -> QFileDialog:
    """A dialog for where to save, already open: connect to `fileSelected`. `kinds` as `PDF (*.pdf)`."""
    made = QFileDialog(parent, title, name, kinds)
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    made.selectFile(name)
    suffix = name.rpartition(".")[2]
    made.setDefaultSuffix(suffix)
    return _opened(made)


def ask_open(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    """A dialog for a file to open, already open: connect to `fileSelected`."""
    made = QFileDialog(parent, title, "", kinds)
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(made)


def ask_open_many(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    """A dialog for one or more files to open, already open: connect to `filesSelected`."""
    made = QFileDialog(parent, title, "", kinds)
    made.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _opened(made)


def ask_folder(parent: QWidget, title: str) -> QFileDialog:
    """A dialog for a folder, already open: connect to `fileSelected`."""
    made = QFileDialog(parent, title)
    made.setFileMode(QFileDialog.FileMode.Directory)
    made.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(made)


def _opened(made: QFileDialog) -> QFileDialog:
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setOption(QFileDialog.Option.DontUseNativeDialog, False)
    made.resize(scaled(760), scaled(460))
    made.open()
    return made
