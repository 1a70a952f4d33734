"""Fields: what an officer types into. Each tells its value, why what is typed can't be taken, and what was typed.

A field is a Qt widget that has what `fields_protocol.Field` asks for. `typed()` is what a draft keeps, also where it is half
a date; `value()` is None while it can't be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy

from app.views.common.enter import is_enter
from app.views.common.theme import scaled

_LINE: Final = 200
_AREA: Final = 4_000
_BESIDE: Final = 40
"""What a list that drops down has beside its words, in pixels at 100 per cent."""


def moved_on(event: QFocusEvent) -> bool:
    """Whether the officer went on to another field, not just to a menu, a list of this field or another window."""
    return event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class LineField(QLineEdit):
    """A line of text, at most `longest` characters: a longer paste is cut, and that is said."""

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, longest: int = _LINE, *, placeholder: str = "") -> None:
        super().__init__()
        self.setMaxLength(longest)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(lambda _text: self.changed.emit())
        self._was_cut = QTimer(self, singleShot=True, interval=0)
        self._was_cut.timeout.connect(lambda: self.told.emit(_cut(longest)))
        self.inputRejected.connect(self._was_cut.start)

    def value(self) -> Any:
        """The text, without spaces at its ends."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a text from its beginning."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def typed(self) -> Any:
        """The text as it stands; nothing of a password."""
        return self.text() if self.echoMode() is QLineEdit.EchoMode.Normal else ""

    def retype(self, typed: Any) -> None:
        """Put the text back."""
        self.setText(str(typed)[: self.maxLength()])

    def problem(self) -> str:
        """Any text will do."""
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The officer moved on."""
        super().focusOutEvent(event)
        if moved_on(event):
            self.left.emit()


class AreaField(QPlainTextEdit):
    """Several lines of text, at most `longest` characters; Tab goes to the next field.

    `grows`: it takes the room there is, and is at least so high.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, longest: int = _AREA, *, height: int = 84, placeholder: str = "", grows: bool = False) -> None:
        super().__init__()
        self._longest = longest
        self._height = height
        self.setTabChangesFocus(True)
        self._grows = grows
        self.setPlaceholderText(placeholder)
        self._fit()
        self.textChanged.connect(self.changed)

    def value(self) -> Any:
        """The text, without empty lines and spaces at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.setPlainText(str(value or ""))

    def typed(self) -> Any:
        """The text as it stands."""
        return self.toPlainText()

    def retype(self, typed: Any) -> None:
        """Put the text back."""
        self.setPlainText(str(typed)[: self._longest])

    def problem(self) -> str:
        """Any text will do."""
        return ""

    def room(self) -> int:
        """How many characters more it takes, what is chosen being replaced."""
        chosen = self.textCursor()
        return self._longest - (self.document().characterCount() - 1) + abs(chosen.position() - chosen.anchor())

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste or drop: plain text, cut to the room there is before it is laid out."""
        text, room = source.text(), self.room()
        self.insertPlainText(text[:room].replace("\x00", ""))
        if len(text) > room:
            self.told.emit(_cut(self._longest))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A character beyond the last is refused."""
        if event.text() and (event.text().isprintable() or event.text() in "\r\n") and self.room() < 1:
            self.told.emit(f"That is all it holds: {self._longest:,} characters.")
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_grows"):
            self._fit()

    def _fit(self) -> None:
        if self._grows:
            self.setMinimumHeight(scaled(self._height))
        else:
            self.setFixedHeight(scaled(self._height))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Typing goes on at the end when it is reached by keyboard for the first time."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The officer moved on."""
        super().focusOutEvent(event)
        if moved_on(event):
            self.left.emit()


class LinesField(AreaField):
    """An area whose value is its lines, without empty ones, as a tuple."""

    def value(self) -> Any:
        """The lines."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def set_value(self, value: Any) -> None:
        """Show lines."""
        self.setPlainText("\n".join(value or ()))


class ChoiceField(QComboBox):
    """One of a few (words, value). The wheel turns it only where it has the focus.

    Signals:
        returnPressed: Enter, as on a line of text.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)
    returnPressed = Signal()  # noqa: N815  Qt's name

    def __init__(self, choices: Sequence[tuple[str, object]] = ()) -> None:
        super().__init__()
        self._values: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.currentTextChanged.connect(self.setToolTip)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these instead, keeping what was chosen where it is still offered."""
        kept = self.value()
        blocked = QSignalBlocker(self)
        self.clear()
        self._values = tuple(value for _, value in choices)
        self.addItems([words for words, _ in choices])
        self.set_value(kept)
        blocked.unblock()
        self.setToolTip(self.currentText())

    def showPopup(self) -> None:  # noqa: N802
        """The list is as wide as its longest words, where the field isn't."""
        view = self.view()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + scaled(_BESIDE), self.window().width()))
        super().showPopup()

    def value(self) -> Any:
        """What is chosen, as it was offered: Qt's own item data would turn a word of a fixed list into plain text."""
        at = self.currentIndex()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose; the first where it isn't offered."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def words_of(self, value: Any) -> str:
        """How a value is offered."""
        return self.itemText(self._values.index(value)) if value in self._values else str(value or "")

    def typed(self) -> Any:
        """The words chosen."""
        return self.currentText()

    def retype(self, typed: Any) -> None:
        """Choose by words, if they are still offered."""
        if (at := self.findText(str(typed))) >= 0:
            self.setCurrentIndex(at)

    def problem(self) -> str:
        """Whatever is offered will do."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is told; Qt would look for it among the words of the list."""
        if is_enter(event):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """A page that is scrolled under the pointer changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class TickField(QCheckBox):
    """Yes or no: Space ticks it.

    Signals:
        returnPressed: Enter, as on a line of text.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)
    returnPressed = Signal()  # noqa: N815  Qt's name

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))

    def typed(self) -> Any:
        """Whether it is ticked."""
        return self.isChecked()

    def retype(self, typed: Any) -> None:
        """Tick it or not."""
        self.setChecked(bool(typed))

    def problem(self) -> str:
        """Either will do."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is told."""
        if is_enter(event):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


def _cut(longest: int) -> str:
    return f"It holds {longest:,} characters: what was pasted beyond them is left out."
