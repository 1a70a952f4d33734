"""What becomes of a run once it is asked for: withdrawn, sent, paid, cancelled, refused, and payments that come back."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import Money, PaidBy, Subject, SupplierRunState
from app.services.bacs import keeping as bacs
from app.services.bacs import processing
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, Priority
from app.services.purchase_orders.payments import files, taking
from app.services.purchase_orders.payments.dto import STATES, run_number
from app.services.purchase_orders.suppliers.rules import spelt

SEND: Final = "supplier_run_send"
RETURNED: Final = "supplier_payment_returned"
"""The kinds of the tasks to send a run's file, and to look at the bank details of a payment that came back."""
_MOST_WORDS: Final = 400
_MOST_REFERENCE: Final = 40
_DAYS: Final = 2


def remind_to_send(ctx: Context, run: SupplierRun) -> None:
    """A task for whoever asked for a run: to send its file in time."""
    last = run.pay_on
    if run.by is PaidBy.BACS:
        last = processing.entered_on(run.pay_on, bacs_days(ctx.policy, ctx.clock.today())).submit_on
    number = run_number(run.number)
    diary.add_task(
        ctx,
        NewTask(
            f"Send the file of payment run {number}",
            last,
            f"Suppliers are to have {Money(run.pence)} on {spelt(run.pay_on)}, so the last day to send it is {spelt(last)}. "
            "Mark it as sent under Purchase Orders, Payments, or cancel it there: its invoices are to be paid again then.",
            Subject.SUPPLIER_RUN,
            run.id,
            SEND,
            officer_id=run.made_by,
        ),
    )


def withdrawn(ctx: Context, run: SupplierRun, state: SupplierRunState, why: str) -> None:
    """A run that waited is refused or withdrawn: what was in it can go in another."""
    run.state, run.why = state, why[:_MOST_WORDS]
    taking.give_back(ctx, run)


def sent(ctx: Context, run: SupplierRun, reference: str) -> None:
    """The file of a run was sent, once.

    Raises:
        UserError: it has no file that waits to be sent, or the reference is long or holds a card number.
    """
    _refuse_not(run, SupplierRunState.MADE, "marked as sent")
    file = files.file_of(ctx, run)
    if file is not None:
        bacs.mark_sent(ctx, file.id, reference)
    run.reference = reference[:_MOST_REFERENCE]
    run.state, run.sent_by, run.sent_at = SupplierRunState.SENT, ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    diary.finish_for(ctx, Subject.SUPPLIER_RUN, run.id, SEND, "Marked as sent")


def paid(ctx: Context, run: SupplierRun, paid_on: date) -> int:
    """The suppliers of a run have the money: its invoices are paid; returns how many.

    Raises:
        UserError: it wasn't sent.
    """
    _refuse_not(run, SupplierRunState.SENT, "marked as paid")
    run.state, run.pay_on = SupplierRunState.PAID, paid_on
    return taking.pay(ctx, run, paid_on)


def set_off(ctx: Context, run: SupplierRun) -> None:
    """A run by which no money moves is done with its approval: its invoices and credit notes are set off that day."""
    run.state, run.pay_on = SupplierRunState.PAID, ctx.clock.today()
    taking.pay(ctx, run, run.pay_on)


def cancelled(ctx: Context, run: SupplierRun, why: str) -> None:
    """The file of a run is not to be sent; its invoices are to be paid again.

    Raises:
        UserError: it has no file that waits to be sent, or its day has come.
    """
    _refuse_not(run, SupplierRunState.MADE, "cancelled")
    file = files.file_of(ctx, run)
    if file is not None:
        if file.processing_on <= ctx.clock.today():
            raise UserError(
                f"Bacs file {file.serial} was to be processed on {spelt(file.processing_on)}: it may have been paid.",
                "Ask the bank. If it never had the file, mark it as sent; then somebody else says that it was refused.",
            )
        bacs.cancel_file(ctx, file.id, why)
    _void(ctx, run, SupplierRunState.CANCELLED, why)


def refused(ctx: Context, run: SupplierRun, why: str) -> None:
    """Bacs or the finance system refused a run whole: its invoices are to be paid again; what came back alone stays so.

    Raises:
        UserError: it wasn't sent, or the finance system paid some of it.
    """
    if run.state not in {SupplierRunState.SENT, SupplierRunState.PAID}:
        _refuse_not(run, SupplierRunState.SENT, "marked as refused")
    if run.state is SupplierRunState.SENT and taking.is_paid_in_part(ctx, run.id):
        raise UserError(
            f"The finance system paid some of {run_number(run.number)}, so it wasn't refused whole.",
            "Put back the payments that were refused, one by one; or take its replies.",
        )
    file = files.file_of(ctx, run)
    if file is not None:
        bacs.refuse_file(ctx, file.id, why)
    _void(ctx, run, SupplierRunState.REFUSED, why)


def came_back(ctx: Context, run: SupplierRun, payment: SupplierPayment, returned_on: date, why: str) -> None:
    """The bank sent a payment back: its invoices are to be paid again, and a task says to look at the bank details."""
    payment.returned_on, payment.returned_why = returned_on, why[:_MOST_WORDS]
    payment_id, supplier_id, amount, number = payment.id, payment.supplier_id, payment.pence, run_number(run.number)
    taking.give_back(ctx, run, payment_id)
    supplier = ctx.session.get_one(Supplier, supplier_id)
    diary.add_task(
        ctx,
        NewTask(
            f"Look at the bank details of {supplier.name}: {Money(amount)} came back",
            diary.due_in(ctx, _DAYS),
            f"{why} It was in {number}; its invoices are to be paid again. Ring the number that is known, and change the bank "
            "details if they are others now.",
            Subject.SUPPLIER,
            supplier_id,
            RETURNED,
            officer_id=run.made_by,
            priority=Priority.HIGH,
        ),
    )


def rejected(ctx: Context, payment_id: int, why: str) -> None:
    """The finance system rejected a payment; one of which a part is paid goes on with that."""
    if not taking.stands(ctx, payment_id):
        payment = ctx.session.get_one(SupplierPayment, payment_id)
        payment.returned_on = ctx.clock.today()
        payment.returned_why = f"Rejected by the finance system: {why}"[:_MOST_WORDS]
        ctx.session.flush()


def _void(ctx: Context, run: SupplierRun, state: SupplierRunState, why: str) -> None:
    run.state, run.why = state, why[:_MOST_WORDS]
    taking.give_back(ctx, run)
    diary.finish_for(ctx, Subject.SUPPLIER_RUN, run.id, SEND, STATES[state])


def _refuse_not(run: SupplierRun, state: SupplierRunState, what: str) -> None:
    if run.state is not state:
        raise UserError(
            f"{run_number(run.number)} is '{STATES[run.state].lower()}', so it can't be {what}.", "Look at it again."
        )
