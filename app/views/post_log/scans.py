"""Scans that wait for their items: the first goes with the item that is typed, and is shown so that it is typed from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.views.common import formats
from app.views.common.documents_incoming import Incoming
from app.views.common.documents_view import Content, DocumentView
from app.views.common.parts import column, label
from app.views.common.theme import scaled

_LIST_HEIGHT = 92
_HOW = (
    "Drop the scans of the morning's post here: the first is shown to type from and goes with the item, then the next. "
    "A scan that is named by the number of an item, such as 2026-0041.pdf, goes straight to it."
)


class Scans(QWidget):
    """The scans in their order with the one that is shown.

    Those that are ticked go with the item that is typed: the first, and others where the officer ticks them.

    Signals:
        shown_wanted(Incoming): show this one: answer with `show_scan` or `show_problem`.
        counted(int): so many wait.
    """

    shown_wanted = Signal(object)
    counted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Incoming] = []
        self.words = label("", "strong")
        self.list = QListWidget()
        self.list.setAccessibleName("Scans that wait for their items; Space ticks those that go with this one")
        self.list.setFixedHeight(scaled(_LIST_HEIGHT))
        self.view = DocumentView(wide=True)
        self.view.setMinimumHeight(scaled(120))
        column(self, self.words, self.list, self.view, spacing=6, margin=10).setStretch(2, 1)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemChanged.connect(lambda _item: self._count())
        self._begin()

    def add(self, incoming: Sequence[Incoming]) -> None:
        """Let more scans wait, after those that do."""
        was_empty = not self._waiting
        self._waiting += incoming
        for each in incoming:
            line = QListWidgetItem(each.name)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(line)
        if was_empty:
            self._begin()
        self._count()

    def chosen(self) -> tuple[Incoming, ...]:
        """Those that go with the item that is typed."""
        return tuple(self._waiting[at] for at in range(self.list.count()) if self._is_ticked(at))

    def done(self) -> None:
        """The item is logged: its scans wait no more, and the next one is the next item's."""
        for at in reversed(range(self.list.count())):
            if self._is_ticked(at):
                self.list.takeItem(at)
                del self._waiting[at]
        self._begin()

    def show_scan(self, of: Incoming, content: Content) -> None:
        """Show what was read, unless another is shown by now."""
        if self._current() == of:
            self.view.show_document(of.name, content)

    def show_problem(self, of: Incoming, words: str) -> None:
        """Say why a scan can't be shown."""
        if self._current() == of:
            self.view.show_message(of.name, words)

    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def _begin(self) -> None:
        """Tick the first and show it."""
        if self._waiting:
            self.list.item(0).setCheckState(Qt.CheckState.Checked)
            self.list.setCurrentRow(0)
            self._show(0)
        else:
            self.view.show_message("", _HOW)
        self.list.setVisible(bool(self._waiting))
        self._count()

    def _current(self) -> Incoming | None:
        at = self.list.currentRow()
        return self._waiting[at] if 0 <= at < len(self._waiting) else None

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._waiting):
            self.shown_wanted.emit(self._waiting[at])

    def _is_ticked(self, at: int) -> bool:
        return self.list.item(at).checkState() is Qt.CheckState.Checked

    def _count(self) -> None:
        ticked = sum(self._is_ticked(at) for at in range(self.list.count()))
        waiting = formats.count(len(self._waiting), "scan")
        goes = formats.count(ticked, "scan")
        self.words.setText(f"{waiting} waiting; {goes} with this item" if self._waiting else "")
        self.words.setVisible(bool(self._waiting))
        self.counted.emit(len(self._waiting))
