"""F1: the help page of the area, and ?: the keys of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextBrowser, QVBoxLayout, QWidget

from app.services.core.resources import resource
from app.views.common.boxes import Grid
from app.views.common.dialogs import Sheet
from app.views.common.page import Key
from app.views.common.parts import column, label, row, scrolled
from app.views.common.theme import scaled

_TITLE, _HEADING = 1.5, 1.1
"""How much larger than the text the headings of a help page are."""

EVERYWHERE = (
    Key("Ctrl+1 to Ctrl+9", "Go to a tab"),
    Key("Ctrl+K", "Find any record or command"),
    Key("F5", "Take a payment for the account that is shown"),
    Key("Ctrl+Enter", "The primary button of a dialog"),
    Key("Ctrl+C", "Copy the chosen rows of a table"),
    Key("Esc", "Close a dialog or a message"),
    Key("Ctrl+Shift+L", "Lock the window"),
    Key("F1", "Help"),
    Key("?", "These keys"),
)


class HelpSheet(Sheet):
    """A help page."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        super().__init__(parent, "Help", close="Close")
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Help")
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.setFrameStyle(0)
        self.text.anchorClicked.connect(lambda url: self.open_topic(url.path().removesuffix(".md")))
        self.body.addWidget(self.text)
        self.open_topic(topic)
        self.resize(scaled(680), scaled(620))
        self.begin_at(self.text)

    def open_topic(self, topic: str) -> None:
        """Show the help page of this name."""
        file = resource("help", f"{topic}.md")
        self.text.setMarkdown(file.read_text("utf-8") if file.is_file() else f"There is no help page '{topic}'.")
        _set_headings(self.text.document())


def _set_headings(page: QTextDocument) -> None:
    """Headings as large as those of the window, with room above; lists that stand under their text."""
    page.setIndentWidth(scaled(16))
    block = page.begin()
    while block.isValid():
        if level := block.blockFormat().headingLevel():
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters, place = QTextCharFormat(), QTextBlockFormat()
            letters.setFontPointSize(QApplication.font().pointSizeF() * (_TITLE if level == 1 else _HEADING))
            letters.setFontWeight(QFont.Weight.DemiBold)
            place.setTopMargin(scaled(0 if level == 1 else 12))
            place.setBottomMargin(scaled(4))
            place.setHeadingLevel(level)
            cursor.setCharFormat(letters)
            cursor.mergeBlockFormat(place)
        block = block.next()


class KeysSheet(Sheet):
    """The keys of the page, then those that work everywhere."""

    def __init__(self, parent: QWidget, title: str, keys: list[Key]) -> None:
        super().__init__(parent, "Keys", close="Close")
        inside = QWidget()
        inside.setObjectName("canvas")
        parts = [
            self._part(heading, shown) for heading, shown in ((title, keys), ("Everywhere", [*EVERYWHERE])) if shown
        ]
        inside.setLayout(row(*parts, spacing=32))
        room = scrolled(inside)
        room.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        room.setAccessibleName("The keys, to be scrolled")
        self.body.addWidget(room)
        self.resize(inside.sizeHint().width() + scaled(64), inside.sizeHint().height() + scaled(130))

    def _part(self, heading: str, keys: list[Key]) -> QVBoxLayout:
        grid = Grid()
        grid.setHorizontalSpacing(scaled(20))
        grid.setVerticalSpacing(scaled(6))
        grid.setColumnStretch(1, 1)
        for at, key in enumerate(keys):
            grid.addWidget(label(key.keys, "strong"), at, 0)
            grid.addWidget(label(key.does), at, 1)
        return column(None, label(heading, "heading"), grid, None)
