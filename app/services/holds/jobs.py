"""The job that notes which holds have ended: at any desk when it opens, or each morning by a scheduled `rentbook tasks make`."""

from __future__ import annotations

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.holds import commands
from app.services.holds.dto import HoldsEnded


def note_ended(desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> HoldsEnded:
    """Note every hold and case whose last day has passed, and make a task to look at each account; none is noted twice."""
    return desk.run(commands.note_ended, progress, cancel or CancelToken())
