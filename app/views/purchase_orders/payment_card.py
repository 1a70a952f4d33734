"""The card of a payment run: how far it is, its next step, whom it pays what, and what it left out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from app.models.values import SupplierRunState
from app.services.purchase_orders.payments.dto import WAYS, PaymentRow, RunDetail
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import label, row
from app.views.common.run_card import Head, Offer, RunCard
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


OFFERS: Final[Mapping[StrEnum, Offer]] = {
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


class PaymentRunCard(RunCard[RunDetail]):
    """The card beside the list of runs.

    Signals:
        invoice_opened(int): Enter on what a payment pays.
        payment_chosen: another payment of the run is chosen.
    """

    invoice_opened = Signal(int)
    payment_chosen = Signal()

    def __init__(self, actions: Mapping[StrEnum, QAction], next_action: QAction) -> None:
        super().__init__(OFFERS, actions, next_action, _CHOOSE)
        self._next_words = label("", "strong", wrap=True)
        self.on_show.append(self._next_words)
        self.payments = PaymentsPart(made=True)
        self._left_out, self._steps = LeftOutPart("Left out of the run"), ListModel(STEPS, in_turn=True)
        steps = DataTable("Steps of the run", self._steps, stretch="words")
        for title, part in (("Suppliers", self.payments), ("Left out", self._left_out), ("Steps", steps)):
            self.parts.add_part(title, part)
        self.payments.invoice_opened.connect(self.invoice_opened)
        self.payments.payment_chosen.connect(lambda _row: self.payment_chosen.emit())
        self._left_out.invoice_opened.connect(self.invoice_opened)
        top = row(self.title, self.state, None, spacing=10)
        self.arrange(top, self.facts, self._next_words, self.why, self.buttons(), spacing=6)

    def show_run(self, found: RunDetail) -> None:
        """Show a run; `offer` follows."""
        shown = found.row
        tone = TONES[shown.state].replace("muted", "")
        self.show_head(found, Head(shown.number, shown.words, tone, _facts(found), (found.why, found.note)))
        self._next_words.setText(found.next)
        self.payments.show_payments(found.payments)
        self._left_out.show_rows(found.left_out)
        self._steps.show_rows(found.steps)
        self.parts.count_part(0, len(found.payments))
        self.parts.count_part(1, len(found.left_out))


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
