"""What the finder shows of tasks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.diary import Task
from app.models.officers import Officer, Team
from app.models.values import Subject
from app.services.core import access, finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.diary.dto import TaskState


def register() -> None:
    """Plug tasks into the finder."""
    finding.register(Source(Subject.TASK, "Tasks", _tasks, order=50))


def _tasks(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """Each with its day and who has it; one about a record that the officer may not open is left out."""
    rows = ctx.session.execute(
        select(Task, Officer.name.label("officer"), Team.name.label("team"))
        .outerjoin(Officer, Officer.id == Task.officer_id)
        .outerjoin(Team, Team.id == Task.team_id)
        .where(Task.id.in_(list(ids)))
    )
    by_id = {row.Task.id: row for row in rows}
    closed = access.closed_records(ctx)
    return tuple(
        Found(Subject.TASK, number, task.title, f"{_state(task)}  {row.officer or row.team or 'with nobody yet'}")
        for number in ids
        if (row := by_id.get(number)) is not None and ((task := row.Task).subject, task.subject_id) not in closed
    )


def _state(task: Task) -> str:
    return f"Due {task.due_on:%d %b %Y}" if task.state == TaskState.OPEN.value else task.state.capitalize()
