"""What a supplier would read of a dispute, before it goes."""

from __future__ import annotations

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.values import Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.records import record
from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.text import text_words
from app.services.letters import making, templates
from app.services.letters.dto import Channel
from app.services.purchase_orders.invoices.disputes import telling


def preview(ctx: Context, dispute_id: int, channel: Channel) -> str:
    """The e-mail or letter that `commands.write` would send today: its subject, then its words.

    Raises:
        UserError: there is no such dispute, the supplier has no address, or its order is of an account that the officer may
            not open.
    """
    made = record(ctx, InvoiceDispute, dispute_id, "dispute")
    row = record(ctx, SupplierInvoice, made.invoice_id, "invoice")
    if row.order_id is not None:
        access.open_subject(ctx, Subject.PURCHASE_ORDER, row.order_id)
    new, to, today = telling.letter(ctx, row, made, channel), telling.recipient(ctx, row), ctx.clock.today()
    wording = templates.wording_of(templates.version_to_use(ctx, new.template, today))
    filled = making.fill_for(ctx, to, wording, new.answers, today, new.fields)
    return f"{filled.subject_line}\n\n{text_words(read_markup(filled.body))}"
