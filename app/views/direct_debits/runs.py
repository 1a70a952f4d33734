"""Runs: what was sent or is to be sent to Bacs, the card of the chosen one, and a new one in their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent

from app.models.values import DebitRunKind, DebitRunState
from app.services.direct_debits.runs.dto import EVERY_RUN, KINDS, RunDetail, RunFilter, RunRow
from app.views.common.parts import Card
from app.views.common.rooms import Pane
from app.views.common.runs_page import RunsPage
from app.views.direct_debits.run_card import OFFERS, DebitRunCard, Step, next_step, others
from app.views.direct_debits.run_sheet import DebitRunAsking
from app.views.direct_debits.run_tables import RUNS

CHOICES: Final = (
    ("To do", RunFilter(open=True)),
    ("Posted", RunFilter(states=frozenset({DebitRunState.POSTED}))),
    ("All", EVERY_RUN),
)
_BESIDE: Final = (Step.CANCEL, Step.REFUSE, Step.MATCH, Step.SAVE, Step.SEND)
_OWN_KEYS: Final = (
    ("Ctrl+Enter", "Ask for approval of a new run"),
    ("Ctrl+O", "Open the mandate of the line of a new run"),
    ("Esc", "Leave a new run"),
)


class DebitRunsPage(RunsPage[RunRow]):
    """The section Runs.

    Args:
        today: the day of the office; the window may stay open overnight.

    Signals:
        new_wanted(DebitRunKind): ask for a new run.
    """

    new_wanted = Signal(object)
    card: DebitRunCard
    asking: DebitRunAsking

    def __init__(self, today: Callable[[], date], *, may_run: bool) -> None:
        self._today = today
        super().__init__(
            "Runs",
            RUNS,
            choices=CHOICES,
            empty="No run is here. A lodgement run sends new instructions, a collection run what is due.",
            areas=frozenset({"direct_debits", "approvals"}),
            help_topic="direct_debits",
            own_keys=_OWN_KEYS,
        )
        if may_run:
            for keys, does, kind, icon in (
                ("Ctrl+L", "New lodgement", DebitRunKind.LODGEMENT, "bank-transfer-out"),
                ("Ctrl+N", "New collection", DebitRunKind.COLLECTION, "plus"),
            ):
                self.of_the_list(self.offer(keys, does, icon, partial(self.new_wanted.emit, kind)))

    def make_actions(self) -> dict[StrEnum, QAction]:
        """F7 is told once: it is of whichever of cancelling and refusing is there."""
        return {step: self.step_action(step, OFFERS[step], told=step is not Step.REFUSE) for step in _BESIDE}

    def make_card(self, listed: Card) -> tuple[Pane, Pane]:
        """The card, beside the list."""
        self.card = DebitRunCard(self.actions_of, self.next_action)
        return Pane(listed, 430, 640, 420), Pane(self.card, 430, 720, 520)

    def make_asking(self) -> DebitRunAsking:
        """The new run."""
        return DebitRunAsking()

    def step_of(self, found: RunDetail) -> Step | None:
        """The one step that brings a run on today."""
        return next_step(found, self._today(), saved=self.is_saved(found.row.run_id))

    def beside(self, found: RunDetail) -> tuple[Step, ...]:
        """What else may be done with it."""
        return others(found, self.step_of(found))

    def text_of(self, row: RunRow) -> str:
        """What a run is found by."""
        days = " ".join(f"{on:%d %b %Y}" for on in (row.processing_on, row.entry_on))
        return f"{row.number} {KINDS[row.kind]} {row.words} {days} {row.made_by} {row.approved_by} {row.reference}"

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """On another day something else may be the next step."""
        super().showEvent(event)
        if self.card.detail is not None:
            self.show_run(self.card.detail)

    def show_new(self, kind: DebitRunKind) -> None:
        """Ask for a new run of this kind."""
        self.show_asking()
        self.asking.begin(kind)
