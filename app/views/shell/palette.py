"""Ctrl+K: one list over everything, with the field that it is looked for in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from app.views.common.parts import column, label, row, rule
from app.views.common.pause import Pause
from app.views.common.theme import scaled
from app.views.shell.palette_item import Item
from app.views.shell.palette_list import ItemsList

_WIDTH, _LEAST = 680, 320
_EDGE, _TOP = 16, 6
_TYPING_MS = 10
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LONGEST = 200


class Palette(QFrame):
    """Lies over the page under the bar at the top; Esc, Enter or a click elsewhere close it.

    Signals:
        asked(text): look for this; answer with `show_items`.
    """

    asked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setVisible(False)
        self._window = window
        self._before: QWidget | None = None
        self._answered = ""
        self._hurried = False
        self.field = QLineEdit()
        self.field.setObjectName("palette_field")
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText("Account, name, address, postcode, phone, reference, or a command")
        self.field.setAccessibleName("Find anything")
        self.field.installEventFilter(self)
        self.list = ItemsList()
        self.list.clicked.connect(lambda _index: self._choose())
        self.words = label("", "muted")
        self.keys = label("Up and Down move   Enter opens   Esc closes", "muted")
        foot = row(self.words, None, self.keys)
        foot.setContentsMargins(scaled(14), 0, scaled(14), scaled(2))
        layout = column(self, self.field, rule(), self.list, rule(), foot, spacing=4)
        layout.setContentsMargins(1, scaled(6), 1, scaled(6))
        layout.setStretch(2, 1)
        self._typing = Pause(self, lambda: self.asked.emit(self.field.text().strip()), _TYPING_MS)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        window.installEventFilter(self)

    def begin(self) -> None:
        """Open with an empty field."""
        if self.isVisible():
            self.field.selectAll()
            return
        self._before = QApplication.focusWidget()
        self._hurried = False
        self.field.clear()
        self._typing.stop()
        self.setVisible(True)
        self.raise_()
        self.field.setFocus()
        self.asked.emit("")

    def end(self) -> None:
        """Close, and give the focus back."""
        if not self.isVisible():
            return
        self._typing.stop()
        self.setVisible(False)
        before, self._before = self._before, None
        try:
            if before is not None and before.isVisible():
                before.setFocus()
        except RuntimeError:
            self._before = None  # what had the focus has gone meanwhile

    def show_items(self, text: str, items: Sequence[Item], *, waiting: bool = False) -> None:
        """Show what was found by a text, unless another is asked for by now. `waiting`: more may come."""
        if text != self.field.text().strip():
            return
        self.list.show_items(items)
        count = sum(1 for item in items if item.act)
        self.words.setText("Looking …" if waiting else _NOTHING if not count else "")
        self.keys.setVisible(bool(count) or waiting)
        self._fit()
        self._say()
        if waiting:
            return
        self._answered = text
        if self._hurried and count:
            self._choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The keys of the field, and the size of the window."""
        if watched is self.field:
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if self._takes(event):
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            elif event.type() == QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
                QTimer.singleShot(0, self, self._left)
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        return event.key() in {*_STEPS, *_ENTER, Qt.Key.Key_Escape}

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in _ENTER:
            self._hurry()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.list.step(step)
            self._say()
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.list.step(-1 if event.key() == Qt.Key.Key_Backtab else 1)
            self._say()
        else:
            self._hurried = False
            return False
        return True

    def _hurry(self) -> None:
        """Enter: open the line, or the first as soon as what was typed has its answer."""
        if self._answered == self.field.text().strip() and not self._typing.isActive():
            self._choose()
        else:
            self._hurried = True

    def _choose(self) -> None:
        item = self.list.item()
        if item is not None and item.act is not None:
            act = item.act
            self.end()
            act()

    def _left(self) -> None:
        if self.isVisible() and not self.isAncestorOf(QApplication.focusWidget() or self._window):
            self._before = None
            self.end()

    def _say(self) -> None:
        """Tell a screen reader which line this is."""
        item, (place, count) = self.list.item(), self.list.place()
        self.field.setAccessibleDescription(f"{place} of {count}: {item.spoken}" if item else self.words.text())

    def _fit(self) -> None:
        """As high as its lines, within the window."""
        window = self._window
        edge = scaled(_EDGE)
        width = min(scaled(_WIDTH), window.width() - 2 * edge)
        around = self.sizeHint().height() - self.list.sizeHint().height()
        wanted = around + max(self.list.wanted_height(), scaled(60))
        height = min(max(wanted, scaled(120)), window.height() - 3 * edge)
        self.setGeometry((window.width() - max(width, _LEAST)) // 2, scaled(_TOP), max(width, _LEAST), height)


_NOTHING = "Nothing is found by that. Try fewer words, or part of a reference."
