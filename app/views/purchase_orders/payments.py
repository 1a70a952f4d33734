"""Payments: the runs, the card of the chosen one, and a new one in their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent

from app.models.values import SupplierRunState
from app.services.core.changes import Changes
from app.services.purchase_orders.payments.dto import EVERY_RUN, WAYS, RunDetail, RunFilter, RunForm, RunRow
from app.views.common.parts import Card
from app.views.common.rooms import Pane
from app.views.common.runs_page import RunsPage
from app.views.purchase_orders.payment_asking import PaymentAsking
from app.views.purchase_orders.payment_card import OFFERS, PaymentRunCard, Step, fitting, next_step
from app.views.purchase_orders.payment_tables import RUNS

CHOICES: Final = (
    ("To do", RunFilter(open=True)),
    ("Paid", RunFilter(states=frozenset({SupplierRunState.PAID}))),
    ("All", EVERY_RUN),
)
_OWN_KEYS: Final = (("Ctrl+Enter", "Ask for approval of a new run"), ("Esc", "Leave a new run"))


class PaymentsPage(RunsPage[RunRow]):
    """The section Payments.

    Args:
        today: the day of the office; the window may stay open overnight.

    Signals:
        new_wanted: ask for a new run.
        returns_wanted: read the bank's report of what came back.
        layouts_wanted: the layouts of the finance system's file.
    """

    new_wanted = Signal()
    returns_wanted = Signal()
    layouts_wanted = Signal()
    card: PaymentRunCard
    asking: PaymentAsking

    def __init__(self, today: Callable[[], date], *, may_pay: bool) -> None:
        self._today, self._may = today, may_pay
        super().__init__(
            "Payments",
            RUNS,
            choices=CHOICES,
            empty="No run is here. A run pays what is due by a day: each supplier once, with its credit notes taken off.",
            areas=frozenset({"purchase_orders", "approvals"}),
            help_topic="purchase_orders",
            own_keys=_OWN_KEYS,
        )
        if may_pay:
            for keys, does, icon, wanted in (
                ("Ctrl+Shift+Y", "Layouts", "table-column", self.layouts_wanted),
                ("Ctrl+I", "Returns", "file-import-outline", self.returns_wanted),
                ("Ctrl+N", "New run", "plus", self.new_wanted),
            ):
                self.of_the_list(self.offer(keys, does, icon, wanted.emit))

    def make_actions(self) -> dict[StrEnum, QAction]:
        """Every step but the way to its approval, which is only ever the next one."""
        return {step: self.step_action(step, offer) for step, offer in OFFERS.items() if step is not Step.DECIDE}

    def make_card(self, listed: Card) -> tuple[Pane, Pane]:
        """The card, beside the list."""
        self.card = PaymentRunCard(self.actions_of, self.next_action)
        self.card.payment_chosen.connect(self.offer_steps)
        return Pane(listed, 400, 560, 420), Pane(self.card, 460, 800, 520)

    def make_asking(self) -> PaymentAsking:
        """The new run."""
        return PaymentAsking(self._today)

    def step_of(self, found: RunDetail) -> Step | None:
        """The one step that brings a run on."""
        return next_step(found, may=self._may, saved=self.is_saved(found.row.run_id))

    def beside(self, found: RunDetail) -> frozenset[Step]:
        """What may be done with it, and with the payment that is chosen in it."""
        return fitting(found, self.card.payments.chosen, may=self._may)

    def text_of(self, row: RunRow) -> str:
        """What a run is found by."""
        return f"{row.number} {WAYS[row.by]} {row.words} {row.pay_on:%d %b %Y} {row.made_by} {row.approved_by}"

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """On another day another run is paid and more is due: what is shown is read again, a new run too."""
        fresh = not self.stale
        super().showEvent(event)
        if fresh:
            self.refresh_wanted.emit(Changes(self.areas))

    def show_new(self, form: RunForm, numbers: str = "") -> None:
        """Ask for a new run, of these invoices only where some are named."""
        self.show_asking()
        self.asking.begin(form, numbers)
