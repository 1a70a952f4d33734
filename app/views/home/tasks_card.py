"""The tasks of the home page: whose, which of them, and what is done with those that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton

from app.services.diary.dto import Shown, TaskCounts, TaskFilter, TaskRow, Whose
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.growing import hold_width
from app.views.common.parts import Card, action_button, button, filter_button, label, row
from app.views.common.pause import Pause
from app.views.common.task_columns import TASKS
from app.views.common.theme import scaled

K = TypeVar("K")
_PAUSE_MS: Final = 200
_WHOSE = {Whose.MINE: "Mine", Whose.TEAM: "My team", Whose.ALL: "Everybody"}
_SHOWN = {Shown.WAITING: "To do", Shown.OVERDUE: "Overdue", Shown.OPEN: "Put off too", Shown.DONE: "Done"}
_EMPTY = {
    Shown.WAITING: "Nothing waits for you. Ctrl+N writes a task; 'My team' shows what nobody has taken yet.",
    Shown.OVERDUE: "Nothing is overdue.",
    Shown.OPEN: "There are no open tasks.",
    Shown.DONE: "Nothing has been done yet.",
}


class TasksCard(Card):
    """The table of tasks with its filters.

    Signals:
        filter_changed(TaskFilter): the officer wants other tasks.
        chosen_changed: other rows are chosen.
    """

    filter_changed = Signal(object)
    chosen_changed = Signal()

    def __init__(self, primary: QAction, others: Sequence[tuple[QAction, str]], new: QAction) -> None:
        super().__init__(spacing=8)
        self.model: ListModel[TaskRow] = ListModel(TASKS)
        self.table = DataTable("Tasks", self.model, stretch="title", empty=_EMPTY[Shown.WAITING])
        self.table.choice_changed.connect(self.chosen_changed)
        self._wanted = TaskFilter()
        self._officer = ""
        self._title = label("My tasks", "title")
        self.table.title = self._title.text
        self.table.shown = self._in_words
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a task")
        self.search.setAccessibleName("Find a task")
        self.search.setClearButtonEnabled(True)
        hold_width(self.search, 136)
        self._pause = Pause(self, self._search, _PAUSE_MS)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._of_officer = button("", icon="close", tip="Show everybody's again")
        self._of_officer.setVisible(False)
        self._of_officer.clicked.connect(lambda: self.show_filter(TaskFilter()))
        self._whose = self._choice(_WHOSE, lambda whose: self._want(whose=whose))
        self._shown = self._choice(_SHOWN, lambda shown: self._want(shown=shown))
        self._arrange(primary, others, new)

    @property
    def wanted(self) -> TaskFilter:
        """What is listed."""
        return self._wanted

    def chosen(self) -> list[TaskRow]:
        """The chosen tasks."""
        found = [self.model.rows[at] for first, last in self.table.places() for at in range(first, last + 1)]
        return found or ([self.table.row()] if self.table.row() is not None else [])

    def show_filter(self, wanted: TaskFilter, officer: str = "") -> None:
        """List other tasks, those of one officer where a name is given."""
        self._wanted, self._officer = wanted, officer
        self._name_it()
        self._whose[wanted.whose].setChecked(True)
        self._shown[wanted.shown].setChecked(True)
        for each in self._whose.values():
            each.setEnabled(wanted.officer_id is None)
        self._of_officer.setText(f"Those of {officer}")
        self._of_officer.setAccessibleName(f"Those of {officer}: show everybody's again")
        self._of_officer.setVisible(wanted.officer_id is not None)
        self.filter_changed.emit(wanted)

    def show_tasks(self, tasks: tuple[TaskRow, ...]) -> None:
        """Show these, the officer staying on the task they were on."""
        kept = self.table.row()
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(tasks)
        self.table.say_when_empty(_EMPTY[self._wanted.shown])
        if tasks:
            known = {each.task_id: place for place, each in enumerate(self.model.rows)}
            place = known.get(kept.task_id) if isinstance(kept, TaskRow) else None
            self.table.go_to(min(at, len(tasks) - 1) if place is None else place)
        self.chosen_changed.emit()

    def show_counts(self, counts: TaskCounts) -> None:
        """Say how many are overdue, and how many nobody has taken."""
        for whose, late in ((Whose.MINE, counts.mine_overdue), (Whose.TEAM, counts.team_overdue)):
            self._whose[whose].setText(f"{_WHOSE[whose]}, {late:,} late" if late else _WHOSE[whose])
        untaken = f", {counts.nobodys:,} untaken" if counts.nobodys else ""
        self._whose[Whose.ALL].setText(_WHOSE[Whose.ALL] + untaken)

    def _want(self, whose: Whose | None = None, shown: Shown | None = None) -> None:
        now = self._wanted
        self._wanted = TaskFilter(whose or now.whose, shown or now.shown, officer_id=now.officer_id, text=now.text)
        self._name_it()
        self.filter_changed.emit(self._wanted)

    def _name_it(self) -> None:
        titles = {Whose.MINE: "My tasks", Whose.TEAM: "Team tasks", Whose.ALL: "All tasks"}
        self._title.setText(titles[self._wanted.whose])

    def _in_words(self) -> tuple[str, ...]:
        return (f"{_WHOSE[self._wanted.whose]}; {_SHOWN[self._wanted.shown].lower()}",)

    def _search(self) -> None:
        now = self._wanted
        self._wanted = TaskFilter(now.whose, now.shown, officer_id=now.officer_id, text=self.search.text())
        self.filter_changed.emit(self._wanted)

    def _choice(self, offered: Mapping[K, str], chosen: Callable[[K], object]) -> dict[K, QPushButton]:
        """Filters of which one is on."""
        group = QButtonGroup(self)
        group.setExclusive(True)
        made: dict[K, QPushButton] = {}
        for key, words in offered.items():
            each = filter_button(words, checked=not made)
            each.clicked.connect(partial(_give, chosen, key))
            group.addButton(each)
            made[key] = each
        return made

    def _arrange(self, primary: QAction, others: Sequence[tuple[QAction, str]], new: QAction) -> None:
        actions = FlowLayout(right=True)
        buttons = [action_button(new, icon="plus"), *(action_button(action, icon=icon) for action, icon in others)]
        buttons.append(action_button(primary, role="primary", icon="check"))
        for each in buttons:
            actions.addWidget(each)
        top = row(self._title, actions)
        top.setStretch(1, 1)
        top.setAlignment(self._title, Qt.AlignmentFlag.AlignTop)
        filters = FlowLayout()
        filters.setContentsMargins(0, scaled(5), 0, 0)  # the middle of the pills is that of the field
        for part in (*self._whose.values(), label("  "), *self._shown.values(), self._of_officer):
            filters.addWidget(part)
        below = row(filters, self.search)
        below.setStretch(0, 1)
        below.setAlignment(self.search, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.column.addLayout(below)
        self.column.addWidget(self.table, 1)
        after = (*reversed(buttons), *self._whose.values(), *self._shown.values(), self._of_officer, self.search)
        for before, then in pairwise((self.table, *after)):
            self.setTabOrder(before, then)


def _give(chosen: Callable[[K], object], key: K, _on: bool = True) -> None:
    chosen(key)
