"""Dialogs: opened, never executed; they say what was decided by signal and stay open until it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from PySide6.QtCore import QDir, QEvent, QFileInfo, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFileIconProvider, QPushButton, QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.core.resources import resource
from app.views.common.boxes import VBox
from app.views.common.fields import AreaField, LineField
from app.views.common.forms import Form
from app.views.common.icons import icon
from app.views.common.message_bar import MessageBar
from app.views.common.parts import action_button, button, column, label, row, scrolled
from app.views.common.theme import scaled

_EDGE = 8
"""What a sheet leaves free of its window at each side."""
_LONG_LINE: Final = 400
"""A field of one line that takes so many characters is for a sentence, not for a word."""


class Sheet(QDialog):
    """A dialog with a title, its content, a message bar of its own and one primary button (Ctrl+Enter).

    What is written in it is kept as a draft by the window (`sheet_drafts`), and offered when it is opened again.

    Attributes:
        explained: the sentence under its title.
        about: the record that what is written belongs to, where there is one.
        over: its work is done: `close` or `accept` was called.

    Signals:
        confirmed: the primary button; whoever opened the sheet reads it, does the work and calls `close`.
        typed_changed: something else is typed.
    """

    confirmed = Signal()
    typed_changed = Signal()
    keeps_itself = False
    """Whether it has a draft of its own, as the form of a record."""

    def __init__(
        self, parent: QWidget, title: str, *, primary: str = "", close: str = "Cancel", note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.messages = MessageBar(inline=True)
        self.body = VBox()
        self.body.setSpacing(scaled(12))
        self.left_buttons = row()
        self.primary: QPushButton | None = None
        self._form: Form | None = None
        self._first: QWidget | None = None
        self.explained = note
        self.about: tuple[Subject, int] | None = None
        self.over = False
        self._told = False
        self._waits = self._barred = False
        self._may_leave: Callable[[], bool] | None = None
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
        self._above = column(None, column(None, *head, spacing=4), self.messages, spacing=14)
        column(self, self._above, self.body, buttons, spacing=14, margin=20).setStretch(1, 1)

    def form(self) -> Form:
        """A form in the body; errors about its fields are shown beside them."""
        self._form = Form()
        self._form.changed.connect(self.typed_changed)
        self.body.addLayout(self._form)
        return self._form

    def scrolling_form(self) -> Form:
        """A form that may be higher than the window."""
        form = Sheet.form(self)
        self.body.removeItem(form)
        form.setParent(None)
        inside = QWidget()
        inside.setObjectName("canvas")
        inside.setLayout(form)
        self.body.addWidget(scrolled(inside), 1)
        return form

    # What is typed

    def typed(self) -> dict[str, Any]:
        """What stands in its fields, for a draft."""
        return self._form.typed() if self._form else {}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what stood in its fields."""
        if self._form:
            self._form.retype(typed)

    def written(self) -> list[str]:
        """What stands in the fields that are for sentences; a sheet without any is not kept."""
        return (
            [words for field in self._form.fields() if (words := _sentences(field)) is not None] if self._form else []
        )

    def put_above(self, shown: QWidget) -> None:
        """Put something over the content, such as the offer of a draft."""
        self._above.addWidget(shown)

    def wait_for_choice(self, waits: bool) -> None:
        """While an offer is to be answered nothing can be confirmed."""
        self._waits = waits
        self.set_busy(busy=False)

    def bar(self, barred: bool) -> None:
        """Nothing that can be typed here lets it be confirmed: what it shows says why."""
        self._barred = barred
        self.set_busy(busy=False)

    def ask_before_leaving(self, may_leave: Callable[[], bool]) -> None:
        """Esc and Cancel: leave only where this says so."""
        self._may_leave = may_leave

    def close(self) -> bool:
        """Its work is done."""
        self.over = True
        return super().close()

    def accept(self) -> None:
        """Its work is done."""
        self.over = True
        super().accept()

    def reject(self) -> None:
        """Esc, Cancel and the cross of the window: what is written isn't lost without a word."""
        if self.over or self._may_leave is None or self._may_leave():
            super().reject()

    def begin_at(self, first: QWidget) -> None:
        """Where the focus is when the sheet opens, if not in its form or on its primary button."""
        self._first = first

    def set_busy(self, busy: bool) -> None:
        """While the work is under way the primary button waits."""
        if self.primary:
            self.confirm_action.setEnabled(not (busy or self._waits or self._barred))

    def show_error(self, error: UserError) -> None:
        """Show what is wrong beside its field, or at the top; nothing typed is lost."""
        self.set_busy(busy=False)
        if not (self._form and self._form.show_error(error)):
            self.messages.bad(error)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin at the first field, as high as its lines need (or as drawn), no larger than the window it belongs to."""
        super().showEvent(event)
        drawn = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        self._make_room(least=self.height() if drawn else 0)
        self.begin()
        self._tell_window()

    def event(self, event: QEvent) -> bool:
        """What is said beside a field later, such as an error of three lines, makes it higher rather than its lines lower."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._make_room(least=self.height())
        return done

    def _make_room(self, least: int) -> None:
        """Be as high as the lines need, at least this, and no larger than the window that it belongs to."""
        wanted = QSize(self.width(), least or self.height())
        if (layout := self.layout()) is not None and layout.hasHeightForWidth():
            wanted.setHeight(max(least, layout.totalHeightForWidth(self.width())))
        if (owner := self.parentWidget()) is not None:
            edge = scaled(_EDGE)
            wanted = wanted.boundedTo(owner.window().size().shrunkBy(QMargins(edge, edge, edge, edge)))
        if wanted != self.size():
            self.resize(wanted)

    def begin(self) -> None:
        """Go to where typing begins."""
        first = self._first or (self._form.first() if self._form else None) or self.primary
        if first and first.isVisible():
            first.setFocus(Qt.FocusReason.TabFocusReason)  # what stands in a field is chosen, and typing replaces it

    def _tell_window(self) -> None:
        """The window at the root hears once of every sheet that opens."""
        root: QWidget = self
        while (above := root.parentWidget()) is not None:
            root = above
        opened = getattr(root, "sheet_opened", None)
        if opened is not None and not self._told:
            self._told = True
            opened.emit(self)


def _sentences(field: QWidget) -> str | None:
    """What stands in a field that is for sentences; None for any other."""
    long = isinstance(field, LineField) and field.maxLength() >= _LONG_LINE
    return (
        str(field.typed())
        if isinstance(field, AreaField | LineField) and (long or isinstance(field, AreaField))
        else None
    )


def ask_save(parent: QWidget, title: str, name: str, kinds: str) -> QFileDialog:
    """A dialog for where to save, already open: connect to `fileSelected`. `kinds` as `PDF (*.pdf)`."""
    made = _file_dialog(parent, title, kinds)
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    made.selectFile(name)
    suffix = name.rpartition(".")[2]
    made.setDefaultSuffix(suffix)
    return _opened(made)


def ask_open(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    """A dialog for a file to open, already open: connect to `fileSelected`."""
    made = _file_dialog(parent, title, kinds)
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(made)


def ask_open_many(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    """A dialog for one or more files to open, already open: connect to `filesSelected`."""
    made = _file_dialog(parent, title, kinds)
    made.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _opened(made)


def ask_folder(parent: QWidget, title: str) -> QFileDialog:
    """A dialog for a folder, already open: connect to `fileSelected`."""
    made = _file_dialog(parent, title)
    made.setFileMode(QFileDialog.FileMode.Directory)
    made.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(made)


class _BySuffix(QFileIconProvider):
    """Tells what a file is by its name.

    Qt's own reads each file that it lists, and on a system of POSIX whoever closes a file lets go of all locks that the
    program holds on it: the next that opened the database of this window would have taken it for nobody's, and thrown away
    what it had saved last.
    """

    def __init__(self) -> None:
        super().__init__()
        size = QSize(scaled(16), scaled(16))
        self._folder, self._file = (QIcon(icon(each).pixmap(size)) for each in ("folder-outline", "file-outline"))

    def icon(self, asked: QFileIconProvider.IconType | QFileInfo) -> QIcon:
        """A folder's, or a file's; asked for by a thread of the dialog's own."""
        folder = asked.isDir() if isinstance(asked, QFileInfo) else asked == QFileIconProvider.IconType.Folder
        return self._folder if folder else self._file

    def type(self, info: QFileInfo) -> str:
        """What stands in the column of kinds."""
        return "Folder" if info.isDir() else f"{info.suffix().upper()} file".strip()


@cache
def _by_suffix() -> _BySuffix:
    """The one of the program: a dialog doesn't keep it."""
    return _BySuffix()


_LAST: Final[list[str]] = []
"""The folder that was chosen from last."""


def _file_dialog(parent: QWidget, title: str, kinds: str = "") -> QFileDialog:
    """It begins in a folder of the program, and goes where it is wanted once it reads no file."""
    made = QFileDialog(parent, title, str(resource("icons")), kinds)
    made.setIconProvider(_by_suffix())
    made.setDirectory(_LAST[-1] if _LAST else QDir.homePath())
    made.accepted.connect(lambda: _LAST.__setitem__(slice(None), [made.directory().absolutePath()]))
    return made


def _opened(made: QFileDialog) -> QFileDialog:
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setOption(QFileDialog.Option.DontUseNativeDialog, False)
    made.resize(scaled(760), scaled(460))
    made.open()
    return made
