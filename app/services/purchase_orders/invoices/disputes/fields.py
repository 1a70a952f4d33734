"""The fields of letters and e-mails to a supplier about an invoice."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import DisputeReason, Money
from app.services.core.context import Context
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.rules.clock import Stand, in_time
from app.services.purchase_orders.orders import keeping as orders

REASONS: Final = {
    DisputeReason.NOT_RECEIVED: "Not received",
    DisputeReason.DAMAGED: "Damaged or not as ordered",
    DisputeReason.PRICE: "Price",
    DisputeReason.QUANTITY: "Quantity",
    DisputeReason.VAT: "VAT",
    DisputeReason.NOT_OURS: "Not an invoice for us as it is",
    DisputeReason.DUPLICATE: "Invoiced twice",
    DisputeReason.OTHER: "Something else",
}
_STANDS: Final = "The time in which we pay stands still from today until this is settled; then it goes on."
_FIELDS = (
    ("number", "Our number of the invoice", "IN00042"),
    ("their_number", "The supplier's number", "INV-1001"),
    ("date", "Date of the invoice", "9 November 2026"),
    ("received_on", "Day that it reached the council", "11 November 2026"),
    ("total", "Amount in all", "£132.00"),
    ("order", "Number of the order", "PO00117"),
    ("reason", "Why it is disputed", "Price"),
    ("words", "The same in an officer's words", "£11.00 each where £10.00 was ordered."),
    (
        "clock",
        "What it does to the time to pay",
        "The time in which we pay stands still from today until this is settled.",
    ),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("invoice", "Supplier's invoice that is disputed", _FIELDS))


def of(ctx: Context, row: SupplierInvoice, dispute: InvoiceDispute) -> dict[str, str]:
    """What the fields stand for of one dispute."""
    order = ctx.session.scalar(select(PurchaseOrder).where(PurchaseOrder.id == (row.order_id or 0)))
    return {
        "invoice.number": keeping.number(row),
        "invoice.their_number": row.supplier_number,
        "invoice.date": long_date(row.invoice_on),
        "invoice.received_on": long_date(row.received_on),
        "invoice.total": str(Money(row.gross_pence)),
        "invoice.order": orders.number_of(ctx, order) if order is not None else row.order_quoted,
        "invoice.reason": REASONS[dispute.reason],
        "invoice.words": dispute.words,
        "invoice.clock": _STANDS if _in_time(ctx, row, dispute) else "",
    }


def _in_time(ctx: Context, row: SupplierInvoice, dispute: InvoiceDispute) -> bool:
    """Whether telling them today holds the time to pay."""
    timing = keeping.timing(ctx, row, ())
    today = ctx.clock.today()
    stand = Stand(dispute.id, dispute.reason, dispute.found_on, today, None)
    return in_time(timing, stand) and today <= row.pay_by_on
