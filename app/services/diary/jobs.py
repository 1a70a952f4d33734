"""The job that makes recurring tasks: at any desk when it opens, or each morning by a scheduled `rentbook tasks make`."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.diary import commands
from app.services.diary.dto import TasksMade


def make_due(desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> TasksMade:
    """Make the recurring tasks that are wanted today.

    Another desk that does so at the same moment is no harm: the database refuses a second task of one occurrence, and what
    is left is then made in a second try.
    """
    token = cancel or CancelToken()
    try:
        return desk.run(commands.make_due, progress, token)
    except IntegrityError:
        return desk.run(commands.make_due, progress, token)
