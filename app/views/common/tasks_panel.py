"""The tasks about one record, on the page of that record."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.diary.dto import Shown, TaskFilter, TaskRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.office import Office
from app.views.common.parts import button, column, filter_button, row
from app.views.common.task_columns import TASKS_OF_A_RECORD
from app.views.common.task_work import TaskWork
from app.views.common.tasks import Task
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
        empty = f"Nothing is to be done about this {what}. A task given here is in the list of whoever gets it."
        self.table = DataTable(f"Tasks of the {what}", self.model, stretch="title", empty=empty)
        self.ended = filter_button("Those done", lambda _on: self.shown_changed.emit())
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


class TasksOfRecord(QObject):
    """Joins the panel to the diary, for whichever record the page shows.

    Signals:
        counted(int): how many are open.
    """

    counted = Signal(int)

    def __init__(self, office: Office, panel: TasksPanel) -> None:
        super().__init__(panel)
        self._office = office
        self._panel = panel
        self._work = TaskWork(panel, office)
        self._about: tuple[Subject, int, str] | None = None
        self._asked: Task | None = None
        panel.allow(may_change=self._work.may_change)
        panel.new_wanted.connect(self.new)
        panel.open_wanted.connect(self._work.open)
        panel.done_wanted.connect(lambda task: self._work.finish([task]))
        panel.shown_changed.connect(self.refresh)
        office.bus.changed.connect(self._catch_up)

    def show_record(self, subject: Subject, subject_id: int, words: str) -> None:
        """Show the tasks about a record, which a new one calls by these words."""
        self._about = (subject, subject_id, words)
        self.refresh()

    def new(self) -> None:
        """Write a task about the record."""
        if self._about is not None:
            self._work.new(*self._about)

    def refresh(self) -> None:
        """Ask for them."""
        if self._about is None or self._office.diary is None:
            return
        subject, subject_id, _ = self._about
        shown = Shown.DONE if self._panel.ended.isChecked() else Shown.OPEN
        wanted = TaskFilter(shown=shown, subject=subject, subject_id=subject_id)
        self._asked = self._office.ask(self, self._office.diary.tasks, wanted, then=self._show, instead_of=self._asked)

    def _show(self, tasks: tuple[TaskRow, ...]) -> None:
        self._panel.show_tasks(tasks)
        if not self._panel.ended.isChecked():
            self.counted.emit(len(tasks))

    def _catch_up(self, changes: Changes) -> None:
        if "diary" in changes.areas and self._panel.isVisible():
            self.refresh()
