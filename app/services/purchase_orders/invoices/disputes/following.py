"""What becomes of a dispute when the letter or e-mail that tells the supplier goes, or doesn't: only what went has told them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.values import Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.letters import went
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.disputes import telling


def register() -> None:
    """Plug it in."""
    went.register(_follow)


def _follow(ctx: Context, rows: Sequence[Outgoing]) -> None:
    """The suppliers are told on the day on which it went; where it didn't, or came back, they aren't, and the time runs."""
    mine = {row.id: row for row in rows if row.subject == Subject.SUPPLIER_INVOICE.value}
    for chunk in in_chunks(sorted(mine)):
        found = (
            select(InvoiceDispute, SupplierInvoice)
            .join(SupplierInvoice, SupplierInvoice.id == InvoiceDispute.invoice_id)
            .where(InvoiceDispute.outgoing_id.in_(chunk))
            .order_by(InvoiceDispute.id)
        )
        for made, invoice in ctx.session.execute(found).all():
            _stand(ctx, made, invoice, mine[made.outgoing_id or 0])


def _stand(ctx: Context, made: InvoiceDispute, invoice: SupplierInvoice, row: Outgoing) -> None:
    """One dispute, as its letter or e-mail stands; one that is settled is told of no more."""
    on = went.went_on(row)
    if on is not None and (made.notified_on is not None or made.closed_on is not None):
        return
    if on is None:
        made.notified_on, made.notified_how = None, ""
    else:
        made.notified_on, made.notified_how = on, telling.how(row)
    keeping.work_out(ctx, invoice)
    if on is not None:
        diary.finish_for(ctx, Subject.SUPPLIER_INVOICE, invoice.id, keeping.UNTOLD, made.notified_how)
    elif made.closed_on is None and not telling.of_message(row).under_way:
        _ask_again(ctx, made, invoice, row)


def _ask_again(ctx: Context, made: InvoiceDispute, invoice: SupplierInvoice, row: Outgoing) -> None:
    """A task to tell the supplier, with whoever opened the dispute; one at a time."""
    words = telling.of_message(row).words
    title = f"Tell the supplier of the dispute of {keeping.number(invoice)}: they aren't told yet"
    details = f"{words} The time to pay goes on until they are told: tell them another way (F9)."
    about = (Subject.SUPPLIER_INVOICE, invoice.id, keeping.UNTOLD)
    diary.finish_for(ctx, *about, words)
    diary.add_task(ctx, NewTask(title, ctx.clock.today(), details, *about, officer_id=made.made_by))
