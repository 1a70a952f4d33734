"""What is looked at again before the file of a run leaves: that nothing in it is paid, and nobody in it is stopped, since."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, true

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.values import InvoiceState, PaidBy, PaidPart, SupplierRunState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import gathering
from app.services.purchase_orders.payments.dto import STATES, invoice_number, run_number
from app.services.purchase_orders.payments.payees import DEAD

_OPEN: Final = (SupplierRunState.MADE, SupplierRunState.SENT)
_TOLD: Final = 6


def refuse_file(ctx: Context, run: SupplierRun) -> None:
    """Refuse to open the file of a run that came to nothing, that pays again what is paid, or somebody who is stopped now.

    Raises:
        UserError: which.
    """
    if run.state in DEAD:
        raise UserError(
            f"{run_number(run.number)} was {STATES[run.state].lower()}: it isn't opened any more.",
            "Its invoices are to be paid again, in another run.",
        )
    refuse_paid(ctx, run)
    found = stopped(ctx, run) if run.state is SupplierRunState.MADE else []
    if found:
        raise UserError(
            f"{run_number(run.number)} can't be sent as it was approved. {' '.join(found[:_TOLD])}",
            "If its file was never sent, have the run cancelled, and ask anew.",
        )


def refuse_paid(ctx: Context, run: SupplierRun) -> None:
    """Refuse a run that is to be sent, or was, of which an invoice isn't to be paid by it any more.

    Raises:
        UserError: which invoice.
    """
    if run.state not in _OPEN:
        return
    mine = (
        select(SupplierInvoice.number, SupplierInvoice.state)
        .join(SupplierPaymentLine, SupplierPaymentLine.invoice_id == SupplierInvoice.id)
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .where(
            SupplierPayment.run_id == run.id,
            SupplierPaymentLine.part == PaidPart.INVOICE,
            SupplierInvoice.state != InvoiceState.IN_RUN,
        )
        .where(SupplierPaymentLine.stands == true())
        .order_by(SupplierInvoice.number)
    )
    row = ctx.session.execute(mine).first()
    if row is not None:
        raise UserError(
            f"{invoice_number(row.number)} in {run_number(run.number)} is {row.state.value} already: its file pays it again.",
            "Ask finance. If the file was never sent, have the run cancelled, and ask anew.",
        )


def stopped(ctx: Context, run: SupplierRun) -> list[str]:
    """Who in a run is blocked now, or has other bank details in force than those in its file, a sentence each."""
    found = []
    for payee, bank_id in gathering.paid_now(ctx, run):
        if payee.blocked:
            found.append(f"{payee.blocked.rstrip('.')}.")
        elif run.by is PaidBy.BACS and payee.bank_id != bank_id:
            now = "others now" if payee.bank_id else "not in force any more"
            found.append(f"{payee.name}: its bank details are {now}.")
    return found
