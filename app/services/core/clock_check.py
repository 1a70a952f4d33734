"""Whether the computer's clock was set back: what is recorded takes its date from it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.audit import AuditEntry
from app.services.core.context import Context

ALLOWED: Final = timedelta(minutes=5)
"""How far the clocks of two desks may differ."""


def last_recorded(ctx: Context) -> datetime | None:
    """The latest moment that anything was recorded at, in UTC; none in a database without a trail."""
    return ctx.session.scalar(select(func.max(AuditEntry.at)))


def is_set_back(now: datetime, recorded: datetime | None) -> bool:
    """Whether a moment recorded before lies after now, by more than clocks may differ."""
    return recorded is not None and now < recorded - ALLOWED
