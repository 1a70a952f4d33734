"""No card number on the pages where cards are taken: what is typed or pasted there, and what lies on the clipboard, is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.services.core.cards import holds_card_number

_TYPED: Final = "That looks like a card number. It was taken out: the card is typed on the provider's page alone."
_COPIED: Final = "What looks like a card number was on the clipboard. It was removed: card numbers are never copied."


class CardGuard(QObject):
    """Watches a page or sheet and the clipboard as long as it can be seen.

    A card number (PCI DSS 3.2) goes from the field or the clipboard before anything else sees it, and the officer is told.
    The references of pay point cards aren't in the range of any card scheme, so they may be typed.

    Args:
        watched: the page or sheet.
        tell: says what was removed.
    """

    def __init__(self, watched: QWidget, tell: Callable[[str], object]) -> None:
        super().__init__(watched)
        self._watched, self._tell = watched, tell
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self.look)
        program = QGuiApplication.instance()
        if isinstance(program, QGuiApplication):
            program.applicationStateChanged.connect(self._come_back)
        QTimer.singleShot(0, self, self.look)
        for line in watched.findChildren(QLineEdit):
            self.watch(line)
        for area in watched.findChildren(QPlainTextEdit):
            area.textChanged.connect(self._look_at_area)

    def watch(self, line: QLineEdit) -> None:
        """Watch a field of it that was made later, such as one in a list of amounts."""
        line.textChanged.connect(self._look_at_line)

    def look(self) -> None:
        """Look at the clipboard, if the page can be seen."""
        if self._watched.isVisible() and holds_card_number(self._clipboard.text()):
            self._clipboard.clear()
            self._tell(_COPIED)

    def _come_back(self, state: Qt.ApplicationState) -> None:
        """The officer is back from another program: something may have been copied there."""
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()

    def _look_at_line(self, text: str) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit) and holds_card_number(text):
            line.clear()
            self._tell(_TYPED)

    def _look_at_area(self) -> None:
        area = self.sender()
        if isinstance(area, QPlainTextEdit) and holds_card_number(area.toPlainText()):
            area.clear()
            self._tell(_TYPED)
