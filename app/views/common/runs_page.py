"""Pages of runs: the list, the card of the chosen run beside it, and a new one in the place of both."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.views.common.actions import keyed_action
from app.views.common.columns import Column
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.run_asking import LEAST, RunAsking
from app.views.common.run_card import Offer


class Run(Protocol):
    """A run as listed."""

    @property
    def run_id(self) -> int:
        """Its id."""

    @property
    def request_id(self) -> int | None:
        """The request for its approval, once it is asked for."""


R = TypeVar("R", bound=Run)


class RunsPage(RegisterPage[R], Generic[R]):
    """The list of runs, with what every area's runs do alike; the first choice lists what is to be done, the last all.

    Each area's page makes the card, the new run and the actions of its steps, and says what the next step is.

    Args:
        title, columns, choices, empty, areas, help_topic: as of `RegisterPage`.
        own_keys: the keys of a new run, for the list of the page's keys: (keys, what they do).

    Signals:
        run_chosen(R): another run is chosen, or none.
        step_wanted(step, detail): do this with the run that is shown.
    """

    run_chosen = Signal(object)
    step_wanted = Signal(object, object)
    card: Any
    asking: Any

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[R]],
        *,
        choices: Sequence[tuple[str, Hashable]],
        empty: str,
        areas: frozenset[str],
        help_topic: str,
        own_keys: Sequence[tuple[str, str]],
    ) -> None:
        self._saved: set[int] = set()
        super().__init__(
            title,
            columns,
            stretch="words",
            choices=choices,
            placeholder="A run's number, day, state or officer",
            noun=("run", "runs"),
            empty=empty,
            key=lambda each: each.run_id,
            areas=areas,
            help_topic=help_topic,
        )
        for keys, does in own_keys:
            self.tell_key(keys, does)
        self.table.chosen.connect(self.run_chosen)
        self.of_the_list(self.next_action, *self.actions_of.values())

    # What each area's page says

    def make_card(self, listed: Card) -> tuple[Pane, Pane]:
        """Make `card`, and say how wide the list and the card are."""
        raise NotImplementedError

    def make_asking(self) -> RunAsking:
        """The new run."""
        raise NotImplementedError

    def make_actions(self) -> dict[StrEnum, QAction]:
        """What does each step that has a button of its own."""
        raise NotImplementedError

    def step_of(self, found: Any) -> StrEnum | None:
        """The one step that brings a run on."""
        raise NotImplementedError

    def beside(self, found: Any) -> Collection[StrEnum]:
        """What else may be done with it."""
        raise NotImplementedError

    def text_of(self, row: R) -> str:
        """What a run is found by."""
        raise NotImplementedError

    # The pieces

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen run beside it; a new run takes the place of both."""
        self.next_action = self.add_key("Ctrl+Return", "The next step of the run", self._next, more=("Ctrl+Enter",))
        self.actions_of = self.make_actions()
        panes = self.make_card(listed)
        self.asking = self.make_asking()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(*panes), LEAST))
        self._stack = QStackedLayout()
        self._listing = scrolled(inside)
        self._stack.addWidget(self._listing)
        self._stack.addWidget(self.asking)
        self.setLayout(self._stack)
        self.asking.left.connect(self.show_list)

    def step_action(self, step: StrEnum, offer: Offer, *, told: bool = True) -> QAction:
        """What does a step with the run that is shown; its key is among those of the page unless another has it too."""
        want = partial(self._want, step)
        if told:
            return self.add_key(offer.keys, offer.does, want)
        return keyed_action(self, offer.does, want, offer.keys)

    def of_the_list(self, *actions: QAction) -> None:
        """These work while the list is shown: their keys are a new run's while one is asked for."""
        for action in actions:
            self.removeAction(action)
            self._listing.addAction(action)

    # What is shown

    def show_found(self, rows: Sequence[R]) -> None:
        """Show the runs in which what is typed stands; the card follows the one that is chosen."""
        self.show_rows(self.found_among(rows, self.text_of))
        self.run_chosen.emit(self.table.row() if self.model.rows else None)

    def show_run(self, found: Any) -> None:
        """Show the chosen run."""
        self.card.show_run(found)
        self.offer_steps()

    def offer_steps(self) -> None:
        """Offer what may be done now with the run that is shown."""
        found = self.card.detail
        if found is not None:
            self.card.offer(self.step_of(found), self.beside(found))

    def tell_saved(self, run_id: int) -> None:
        """The file of a run was saved at this desk: it can be sent."""
        self._saved.add(run_id)
        self.offer_steps()

    def is_saved(self, run_id: int) -> bool:
        """Whether the file of a run was saved at this desk."""
        return run_id in self._saved

    def show_list(self) -> None:
        """Back to the runs."""
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def show_asking(self) -> None:
        """A new run takes the place of the list."""
        self._stack.setCurrentIndex(1)

    @property
    def asks(self) -> bool:
        """Whether a new run is being asked for."""
        return self._stack.currentIndex() == 1

    # What the officer does

    def _next(self) -> None:
        found = self.card.detail
        if found is not None and (step := self.step_of(found)) is not None:
            self.step_wanted.emit(step, found)

    def _want(self, step: StrEnum) -> None:
        if self.card.detail is not None:
            self.step_wanted.emit(step, self.card.detail)
