"""What `rentbook check` holds of payments to suppliers: runs against their payments, lines and files, and invoices against runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import and_, exists, func, or_, select

from app.models.bacs import PaymentFile
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.values import InvoiceState, Money, PaidPart, SupplierRunState
from app.services.core.context import Context
from app.services.ledger import plugged
from app.services.purchase_orders.payments import crediting
from app.services.purchase_orders.payments.dto import STATES, invoice_number, run_number
from app.services.purchase_orders.payments.payees import DEAD

_OPEN: Final = (SupplierRunState.WAITING, SupplierRunState.MADE, SupplierRunState.SENT)


def register() -> None:
    """Plug the check of payments to suppliers into `rentbook check`."""
    plugged.register("payments to suppliers", check)


def check(ctx: Context) -> Iterator[str]:
    """Each run is the sum of its payments, which are the sums of what they pay; its file is of as much; its invoices stand so."""
    yield from _sums(ctx)
    yield from crediting.check(ctx)
    yield from _files(ctx)
    yield from _invoices(ctx)


def _sums(ctx: Context) -> Iterator[str]:
    """Runs and payments whose kept sums aren't those of what is under them."""
    paid = func.coalesce(func.sum(SupplierPayment.pence), 0)
    runs = (
        select(
            SupplierRun.number, SupplierRun.pence, SupplierRun.count, paid.label("paid"), func.count().label("payments")
        )
        .join(SupplierPayment, SupplierPayment.run_id == SupplierRun.id)
        .group_by(SupplierRun.number, SupplierRun.pence, SupplierRun.count)
        .order_by(SupplierRun.number)
    )
    for row in ctx.session.execute(runs):
        if (row.pence, row.count) != (row.paid, row.payments):
            kept, found = Money(row.pence), Money(int(row.paid))
            yield f"{run_number(row.number)} is of {row.count:,} and {kept}, its payments of {row.payments:,} and {found}."
    lines = func.coalesce(func.sum(SupplierPaymentLine.pence), 0)
    payments = (
        select(SupplierPayment.reference, SupplierPayment.pence, lines.label("lines"))
        .join(SupplierPaymentLine, SupplierPaymentLine.payment_id == SupplierPayment.id)
        .group_by(SupplierPayment.id, SupplierPayment.reference, SupplierPayment.pence)
        .having(lines != SupplierPayment.pence)
        .order_by(SupplierPayment.id)
    )
    for reference, pence, found_pence in ctx.session.execute(payments):
        yield f"Payment {reference} is of {Money(pence)}, what it pays of {Money(int(found_pence))}."


def _files(ctx: Context) -> Iterator[str]:
    """Runs whose Bacs file is of another number or sum."""
    moved = select(func.count()).where(SupplierPayment.run_id == SupplierRun.id, SupplierPayment.pence > 0)
    files = (
        select(SupplierRun.number, PaymentFile.serial)
        .join(PaymentFile, PaymentFile.id == SupplierRun.payment_file_id)
        .where(or_(PaymentFile.count != moved.scalar_subquery(), PaymentFile.pence != SupplierRun.pence))
        .order_by(SupplierRun.number)
    )
    for row in ctx.session.execute(files):
        yield f"{run_number(row.number)} isn't of as much as its Bacs file {row.serial}."


def _invoices(ctx: Context) -> Iterator[str]:
    """Invoices in no open run that say they are in one, in a run that came to nothing, or unpaid in one that is paid."""
    line, payment, run = SupplierPaymentLine, SupplierPayment, SupplierRun
    of_run = and_(payment.id == line.payment_id, run.id == payment.run_id)
    mine = exists().where(
        line.invoice_id == SupplierInvoice.id,
        line.part.in_((PaidPart.INVOICE, PaidPart.CREDIT_PART)),
        line.stands,
        of_run,
        run.state.in_(_OPEN),
    )
    lost = select(SupplierInvoice.number).where(SupplierInvoice.state == InvoiceState.IN_RUN, ~mine)
    for number in ctx.session.scalars(lost.order_by(SupplierInvoice.number)):
        yield f"{invoice_number(number)} is in a run by its state, but no open run has it."
    stands = (
        select(SupplierInvoice.number, run.number.label("run"), run.state)
        .join(line, line.invoice_id == SupplierInvoice.id)
        .join(payment, payment.id == line.payment_id)
        .join(run, run.id == payment.run_id)
        .where(line.stands, line.part.in_((PaidPart.INVOICE, PaidPart.CREDIT_PART)))
        .where(
            or_(
                run.state.in_(DEAD),
                and_(
                    line.part == PaidPart.INVOICE,
                    run.state == SupplierRunState.PAID,
                    SupplierInvoice.state != InvoiceState.PAID,
                ),
            )
        )
        .order_by(SupplierInvoice.number)
    )
    for row in ctx.session.execute(stands):
        yield f"{invoice_number(row.number)} stands in {run_number(row.run)}, which is '{STATES[row.state].lower()}'."
