"""Runs: what was sent or is to be sent to Bacs, the card of the chosen one, and a new one in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.models.values import DebitRunKind, DebitRunState
from app.services.direct_debits.runs.dto import EVERY_RUN, KINDS, RunDetail, RunFilter, RunRow
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.direct_debits.run_card import OFFERS, RunCard, Step, next_step
from app.views.direct_debits.run_sheet import RunAsking
from app.views.direct_debits.run_tables import RUNS

_LEAST: Final = 560
CHOICES: Final = (
    ("To do", RunFilter(open=True)),
    ("Posted", RunFilter(states=frozenset({DebitRunState.POSTED}))),
    ("All", EVERY_RUN),
)
_BESIDE: Final = (Step.CANCEL, Step.REFUSE, Step.MATCH, Step.SAVE, Step.SEND)


class RunsPage(RegisterPage[RunRow]):
    """The section Runs.

    Args:
        today: the day of the office; the window may stay open overnight.

    Signals:
        run_chosen(RunRow): another run is chosen, or none.
        step_wanted(Step, RunDetail): do this with the run that is shown.
        new_wanted(DebitRunKind): ask for a new run.
    """

    run_chosen = Signal(object)
    step_wanted = Signal(object, object)
    new_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], *, may_run: bool) -> None:
        self._today = today
        self._saved: set[int] = set()
        super().__init__(
            "Runs",
            RUNS,
            stretch="words",
            choices=CHOICES,
            placeholder="A run's number, day, state or officer",
            noun=("run", "runs"),
            empty="No run is here. A lodgement run sends new instructions, a collection run what is due.",
            key=lambda each: each.run_id,
            areas=frozenset({"direct_debits", "approvals"}),
            help_topic="direct_debits",
        )
        self.new_actions: list[QAction] = []
        if may_run:
            for keys, does, kind in (
                ("Ctrl+L", "New lodgement", DebitRunKind.LODGEMENT),
                ("Ctrl+N", "New collection", DebitRunKind.COLLECTION),
            ):
                icon = "bank-transfer-out" if kind is DebitRunKind.LODGEMENT else "plus"
                self.new_actions.append(self.offer(keys, does, icon, partial(self.new_wanted.emit, kind)))
        for keys, does in (
            ("Ctrl+Enter", "Ask for approval of a new run"),
            ("Ctrl+O", "Open the mandate of the line of a new run"),
            ("Esc", "Leave a new run"),
        ):
            self.tell_key(keys, does)
        self.table.chosen.connect(self.run_chosen)
        for action in (self.next_action, *self.actions_of.values(), *self.new_actions):
            self.removeAction(action)  # their keys are a new run's while one is asked for
            self._listing.addAction(action)

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen run beside it; a new run takes the place of both."""
        self.next_action = self.add_key("Ctrl+Return", "The next step of the run", self._next, more=("Ctrl+Enter",))
        self.actions_of: dict[Step, QAction] = {}
        for step in _BESIDE:
            offer = OFFERS[step]
            self.actions_of[step] = (
                self.add_key(offer.keys, offer.does, partial(self._want, step))
                if offer.keys and step is not Step.REFUSE
                else self._quiet(step)
            )
        self.card = RunCard(self.actions_of, self.next_action)
        self.asking = RunAsking()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 430, 640, 420), Pane(self.card, 430, 720, 520)), _LEAST))
        self._stack = QStackedLayout()
        self._listing = scrolled(inside)
        self._stack.addWidget(self._listing)
        self._stack.addWidget(self.asking)
        self.setLayout(self._stack)
        self.asking.left.connect(self.show_list)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """On another day something else may be the next step."""
        super().showEvent(event)
        if self.card.detail is not None:
            self.show_run(self.card.detail)

    def show_found(self, rows: Sequence[RunRow]) -> None:
        """Show the runs in which what is typed stands; the card follows the one that is chosen."""
        self.show_rows(self.found_among(rows, _text))
        self.run_chosen.emit(self.table.row() if self.model.rows else None)

    def show_run(self, found: RunDetail) -> None:
        """Show the chosen run."""
        self.card.show_run(found, self._step(found))

    def tell_saved(self, run_id: int) -> None:
        """The file of a run was saved at this desk: it can be sent."""
        self._saved.add(run_id)
        if self.card.detail is not None:
            self.show_run(self.card.detail)

    def show_list(self) -> None:
        """Back to the runs."""
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def show_new(self, kind: DebitRunKind) -> None:
        """Ask for a new run of this kind."""
        self._stack.setCurrentIndex(1)
        self.asking.begin(kind)

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

    def _quiet(self, step: Step) -> QAction:
        """An action whose key another has, or that has none: F7 is of whichever of the two is there."""
        offer = OFFERS[step]
        made = QAction(offer.does, self)
        made.triggered.connect(lambda _checked=False: self._want(step))
        if offer.keys:
            made.setShortcut(offer.keys)
        self.addAction(made)
        return made

    def _next(self) -> None:
        found = self.card.detail
        if found is not None and (step := self._step(found)) is not None:
            self.step_wanted.emit(step, found)

    def _step(self, found: RunDetail) -> Step | None:
        return next_step(found, self._today(), saved=found.row.run_id in self._saved)

    def _want(self, step: Step) -> None:
        if self.card.detail is not None:
            self.step_wanted.emit(step, self.card.detail)


def _text(each: RunRow) -> str:
    days = " ".join(f"{on:%d %b %Y}" for on in (each.processing_on, each.entry_on))
    return f"{each.number} {KINDS[each.kind]} {each.words} {days} {each.made_by} {each.approved_by} {each.reference}"
