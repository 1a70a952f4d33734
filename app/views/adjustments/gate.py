"""The gate of a refund: every check with what it found, and what can be done about the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import GateState, RefundMethod, RefundState
from app.services.adjustments.refunds.dto import METHODS, PAYEES, STATES, Check, RefundDetail
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.flow import FlowLayout
from app.views.common.parts import action_button, label, pill, restyle, row
from app.views.common.theme import scaled

_WIDE, _HIGH, _LONGEST = 1040, 720, 400
_WORDS: Final = {
    GateState.CLEAR: "Clear",
    GateState.STOP: "Stops it",
    GateState.WAIVED: "Waived",
    GateState.OFFSET: "Paid",
}
_TONES: Final = {GateState.CLEAR: "good", GateState.STOP: "bad", GateState.WAIVED: "warning", GateState.OFFSET: "good"}


def _found(check: Check) -> str:
    return f"{check.words} Waived by {check.cleared_by}: {check.cleared_why}" if check.cleared_why else check.words


CHECKS: tuple[Column[Check], ...] = (
    Column("state", "State", lambda check: _WORDS[check.state], 90, tone=lambda check: _TONES[check.state], firm=True),
    Column("title", "Check", lambda check: check.title, 210, firm=True),
    Column("found", "What was found", _found, 520),
)


class GateSheet(Sheet):
    """A refund at its gate.

    Args:
        found: the refund.
        keeps_bank, pays: the officer may keep bank details, and send what is approved.

    Signals:
        waived(Check, str), paid(Check), withdrawn(str): what is asked for, with the reason that is typed.
        changing, giving_bank, attaching: another sheet is wanted, or files.
        card_paid: it went back to the card at the payment provider.
    """

    waived = Signal(object, str)
    paid = Signal(object)
    withdrawn = Signal(str)
    changing = Signal()
    giving_bank = Signal()
    attaching = Signal()
    card_paid = Signal()

    def __init__(self, parent: QWidget, found: RefundDetail, *, keeps_bank: bool, pays: bool) -> None:
        super().__init__(parent, f"Refund {found.number}", primary="Ask for approval", close="Close")
        self._keeps_bank, self._pays = keeps_bank, pays
        self._ready = False
        self._about = label("", wrap=True)
        self._state = pill("")
        self._left = pill("")
        self.model: ListModel[Check] = ListModel(CHECKS, in_turn=True)
        self.table = DataTable("Checks of the gate", self.model, stretch="found", empty="Nothing was checked yet.")
        self._words = label("", wrap=True)
        self._todo = label("", "strong", wrap=True)
        self._reason = LineField(_LONGEST, placeholder="Why it is passed, or why the refund is withdrawn")
        self._reason.setAccessibleName("Reason")
        self._waive = self._action("Waive", "Ctrl+W", self._ask_waive)
        self._pay = self._action("Pay it from the credit", "Ctrl+T", self._ask_paid)
        self._bank = self._action("Bank details", "Ctrl+B", self.giving_bank.emit)
        self._attach = self._action("Attach files", "Ctrl+D", self.attaching.emit)
        self._change = self._action("Change", "F2", self.changing.emit)
        self._withdraw = self._action("Withdraw", "F7", lambda: self.withdrawn.emit(self._reason.value()))
        self._card = self._action("It went back to the card", "Ctrl+K", self.card_paid.emit)
        self._arrange()
        self.table.chosen.connect(self._choose)
        self.begin_at(self.table)
        self.resize(scaled(_WIDE), scaled(_HIGH))
        self.show_refund(found)

    @property
    def chosen(self) -> Check | None:
        """The check that is chosen."""
        check: Check | None = self.table.row()
        return check

    def show_refund(self, found: RefundDetail) -> None:
        """Show the refund with its checks as they are now; the first stop is chosen."""
        self.found = found
        gate, draft = found.gate, found.state is RefundState.DRAFT
        where = f", {found.bank}" if found.bank else ""
        self._about.setText(
            f"{found.amount} to {found.payee_name} ({PAYEES[found.payee].lower()}), {METHODS[found.method].lower()}"
            f"{where}. Account {found.reference} has {gate.credit} to its credit. {found.reason}"
        )
        self._state.setText(STATES[found.state])
        stops = len(gate.stops)
        self._left.setText("Nothing stops it" if not stops else "1 stop" if stops == 1 else f"{stops} stops")
        restyle(self._left, tone="bad" if stops else "good")
        self._ready = draft and gate.green
        self.set_busy(busy=False)
        self.model.show_rows(gate.checks)
        first = next((at for at, check in enumerate(gate.checks) if check.state is GateState.STOP), 0)
        self.table.go_to(first)
        for action in (self._attach, self._change):
            action.setEnabled(draft)
        self._bank.setEnabled(draft and self._keeps_bank)
        self._withdraw.setEnabled(found.state in {RefundState.DRAFT, RefundState.WAITING, RefundState.APPROVED})
        to_card = found.state is RefundState.APPROVED and found.method is RefundMethod.CARD
        self._card.setVisible(to_card and self._pays)
        self._reason.set_value("")
        self._choose(self.chosen)

    def set_busy(self, busy: bool) -> None:
        """Approval can be asked for only while the gate is green."""
        super().set_busy(busy=busy)
        if not self._ready:
            self.confirm_action.setEnabled(False)

    def _arrange(self) -> None:
        pills = FlowLayout(across=6)
        for each in (self._state, self._left):
            pills.addWidget(each)
        self.body.addWidget(self._about)
        self.body.addLayout(pills)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._words)
        self.body.addWidget(self._todo)
        done = row(self._reason, action_button(self._waive), action_button(self._pay))
        done.setStretch(0, 1)
        self.body.addLayout(done)
        for action, icon in (
            (self._change, "pencil-outline"),
            (self._bank, "bank-outline"),
            (self._attach, "paperclip"),
            (self._card, "credit-card-refund-outline"),
            (self._withdraw, "close-circle-outline"),
        ):
            self.left_buttons.addWidget(action_button(action, icon=icon))

    def _action(self, words: str, keys: str, does: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _on=False: does())
        self.addAction(made)
        return made

    def _choose(self, check: Check | None) -> None:
        draft = self.found.state is RefundState.DRAFT
        stops = check is not None and check.state is GateState.STOP
        self._words.setText(_found(check) if check else "")
        self._todo.setText(check.todo if check else "")
        self._todo.setVisible(bool(check and check.todo))
        self._waive.setEnabled(bool(draft and stops and check and check.may_waive))
        self._pay.setEnabled(
            bool(draft and stops and check and check.account_id is not None and check.offset_adjustment_id is None)
        )

    def _ask_waive(self) -> None:
        if (check := self.chosen) is not None:
            self.waived.emit(check, self._reason.value())

    def _ask_paid(self) -> None:
        if (check := self.chosen) is not None:
            self.paid.emit(check)
