"""The section Bankings: what goes to the bank, sealed by a second officer, until a statement's line has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.models.values import BankingState, Money
from app.services.reception_payments.tills.acts import BankingAct
from app.services.reception_payments.tills.dto import BANKING_STATES, BankingCard, BankingRow, SessionRow
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, column, label, pill, restyle, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.reception_payments.till_tables import BANKING_TONES, BANKINGS, IN_BAG, cash_words

CHOICES: Final = (
    ("All", None),
    ("To be sealed", BankingState.MADE),
    ("On its way", BankingState.SEALED),
    ("Banked", BankingState.BANKED),
)
_LEAST: Final = 440
_NOTHING: Final = "Choose a banking to see what is in its bag."


class BankingView(Card):
    """A banking with its sessions and what is on its slip."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.title = Elided("heading")
        self.state = pill("")
        self.acts = FlowLayout()
        self.words = label(_NOTHING, "muted", wrap=True, selectable=True)
        self.sessions: ListModel[SessionRow] = ListModel(IN_BAG)
        self.table = DataTable("Sessions in the bag", self.sessions, stretch="till", empty="No session is in it.")
        self.table.setMinimumHeight(row_height() * 3)
        self.column.addWidget(self.title)
        self.column.addWidget(self.state)
        self.column.addLayout(self.acts)
        self.column.addWidget(self.words)
        self.column.addWidget(self.table, 1)
        self.clear()

    def show_banking(self, found: BankingCard) -> None:
        """Show a banking."""
        row = found.row
        self.title.say(f"Banking {row.number}, bag {row.bag}")
        self.state.setText(BANKING_STATES[row.state])
        restyle(self.state, tone=BANKING_TONES[row.state])
        self.state.setVisible(True)
        self.words.setText(_facts(found))
        self.sessions.show_rows(found.sessions)

    def clear(self) -> None:
        """No banking is chosen."""
        self.title.say("")
        self.state.setVisible(False)
        self.words.setText(_NOTHING)
        self.sessions.show_rows(())


class BankingsPage(RegisterPage[BankingRow]):
    """The section Bankings.

    Signals:
        banking_chosen(BankingRow or None): show it on the card.
        bank_wanted: put closed sessions into a bag.
        seal_wanted(BankingRow), cancel_wanted(BankingRow), slip_wanted(BankingRow): do this with it.
    """

    banking_chosen = Signal(object)
    bank_wanted = Signal()
    seal_wanted = Signal(object)
    cancel_wanted = Signal(object)
    slip_wanted = Signal(object)

    def __init__(self, *, may_make: bool) -> None:
        super().__init__(
            "Bankings",
            BANKINGS,
            stretch="desk",
            choices=CHOICES,
            placeholder="A bag, a slip or a desk",
            noun=("banking", "bankings"),
            empty="No banking is here. Ctrl+N puts the money of signed sessions into a bag.",
            key=lambda row: row.banking_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        if may_make:
            self.offer("Ctrl+N", "Bank", "bank-transfer-in", self.bank_wanted.emit, primary=True)
        among = self.card.acts
        self._seal = self.action("F9", "Seal", "seal", self.seal_wanted.emit, fits=_seals, among=among)
        self._cancel = self.action(
            "Ctrl+Del", "Cancel", "close-circle-outline", self.cancel_wanted.emit, fits=_cancels, among=among
        )
        self.slip: QAction = self.action(
            "F6", "Paying-in slip", "file-document-outline", self.slip_wanted.emit, fits=lambda _row: True, among=among
        )
        self.table.chosen.connect(self._choose)
        self.opened.connect(self._open)

    def place(self, listed: Card) -> None:
        """The bankings, with what is in the chosen one's bag beside them."""
        self.card = BankingView()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 460, 760, 500), Pane(self.card, 420, 640, 460)), _LEAST))
        column(self, scrolled(inside))

    def show_bankings(self, rows: Sequence[BankingRow]) -> None:
        """List those of the choice in which what is typed stands."""
        chosen = [row for row in rows if self.choice is None or row.state is self.choice]
        for _words, state in CHOICES[1:3]:
            self.count(state, sum(1 for row in rows if row.state is state))
        self.show_rows(self.found_among(chosen, _said))
        self._choose(self.table.row() if self.model.rows else None)

    def show_all(self) -> None:
        """Whatever was chosen and typed, list every banking."""
        self.text.clear()
        self._buttons[0].setChecked(True)

    def _choose(self, row: BankingRow | None) -> None:
        self._seal.setVisible(row is not None and _seals(row))
        self._cancel.setVisible(row is not None and _cancels(row))
        self.slip.setVisible(row is not None)
        self.banking_chosen.emit(row)

    def _open(self, row: BankingRow) -> None:
        (self.seal_wanted if _seals(row) else self.slip_wanted).emit(row)


def _seals(row: BankingRow) -> bool:
    return BankingAct.SEAL in row.acts


def _cancels(row: BankingRow) -> bool:
    return BankingAct.CANCEL in row.acts


def _said(row: BankingRow) -> str:
    return f"{row.number} {row.bag} {row.desk} {row.made_by} {row.total.plain()}"


def _facts(found: BankingCard) -> str:
    row = found.row
    cash = cash_words(found.quantities)
    cheques = formats.count(row.cheque_count, "cheque or postal order", "cheques and postal orders")
    lines = [
        f"{row.total}: cash {row.cash}; {cheques}, {row.cheques}",
        f"Notes and coins: {cash}" if cash else "",
        f"Made by {row.made_by}, {formats.moment(row.made_at)}",
        f"Sealed by {row.sealed_by}, {formats.moment(row.sealed_at)}" if row.sealed_at else "",
        _at_the_bank(row),
        f"Cancelled: {row.why}" if row.why else "",
    ]
    return "\n".join(line for line in lines if line)


def _at_the_bank(row: BankingRow) -> str:
    if row.banked is None:
        return ""
    over = Money(row.banked.pence - row.total.pence)
    differs = f", {Money(abs(over.pence))} {'more' if over.pence > 0 else 'less'} than on the slip" if over else ""
    return f"The bank counted {row.banked} on {formats.day(row.banked_on)}{differs}"
