"""What tells a supplier of a dispute, and how it reaches them."""

from __future__ import annotations

from typing import Final

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import AccountKind, Subject
from app.services.core.context import Context
from app.services.letters.dto import Channel, NewLetter
from app.services.letters.rules import Recipient
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.disputes import fields

_TEMPLATES: Final = {Channel.LETTER: "supplier_dispute", Channel.EMAIL: "supplier_dispute_email"}


def letter(ctx: Context, row: SupplierInvoice, made: InvoiceDispute, channel: Channel) -> NewLetter:
    """What is sent to tell the supplier, once for each dispute."""
    return NewLetter(
        _TEMPLATES[channel],
        0,
        subject=Subject.SUPPLIER_INVOICE,
        subject_id=row.id,
        fields=fields.of(ctx, row, made),
        idempotency_key=f"supplier-dispute:{made.id}:{channel.value}",
    )


def recipient(ctx: Context, row: SupplierInvoice) -> Recipient:
    """The supplier, as letters go to one.

    Raises:
        UserError: it has neither an address nor an e-mail address.
    """
    supplier = ctx.session.get_one(Supplier, row.supplier_id)
    address = tuple(line.strip() for line in supplier.address.splitlines() if line.strip())
    email = supplier.remittance_email or supplier.email
    number = keeping.number(row)
    return Recipient(
        0, number, AccountKind.SUNDRY, supplier.name, f"Dear {supplier.name}", address, row.supplier_number, email=email
    )
