"""A home of the made-up landlord that is let from next Monday, so that the next debit control has a new let."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.values import PaymentMethod, PropertyType, Tenure
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.starting import commands, facts, queries
from app.services.tenancies.starting.dto import NewCharge, NewTenant, StartTenancy

_TENANT: Final = NewTenant(
    title="Mx",
    first_name="Alex",
    last_name="Freshfield",
    date_of_birth=date(1988, 5, 9),
    mobile="07700 900321",
    another=True,
)


@requires(Permission.KEEP_TENANCIES)
def let_one(ctx: Context) -> None:
    """Let the last of the homes that stand empty, if its last letting says what it costs."""
    monday = week_monday(ctx.clock.today()) + WEEK
    empty = [each for each in queries.find_properties(ctx, "void") if each.type is PropertyType.DWELLING]
    if len(empty) < 2:
        return
    charges = tuple(
        NewCharge(each.code, each.amount) for each in facts.proposed_charges(ctx, empty[-1].property_id, monday)
    )
    new = StartTenancy(
        empty[-1].property_id,
        Tenure.INTRODUCTORY,
        monday,
        (_TENANT,),
        charges,
        PaymentMethod.STANDING_ORDER,
        welcome=False,
    )
    if charges:
        commands.start(ctx, new)
