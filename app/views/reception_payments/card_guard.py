"""No card number on the pages where cards are taken: what is typed or pasted there, and what lies on the clipboard, is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.services.core.cards import card_numbers

_TYPED: Final = "That looks like a card number. It was taken out: the card is typed on the provider's page alone."
_COPIED: Final = "What looks like a card number was on the clipboard. It was removed: card numbers are never copied."
_LEAST_PREFIX: Final = 4


class CardGuard(QObject):
    """Watches a page or sheet and the clipboard as long as it can be seen.

    A card number (PCI DSS 3.2) goes from the field or the clipboard before anything else sees it, and the officer is told.
    The reference of a pay point card may be typed, also where its supplier's digits lie in the range of a card scheme.

    Args:
        watched: the page or sheet.
        tell: says what was removed.
        pay_cards: what those references begin with, and how many digits they have.
    """

    def __init__(self, watched: QWidget, tell: Callable[[str], object], pay_cards: tuple[str, int] = ("", 0)) -> None:
        super().__init__(watched)
        self._prefix, self._length = pay_cards
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
        if self._watched.isVisible() and self._holds(self._clipboard.text()):
            self._clipboard.clear()
            self._tell(_COPIED)

    def _holds(self, text: str) -> bool:
        """Whether a number in the text could be a payment card, and isn't a reference of ours, nor the beginning of one.

        A beginning of few digits tells nothing: with it every card would pass.
        """
        found = list(card_numbers(text))
        known = self._prefix.isdigit() and len(self._prefix) >= _LEAST_PREFIX
        ours = [each for each in found if known and each.startswith(self._prefix) and len(each) <= self._length]
        return any(not any(each in own for own in ours) for each in found)

    def _come_back(self, state: Qt.ApplicationState) -> None:
        """The officer is back from another program: something may have been copied there."""
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()

    def _look_at_line(self, text: str) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit) and self._holds(text):
            line.clear()
            self._tell(_TYPED)

    def _look_at_area(self) -> None:
        area = self.sender()
        if isinstance(area, QPlainTextEdit) and self._holds(area.toPlainText()):
            area.clear()
            self._tell(_TYPED)
