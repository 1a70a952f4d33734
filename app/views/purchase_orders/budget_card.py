"""The card of one code: its budget and what is left, the bar in words, its book, the sums of the list, and changes."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QLabel, QWidget

from app.services.purchase_orders.budgets.dto import BookRow, BudgetRow, GroupRow, MoveRow
from app.services.purchase_orders.budgets.rules import spelt_year
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Figure, column, label, pill, restyle, row
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.purchase_orders.budget_bars import PARTS, LargeBar, Swatch
from app.views.purchase_orders.budget_table import BOOK, CHANGES, GROUPS

CHOOSE: Final = "Choose a code to see its book."
_BOOK_AT, CENTRES_AT, HEADINGS_AT, CHANGES_AT = range(4)
_SAID: Final = {"spent": "Spent {0}", "owed": "Owed {0}", "bound": "Bound {0}"}


class BudgetCard(QWidget):
    """The card.

    Attributes:
        buttons: what can be done with the chosen code.
        book_table, changes_table: of the chosen code; of the year.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.buttons = FlowLayout(right=True)
        self.title = label(CHOOSE, "title", wrap=True)
        self.state = pill("")
        self.about = label("", "muted", wrap=True)
        self.given, self.left = Figure("Budget"), Figure("Left")
        self.bar = LargeBar()
        self._words: dict[str, QLabel] = {}
        self.book: ListModel[BookRow] = ListModel(BOOK, in_turn=True)
        self.centres: ListModel[GroupRow] = ListModel(GROUPS)
        self.headings: ListModel[GroupRow] = ListModel(GROUPS)
        self.changes: ListModel[MoveRow] = ListModel(CHANGES)
        self.book_table = DataTable("Book of the code", self.book, stretch="words", empty="Nothing is in its book.")
        self.changes_table = DataTable(
            "Changes of budgets", self.changes, stretch="lines", empty="No budget of the year was changed."
        )
        self._arrange()
        self.show_nothing()

    def _arrange(self) -> None:
        card = Card(spacing=8)
        top = row(self.title, self.state, spacing=10)
        top.setStretch(0, 1)
        self._inside = QWidget()
        self._inside.setObjectName("canvas")
        figures = FlowLayout(across=24)
        for figure in (self.given, self.left):
            figures.addWidget(figure)
        words = FlowLayout(across=16)
        for part, colour in PARTS:
            said = QWidget()
            self._words[part] = label("", "muted")
            said.setLayout(row(Swatch(colour), self._words[part], spacing=6))
            words.addWidget(said)
        column(self._inside, figures, self.bar, words, self.about, spacing=8)
        card.column.addLayout(self.buttons)
        card.column.addLayout(top)
        card.column.addWidget(self._inside)
        self.parts = TabbedCard("Parts of budgets")
        for title, table in (
            ("Book", self.book_table),
            ("Cost centres", DataTable("Cost centres", self.centres, stretch="title", empty="No code is listed.")),
            ("Headings", DataTable("Headings", self.headings, stretch="title", empty="No code is listed.")),
            ("Changes", self.changes_table),
        ):
            self.parts.add_part(title, table)
        self.parts.setMinimumHeight(scaled(220))
        column(self, card, self.parts, spacing=12).setStretch(1, 1)

    def show_nothing(self) -> None:
        """No code is chosen."""
        self.title.setText(CHOOSE)
        self.state.setVisible(False)
        self._inside.setVisible(False)
        self.book.show_rows(())

    def show_budget(self, found: BudgetRow) -> None:
        """Show a code."""
        over = found.left.pence < 0
        self.title.setText(f"{found.code}  {found.name}")
        self.state.setText("Over budget" if over else "Out of use")
        restyle(self.state, tone="bad" if over else "")
        self.state.setVisible(over or not found.active)
        self.given.rename(f"Budget {spelt_year(found.year)}")
        self.given.show_amount(found.given, balance=False)
        self.left.rename("Over" if over else "Left")
        self.left.show_amount(-found.left if over else found.left, balance=False)
        self.bar.show_bar(found)
        for part, words in self._words.items():
            words.setText(_SAID[part].format(getattr(found, part)))
        self.about.setText(_about(found))
        self._inside.setVisible(True)


def _about(found: BudgetRow) -> str:
    changed = found.changed
    said = [
        found.cost_centre_name,
        found.heading,
        f"{found.holder} answers for it" if found.holder else "Nobody answers for it",
    ]
    if changed:
        said.append(f"original {found.original}, {'raised' if changed.pence > 0 else 'lowered'} by {abs(changed)}")
    return "; ".join(each for each in said if each)
