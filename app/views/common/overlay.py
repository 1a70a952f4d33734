"""A panel with a field that lies over a page or the window, such as what is found by Ctrl+K: Esc or leaving it closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLayout, QLineEdit, QWidget

from app.views.common.parts import column, rule
from app.views.common.theme import scaled

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1}
"""How far a key moves in what is listed."""


class Overlay(QFrame):
    """Takes the focus when it opens, and gives it back when it is closed by a key.

    Args:
        over: what it lies over.
        words: what the field says while nothing is typed.
        name: what the field is called for those who hear it read.
    """

    steps = STEPS

    def __init__(self, over: QWidget, words: str, name: str, longest: int) -> None:
        super().__init__(over)
        self.setObjectName("palette")
        self.setVisible(False)
        self._over = over
        self._before: QWidget | None = None
        self.field = QLineEdit()
        self.field.setObjectName("palette_field")
        self.field.setMaxLength(longest)
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(name)
        self.field.installEventFilter(self)
        over.installEventFilter(self)

    def end(self) -> None:
        """Close it, and give the focus back."""
        if not self.isVisible():
            return
        self.setVisible(False)
        before, self._before = self._before, None
        try:
            if before is not None and before.isVisible():
                before.setFocus()
        except RuntimeError:
            self._before = None  # what had the focus has gone meanwhile

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The keys of the field, and the size of what it lies over."""
        if watched is self.field:
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() in {*self.steps, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(Qt.Key(event.key()))
            elif event.type() == QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
                QTimer.singleShot(0, self, self._left)
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    # For what is made of it

    def place(self) -> None:
        """Put it where it belongs, as large as there is room for."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Move in what is listed."""
        raise NotImplementedError

    def enter(self) -> None:
        """Open what is marked."""
        raise NotImplementedError

    def typed(self) -> None:
        """Another key was pressed in the field."""

    def arrange(self, listed: QWidget, foot: QLayout) -> None:
        """Put the field over what is listed, and the foot under it."""
        foot.setContentsMargins(scaled(14), 0, scaled(14), scaled(2))
        layout: QBoxLayout = column(self, self.field, rule(), listed, rule(), foot, spacing=4)
        layout.setContentsMargins(1, scaled(6), 1, scaled(6))
        layout.setStretch(2, 1)

    def take_focus(self) -> None:
        """Show it over everything, with the focus in its field."""
        self.setVisible(True)
        self.raise_()
        self.field.setFocus()

    def remember_focus(self) -> None:
        """Keep what has the focus, which has it again when this is closed."""
        self._before = QApplication.focusWidget()

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
        elif key in self.steps:
            self.step(self.steps[key])
        else:
            self.typed()
            return False
        return True

    def _left(self) -> None:
        if self.isVisible() and not self.isAncestorOf(QApplication.focusWidget() or self._over):
            self._before = None
            self.end()
