"""The office's working days, in which tasks are due."""

from __future__ import annotations

from app.services.core.calendars import WorkingDays, office
from app.services.core.context import Context


def office_days(_ctx: Context) -> WorkingDays:
    """The calendar of the office."""
    return office()
