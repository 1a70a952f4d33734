"""What helps an officer who writes a wording: the fields to choose from, and colours for what is filled in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Signal
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.services.letters.dto import FieldRow
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label
from app.views.common.theme import scaled, tokens

HINT: Final = (
    "Coloured words are filled in for each letter: press Ctrl+I to choose one. How the rest is written is under Fields."
)
_HOW: Final = (
    ("# Words", "a heading"),
    ("- Words", "an item of a list"),
    ("Label | Value", "a line of a small table"),
    ("**words**", "bold"),
    ("{% if balance.owed %} ... {% endif %}", "only where something is owed"),
    ("{{ ask.visit_date }}", "a blank that whoever writes the letter fills in"),
)
_PARTS: Final = (
    (QRegularExpression(r"^#.*$"), "strong", "", True),
    (QRegularExpression(r"\*\*[^*]+\*\*"), "strong", "", True),
    (QRegularExpression(r"\{%.*?%\}"), "muted", "", False),
    (QRegularExpression(r"\{\{.*?\}\}"), "brand", "brand_soft", False),
)
"""What stands out in a wording: the token of its colour, of its ground, and whether it is bold. Later ones win."""

FIELDS: tuple[Column[FieldRow], ...] = (
    Column("title", "Field", lambda shown: shown.title, 160, floor=140),
    Column("example", "For example", lambda shown: shown.example, 170, least=1),
    Column("group", "Of", lambda shown: shown.group, 90, least=2),
)


class WordingColours(QSyntaxHighlighter):
    """Shows in a wording what is filled in, what depends on the account, and what is a heading."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor.document())
        editor.installEventFilter(self)
        self._formats: list[tuple[QRegularExpression, QTextCharFormat]] = []
        self._dress()

    def highlightBlock(self, text: str) -> None:  # noqa: N802  Qt's name
        """Colour one line."""
        for pattern, shown in self._formats:
            found = pattern.globalMatch(text)
            while found.hasNext():
                match = found.next()
                self.setFormat(match.capturedStart(), match.capturedLength(), shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take the colours in force when the scheme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
            self.rehighlight()
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        self._formats = []
        for pattern, tone, ground, bold in _PARTS:
            shown = QTextCharFormat()
            shown.setForeground(tokens().colour(tone))
            if ground:
                shown.setBackground(tokens().colour(ground))
            if bold:
                shown.setFontWeight(QFont.Weight.DemiBold)
            self._formats.append((pattern, shown))


class FieldsPart(QWidget):
    """Every field that a wording may have, with an example; Enter puts it in.

    Signals:
        taken(FieldRow): put this field in where the officer is writing.
    """

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model: ListModel[FieldRow] = ListModel(FIELDS)
        self.table = DataTable("Fields", self.model, stretch="example", empty="No template is chosen.")
        self.table.opened.connect(self.taken)
        self._how = label("\n".join(f"{written}    {means}" for written, means in _HOW), "muted", wrap=True)
        said = label("Enter puts a field in where you are writing.", "muted", wrap=True)
        head = column(None, said)
        foot = column(None, label("How a wording is written", "strong"), self._how, spacing=4)
        for each in (head, foot):
            each.setContentsMargins(scaled(14), scaled(4), scaled(14), scaled(4))
        column(self, head, self.table, foot, spacing=4).setStretch(1, 1)

    def row(self) -> FieldRow | None:
        """The field that the officer is on."""
        found = self.table.row()
        return found if isinstance(found, FieldRow) else None
