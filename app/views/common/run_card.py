"""The card of a run beside the list of runs: how far it has come, its next step on the primary button, the others beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, action_button, column, label, pill, restyle
from app.views.common.tabbed_card import TabbedCard

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as it is offered: what its button says, its key, and its icon."""

    does: str
    keys: str
    icon: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a card; the tone is of the state, `why` a line for each thing that is said of it."""

    title: str
    state: str
    tone: str
    facts: str
    why: Sequence[str] = ()


class RunCard(QWidget, Generic[D]):
    """The card; each area's adds its parts and arranges the head.

    Args:
        offers: the steps as they are offered, `actions` what does those that have a button of their own.
        next_action: what does the next step.
        choose: what is said while no run is chosen.

    Attributes:
        detail: the run that is shown.
        on_show: what is seen only while a run is.
    """

    def __init__(
        self,
        offers: Mapping[StrEnum, Offer],
        actions: Mapping[StrEnum, QAction],
        next_action: QAction,
        choose: str,
    ) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.detail: D | None = None
        self._offers, self._actions, self._next_action, self._choose = offers, actions, next_action, choose
        self.title, self.state = label("", "title"), pill("")
        self.facts, self.why = label(choose, "muted", wrap=True), label("", wrap=True, selectable=True)
        self._next = action_button(next_action, role="primary")
        self._buttons: dict[StrEnum, QPushButton] = {
            step: action_button(action, icon=offers[step].icon) for step, action in actions.items()
        }
        self.parts = TabbedCard("Parts of the run")
        self.on_show: list[QWidget] = [self.title, self.state, self.parts]

    def show_head(self, found: D, head: Head) -> None:
        """Show a run; its parts are its area's, and `offer` follows."""
        self.detail = found
        self.title.setText(head.title)
        self.state.setText(head.state)
        restyle(self.state, tone=head.tone)
        self.facts.setText(head.facts)
        self.why.setText("\n".join(dict.fromkeys(each for each in head.why if each)))
        for each in self.on_show:
            each.setVisible(True)
        self.why.setVisible(bool(self.why.text()))

    def offer(self, step: StrEnum | None, fits: Collection[StrEnum]) -> None:
        """The next step on the primary button, what else fits beside it."""
        self._next_action.setVisible(step is not None)
        self._next_action.setEnabled(step is not None)
        if step is not None:
            self._next_action.setText(self._offers[step].does)
            self._next.setText(f"{self._offers[step].does}  Ctrl+Enter")
        for each, action in self._actions.items():
            there = each in fits and each is not step
            action.setVisible(there)
            action.setEnabled(there)

    def clear(self) -> None:
        """No run is chosen."""
        self.detail = None
        self.facts.setText(self._choose)
        for each in (*self.on_show, self.why):
            each.setVisible(False)
        self.offer(None, ())

    def buttons(self) -> FlowLayout:
        """The buttons of the steps, the next one last."""
        made = FlowLayout(right=True)
        for each in (*self._buttons.values(), self._next):
            made.addWidget(each)
        return made

    def arrange(self, *head: QWidget | QLayout, spacing: int = 8) -> None:
        """Put the head over the parts."""
        card = Card(spacing=spacing)
        for each in head:
            if isinstance(each, QLayout):
                card.column.addLayout(each)
            else:
                card.column.addWidget(each)
        whole = column(self, card, self.parts, spacing=12)
        whole.setStretch(1, 1)
        whole.addStretch()
        self.clear()
