"""The sign-in log: who came and went, and what went amiss."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.services.admin.sign_in_log import SignInLine
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.growing import hold_width
from app.views.common.page import Page
from app.views.common.parts import Card, column, filter_button, label, row
from app.views.common.theme import scaled

LOG: tuple[Column[SignInLine], ...] = (
    Column("at", "When", lambda row: row.at, 140),
    Column("what", "What", lambda row: row.what, 280, tone=lambda row: "bad" if row.amiss else ""),
    Column("officer", "Officer", lambda row: row.officer, 170),
    Column("username", "Sign-in name", lambda row: row.username, 140),
    Column("computer", "Computer", lambda row: row.computer, 150, least=1),
    Column("by", "By", lambda row: row.by, 150, least=2),
)


class SignInLogSection(Page):
    """The latest lines.

    Signals:
        amiss_wanted(bool): only what went amiss, or everything.
    """

    amiss_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Sign-in log", areas=frozenset({"admin"}), help_topic="officers")
        self._all: tuple[SignInLine, ...] = ()
        self.model: ListModel[SignInLine] = ListModel(LOG)
        self.table = DataTable("Sign-in log", self.model, stretch="what", empty="Nothing is like that.")
        self.text = QLineEdit()
        self.text.setPlaceholderText("Part of a name, a computer or what happened")
        self.text.setAccessibleName("Find in the log")
        self.text.setClearButtonEnabled(True)
        hold_width(self.text, 340)
        self.amiss = filter_button("Failed only")
        self._count = label("", "muted")
        card = Card(margins=(0, 12, 0, 6))
        head = column(
            None,
            row(label("Sign-in log", "heading"), None, self._count),
            row(self.text, self.amiss, None),
            spacing=8,
        )
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(self.table, 1)
        self.setLayout(row(card))
        self.add_key("Ctrl+F", "Find in the log", self.text.setFocus)
        self.text.textChanged.connect(lambda _text: self._filter())
        self.amiss.toggled.connect(self.amiss_wanted)
        self.setFocusProxy(self.table)

    def show_lines(self, lines: Sequence[SignInLine]) -> None:
        """Show the log, the newest first."""
        self._all = tuple(lines)
        self._filter()

    def _filter(self) -> None:
        words = self.text.text().casefold().split()
        found = [line for line in self._all if all(word in _text(line) for word in words)]
        self.model.show_rows(found)
        self._count.setText(formats.count(len(found), "line"))


def _text(line: SignInLine) -> str:
    return f"{line.what} {line.officer} {line.username} {line.computer} {line.by}".casefold()
