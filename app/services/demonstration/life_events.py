"""What happened to two of the made-up tenants: a death with a joint tenant, and a stay in hospital."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import LifeEvent, PropertyType
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.tenancies.life_events import commands, queries
from app.services.tenancies.life_events.dto import Happened, NoteLifeEvent

_NTH = 4
"""The first few accounts of the list are left as they are: they are what an officer looks at first."""


@requires(Permission.KEEP_TENANCIES)
def happen(ctx: Context) -> None:
    """Note both, with what is proposed of everything that hangs on them."""
    _note(ctx, 2, LifeEvent.DEATH, 12, "Their partner, by telephone")
    _note(ctx, 1, LifeEvent.HOSPITAL, 20, "Ward sister of the Testford General")


def _note(ctx: Context, tenants: int, kind: LifeEvent, days: int, told_by: str) -> None:
    person_id = _somebody(ctx, tenants)
    if person_id is None:
        return
    today = ctx.clock.today()
    happened = Happened(person_id, kind, today - timedelta(days=days))
    choices = {each.key: each.proposed for each in queries.what_hangs(ctx, happened)}
    commands.note_life_event(ctx, NoteLifeEvent(happened, today - timedelta(days=2), told_by, choices=choices))


def _somebody(ctx: Context, tenants: int) -> int | None:
    """Whoever is named first in a live tenancy of a dwelling with so many tenants."""
    many = select(Tenant.tenancy_id).group_by(Tenant.tenancy_id).having(func.count() == tenants)
    found = ctx.session.scalars(
        select(Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .where(
            Property.type == PropertyType.DWELLING,
            Tenancy.end_on.is_(None),
            Tenant.position == 1,
            Tenant.tenancy_id.in_(many),
        )
        .order_by(Tenancy.id)
        .limit(_NTH)
    ).all()
    return found[-1] if found else None
