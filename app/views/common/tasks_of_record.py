"""Joins the tasks panel of a page to the diary."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.diary.dto import Shown, TaskFilter, TaskRow
from app.views.common.office import Office
from app.views.common.task_work import TaskWork
from app.views.common.tasks import Task
from app.views.common.tasks_panel import TasksPanel


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
