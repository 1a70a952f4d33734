"""The section Bank: the lines of the council's bank accounts, what each is, and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import BankLineState
from app.services.reception_payments.bank.kept import BankRow
from app.services.reception_payments.bank.shown import Standing
from app.views.common import formats
from app.views.common.forms import choice_field
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.reception_payments.bank_card import LineCard
from app.views.reception_payments.bank_tables import LINES, Shown, found_line

CHOICES: Final = (("Open", BankLineState.OPEN), ("Matched", BankLineState.MATCHED), ("All", None))
_LEAST: Final = 460
_NONE: Final = "No bank account is set up yet. Whoever keeps Reception sets one up under Bank accounts."


@dataclass(frozen=True, slots=True)
class OpenBank:
    """The lines of this bank account are asked for, such as from its row on the daily board."""

    bank_id: int


class BankPage(RegisterPage[Shown]):
    """The section Bank.

    Attributes:
        bank: whose lines are listed.

    Signals:
        line_chosen(Shown or None): show it on the card.
        load_wanted: choose a statement to load.
        take_wanted(Shown): match it as it is proposed.
        match_wanted(list of Shown): match these by hand.
        sure_wanted: match all that are sure at once.
        back_wanted(Shown): take its match back.
    """

    line_chosen = Signal(object)
    load_wanted = Signal()
    take_wanted = Signal(object)
    match_wanted = Signal(object)
    sure_wanted = Signal()
    back_wanted = Signal(object)

    def __init__(self, *, may_match: bool) -> None:
        self.standing: Standing | None = None
        self._wanted: int | None = None
        super().__init__(
            "Bank",
            LINES,
            stretch="words",
            choices=CHOICES,
            placeholder="An amount, a day or words of the bank",
            noun=("line", "lines"),
            empty="No line is open. Ctrl+L loads the next statement.",
            key=lambda row: row.line.line_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        self.bank = choice_field([], "Bank account")
        self._head.insertWidget(1, self.bank)
        self.bank.setVisible(False)
        self.bank.changed.connect(self.asked)
        if may_match:
            self._offer_works()
        self.table.chosen.connect(self.line_chosen)

    @property
    def bank_id(self) -> int | None:
        """The bank account that is chosen; None: whichever comes first."""
        if self._wanted is not None:
            return self._wanted
        found: int | None = self.bank.value()
        return found

    def place(self, listed: Card) -> None:
        """The lines with the card of the chosen one beside them."""
        self.card = LineCard()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 460, 760, 470), Pane(self.card, 400, 620, 440)), _LEAST))
        column(self, scrolled(inside))

    def choose(self, bank_id: int) -> None:
        """Ask for the open lines of a bank account, as soon as the accounts are here."""
        self._wanted = bank_id
        self.text.clear()
        self._buttons[0].setChecked(True)
        self.asked.emit()

    def show_standing(self, found: Standing) -> None:
        """Show the lines of a bank account, and where it stands."""
        self.standing, self._wanted = found, None
        kept = found.bank.bank_id if found.bank is not None else None
        blocked = self.bank.blockSignals(True)
        self.bank.offer([(row.name, row.bank_id) for row in found.banks])
        self.bank.set_value(kept)
        self.bank.blockSignals(blocked)
        self.bank.setVisible(len(found.banks) > 1)
        self.table.say_when_empty(_NONE if found.bank is None else _empty(self.choice))
        if found.bank is not None:
            self.count(BankLineState.OPEN, found.bank.open_lines)
        self.show_found()

    def show_found(self) -> None:
        """List those of the lines in which what is typed stands."""
        found = self.standing
        if found is None:
            return
        rows = [found_line(found, line) for line in found.lines]
        self.show_rows(self.found_among(rows, _said), _stands(found.bank))
        self.line_chosen.emit(self.table.row() if self.model.rows else None)

    def sure(self) -> list[Shown]:
        """The open lines of which nothing else fits."""
        found = self.standing
        rows = [found_line(found, line) for line in found.lines] if found is not None else []
        return [row for row in rows if _open(row) and row.proposal is not None and row.proposal.sure]

    def chosen(self) -> Sequence[Shown]:
        """The open lines that are chosen in the list, one or several."""
        rows = self.model.in_memory(self.table.places()) if self.model.rows else []
        return [row for row in rows if _open(row)]

    def _offer_works(self) -> None:
        self.offer("Ctrl+L", "Load a statement", "file-import-outline", self.load_wanted.emit)
        self.offer("Ctrl+Shift+A", "Match all sure ones", "check-all", self.sure_wanted.emit)
        among = self.card.acts
        take = self.action(
            "Ctrl+Enter", "Take it so", "check", self.take_wanted.emit, fits=_likely, primary=True, among=among
        )
        take.setShortcuts([*take.shortcuts(), QKeySequence("Ctrl+Return")])
        hand = self.action("F2", "Match by hand", "scale-balance", self._match, fits=_open, among=among)
        back = self.action("Ctrl+F7", "Take it back", "undo-variant", self.back_wanted.emit, fits=_matched, among=among)
        self.opened.connect(self._match)

        def show(row: Shown | None) -> None:
            for each in (take, hand):
                each.setVisible(row is not None and _open(row))
            back.setVisible(row is not None and _matched(row))

        self.line_chosen.connect(show)
        show(None)

    def _match(self, row: Shown) -> None:
        if _open(row):
            self.match_wanted.emit(list(self.chosen()) or [row])


def _open(row: Shown) -> bool:
    return row.line.state is BankLineState.OPEN and row.request_id is None


def _likely(row: Shown) -> bool:
    return _open(row) and row.proposal is not None


def _matched(row: Shown) -> bool:
    return row.line.match_id is not None


def _said(row: Shown) -> str:
    amount = row.line.amount.plain()
    return f"{amount} {amount.replace(',', '')} {formats.day(row.line.on)} {row.said} {row.line.kind} {row.words}"


def _empty(choice: BankLineState | None) -> str:
    return "No line is open. Ctrl+L loads the next statement." if choice is BankLineState.OPEN else "No line is here."


def _stands(bank: BankRow | None) -> str:
    if bank is None:
        return ""
    until = f"Statements to {formats.day(bank.statement_on)}" if bank.statement_on else "No statement yet"
    open_ = f"{formats.count(bank.open_lines, 'line')} open, {bank.open_amount}" if bank.open_lines else "nothing open"
    missing = f" {bank.missing} is on no line: a page of the statements is missing." if bank.missing else ""
    return f"{bank.name}. {until}: {bank.statement_balance}. In the ledger {bank.ledger_balance}, {open_}.{missing}"
