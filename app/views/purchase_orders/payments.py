"""Payments: the runs, the card of the chosen one, and a new one in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.models.values import SupplierRunState
from app.services.core.changes import Changes
from app.services.purchase_orders.payments.dto import EVERY_RUN, WAYS, RunDetail, RunFilter, RunForm, RunRow
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.purchase_orders.payment_asking import PaymentAsking
from app.views.purchase_orders.payment_card import OFFERS, RunCard, Step, fitting, next_step
from app.views.purchase_orders.payment_tables import RUNS

_LEAST: Final = 560
CHOICES: Final = (
    ("To do", RunFilter(open=True)),
    ("Paid", RunFilter(states=frozenset({SupplierRunState.PAID}))),
    ("All", EVERY_RUN),
)


class PaymentsPage(RegisterPage[RunRow]):
    """The section Payments.

    Args:
        today: the day of the office; the window may stay open overnight.

    Signals:
        run_chosen(RunRow): another run is chosen, or none.
        step_wanted(Step, RunDetail): do this with the run that is shown.
        new_wanted: ask for a new run.
        returns_wanted: read the bank's report of what came back.
        layouts_wanted: the layouts of the finance system's file.
    """

    run_chosen = Signal(object)
    step_wanted = Signal(object, object)
    new_wanted = Signal()
    returns_wanted = Signal()
    layouts_wanted = Signal()

    def __init__(self, today: Callable[[], date], *, may_pay: bool) -> None:
        self._today, self._may = today, may_pay
        self._saved: set[int] = set()
        super().__init__(
            "Payments",
            RUNS,
            stretch="words",
            choices=CHOICES,
            placeholder="A run's number, day, state or officer",
            noun=("run", "runs"),
            empty="No run is here. A run pays what is due by a day: each supplier once, with its credit notes taken off.",
            key=lambda each: each.run_id,
            areas=frozenset({"purchase_orders", "approvals"}),
            help_topic="purchase_orders",
        )
        self.own_actions: list[QAction] = []
        if may_pay:
            self.own_actions = [
                self.offer("Ctrl+Shift+Y", "Layouts", "table-column", self.layouts_wanted.emit),
                self.offer("Ctrl+I", "Returns", "file-import-outline", self.returns_wanted.emit),
                self.offer("Ctrl+N", "New run", "plus", self.new_wanted.emit),
            ]
        for keys, does in (("Ctrl+Enter", "Ask for approval of a new run"), ("Esc", "Leave a new run")):
            self.tell_key(keys, does)
        self.table.chosen.connect(self.run_chosen)
        for action in (self.next_action, *self.actions_of.values(), *self.own_actions):
            self.removeAction(action)  # their keys are a new run's while one is asked for
            self._listing.addAction(action)

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen run beside it; a new run takes the place of both."""
        self.next_action = self.add_key("Ctrl+Return", "The next step of the run", self._next, more=("Ctrl+Enter",))
        self.actions_of: dict[Step, QAction] = {
            step: self.add_key(offer.keys, offer.does, partial(self._want, step))
            for step, offer in OFFERS.items()
            if step is not Step.DECIDE
        }
        self.card = RunCard(self.actions_of, self.next_action)
        self.card.payment_chosen.connect(self._offer)
        self.asking = PaymentAsking(self._today)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 400, 560, 420), Pane(self.card, 460, 800, 520)), _LEAST))
        self._stack = QStackedLayout()
        self._listing = scrolled(inside)
        self._stack.addWidget(self._listing)
        self._stack.addWidget(self.asking)
        self.setLayout(self._stack)
        self.asking.left.connect(self.show_list)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """On another day another run is paid and more is due: what is shown is read again, a new run too."""
        fresh = not self.stale
        super().showEvent(event)
        if fresh:
            self.refresh_wanted.emit(Changes(self.areas))

    def show_found(self, rows: Sequence[RunRow]) -> None:
        """Show the runs in which what is typed stands; the card follows the one that is chosen."""
        self.show_rows(self.found_among(rows, _text))
        self.run_chosen.emit(self.table.row() if self.model.rows else None)

    def show_run(self, found: RunDetail) -> None:
        """Show the chosen run."""
        self.card.show_run(found)
        self._offer()

    def tell_saved(self, run_id: int) -> None:
        """The file of a run was saved at this desk: it can be sent."""
        self._saved.add(run_id)
        self._offer()

    def show_list(self) -> None:
        """Back to the runs."""
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def show_new(self, form: RunForm, numbers: str = "") -> None:
        """Ask for a new run, of these invoices only where some are named."""
        self._stack.setCurrentIndex(1)
        self.asking.begin(form, numbers)

    @property
    def asks(self) -> bool:
        """Whether a new run is being asked for."""
        return self._stack.currentIndex() == 1

    def choose(self, wanted: RunFilter) -> None:
        """Press the choice that lists these."""
        for pressed, (_words, each) in zip(self._buttons, self._choices, strict=True):
            if each == wanted:
                pressed.setChecked(True)

    def go_to(self, run_id: int) -> bool:
        """Go to a run, if it is listed."""
        at = next((at for at, each in enumerate(self.model.rows) if each.run_id == run_id), None)
        if at is not None:
            self.table.go_to(at)
        return at is not None

    # What the officer does

    def _step(self, found: RunDetail) -> Step | None:
        return next_step(found, may=self._may, saved=found.row.run_id in self._saved)

    def _offer(self) -> None:
        found = self.card.detail
        if found is not None:
            self.card.offer(self._step(found), fitting(found, self.card.payments.chosen, may=self._may))

    def _next(self) -> None:
        found = self.card.detail
        if found is not None and (step := self._step(found)) is not None:
            self.step_wanted.emit(step, found)

    def _want(self, step: Step) -> None:
        if self.card.detail is not None:
            self.step_wanted.emit(step, self.card.detail)


def _text(each: RunRow) -> str:
    return f"{each.number} {WAYS[each.by]} {each.words} {each.pay_on:%d %b %Y} {each.made_by} {each.approved_by}"
