"""What is to become dearer at the demonstration landlord: next year's rents, rehearsed and waiting for their notices."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.models.charges import ChargeChange
from app.services.charges.bulk import keeping
from app.services.charges.bulk.dto import BulkRule, NewChange, Step
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.rent_years import stated_years


@requires(Permission.CHANGE_CHARGES)
def rehearse_rents(ctx: Context) -> None:
    """Rehearse a rise of all rents from the first Monday of the next rent year; only where no bulk change was made before."""
    if ctx.session.scalar(select(func.count()).select_from(ChargeChange)):
        return
    first = rent_year(ctx.clock.today(), stated_years(ctx.session)).ends_on + timedelta(days=1)
    name = f"Rent review {first.year}-{(first.year + 1) % 100:02}"
    try:
        keeping.rehearse(ctx, NewChange(name, first, BulkRule(("DBR",), Step.PERCENT, 480)))
    except UserError:
        return  # a landlord of a few homes, none of them charged a rent
