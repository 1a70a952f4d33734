"""Days off that the landlord itself keeps: the office's own closures, and days on which Bacs doesn't work for once."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.calendars import OfficeClosure
from app.services.core.calendars import BACS, WorkingDays, office
from app.services.core.errors import UserError
from app.services.core.policy import Policy

_NONE: Final = "none"


def office_days(session: Session) -> WorkingDays:
    """The office's working days: England's bank holidays and the office's own closures don't count."""
    return office(session.scalars(select(OfficeClosure.closed_on)).all())


def bacs_days(policy: Policy, today: date) -> WorkingDays:
    """The days on which Bacs works: not on England's bank holidays, nor on those that policy names (`bacs.closed_on`).

    A one-off bank holiday is in policy until the list of holidays that Rentbook comes with has it.

    Raises:
        UserError: the policy value is no list of dates.
    """
    text = policy.value("bacs.closed_on", today)
    if text.strip().lower() == _NONE:
        return BACS
    try:
        closed = frozenset(date.fromisoformat(each) for each in text.replace(",", " ").split())
    except ValueError as error:
        raise UserError(
            f"The days on which Bacs doesn't work are '{text[:60]}', which is no list of dates.",
            "Write them as 2027-05-03, parted by commas, or none: Admin, Policy values.",
        ) from error
    return WorkingDays(BACS.name, BACS.nations, closed)
