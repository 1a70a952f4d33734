"""The categories and the delivery points."""

from __future__ import annotations

from sqlalchemy import select

from app.models.purchase_orders.orders import DeliveryPoint
from app.models.purchase_orders.suppliers import PurchaseCategory
from app.services.core.context import Context
from app.services.purchase_orders.registers import requests
from app.services.purchase_orders.registers.dto import CategoryRow, PointRow


def categories(ctx: Context) -> tuple[CategoryRow, ...]:
    """Every category in the order of the list, those out of use too."""
    rows = ctx.session.scalars(select(PurchaseCategory).order_by(PurchaseCategory.place, PurchaseCategory.name))
    waiting = requests.waiting(ctx)
    return tuple(
        CategoryRow(
            row.id,
            row.name,
            row.no_order_needed,
            row.cis,
            row.works,
            row.not_published,
            row.active,
            row.version,
            row.id in waiting,
        )
        for row in rows
    )


def points(ctx: Context) -> tuple[PointRow, ...]:
    """Every delivery point by name, those out of use too."""
    rows = ctx.session.scalars(select(DeliveryPoint).order_by(DeliveryPoint.name))
    return tuple(PointRow(row.id, row.name, row.address, row.instructions, row.active, row.version) for row in rows)
