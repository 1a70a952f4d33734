"""The job of the morning: recurring tasks are made, and what areas do daily is done; at any desk, or by `rentbook tasks make`."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.diary import commands, daily
from app.services.diary.dto import TasksMade


def make_due(desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> TasksMade:
    """Make the recurring tasks that are wanted today, then run the daily jobs of the areas."""
    token = cancel or CancelToken()
    made = make_tasks(desk, progress=progress, cancel=token)
    daily.run_all(desk, progress, token)
    return made


def make_tasks(desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> TasksMade:
    """Make the recurring tasks that are wanted today, and nothing else.

    Another desk that does so at the same moment is no harm: the database refuses a second task of one occurrence, and what
    is left is then made in a second try.
    """
    token = cancel or CancelToken()
    try:
        return desk.run(commands.make_due, progress, token)
    except IntegrityError:
        return desk.run(commands.make_due, progress, token)
