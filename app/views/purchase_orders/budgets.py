"""The section Budgets: the codes of a year with a bar each, and the card of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.purchase_orders.budgets.dto import BookRow, BudgetFilter, BudgetList, BudgetRow, MoveRow
from app.services.purchase_orders.budgets.rules import spelt_year
from app.views.common import formats
from app.views.common.fields import ChoiceField
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.purchase_orders.budget_bars import BarDelegate
from app.views.purchase_orders.budget_card import CENTRES_AT, CHANGES_AT, HEADINGS_AT, BudgetCard
from app.views.purchase_orders.budget_table import BUDGETS, CHOICES

_LEAST: Final = 600


class BudgetsPage(RegisterPage[BudgetRow]):
    """The section Budgets.

    Args:
        year: the financial year of today, shown first.
        keeps: the officer may keep budgets; `codes`: move what was spent.

    Signals:
        budget_chosen(BudgetRow): another code is chosen, or none.
        document_wanted(BookRow): open what a line of the book follows from.
        change_wanted(MoveRow): open a change of budgets.
        move_wanted(BookRow, BudgetRow): move what a line of the book spent on the code to another.
        virement_wanted, revision_wanted, budget_wanted, load_wanted, template_wanted, year_wanted: begin that.
    """

    budget_chosen = Signal(object)
    document_wanted = Signal(object)
    change_wanted = Signal(object)
    move_wanted = Signal(object, object)
    virement_wanted = Signal()
    revision_wanted = Signal()
    budget_wanted = Signal()
    load_wanted = Signal()
    template_wanted = Signal()
    year_wanted = Signal()

    def __init__(self, year: int, *, keeps: bool, codes: bool = False) -> None:
        super().__init__(
            "Budgets",
            BUDGETS,
            stretch="name",
            choices=CHOICES,
            placeholder="A code, its name, heading or holder",
            noun=("code", "codes"),
            empty="No code of the year is like that. Ctrl+L loads the budgets of a year from a spreadsheet.",
            key=lambda each: each.budget_id,
            areas=frozenset({"purchase_orders", "approvals"}),
            help_topic="purchase_orders",
        )
        self.year = ChoiceField([(spelt_year(year), year)])
        self.year.setAccessibleName("Financial year")
        self._head.insertWidget(1, self.year)
        self._head.setStretch(1, 0)
        self._head.setStretch(2, 1)
        bars = next(at for at, each in enumerate(BUDGETS) if each.key == "used")
        self.table.setItemDelegateForColumn(bars, BarDelegate(self.table))
        if keeps:
            for keys, does, icon, wanted in (
                ("Ctrl+M", "Virement", "swap-horizontal", self.virement_wanted),
                ("Ctrl+Shift+V", "Revision", "plus-minus", self.revision_wanted),
                ("Ctrl+L", "Load", "table-arrow-down", self.load_wanted),
                ("Ctrl+Shift+K", "Empty workbook", "file-table-outline", self.template_wanted),
                ("Ctrl+Shift+Y", "Next year", "calendar-arrow-right", self.year_wanted),
            ):
                self.offer(keys, does, icon, wanted.emit)
            self.offer("Ctrl+Return", "New budget", "plus", self.budget_wanted.emit, primary=True)
        self.move_action = self._moving() if codes else None
        self.year.changed.connect(self.asked)
        self.table.chosen.connect(self.budget_chosen)
        self.card.book_table.opened.connect(self.document_wanted)
        self.card.changes_table.opened.connect(self.change_wanted)

    @property
    def wanted(self) -> BudgetFilter:
        """What is to be listed."""
        return BudgetFilter(self.year.value(), self.choice, self.words)

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen code beside it."""
        self.card = BudgetCard()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 600, 900, 460), Pane(self.card, 430, 600, 560)), _LEAST))
        column(self, scrolled(inside))

    def offer_years(self, years: Sequence[int]) -> None:
        """Offer the years that have budgets, staying on the one that is shown."""
        self.year.offer([(spelt_year(each), each) for each in years])

    def go_to_year(self, year: int) -> None:
        """Show another year."""
        if self.year.value() != year:
            self.year.offer([(spelt_year(year), year)])
            self.year.set_value(year)

    def show_list(self, found: BudgetList) -> None:
        """Show the codes and their sums."""
        over = sum(row.left.pence < 0 for row in found.rows)
        self.show_rows(found.rows, f"{formats.count(over, 'code')} over budget." if over else "")
        for view, count in found.counts.items():
            self.count(view, count)
        self.card.centres.show_rows(found.centres)
        self.card.headings.show_rows(found.headings)
        self.card.parts.count_part(CENTRES_AT, len(found.centres))
        self.card.parts.count_part(HEADINGS_AT, len(found.headings))
        self.budget_chosen.emit(self.table.row() if self.model.rows else None)

    def show_changes(self, found: Sequence[MoveRow]) -> None:
        """Show the changes of the year."""
        self.card.changes.show_rows(found)
        self.card.parts.count_part(CHANGES_AT, len(found))

    def show_book(self, rows: Sequence[BookRow]) -> None:
        """Show the book of the chosen code."""
        self.card.book.show_rows(rows)
        self._offer_move(self.card.book_table.row())

    def _moving(self) -> QAction:
        """What the chosen line of the book spent goes to another code."""
        buttons = self.card.buttons
        made = self.offer("Ctrl+Shift+T", "To another code", "tag-outline", self._move, among=buttons)
        made.setEnabled(False)
        self.card.book_table.chosen.connect(self._offer_move)
        return made

    def _offer_move(self, row: BookRow | None) -> None:
        """What an invoice spent can be moved."""
        if self.move_action is not None:
            self.move_action.setEnabled(
                row is not None and row.subject is Subject.SUPPLIER_INVOICE and bool(row.document)
            )

    def _move(self) -> None:
        row, budget = self.card.book_table.row(), self.table.row()
        if row is not None and budget is not None:
            self.move_wanted.emit(row, budget)
