"""The card of an item in suspense: what is known of it, whose it may be one below another, or where it went."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import SuspenseState
from app.services.reception_payments.suspense.dto import SOURCES, STANDING, STATES, Candidate, ItemCard, Triggered
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, column, label, pill, restyle, row
from app.views.reception_payments.suspense_tables import CANDIDATES, MEANWHILE, MOVES, STATE_TONES, said, way

NOTHING: Final = "Choose an item to see whose it may be."
_NOBODY: Final = (
    "Nothing speaks for any account. Ctrl+T puts it where you say; ask the payer or the bank if you can't tell."
)
_FEW, _MOST, _FRAME = 3, 8, 4
"""Rows that a table has at least and at most, and the pixels of its frame."""


class SuspenseCard(Card):
    """An item.

    Attributes:
        by_hand: the officer chose the account that is chosen.

    Signals:
        chosen: another account is chosen, or none.
        opened(Triggered): Enter on what was done meanwhile.
        account_opened(account_id): Enter on an account.
    """

    chosen = Signal()
    opened = Signal(object)
    account_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.found: ItemCard | None = None
        self.by_hand = False
        self._filling = False
        self.title = Elided("heading")
        self._state = pill("")
        self.acts = FlowLayout(right=True)
        self._facts = label(NOTHING, "muted", wrap=True, selectable=True)
        self._told = label("", wrap=True, selectable=True)
        self.model: ListModel[Candidate] = ListModel(CANDIDATES)
        self.table = DataTable("Accounts that it may belong to", self.model, stretch="why", empty=_NOBODY)
        self._why = label("", wrap=True, selectable=True)
        self.moves = ListModel(MOVES)
        self._went = DataTable("Where it went", self.moves, stretch="where", empty="")
        self.meanwhile: ListModel[Triggered] = ListModel(MEANWHILE)
        self.done = DataTable("Done meanwhile", self.meanwhile, stretch="words", empty="")
        self.doors, self.repairs = FlowLayout(right=True), FlowLayout(right=True)
        self._titles = {
            self.table: _title("Whose it may be", self.doors),
            self._went: _title("Where it went"),
            self.done: _title("Done on the account meanwhile", self.repairs),
        }
        head = row(self._state, self.acts, spacing=12)
        head.setStretch(1, 1)
        self.column.addLayout(head)
        for each in (self.title, self._facts, self._told):
            self.column.addWidget(each)
        for table, title in self._titles.items():
            self.column.addWidget(title)
            self.column.addWidget(table)
            if table is self.table:
                self.column.addWidget(self._why)
        self.column.addStretch(1)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_account)
        self.done.opened.connect(self.opened)
        self.clear()

    @property
    def candidate(self) -> Candidate | None:
        """The account that is chosen."""
        found: Candidate | None = self.table.row() if self.model.rows else None
        return found

    @property
    def account_id(self) -> int | None:
        """The account that is chosen, or on which something was done meanwhile."""
        if self.candidate is not None:
            return self.candidate.account.account_id if self.candidate.open else None
        done: Triggered | None = self.done.row() if self.meanwhile.rows else None
        return done.account_id if done is not None else None

    def next_account(self) -> None:
        """Choose the account under the one that is chosen, or the first again."""
        if self.model.rows:
            self.by_hand = True
            self.table.go_to((max(self.table.currentIndex().row(), 0) + 1) % len(self.model.rows))

    def show_item(self, found: ItemCard) -> None:
        """Show an item; an account that was chosen for it stays so."""
        shown = found.row
        same = self.found is not None and self.found.row.item_id == shown.item_id
        kept = self.candidate.account.account_id if same and self.candidate is not None else None
        self.found = found
        self.by_hand = self.by_hand and same
        self.title.say(f"Item {shown.number}: {way(shown.left)}" if shown.left else f"Item {shown.number}")
        self._state.setText(STATES[shown.state])
        restyle(self._state, tone=STATE_TONES[shown.state])
        self._facts.setText(_facts(found))
        self._told.setText(shown.note)
        self._filling = True
        self.model.show_rows(found.candidates)
        self.moves.show_rows(found.moves)
        self.meanwhile.show_rows(found.meanwhile)
        ids = [each.account.account_id for each in found.candidates]
        if ids:
            self.table.go_to(ids.index(kept) if kept in ids else 0)
        if found.meanwhile:
            self.done.go_to(0)
        self._filling = False
        self._show(self.table, there=shown.state is SuspenseState.OPEN)
        self._show(self._went, there=bool(found.moves))
        self._show(self.done, there=bool(found.meanwhile))
        self._state.setVisible(True)
        self._told.setVisible(bool(shown.note))
        self._tell()

    def clear(self) -> None:
        """No item is chosen."""
        self.found = None
        self.by_hand = False
        self.title.say("")
        self._facts.setText(NOTHING)
        self.model.show_rows(())
        self.meanwhile.show_rows(())
        for table in self._titles:
            self._show(table, there=False)
        for each in (self._state, self._told, self._why):
            each.setVisible(False)
        self.chosen.emit()

    def _show(self, table: DataTable, *, there: bool) -> None:
        """A table is as high as its rows need: what stands under it follows at once."""
        rows = max(table.model().rowCount(), 0 if table is not self.table else _FEW)
        table.setFixedHeight(table.horizontalHeader().sizeHint().height() + row_height() * min(rows, _MOST) + _FRAME)
        table.setVisible(there)
        self._titles[table].setVisible(there)

    def _choose(self, _row: object) -> None:
        if not self._filling:
            self.by_hand = self.by_hand or self.table.hasFocus()
            self._tell()

    def _tell(self) -> None:
        """Say all that speaks for the account that is chosen, and what was paid on it lately."""
        one = self.candidate
        self._why.setText(_speaks(one) if one is not None else "")
        self._why.setVisible(one is not None)
        self.chosen.emit()

    def _open_account(self, one: Candidate) -> None:
        if one.open:
            self.account_opened.emit(one.account.account_id)


def _title(words: str, acts: FlowLayout | None = None) -> QWidget:
    """What stands over a table, with what can be done with its rows."""
    made = QWidget()
    line = row(label(words, "strong"), *([acts] if acts is not None else []))
    column(made, line)
    if acts is not None:
        line.setStretch(1, 1)
    return made


def _facts(found: ItemCard) -> str:
    shown = found.row
    part = f" of {way(shown.amount)}" if shown.left != shown.amount else ""
    stands = shown.state in STANDING
    owner = f"With {shown.owner}." if shown.owner else "With nobody yet." if stands else ""
    lines = (
        f"{found.came}{part}, paid {formats.day(shown.received_on)}, {formats.count(shown.age, 'day')} ago",
        f"The payer said: {said(shown)}" if said(shown) else "The payer said nothing.",
        f"Came by {SOURCES[shown.source].lower()}. {owner}".strip(),
    )
    return "\n".join(lines)


def _speaks(one: Candidate) -> str:
    if not one.open:
        return "A colleague has to clear this one: the account isn't yours to work on."
    account = one.account
    paid = ", ".join(f"{amount} on {formats.day(on)}" for on, amount in one.paid)
    lines = (
        f"{account.name}, {account.address}" if account.address else account.name,
        *one.reasons,
        f"Paid lately: {paid}" if paid else "Nothing was paid on it yet.",
    )
    return "\n".join(lines)
