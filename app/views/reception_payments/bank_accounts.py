"""The section Bank accounts: each of the council's with where it stands, and the statements of the chosen one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.reception_payments.bank.kept import BankRow
from app.services.reception_payments.bank.shown import StatementRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.listed_card import listed_card
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.reception_payments.bank_tables import BANKS, STATEMENTS

_LEAST: Final = 420


class BankAccountsPage(RegisterPage[BankRow]):
    """The section Bank accounts.

    Signals:
        bank_chosen(BankRow or None): list its statements.
        new_wanted: set one up; change_wanted(BankRow): change this one.
    """

    bank_chosen = Signal(object)
    new_wanted = Signal()
    change_wanted = Signal(object)

    def __init__(self, *, may_keep: bool) -> None:
        super().__init__(
            "Bank accounts",
            BANKS,
            stretch="name",
            choices=(),
            placeholder="A name, or the last two digits",
            noun=("account", "accounts"),
            empty="No bank account is set up. Ctrl+N sets one up, so that receipts are held against its statements.",
            key=lambda row: row.bank_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        if may_keep:
            self.action("F2", "Change", "pencil-outline", self.change_wanted.emit, fits=lambda _row: True)
            self.offer("Ctrl+N", "New", "plus", self.new_wanted.emit, primary=True)
            self.opened.connect(self.change_wanted)
        self.table.chosen.connect(self.bank_chosen)

    def place(self, listed: Card) -> None:
        """The accounts, and under them the statements of the chosen one."""
        self.statements: ListModel[StatementRow] = ListModel(STATEMENTS)
        table = DataTable("Statements", self.statements, stretch="words", empty="No statement of it was loaded yet.")
        below = listed_card("Statements", (), table)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 520, 760, 420), Pane(below, 400, 620, 420)), _LEAST))
        column(self, scrolled(inside))
