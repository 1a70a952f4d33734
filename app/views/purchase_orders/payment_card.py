"""The card of a payment run: how far it is, its next step, whom it pays what, and what it left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import SupplierRunState
from app.services.purchase_orders.payments.dto import WAYS, PaymentRow, RunDetail
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, action_button, column, label, pill, restyle, row
from app.views.common.tabbed_card import TabbedCard
from app.views.purchase_orders.payment_parts import LeftOutPart, PaymentsPart
from app.views.purchase_orders.payment_tables import STEPS, TONES

_CHOOSE: Final = "Choose a run to see how far it is."


class Step(StrEnum):
    """What can be done with a run."""

    DECIDE = "decide"
    SAVE = "save"
    SEND = "send"
    PAID = "paid"
    REMIT = "remit"
    AGAIN = "again"
    BACK = "back"
    CANCEL = "cancel"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as it is offered: what its button says, its key, and its icon."""

    does: str
    keys: str
    icon: str


OFFERS: Final[Mapping[Step, Offer]] = {
    Step.DECIDE: Offer("Open its approval", "Ctrl+Shift+A", "account-check-outline"),
    Step.SAVE: Offer("Save the file", "Ctrl+S", "content-save-outline"),
    Step.SEND: Offer("Mark as sent", "Ctrl+Shift+S", "send"),
    Step.REMIT: Offer("Make remittances", "Ctrl+R", "email-fast-outline"),
    Step.PAID: Offer("Mark as paid", "Ctrl+Shift+P", "check"),
    Step.AGAIN: Offer("Remittance again", "Ctrl+Shift+R", "email-sync-outline"),
    Step.BACK: Offer("It came back", "Ctrl+B", "undo-variant"),
    Step.CANCEL: Offer("Cancel the run", "F7", "close-circle-outline"),
    Step.REFUSE: Offer("It was refused", "Shift+F7", "close-octagon-outline"),
}


def next_step(found: RunDetail, *, may: bool, saved: bool) -> Step | None:
    """The one step that brings a run on; None where nothing is to be done, or by this officer.

    Where its file was `saved` at this desk, it can be sent.
    """
    state = found.row.state
    if state is SupplierRunState.WAITING:
        return Step.DECIDE
    if not may:
        return None
    if state is SupplierRunState.MADE:
        return Step.SEND if saved else Step.SAVE
    remits = state in {SupplierRunState.SENT, SupplierRunState.PAID} and _to_remit(found)
    return Step.REMIT if remits else None


def fitting(found: RunDetail, payment: PaymentRow | None, *, may: bool) -> frozenset[Step]:
    """What may be done with a run, and with the payment that is chosen in it."""
    state = found.row.state
    if not may:
        return frozenset()
    if state is SupplierRunState.MADE:
        return frozenset({Step.SAVE, Step.SEND, Step.CANCEL})
    if state not in {SupplierRunState.SENT, SupplierRunState.PAID}:
        return frozenset()
    steps = {Step.REFUSE} | ({Step.PAID} if state is SupplierRunState.SENT else set())
    if _to_remit(found):
        steps.add(Step.REMIT)
    if payment is not None and payment.returned_on is None:
        steps.add(Step.BACK)
        if payment.remittance:
            steps.add(Step.AGAIN)
    return frozenset(steps)


def _to_remit(found: RunDetail) -> bool:
    return any(not each.remittance and each.returned_on is None for each in found.payments)


class RunCard(QWidget):
    """The card beside the list of runs.

    Signals:
        invoice_opened(int): Enter on what a payment pays.
        payment_chosen: another payment of the run is chosen.
    """

    invoice_opened = Signal(int)
    payment_chosen = Signal()

    def __init__(self, actions: Mapping[Step, QAction], next_action: QAction) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.detail: RunDetail | None = None
        self._next_action, self._actions = next_action, actions
        self._title, self._state = label("", "title"), pill("")
        self._facts, self._why = label(_CHOOSE, "muted", wrap=True), label("", wrap=True, selectable=True)
        self._next_words = label("", "strong", wrap=True)
        self._next = action_button(next_action, role="primary")
        self._buttons: dict[Step, QPushButton] = {
            step: action_button(action, icon=OFFERS[step].icon) for step, action in actions.items()
        }
        self.parts = TabbedCard("Parts of the run")
        self.payments = PaymentsPart(made=True)
        self._left_out, self._steps = LeftOutPart("Left out of the run"), ListModel(STEPS, in_turn=True)
        steps = DataTable("Steps of the run", self._steps, stretch="words")
        for title, part in (("Suppliers", self.payments), ("Left out", self._left_out), ("Steps", steps)):
            self.parts.add_part(title, part)
        self.payments.invoice_opened.connect(self.invoice_opened)
        self.payments.payment_chosen.connect(lambda _row: self.payment_chosen.emit())
        self._left_out.invoice_opened.connect(self.invoice_opened)
        self._arrange()
        self.clear()

    def show_run(self, found: RunDetail) -> None:
        """Show a run; `offer` follows."""
        self.detail = found
        shown = found.row
        self._title.setText(shown.number)
        self._state.setText(shown.words)
        restyle(self._state, tone=TONES[shown.state].replace("muted", ""))
        self._facts.setText(_facts(found))
        self._next_words.setText(found.next)
        told = "\n".join(filter(None, (found.why, found.note)))
        self._why.setText(told)
        self.payments.show_payments(found.payments)
        self._left_out.show_rows(found.left_out)
        self._steps.show_rows(found.steps)
        self.parts.count_part(0, len(found.payments))
        self.parts.count_part(1, len(found.left_out))
        for each in (self._title, self._state, self._next_words, self.parts):
            each.setVisible(True)
        self._why.setVisible(bool(told))

    def offer(self, step: Step | None, fits: frozenset[Step]) -> None:
        """The next step on the primary button, what else fits beside it."""
        self._next_action.setVisible(step is not None)
        self._next_action.setEnabled(step is not None)
        if step is not None:
            self._next_action.setText(OFFERS[step].does)
            self._next.setText(f"{OFFERS[step].does}  Ctrl+Enter")
        for each, action in self._actions.items():
            there = each in fits and each is not step
            action.setVisible(there)
            action.setEnabled(there)

    def clear(self) -> None:
        """No run is chosen."""
        self.detail = None
        self._facts.setText(_CHOOSE)
        for each in (self._title, self._state, self._why, self._next_words, self.parts):
            each.setVisible(False)
        self.offer(None, frozenset())

    def _arrange(self) -> None:
        head = FlowLayout(right=True)
        for each in (*self._buttons.values(), self._next):
            head.addWidget(each)
        card = Card(spacing=6)
        card.column.addLayout(row(self._title, self._state, None, spacing=10))
        for shown in (self._facts, self._next_words, self._why):
            card.column.addWidget(shown)
        card.column.addLayout(head)
        whole = column(self, card, self.parts, spacing=12)
        whole.setStretch(1, 1)
        whole.addStretch()


def _facts(found: RunDetail) -> str:
    shown = found.row
    left = f", {len(found.left_out):,} left out" if found.left_out else ""
    file = f" File: {found.file}." if found.file else ""
    reference = f" Reference {found.reference}." if found.reference else ""
    remitted = f" {found.remitted:,} of {len(found.payments):,} remittance advices made." if found.remitted else ""
    return (
        f"{formats.count(shown.count, 'supplier')}, {shown.total} in all{left}. {WAYS[shown.by]}, paid on"
        f" {formats.weekday(shown.pay_on)}; what is due by {formats.day(shown.due_to_on)}.{file}{reference}{remitted}"
    )
