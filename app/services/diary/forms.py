"""A task as the fields of a form: how it is filled, and what its values mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from app.models.diary import Task
from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.versions import Kept, last_change
from app.services.diary import keeping
from app.services.diary.dto import HowAsked, NewTask, Priority, Requester

_USUAL_DAYS: Final = 5
"""Working days that a new task has unless it is said otherwise."""


def task_form(ctx: Context, task_id: int) -> Kept:
    """What the form of a task is filled from; of a new one (0), a task of the officer's own, due in five working days.

    Raises:
        UserError: the task is no longer there.
    """
    if not task_id:
        due_on = keeping.due_in(ctx, _USUAL_DAYS)
        return Kept({"due_on": due_on, "priority": int(Priority.NORMAL), "holder": f"officer:{ctx.officer.id}"}, 0)
    task = ctx.session.get(Task, task_id)
    if task is None:
        raise UserError("That task is no longer there.", "Look at the list again.")
    by, at = last_change(ctx.session, "task", task_id)
    values = {
        "title": task.title,
        "details": task.details,
        "due_on": task.due_on,
        "remind_on": task.remind_on,
        "priority": task.priority,
        "requester": task.requester,
        "requester_team": task.requester_team,
        "how": task.asked_by or HowAsked.EMAIL.value,
        "answer_by": task.answer_by_on,
        "subject": task.subject,
        "subject_id": task.subject_id,
    }
    return Kept(values, task.version, by, at)


def meant(values: Mapping[str, Any]) -> NewTask:
    """The task that the values of a form mean.

    Raises:
        UserError: no day is given by which it is due.
    """
    due_on = values.get("due_on")
    if not isinstance(due_on, date):
        raise UserError("A task needs a day by which it is done.", "Such as +5 or fri.", "due_on")
    kind, _, number = str(values.get("holder") or "").partition(":")
    subject = values.get("subject")
    asked = None
    if values.get("requester") or values.get("requester_team"):
        asked = Requester(
            str(values.get("requester") or ""),
            str(values.get("requester_team") or ""),
            HowAsked(str(values.get("how") or HowAsked.EMAIL.value)),
            values.get("answer_by"),
        )
    return NewTask(
        title=str(values.get("title") or ""),
        due_on=due_on,
        details=str(values.get("details") or ""),
        subject=Subject(subject) if subject else None,
        subject_id=values.get("subject_id"),
        remind_on=values.get("remind_on"),
        officer_id=int(number) if kind == "officer" else None,
        team_id=int(number) if kind == "team" else None,
        priority=Priority(int(values.get("priority") or Priority.NORMAL)),
        requester=asked,
    )
