"""What the finder shows of invoices: by our number, the supplier's, and the supplier's name."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import Subject
from app.services.core import finding, tabs
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.purchase_orders.invoices.dto import InvoiceRow
from app.services.purchase_orders.invoices.entering import KINDS
from app.services.purchase_orders.invoices.listing import rows


def register() -> None:
    """Plug invoices into the finder."""
    finding.register(
        Source(Subject.SUPPLIER_INVOICE, "Suppliers' invoices", _found, order=63, needs=tabs.PURCHASE_ORDERS)
    )


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    by_id = {row.invoice_id: row for row in rows(ctx, ids)}
    return tuple(_line(by_id[each]) for each in ids if each in by_id)


def _line(row: InvoiceRow) -> Found:
    state = row.state.value.replace("_", " ").capitalize()
    parts = (KINDS[row.kind], state, row.order_number, row.left)
    title = f"{row.number} {row.supplier} {row.supplier_number}"
    detail = "  ".join(each for each in parts if each)
    return Found(Subject.SUPPLIER_INVOICE, row.invoice_id, title, detail, row.gross)
