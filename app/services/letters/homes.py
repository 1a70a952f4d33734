"""Where else the tenants of garages and of ended tenancies live, for whoever writes to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import aliased

from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import PropertyType
from app.services.core.context import Context
from app.services.core.tenants import holds as holds_tenancy

_FEW: Final = 900
"""So many are asked for by their numbers; of more all are read."""


def elsewhere(ctx: Context, tenancy_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """By tenancy: the two lines, town and postcode of a dwelling that its letting goes with, or that its tenants hold too.

    Asked for garages and tenancies that have ended; of several homes the one that began last.
    """
    today, wanted = ctx.clock.today(), set(tenancy_ids)
    one, other, home, place = aliased(Tenant), aliased(Tenant), aliased(Property), aliased(Property)
    held, letting = aliased(Tenancy), aliased(Tenancy)
    lived_in = (home.type != PropertyType.GARAGE, or_(held.end_on.is_(None), held.end_on >= today))
    address = (home.address_1, home.address_2, home.town, home.postcode)
    linked = (
        select(letting.id, *address)
        .join(GarageHome, GarageHome.tenancy_id == letting.id)
        .join(held, held.id == GarageHome.home_id)
        .join(home, home.id == held.property_id)
        .where(*lived_in)
        .order_by(letting.id, held.start_on.desc(), held.id)
    )
    same_person = (
        select(one.tenancy_id, *address)
        .join(letting, letting.id == one.tenancy_id)
        .join(place, place.id == letting.property_id)
        .join(other, other.person_id == one.person_id)
        .join(held, held.id == other.tenancy_id)
        .join(home, home.id == held.property_id)
        .where(*lived_in, or_(place.type == PropertyType.GARAGE, letting.end_on < today))
        .where(holds_tenancy(today, one, letting), holds_tenancy(today, other, held))
        .order_by(one.tenancy_id, one.position, held.start_on.desc(), held.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for statement in (linked, same_person):
        few = statement.where(letting.id.in_(sorted(wanted))) if len(wanted) <= _FEW else statement
        rows: list[Row[*tuple[Any, ...]]] = list(ctx.session.execute(few))
        for tenancy_id, *lines in rows:
            if tenancy_id in wanted:
                found.setdefault(tenancy_id, tuple(line or "" for line in lines))
    return found
