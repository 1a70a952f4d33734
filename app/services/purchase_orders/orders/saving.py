"""What became of an order after a step, as the window and the command line are told."""

from __future__ import annotations

from typing import Final

from app.models.purchase_orders.orders import PurchaseOrder
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.purchase_orders.orders import keeping
from app.services.purchase_orders.orders.dto import AREAS, Saved

_ASKED: Final = AREAS | {"approvals"}


def saved(
    ctx: Context,
    row: PurchaseOrder,
    told: str,
    warnings: tuple[str, ...] = (),
    *,
    link_id: int | None = None,
    request_id: int | None = None,
) -> Saved:
    """What became of an order."""
    ctx.session.flush()
    number = keeping.number_of(ctx, row)
    asked = request_id if request_id is not None else row.request_id
    return Saved(row.id, number, row.version, asked, told, Changes(_ASKED), warnings, link_id)
