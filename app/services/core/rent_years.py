"""The rent years that the landlord states, for the rules in `calendars`."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import properties
from app.services.core.calendars import RentYear


def stated_years(session: Session) -> tuple[RentYear, ...]:
    """The years that don't begin on the first Monday from 1 April, for `rent_year(on, stated)`."""
    rows = session.scalars(select(properties.RentYear).order_by(properties.RentYear.first_week_on))
    return tuple(RentYear(row.first_week_on, row.weeks) for row in rows)
