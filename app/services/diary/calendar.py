"""The office's working days, in which tasks are due."""

from __future__ import annotations

from app.services.core import closures
from app.services.core.calendars import WorkingDays
from app.services.core.context import Context


def office_days(ctx: Context) -> WorkingDays:
    """The calendar of the office, without its closures."""
    return closures.office_days(ctx.session)
