"""The office's own calendar: its closures are kept in the database, so that every deadline counts the same days."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.calendars import OfficeClosure
from app.services.core.calendars import WorkingDays, office


def office_days(session: Session) -> WorkingDays:
    """The office's working days: England's bank holidays and the office's own closures don't count."""
    return office(session.scalars(select(OfficeClosure.closed_on)).all())
