"""The tasks about one record, on the page of that record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.diary.dto import TaskRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, filter_button, row
from app.views.common.task_columns import TASKS_OF_A_RECORD
from app.views.common.theme import scaled


class TasksPanel(QWidget):
    """The tasks about a record: those that are open, or those that have ended.

    Signals:
        new_wanted, open_wanted(TaskRow), done_wanted(TaskRow), shown_changed: what the officer wants.
    """

    new_wanted = Signal()
    open_wanted = Signal(object)
    done_wanted = Signal(object)
    shown_changed = Signal()

    def __init__(self, what: str = "account") -> None:
        super().__init__()
        self.model: ListModel[TaskRow] = ListModel(TASKS_OF_A_RECORD)
        empty = f"Nothing to do about this {what}. New task gives somebody something to do."
        self.table = DataTable(f"Tasks of the {what}", self.model, stretch="title", empty=empty)
        self.ended = filter_button("Done too", lambda _on: self.shown_changed.emit())
        self.new = button("&New task", icon="plus", tip=f"A task about this {what}")
        self.done = button("&Done", icon="check", tip="Finish the chosen task")
        self.open = button("&Open", icon="open-in-new", tip="Open the chosen task (Enter)")
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)
        self.new.clicked.connect(self.new_wanted)
        self.open.clicked.connect(lambda: self._open(self.table.row()))
        self.done.clicked.connect(lambda: self.done_wanted.emit(self.table.row()))
        buttons = row(self.ended, None, self.new, self.open, self.done)
        buttons.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        column(self, buttons, self.table, spacing=4).setStretch(1, 1)
        self._follow(None)

    def show_tasks(self, tasks: tuple[TaskRow, ...]) -> None:
        """Show these."""
        self.model.show_rows(tasks)
        if tasks:
            self.table.go_to(0)
        self._follow(tasks[0] if tasks else None)

    def allow(self, *, may_change: bool) -> None:
        """Whether the officer keeps tasks, or only reads them."""
        self.new.setEnabled(may_change)
        self.done.setVisible(may_change)

    def _follow(self, chosen: object) -> None:
        self.open.setEnabled(chosen is not None)
        self.done.setEnabled(chosen is not None and not self.ended.isChecked())

    def _open(self, task: object) -> None:
        if isinstance(task, TaskRow):
            self.open_wanted.emit(task)
