"""What officers do with tasks. Every step stands in the trail; nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.models.diary import Task
from app.models.documents import DocumentLink
from app.models.officers import Officer, Team
from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.diary import forms, keeping, proofs
from app.services.diary.dto import NewTask, TaskAction, TaskSaved, TaskState

MOST_AT_ONCE = 500


@requires(Permission.KEEP_TASKS)
def new_task(ctx: Context, new: NewTask) -> TaskSaved:
    """Make a task for oneself, a colleague, a team or whoever takes it.

    Raises:
        UserError: it has no title, a date lies in the past, a text is too long or holds a card number.
    """
    _refuse_past(ctx, new.due_on, "due_on", "The day it is due")
    made = keeping.add_task(ctx, new)
    return TaskSaved(made, keeping.changed([(new.subject, new.subject_id)]))


@requires(Permission.KEEP_TASKS)
def save_task(ctx: Context, task_id: int, values: Mapping[str, Any], version: int) -> TaskSaved:
    """Make a task (0), or change what is to be done, by when and who asked; who has it is changed by `hand_over`.

    `values` are as the fields of the form give them (`forms.meant`), `version` is that of the task that it was filled from.

    Raises:
        ChangedMeanwhile: somebody else saved in between.
        UserError: it has ended, a date lies in the past, or a text is refused.
    """
    if not task_id:
        return new_task(ctx, forms.meant(values))
    task = _open(ctx, task_id)
    refuse_old(task.version, version)
    new = replace(forms.meant(values), subject=task.subject, subject_id=task.subject_id)
    before = (task.title, task.due_on, task.details)
    if new.due_on != task.due_on:
        _refuse_past(ctx, new.due_on, "due_on", "The day it is due")
    keeping.describe(ctx, task, new)
    keeping.index(ctx, task)
    said = []
    if task.title != before[0]:
        said.append(f"Title was: {before[0]}")
    if task.due_on != before[1]:
        said.append(f"Due {keeping.written(before[1])}, now {keeping.written(task.due_on)}")
    if task.details != before[2]:
        said.append("Details changed")
    keeping.add_step(ctx, task.id, TaskAction.CHANGED, ". ".join(said))
    ctx.session.flush()
    return TaskSaved(task.id, _changes([task]))


@requires(Permission.KEEP_TASKS)
def hand_over(
    ctx: Context, task_ids: Sequence[int], why: str, *, officer_id: int | None = None, team_id: int | None = None
) -> Changes:
    """Give tasks to one officer or one team, with a word why.

    Raises:
        UserError: nobody or both are named, the officer has left, or no reason is given.
    """
    if (officer_id is None) == (team_id is None):
        raise UserError("Choose the officer or the team that gets it.", field="holder")
    words = keeping.checked_text(ctx, why, "reason", "why", 400)
    if not words:
        raise UserError("Say in a word why: whoever gets it reads it first.", field="why")
    _refuse_absent_holder(ctx, officer_id, team_id)
    return _give(ctx, task_ids, words, officer_id=officer_id, team_id=team_id)


@requires(Permission.KEEP_TASKS)
def take(ctx: Context, task_ids: Sequence[int]) -> Changes:
    """Take tasks for oneself."""
    return _give(ctx, task_ids, "Taken", officer_id=ctx.officer.id, team_id=None)


@requires(Permission.KEEP_TASKS)
def snooze(ctx: Context, task_ids: Sequence[int], until: date) -> Changes:
    """Put tasks out of the holder's list until a day; they stay due when they are.

    Raises:
        UserError: the day isn't after today.
    """
    if until <= ctx.clock.today():
        raise UserError("A task is put off to a later day.", "Choose tomorrow or after.", "until")
    tasks = [_open(ctx, each) for each in _few(task_ids)]
    for task in tasks:
        task.remind_on = until
        keeping.add_step(ctx, task.id, TaskAction.SNOOZED, f"Until {keeping.written(until)}")
    ctx.session.flush()
    return _changes(tasks)


@requires(Permission.KEEP_TASKS)
def finish_task(ctx: Context, task_id: int, outcome: str = "", evidence: str = "") -> Changes:
    """Finish a task, with what came of it and, where it is wanted, the evidence.

    Evidence is a sentence that says where it is, or a document kept with the task.

    Raises:
        UserError: it has ended already, evidence is wanted and there is none, or its proof doesn't hold.
    """
    task = _open(ctx, task_id)
    task.evidence = keeping.checked_text(ctx, evidence, "evidence", "evidence", 400)
    if task.evidence_wanted and not task.evidence and not _documents(ctx, task_id):
        raise UserError(
            f"Before it is done: {task.evidence_wanted[0].lower()}{task.evidence_wanted[1:]}.",
            "Say where it is kept, or attach it to the task.",
            "evidence",
        )
    found = proofs.state_of(ctx, task.proof, task.occurrence_on or task.due_on)
    if found is not None and not found.holds:
        raise UserError(f"It can't be signed yet. {found.words}", "Do that first, then finish the task.")
    words = keeping.checked_text(ctx, outcome, "outcome", "outcome", keeping.LONGEST_NOTE)
    keeping.end(ctx, task, TaskState.DONE, TaskAction.DONE, words or (found.words if found else ""))
    ctx.session.flush()
    return _changes([task])


@requires(Permission.KEEP_TASKS)
def finish_tasks(ctx: Context, task_ids: Sequence[int]) -> Changes:
    """Finish several tasks at once, without a word; all of them or none.

    Raises:
        UserError: one of them wants evidence or a proof, or has ended.
    """
    tasks = [_open(ctx, each) for each in _few(task_ids)]
    for task in tasks:
        if task.evidence_wanted or task.proof:
            raise UserError(
                f"'{task.title}' wants evidence before it is done, so none of them was finished.",
                "Open it and finish it by itself.",
            )
        keeping.end(ctx, task, TaskState.DONE, TaskAction.DONE, "")
    ctx.session.flush()
    return _changes(tasks)


@requires(Permission.KEEP_TASKS)
def reopen_task(ctx: Context, task_id: int, why: str) -> Changes:
    """Open a task again that was done or cancelled.

    Raises:
        UserError: it is open, or no reason is given.
    """
    task = _get(ctx, task_id)
    words = keeping.checked_text(ctx, why, "reason", "why", 400)
    if not words:
        raise UserError("Say why it is opened again.", field="why")
    if task.state == TaskState.OPEN.value:
        raise UserError("The task is open already.")
    task.state, task.ended_at, task.ended_by, task.remind_on = TaskState.OPEN.value, None, None, None
    keeping.add_step(ctx, task.id, TaskAction.REOPENED, words)
    ctx.session.flush()
    return _changes([task])


@requires(Permission.KEEP_TASKS)
def cancel_tasks(ctx: Context, task_ids: Sequence[int], reason: str) -> Changes:
    """Cancel tasks that need not be done, with the reason.

    Raises:
        UserError: no reason is given, or one of them has ended.
    """
    words = keeping.checked_text(ctx, reason, "reason", "why", 400)
    if not words:
        raise UserError("Say why it need not be done.", field="why")
    tasks = [_open(ctx, each) for each in _few(task_ids)]
    for task in tasks:
        keeping.end(ctx, task, TaskState.CANCELLED, TaskAction.CANCELLED, words)
    ctx.session.flush()
    return _changes(tasks)


def _give(ctx: Context, task_ids: Sequence[int], words: str, *, officer_id: int | None, team_id: int | None) -> Changes:
    tasks = [_open(ctx, each) for each in _few(task_ids)]
    for task in tasks:
        task.officer_id, task.team_id, task.remind_on = officer_id, team_id, None
        keeping.add_step(ctx, task.id, TaskAction.HANDED_OVER, words, officer_id=officer_id, team_id=team_id)
    ctx.session.flush()
    return _changes(tasks)


def _get(ctx: Context, task_id: int) -> Task:
    task = ctx.session.get(Task, task_id)
    if task is None:
        raise UserError("That task is no longer there.", "Look at the list again.")
    return task


def _open(ctx: Context, task_id: int) -> Task:
    task = _get(ctx, task_id)
    if task.state == TaskState.OPEN.value:
        return task
    who = ctx.session.scalar(select(Officer.name).where(Officer.id == task.ended_by)) or "Somebody"
    did = "finished" if task.state == TaskState.DONE.value else "cancelled"
    raise UserError(f"{who} has {did} '{task.title}'.", "Open it again if there is more to do.")


def _few(task_ids: Sequence[int]) -> list[int]:
    if not task_ids:
        raise UserError("Choose a task first.")
    if len(task_ids) > MOST_AT_ONCE:
        raise UserError(f"That is {len(task_ids):,} tasks; at most {MOST_AT_ONCE} are changed at once.")
    return sorted(set(task_ids))


def _refuse_past(ctx: Context, day: date, field: str, what: str) -> None:
    if day < ctx.clock.today():
        raise UserError(f"{what} has passed.", "Choose today or after.", field)


def _refuse_absent_holder(ctx: Context, officer_id: int | None, team_id: int | None) -> None:
    if officer_id is not None:
        officer = ctx.session.get(Officer, officer_id)
        if officer is None or not officer.active:
            raise UserError("That officer no longer works here.", "Choose somebody else.", "holder")
    elif ctx.session.get(Team, team_id) is None:
        raise UserError("That team is no longer there.", "Choose another.", "holder")


def _documents(ctx: Context, task_id: int) -> int:
    about = (DocumentLink.subject == Subject.TASK.value, DocumentLink.subject_id == task_id)
    return ctx.session.scalar(select(func.count()).select_from(DocumentLink).where(*about)) or 0


def _changes(tasks: Sequence[Task]) -> Changes:
    return keeping.changed([(task.subject, task.subject_id) for task in tasks])
