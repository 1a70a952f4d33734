"""Ctrl+K: one list over everything, with the field that it is looked for in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.views.common.overlay import STEPS, Overlay
from app.views.common.parts import label, row
from app.views.common.pause import Pause
from app.views.common.theme import scaled
from app.views.shell.palette_item import Item
from app.views.shell.palette_list import ItemsList

_WIDTH, _LEAST = 680, 320
_EDGE, _TOP = 16, 6
_TYPING_MS = 10
_LONGEST = 200
_ASK = "Account, name, address, postcode, phone, reference, or a command"


class Palette(Overlay):
    """Lies over the page under the bar at the top; Esc, Enter or a click elsewhere close it.

    Signals:
        asked(text): look for this; answer with `show_items`.
    """

    asked = Signal(str)

    steps = STEPS | {Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _ASK, "Find anything", _LONGEST)
        self._answered = ""
        self._hurried = False
        self.list = ItemsList()
        self.list.clicked.connect(lambda _index: self._choose())
        self.words = label("", "muted")
        self.keys = label("Up and Down move   Enter opens   Esc closes", "muted")
        self.arrange(self.list, row(self.words, None, self.keys))
        self._typing = Pause(self, lambda: self.asked.emit(self.field.text().strip()), _TYPING_MS)
        self.field.textChanged.connect(lambda _text: self._typing.start())

    def begin(self) -> None:
        """Open with an empty field."""
        if self.isVisible():
            self.field.selectAll()
            return
        self.remember_focus()
        self._hurried = False
        self.field.clear()
        self._typing.stop()
        self.take_focus()
        self.asked.emit("")

    def end(self) -> None:
        """Close, and give the focus back."""
        self._typing.stop()
        super().end()

    def show_items(self, text: str, items: Sequence[Item], *, waiting: bool = False) -> None:
        """Show what was found by a text, unless another is asked for by now. `waiting`: more may come."""
        if text != self.field.text().strip():
            return
        self.list.show_items(items)
        count = sum(1 for item in items if item.act)
        self.words.setText("Looking …" if waiting else _NOTHING if not count else "")
        self.keys.setVisible(bool(count) or waiting)
        self.place()
        self._say()
        if waiting:
            return
        self._answered = text
        if self._hurried and count:
            self._choose()

    def step(self, by: int) -> None:
        """Mark another line."""
        self.list.step(by)
        self._say()

    def typed(self) -> None:
        """What is typed is another text."""
        self._hurried = False

    def enter(self) -> None:
        """Open the line, or the first as soon as what was typed has its answer."""
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

    def _say(self) -> None:
        """Tell a screen reader which line this is."""
        item, (place, count) = self.list.item(), self.list.place()
        self.field.setAccessibleDescription(f"{place} of {count}: {item.spoken}" if item else self.words.text())

    def place(self) -> None:
        """As high as its lines, within the window."""
        window = self._over
        edge = scaled(_EDGE)
        width = min(scaled(_WIDTH), window.width() - 2 * edge)
        around = self.sizeHint().height() - self.list.sizeHint().height()
        wanted = around + max(self.list.wanted_height(), scaled(60))
        height = min(max(wanted, scaled(120)), window.height() - 3 * edge)
        self.setGeometry((window.width() - max(width, _LEAST)) // 2, scaled(_TOP), max(width, _LEAST), height)


_NOTHING = "Nothing is found by that. Try fewer words, or part of a reference."
