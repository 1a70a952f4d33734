"""The first-day tour: a few steps over the window itself, to be left at any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from app.views.common.parts import button, column, label, row
from app.views.common.theme import scaled

_WIDTH = 410
_GAP = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it points to, and what it says of it."""

    target: Callable[[], QWidget]
    title: str
    text: str


class Tour(QFrame):
    """A card beside what it explains, and a ring around it. Enter goes on, Esc leaves.

    Signals:
        ended: gone through or left.
    """

    ended = Signal()

    def __init__(self, window: QWidget, steps: Sequence[Step]) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setAccessibleName("The first-day tour")
        self.setVisible(False)
        self._window = window
        self._steps = tuple(steps)
        self._at = 0
        self._before: QWidget | None = None
        self._ring = QFrame(window)
        self._ring.setObjectName("tour_ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.setVisible(False)
        self.title = label("", "heading", wrap=True)
        self.text = label("", wrap=True)
        self.place = label("", "muted")
        self.skip = button("&Leave the tour", role="link", key="Esc")
        self.back = button("&Back")
        self.next = button("&Next", role="primary", key="Enter")
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(lambda: self._go_to(self._at - 1))
        self.next.clicked.connect(self._go_on)
        self._layout = column(
            self, self.title, self.text, 2, row(self.place, None, self.skip, self.back, self.next), spacing=8, margin=16
        )
        for each in (self.skip, self.back, self.next):
            each.installEventFilter(self)
        window.installEventFilter(self)

    def begin(self) -> None:
        """From the first step."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._go_to(0)

    def end(self) -> None:
        """Leave it."""
        if not self.isVisible():
            return
        self.setVisible(False)
        self._ring.setVisible(False)
        if self._before is not None:
            self._before.setFocus()
            self._before = None
        self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Esc leaves, Enter presses; the card follows the window."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            key = event.key()
            if key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                elif key == Qt.Key.Key_Escape:
                    self.end()
                elif isinstance(watched, QPushButton):
                    watched.click()
                return True
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        if self._at + 1 < len(self._steps):
            self._go_to(self._at + 1)
        else:
            self.end()

    def _go_to(self, at: int) -> None:
        self._at = max(0, at)
        step = self._steps[self._at]
        last = self._at == len(self._steps) - 1
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.place.setText(f"{self._at + 1} of {len(self._steps)}")
        self.back.setEnabled(self._at > 0)
        words = "&Done" if last else "&Next"
        self.next.setText(f"{words}  Enter")
        self.next.setAccessibleName(words.replace("&", ""))
        self.setAccessibleDescription(f"{step.title}. {step.text}")
        self._place()
        self.setVisible(True)
        self._ring.setVisible(True)
        self._ring.raise_()
        self.raise_()
        self.next.setFocus()

    def _place(self) -> None:
        """Below what the step points to, or above it, within the window."""
        target = self._steps[self._at].target()
        around = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size()).adjusted(-2, -2, 2, 2)
        around = around.intersected(self._window.rect())
        self._ring.setGeometry(around)
        width = min(scaled(_WIDTH), self._window.width() - 2 * _GAP)
        self.setFixedWidth(width)
        height = self._layout.totalHeightForWidth(width)
        left = min(max(_GAP, around.center().x() - width // 2), self._window.width() - width - _GAP)
        below = around.bottom() + _GAP
        top = below if below + height < self._window.height() else max(_GAP, around.top() - height - _GAP)
        self.setGeometry(left, top, width, height)
