"""What can be done with tasks wherever they are shown: each is a dialog and a command, in one place for every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.diary.dto import Holder, TaskDetail, TaskRow, TaskSaved
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.editing import Editing
from app.views.common.office import Office
from app.views.common.task_doors import TaskDoors
from app.views.common.task_sheets import HandOverSheet, LaterSheet, OpenTaskSheet, TaskSheet, WhySheet

Rows = Sequence[TaskRow]
_FRIDAY = 4


class TaskWork(QObject):
    """The dialogs of tasks over one page.

    Signals:
        sheet_opened(Sheet): a dialog is open.
    """

    sheet_opened = Signal(object)

    def __init__(self, page: QWidget, office: Office) -> None:
        super().__init__(page)
        assert office.diary is not None
        self._page = page
        self._office = office
        self._doors: TaskDoors = office.diary
        self._today: Callable[[], date] = office.desk.clock.today

    @property
    def may_change(self) -> bool:
        """Whether the officer keeps tasks, or only reads them."""
        return Permission.KEEP_TASKS in self._office.desk.officer.permissions

    def new(self, subject: Subject | None = None, subject_id: int | None = None, about: str = "") -> None:
        """Write a task, about a record if one is named."""
        self._write(0, subject, subject_id, about)

    def open(self, task: TaskRow) -> None:
        """Show a task."""
        self._office.ask(self, self._doors.task, task.task_id, then=self._show)

    def edit(self, task: TaskRow) -> None:
        """Change a task."""
        self._write(task.task_id, task.subject, task.subject_id, task.about)

    def finish(self, tasks: Rows) -> None:
        """Finish tasks at once; one that wants evidence or a proof is opened instead."""
        if len(tasks) == 1 and (tasks[0].evidence_wanted or tasks[0].needs_proof):
            self.open(tasks[0])
            return
        told = f"Done: {tasks[0].title}" if len(tasks) == 1 else f"{len(tasks)} tasks are done."
        self._do(self._doors.finish_tasks, _ids(tasks), told=told)

    def take(self, tasks: Rows) -> None:
        """Take tasks for oneself."""
        self._do(self._doors.take, _ids(tasks), told=f"{formats.count(len(tasks), 'task')} taken.")

    def hand_over(self, tasks: Rows) -> None:
        """Give tasks to an officer or a team."""

        def ask(holders: tuple[Holder, ...]) -> None:
            sheet = HandOverSheet(self._page, [each.title for each in tasks], holders)

            def give() -> None:
                officer_id, team_id = sheet.holder()
                told = f"Handed to {sheet.to.currentText().removeprefix('Team: ')}."
                given = {"officer_id": officer_id, "team_id": team_id}
                self._do(self._doors.hand_over, _ids(tasks), sheet.why.value(), told=told, sheet=sheet, **given)

            self._open_sheet(sheet, give)

        self._office.ask(self, self._doors.holders, then=ask)

    def later(self, tasks: Rows) -> None:
        """Put tasks off."""
        today = self._today()
        friday_or_later = today.weekday() >= _FRIDAY
        suggested = today + timedelta(days=7 - today.weekday() if friday_or_later else 1)
        sheet = LaterSheet(self._page, len(tasks), self._today, suggested)

        def put_off() -> None:
            if sheet.until.problem():
                sheet.until.left.emit()
                return
            until: date = sheet.until.value()
            told = f"Put off until {formats.weekday(until)}."
            self._do(self._doors.snooze, _ids(tasks), until, told=told, sheet=sheet)

        self._open_sheet(sheet, put_off)

    def cancel(self, tasks: Rows) -> None:
        """Cancel tasks, with a reason."""
        sheet = WhySheet(self._page, "Cancel the task", "Cancel the task", "&Why it need not be done")
        self._open_sheet(
            sheet,
            lambda: self._do(
                self._doors.cancel_tasks, _ids(tasks), sheet.why.value(), told="The task is cancelled.", sheet=sheet
            ),
        )

    def reopen(self, task: TaskRow) -> None:
        """Open a task again, with a reason."""
        sheet = WhySheet(self._page, "Open the task again", "Open again", "&Why")
        self._open_sheet(
            sheet,
            lambda: self._do(
                self._doors.reopen_task, task.task_id, sheet.why.value(), told="The task is open again.", sheet=sheet
            ),
        )

    def _show(self, found: TaskDetail) -> None:
        sheet = OpenTaskSheet(self._page, found, may_change=self.may_change)
        task = found.row

        def leave(then: Callable[[], object]) -> None:
            sheet.done(0)  # an outcome that is half written stays as a draft
            then()

        sheet.edit_wanted.connect(partial(leave, partial(self.edit, task)))
        sheet.hand_over_wanted.connect(partial(leave, partial(self.hand_over, [task])))
        sheet.later_wanted.connect(partial(leave, partial(self.later, [task])))
        sheet.cancel_wanted.connect(partial(leave, partial(self.cancel, [task])))
        sheet.reopen_wanted.connect(partial(leave, partial(self.reopen, task)))
        sheet.record_wanted.connect(partial(leave, partial(self._go_to_record, task)))

        def finish(outcome: str, evidence: str) -> None:
            told = f"Done: {task.title}"
            self._do(self._doors.finish_task, task.task_id, outcome, evidence, told=told, sheet=sheet)

        sheet.finish_wanted.connect(finish)
        self._add_documents(sheet)
        self._open_sheet(sheet)

    def _add_documents(self, sheet: OpenTaskSheet) -> None:
        """The documents of a task, such as the evidence that it was done; what shows them is read only now."""
        if self._office.documents is None:
            return
        from app.views.common.documents import DocumentsPanel
        from app.views.common.documents_desk import DocumentsDesk

        panel = DocumentsPanel("Documents of the task")
        at = sheet.add_documents(panel)
        desk = DocumentsDesk(self._office, panel)
        desk.counted.connect(partial(sheet.parts.count_part, at))
        desk.show_record(Subject.TASK, sheet.detail.row.task_id)

    def _go_to_record(self, task: TaskRow) -> None:
        if task.subject is not None and task.subject_id is not None:
            self._office.open_record(task.subject, task.subject_id)

    def _write(self, task_id: int, subject: Subject | None, subject_id: int | None, about: str) -> None:
        doors = self._doors

        def save(ctx: Context, at: int, values: Mapping[str, Any], version: int) -> TaskSaved:
            saved: TaskSaved = doors.save_task(
                ctx, at, {**values, "subject": subject, "subject_id": subject_id}, version
            )
            return saved

        def show(holders: tuple[Holder, ...]) -> None:
            sheet = TaskSheet(self._page, self._today, holders, new=not task_id, about=about)
            told = "The task is changed." if task_id else "The task is in the diary."
            name = "task" if task_id or subject is None else f"task.{subject.value}.{subject_id}"
            editing = Editing.of_sheet(self._office, sheet, name, read=doors.task_form, save=save, told=told)
            sheet.open()
            editing.open(Subject.TASK, task_id, about or "Task")
            self.sheet_opened.emit(sheet)

        self._office.ask(self, doors.holders, then=show)

    def _open_sheet(self, sheet: Sheet, confirmed: Callable[[], object] | None = None) -> None:
        if confirmed is not None:
            sheet.confirmed.connect(confirmed)
        sheet.open()
        self.sheet_opened.emit(sheet)

    def _do(self, command: Callable[..., Any], *args: Any, told: str, sheet: Sheet | None = None, **named: Any) -> None:
        def done(_result: object) -> None:
            if sheet is not None:
                sheet.close()
            self._office.messages.good(told)

        if sheet is not None:
            sheet.set_busy(busy=True)
        refused = sheet.show_error if sheet is not None else None
        self._office.do(self, command, *args, then=done, refused=refused, **named)


def _ids(tasks: Rows) -> list[int]:
    return [each.task_id for each in tasks]
