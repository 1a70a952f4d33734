"""What the finder shows of orders: by number, finance number, title and supplier."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import Subject
from app.services.core import finding, tabs
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.purchase_orders.orders.dto import KINDS, STATES, OrderRow
from app.services.purchase_orders.orders.listing import rows


def register() -> None:
    """Plug orders into the finder."""
    finding.register(Source(Subject.PURCHASE_ORDER, "Orders", _found, order=61, needs=tabs.PURCHASE_ORDERS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The orders, for whoever sees the tab; not those about restricted accounts that they may not open."""
    return tuple(_line(row) for row in rows(ctx, ids) if not row.shut)


def _line(row: OrderRow) -> Found:
    parts = (KINDS[row.kind], STATES[row.state], row.supplier, row.title)
    words = "  ".join(each for each in parts if each)
    return Found(Subject.PURCHASE_ORDER, row.order_id, f"Order {row.number}", words, row.net)
