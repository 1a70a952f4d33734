"""What the finder shows of suppliers: by number, names, and their number in the finance system or for VAT."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import Subject
from app.services.core import finding, tabs
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.purchase_orders.suppliers.dto import SCOPES, STATES, SupplierRow
from app.services.purchase_orders.suppliers.listing import rows


def register() -> None:
    """Plug suppliers into the finder."""
    finding.register(Source(Subject.SUPPLIER, "Suppliers", _found, order=62, needs=tabs.PURCHASE_ORDERS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    return tuple(_line(row) for row in rows(ctx, ids))


def _line(row: SupplierRow) -> Found:
    blocked = f"blocked for {', '.join(SCOPES[each].lower() for each in row.blocked)}" if row.blocked else ""
    parts = (STATES[row.state], blocked, row.category, row.postcode)
    return Found(
        Subject.SUPPLIER, row.supplier_id, f"{row.number} {row.name}", "  ".join(each for each in parts if each)
    )
