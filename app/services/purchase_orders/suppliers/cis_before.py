"""What suppliers were under CIS on a day: a status that changes is kept with its last day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from app.models.purchase_orders.suppliers import Supplier, SupplierCisBefore
from app.models.values import CisStatus
from app.services.core.chunks import in_chunks
from app.services.core.context import Context

_KEPT: Final = ("cis", "cis_reference", "cis_verified_on")


def keep(ctx: Context, row: Supplier, columns: Mapping[str, Any]) -> None:
    """Keep what a supplier is under CIS before it is changed: until yesterday, unless it is so since today only."""
    if all(getattr(row, name) == columns[name] for name in _KEPT):
        return
    yesterday = ctx.clock.today() - timedelta(1)
    latest = select(SupplierCisBefore.id).where(
        SupplierCisBefore.supplier_id == row.id, SupplierCisBefore.to_on >= yesterday
    )
    today_only = row.made_at.astimezone().date() > yesterday or ctx.session.scalars(latest).first() is not None
    if today_only:
        return
    ctx.session.add(
        SupplierCisBefore(
            supplier_id=row.id,
            status=row.cis,
            reference=row.cis_reference,
            verified_on=row.cis_verified_on,
            to_on=yesterday,
            changed_by=ctx.officer.id,
            changed_at=ctx.clock.now(),
        )
    )


def status_on(ctx: Context, supplier_ids: Collection[int], on: date) -> dict[int, CisStatus]:
    """What suppliers are under CIS on a day, by supplier."""
    found: dict[int, CisStatus] = {}
    for chunk in in_chunks(sorted(set(supplier_ids))):
        now = select(Supplier.id, Supplier.cis).where(Supplier.id.in_(chunk))
        found.update({row.id: row.cis for row in ctx.session.execute(now)})
        was = (
            select(SupplierCisBefore.supplier_id, SupplierCisBefore.status)
            .where(SupplierCisBefore.supplier_id.in_(chunk), SupplierCisBefore.to_on >= on)
            .order_by(SupplierCisBefore.to_on.desc())
        )
        found.update({row.supplier_id: row.status for row in ctx.session.execute(was)})
    return found


def before(ctx: Context, supplier_id: int) -> tuple[SupplierCisBefore, ...]:
    """What one supplier was before, the latest first."""
    rows = select(SupplierCisBefore).where(SupplierCisBefore.supplier_id == supplier_id)
    return tuple(ctx.session.scalars(rows.order_by(SupplierCisBefore.to_on.desc())))
