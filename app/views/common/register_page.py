"""What a register beside a tab's main list is: choices and a field above a list, and what can be done with the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QLayout, QLineEdit, QPushButton

from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, filter_button, label, row
from app.views.common.pause import Pause
from app.views.common.steering import Steering
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled

R = TypeVar("R")
_PAUSE_MS = 200
_LONGEST = 120


class RegisterPage(Page, Generic[R]):
    """A list with one choice pressed above it.

    Args:
        title: what stands over it.
        columns: of the list; `stretch` takes the room left over.
        choices: (words, value) of the buttons, the first pressed; none where there is nothing to choose.
        placeholder: what the field finds by.
        noun: what a row is, in the singular and the plural, for the count under the list.
        key: what tells one row from another.
        areas: the areas whose changes concern it.
        help_topic: the help page that F1 opens.

    Attributes:
        choices: as they were given.

    Signals:
        choice_pressed: a choice is pressed, another one or the same again; `asked` follows.
        asked: another choice is pressed or something else is typed: show what `choice` and `words` ask for.
        opened(row): Enter or a double click on a row.
    """

    choice_pressed = Signal()
    asked = Signal()
    opened = Signal(object)

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[R]],
        *,
        stretch: str,
        choices: Sequence[tuple[str, Hashable]],
        placeholder: str,
        empty: str,
        noun: tuple[str, str],
        key: Callable[[R], object],
        areas: frozenset[str],
        help_topic: str,
    ) -> None:
        super().__init__(title, areas=areas, help_topic=help_topic)
        self._key, self._anew = key, True
        self._row_actions: list[tuple[QAction, Callable[[R], bool]]] = []
        self.model: ListModel[R] = ListModel(columns)
        self.table = DataTable(title, self.model, stretch=stretch, empty=empty)
        self.foot = ListFoot(self.table, noun, tools=True)
        self.text = QLineEdit()
        self.text.setPlaceholderText(placeholder)
        self.text.setAccessibleName(f"Find by {placeholder[:1].lower()}{placeholder[1:]}")
        self.text.setClearButtonEnabled(True)
        self.text.setMaxLength(_LONGEST)
        self._pause = Pause(self, self.asked, _PAUSE_MS)
        self.text.textChanged.connect(self._pause.start)
        self.choices: tuple[tuple[str, Any], ...] = tuple(choices)
        self._buttons: list[QPushButton] = []
        self._said = label("", "muted", wrap=True)
        self._acts = FlowLayout(right=True)
        self._head = row(label(title, "title"), self._acts)
        self._head.setStretch(1, 1)
        self._arrange()
        self.asked.connect(self._from_the_top)
        self.table.chosen.connect(self._allow)
        self.table.opened.connect(self.opened)
        Steering(self.text, self.table, self._open_found)
        self.add_key("Ctrl+F", "Find", self._begin)
        self.setFocusProxy(self.table)

    @property
    def choice(self) -> Any:
        """What is pressed."""
        at = next((at for at, each in enumerate(self._buttons) if each.isChecked()), 0)
        return self.choices[at][1] if self.choices else None

    def press(self, wanted: Hashable) -> None:
        """Press the choice of this value."""
        for pressed, (_words, value) in zip(self._buttons, self.choices, strict=True):
            if value == wanted:
                pressed.setChecked(True)

    def go_to(self, key: object) -> bool:
        """Go to the row of this key, if it is listed."""
        at = next((at for at, each in enumerate(self.model.rows) if self._key(each) == key), None)
        if at is not None:
            self.table.go_to(at)
        return at is not None

    @property
    def words(self) -> str:
        """What is typed."""
        return self.text.text().strip()

    def found_among(self, rows: Iterable[R], said: Callable[[R], str]) -> list[R]:
        """Those of the rows in which every word that is typed stands, whatever its capitals."""
        words = self.words.casefold().split()
        texts = ((row, said(row).casefold()) for row in rows)
        return [row for row, text in texts if all(word in text for word in words)]

    def action(
        self,
        keys: str,
        does: str,
        icon: str,
        slot: Callable[[R], object],
        *,
        fits: Callable[[R], bool],
        primary: bool = False,
        among: QLayout | None = None,
    ) -> QAction:
        """Something to be done with the chosen row, where it fits it; a key that is held does it once.

        Its button is over the list, or `among` those of the card beside it.
        """

        def act() -> None:
            chosen = self.table.row()
            if chosen is not None and fits(chosen):
                slot(chosen)

        made = self.offer(keys, does, icon, act, primary=primary, among=among)
        made.setAutoRepeat(False)
        made.setEnabled(False)
        self._row_actions.append((made, fits))
        return made

    def offer(
        self,
        keys: str,
        does: str,
        icon: str,
        slot: Callable[[], object],
        *,
        primary: bool = False,
        among: QLayout | None = None,
    ) -> QAction:
        """Something to be done whatever the list holds."""
        made = self.add_key(keys, does, slot)
        (among or self._acts).addWidget(action_button(made, role="primary" if primary else "", icon=icon))
        return made

    def show_rows(self, rows: Sequence[R], said: str = "") -> None:
        """Show the list and stay on the row that was chosen; where that is gone, at its place.

        What another choice or other words ask for begins at the first row.
        """
        before, place = self.table.row(), 0 if self._anew else max(self.table.currentIndex().row(), 0)
        self._anew = False
        kept = self._key(before) if before is not None else None
        self.model.show_rows(tuple(rows))
        self._said.setText(said)
        self._said.setVisible(bool(said))
        if rows:
            there = (at for at, each in enumerate(self.model.rows) if self._key(each) == kept)
            self.table.go_to(next(there, min(place, len(self.model.rows) - 1)))
        self._allow(self.table.row() if rows else None)

    def count(self, value: Hashable, number: int) -> None:
        """Write how many there are onto a choice."""
        for pressed, (words, each) in zip(self._buttons, self.choices, strict=True):
            if each == value:
                pressed.setText(f"{words}  {number:,}" if number else words)

    def _arrange(self) -> None:
        group = QButtonGroup(self)
        flow = FlowLayout(across=6)
        for at, (words, _value) in enumerate(self.choices):
            pressed = filter_button(words, checked=at == 0)
            pressed.toggled.connect(self._pressed)
            pressed.pressed.connect(partial(self._same_choice, pressed))
            group.addButton(pressed)
            flow.addWidget(pressed)
            self._buttons.append(pressed)
        card = Card(margins=(0, 12, 0, 6))
        found_by = row(spacing=0)
        found_by.addWidget(self.text, 1)
        found_by.addStretch(1)
        above = column(None, self._head, found_by, flow, self._said, spacing=8)
        above.setContentsMargins(scaled(14), 0, scaled(14), 0)
        card.column.addLayout(above)
        card.column.addWidget(self.table, 1)
        card.column.addWidget(self.foot)
        self._said.setVisible(False)
        self.place(card)

    def place(self, listed: Card) -> None:
        """Put the list onto the page; a register whose rows are shown beside it puts both."""
        column(self, listed)

    def _pressed(self, on: bool) -> None:
        if on:
            self.choice_pressed.emit()
            self.asked.emit()

    def _same_choice(self, pressed: QPushButton) -> None:
        self._pressed(pressed.isChecked())

    def _from_the_top(self) -> None:
        self._anew = True

    def _open_found(self) -> None:
        """Enter in the field, once what was typed is listed."""
        if (chosen := self.table.row()) is not None and not self._pause.isActive():
            self.opened.emit(chosen)

    def _begin(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def _allow(self, chosen: Any) -> None:
        for action, fits in self._row_actions:
            action.setEnabled(chosen is not None and fits(chosen))
