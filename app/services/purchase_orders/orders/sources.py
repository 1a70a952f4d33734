"""What the finder shows of orders: by number, finance number, title and supplier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.purchase_orders.orders.dto import KINDS, STATES, OrderRow
from app.services.purchase_orders.orders.listing import rows

SEES: Final = frozenset(
    {
        Permission.RAISE_ORDERS,
        Permission.APPROVE_ORDERS,
        Permission.RECEIVE_GOODS,
        Permission.LOG_INVOICES,
        Permission.APPROVE_INVOICES,
        Permission.PAY_SUPPLIERS,
        Permission.APPROVE_SUPPLIER_PAYMENTS,
        Permission.VIEW_AUDIT,
    }
)
"""Whoever sees the tab."""


def register() -> None:
    """Plug orders into the finder."""
    finding.register(Source(Subject.PURCHASE_ORDER, "Orders", _found, order=61))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The orders, for whoever sees the tab; not those about restricted accounts that they may not open."""
    if not SEES & ctx.officer.permissions:
        return ()
    return tuple(_line(row) for row in rows(ctx, ids) if not row.shut)


def _line(row: OrderRow) -> Found:
    parts = (KINDS[row.kind], STATES[row.state], row.supplier, row.title)
    words = "  ".join(each for each in parts if each)
    return Found(Subject.PURCHASE_ORDER, row.order_id, f"Order {row.number}", words, row.net)
