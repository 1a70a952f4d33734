"""Who calls: the people of the account with what they are asked, or somebody else, who is told nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.services.reception_payments.callers.dto import Ask, Caller, CallerPerson
from app.views.common.fields import ChoiceField
from app.views.common.parts import column, label, restyle
from app.views.common.theme import scaled

SOMEBODY: Final = 0
"""Somebody else pays."""
_KEYS: Final = "123456789"


class WhoPanel(QWidget):
    """Who calls. In it 1 to 9 tick a question and 0 is somebody else; once enough are right, `proved` says so.

    Signals:
        changed: somebody else is chosen, or another question is ticked.
        proved: enough questions are answered rightly, or it is somebody else: go on.
    """

    changed = Signal()
    proved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Who calls")
        self._caller: Caller | None = None
        self.who = ChoiceField()
        self.who.setAccessibleName("Who calls")
        self._flags = label("", wrap=True, tone="warning")
        self._said = label("", "muted", wrap=True)
        self._inside = column(None, spacing=2)
        column(self, self.who, self._flags, self._said, self._inside, spacing=6)
        self.ticks: list[tuple[Ask, QCheckBox]] = []
        self.who.changed.connect(self._follow)
        self.clear()

    @property
    def person(self) -> CallerPerson | None:
        """Who of the account calls; None: somebody else."""
        people = self._caller.people if self._caller else ()
        return next((each for each in people if each.person_id == self.who.value()), None)

    @property
    def right(self) -> tuple[str, ...]:
        """The keys of the questions that are answered rightly."""
        return tuple(ask.value for ask, tick in self.ticks if tick.isChecked())

    @property
    def is_proved(self) -> bool:
        """Whether whoever calls may be told of the account."""
        return self.person is not None and self._caller is not None and len(self.right) >= self._caller.needed

    def clear(self) -> None:
        """Nobody is found yet."""
        self._caller = None
        self.who.offer([])
        self.setVisible(False)
        self._ask(())

    def show_caller(self, caller: Caller) -> None:
        """Ask this caller; whoever stands first in the tenancy is taken to call."""
        self._caller = caller
        self.who.offer([*((each.name, each.person_id) for each in caller.people), ("Somebody else", SOMEBODY)])
        self.who.setVisible(bool(caller.people))
        self.who.set_value(caller.people[0].person_id if caller.people else SOMEBODY)
        self.setVisible(True)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """A number ticks its question; 0 is somebody else."""
        typed = event.text()
        if typed == "0":
            self.who.set_value(SOMEBODY)
            self._follow()
            self.proved.emit()
        elif typed and typed in _KEYS[: len(self.ticks)]:
            tick = self.ticks[int(typed) - 1][1]
            tick.setChecked(not tick.isChecked())
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.who.count() > 1:
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            self.who.setCurrentIndex((self.who.currentIndex() + by) % self.who.count())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.proved.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        person = self.person
        self._ask(tuple((each.ask, f"{each.words}: {each.answer}") for each in person.questions) if person else ())
        flags = ". ".join(person.flags) if person else ""
        self._flags.setText(f"{flags}." if flags else "")
        self._flags.setVisible(bool(flags))
        self._say()
        self.changed.emit()

    def _ask(self, questions: tuple[tuple[Ask, str], ...]) -> None:
        for _ask, tick in self.ticks:
            self._inside.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = []
        for at, (ask, words) in enumerate(questions, start=1):
            tick = QCheckBox(f"{at}  {words}")
            tick.setToolTip(words)
            tick.toggled.connect(self._ticked)
            self._inside.addWidget(tick)
            self.ticks.append((ask, tick))

    def _ticked(self, _on: bool) -> None:
        self._say()
        self.changed.emit()
        if self.is_proved and len(self.right) == (self._caller.needed if self._caller else 0):
            self.proved.emit()

    def _say(self) -> None:
        caller = self._caller
        if caller is None:
            self._said.setText("")
        elif caller.shut:
            self._said.setText(caller.shut)
        elif self.person is None:
            self._said.setText("Somebody else pays: tell them nothing of the account.")
        else:
            done, needed = len(self.right), caller.needed
            left = f"Ask, and tick what is right: {done} of {needed}. 0: somebody else pays."
            self._said.setText("They proved who they are." if self.is_proved else left)
        restyle(self._said, tone="good" if self.is_proved else "")
        self._said.setMinimumHeight(scaled(18))
