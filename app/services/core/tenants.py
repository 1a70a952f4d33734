"""Who holds a tenancy on a day: tenants who came later or left earlier than the tenancy did have days of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, literal, or_

from app.models.people import Tenant
from app.models.tenancies import Tenancy


def holds(day: date, tenant: Any = Tenant, tenancy: Any = Tenancy) -> ColumnElement[bool]:
    """Somebody holds a tenancy on a day; of one that ended before on its last day, of one to come on its first.

    The statement joins the tenancy. Whoever left stays a tenant of it with a last day, and is asked for without this where it
    matters who ever held it, as for restricted records.
    """
    at = case(
        (tenancy.end_on < day, tenancy.end_on), (tenancy.start_on > day, tenancy.start_on), else_=literal(day, Date)
    )
    came = or_(tenant.from_on.is_(None), tenant.from_on <= at)
    return and_(came, or_(tenant.to_on.is_(None), tenant.to_on >= at))
