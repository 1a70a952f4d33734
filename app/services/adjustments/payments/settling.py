"""What becomes of the Bacs file of a payment: sent, cancelled before that, or refused whole by the bank.

The refunds of a file that was never paid are to be paid again, each by the opposite of its journal, so that none is paid twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.bacs import PaymentFile
from app.models.refunds import Refund, RefundPayment
from app.models.values import Money, PaymentFileState, RefundState, Subject
from app.services.adjustments.payments.dto import FileSettled
from app.services.adjustments.refunds import keeping
from app.services.bacs import keeping as bacs
from app.services.bacs import queries as bank
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import people_count
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask

_AREAS: Final = keeping.AREAS | {"ledger", "bank_details", "payment_files", "diary"}
TASK: Final = "bacs_file"
"""The kind of the task to send a Bacs file; it is about the first refund in it."""
_VOID: Final = frozenset({PaymentFileState.CANCELLED, PaymentFileState.REFUSED})
_MOST_NARRATIVE: Final = 200


@requires(Permission.PAY_REFUNDS)
def mark_sent(ctx: Context, payment_id: int, reference: str = "") -> FileSettled:
    """The Bacs file of a payment was sent: its bank details are known as paid, and whoever pays benefit is told.

    Raises:
        UserError: the payment has no Bacs file, it was sent, cancelled or refused before, or the reference is long or holds a
            card number.
    """
    payment, file = _found(ctx, payment_id)
    bacs.mark_sent(ctx, file.id, reference)
    rows = _rows(ctx, payment_id, RefundState.SENT)
    note_paid(ctx, rows, payment.pay_on)
    for row in rows:
        keeping.tell_benefit(ctx, row, "is paid")
    _sent_or_not(ctx, payment_id, "Marked as sent")
    return _settled(payment, file, (), rows, f"Bacs file {file.serial} is marked as sent.")


@requires(Permission.PAY_REFUNDS)
def cancel(ctx: Context, payment_id: int, reason: str) -> FileSettled:
    """The Bacs file of a payment is not to be sent: its refunds are to be paid again, its serial number stays used.

    Whoever made the file doesn't cancel it: one officer alone could send it and have its refunds paid a second time.

    Raises:
        UserError: the payment has no Bacs file, it was sent, cancelled or refused before, the officer made it, its processing
            day has come, no reason is given, or the period is closed.
    """
    payment, file = _found(ctx, payment_id)
    bacs.cancel_file(ctx, file.id, reason)
    _refuse_own(ctx, {file.made_by: "made"}, "cancels it")
    if file.processing_on <= ctx.clock.today():
        raise UserError(
            f"Bacs file {file.serial} was to be processed on {diary.written(file.processing_on)}: it may have been paid.",
            "Ask the bank. If it never had the file, mark it as sent; then somebody else says that it was refused.",
        )
    _sent_or_not(ctx, payment_id, "Cancelled")
    return _void(ctx, payment, file, f"Bacs file {file.serial} cancelled: {reason.strip()}", "is cancelled")


@requires(Permission.PAY_REFUNDS)
def refused(ctx: Context, payment_id: int, reason: str) -> FileSettled:
    """The bank refused the Bacs file of a payment whole: its refunds are to be paid again; what came back alone stays so.

    Whoever made the file or marked it as sent doesn't say so, for the same reason as with `cancel`; whoever pays benefit is told.

    Raises:
        UserError: the payment has no Bacs file, it isn't one that was sent, the officer made or marked it, no reason is given, or
            the period is closed.
    """
    payment, file = _found(ctx, payment_id)
    took = {file.settled_by: "marked", file.made_by: "made"}
    bacs.refuse_file(ctx, file.id, reason)
    _refuse_own(ctx, took, "says that it was refused")
    rows = _rows(ctx, payment_id, RefundState.SENT)
    for row in rows:
        keeping.tell_benefit(ctx, row, "was never paid")
    bacs.note_returned(ctx, [row.bank_detail_id for row in rows if row.bank_detail_id is not None])
    return _void(ctx, payment, file, f"Bacs file {file.serial} refused by the bank: {reason.strip()}", "is refused")


def remind(ctx: Context, payment: RefundPayment, rows: Sequence[Refund]) -> None:
    """A task for whoever made the Bacs file of a payment: to send it by the last day on which Bacs takes it."""
    file = ctx.session.get_one(PaymentFile, payment.payment_file_id)
    last = bank.days_of(ctx, file.processing_on).submit_on
    total = Money(payment.pence)
    diary.add_task(
        ctx,
        NewTask(
            f"Send Bacs file {file.serial} of refunds, {total} in all",
            last,
            f"It is processed on {diary.written(file.processing_on)}, so the last day to send it is {diary.written(last)}. Mark it "
            "as sent under Payments, or cancel it there: its refunds are to be paid again then.",
            Subject.REFUND,
            rows[0].id,
            TASK,
            officer_id=ctx.officer.id,
        ),
    )


def refuse_unsent(ctx: Context, row: Refund) -> None:
    """Refuse to say by hand that a refund came back whose Bacs file isn't marked as sent: what was never sent can't come back.

    Raises:
        UserError: its file is only made.
    """
    file = _file_of(ctx, row)
    if file is not None and file.state is PaymentFileState.MADE:
        raise UserError(
            f"Bacs file {file.serial} isn't marked as sent: mark it, or cancel it.",
            "What it paid can't come back before it was sent.",
        )


def sent_after_all(ctx: Context, row: Refund) -> frozenset[int]:
    """The bank says that a refund came back, so its Bacs file was sent, marked or not; the accounts that this touches.

    Raises:
        UserError: as `mark_sent`.
    """
    file = _file_of(ctx, row)
    if row.payment_id is None or file is None or file.state is not PaymentFileState.MADE:
        return frozenset()
    return mark_sent(ctx, row.payment_id).changes.account_ids


def note_paid(ctx: Context, rows: Sequence[Refund], paid_on: date) -> None:
    """The bank details of refunds that went out are new no more."""
    bacs.note_paid(ctx, [row.bank_detail_id for row in rows if row.bank_detail_id is not None], paid_on)


def refuse_void(ctx: Context, payment: RefundPayment) -> None:
    """Refuse to hand out a file that must not be sent.

    Raises:
        UserError: it was cancelled, or refused by the bank.
    """
    file = ctx.session.get(PaymentFile, payment.payment_file_id or 0)
    if file is not None and file.state in _VOID:
        raise UserError(
            f"Bacs file {file.serial} was {file.state.value}: it isn't opened any more.",
            "Its refunds are to be paid again, in another file.",
        )


def _refuse_own(ctx: Context, took: Mapping[int | None, str], does: str) -> None:
    """Refuse the officer who took a step of a file, by what it was; two people keep a file from being paid twice."""
    step = took.get(ctx.officer.id)
    if step is None:
        return
    what = "made this file" if step == "made" else "marked this file as sent"
    alone = people_count(ctx.session) <= len(took)
    raise UserError(
        f"You {what}, so somebody else {does}."
        + (" Nobody else is here: add an officer (Admin, Officers)." if alone else ""),
        "Ask a colleague who may pay refunds.",
    )


def _file_of(ctx: Context, row: Refund) -> PaymentFile | None:
    of_payment = select(RefundPayment.payment_file_id).where(RefundPayment.id == row.payment_id)
    return ctx.session.scalar(select(PaymentFile).where(PaymentFile.id == of_payment.scalar_subquery()))


def _found(ctx: Context, payment_id: int) -> tuple[RefundPayment, PaymentFile]:
    payment = ctx.session.get(RefundPayment, payment_id)
    file = ctx.session.get(PaymentFile, payment.payment_file_id or 0) if payment is not None else None
    if payment is None or file is None:
        raise UserError("There is no such payment by a Bacs file.", "Look at the list again.")
    return payment, file


def _rows(ctx: Context, payment_id: int, state: RefundState) -> list[Refund]:
    rows = select(Refund).where(Refund.payment_id == payment_id, Refund.state == state).order_by(Refund.number)
    return list(ctx.session.scalars(rows))


def _sent_or_not(ctx: Context, payment_id: int, outcome: str) -> None:
    """The task to send a file is done."""
    ids = select(Refund.id).where(Refund.payment_id == payment_id).order_by(Refund.number).limit(1)
    first = ctx.session.scalar(ids)
    if first is not None:
        diary.finish_for(ctx, Subject.REFUND, first, TASK, outcome)


def _void(ctx: Context, payment: RefundPayment, file: PaymentFile, why: str, what: str) -> FileSettled:
    rows = _rows(ctx, payment.id, RefundState.SENT)
    for row in rows:
        keeping.never_paid(ctx, row, why[:_MOST_NARRATIVE].rstrip())
    total = Money(sum(row.pence for row in rows))
    noun = "refund" if len(rows) == 1 else "refunds"
    told = f"Bacs file {file.serial} {what}: {len(rows):,} {noun} of {total} in all to be paid again."
    return _settled(payment, file, tuple(row.number for row in rows), rows, told)


def _settled(
    payment: RefundPayment, file: PaymentFile, numbers: tuple[int, ...], rows: Sequence[Refund], told: str
) -> FileSettled:
    touched = frozenset(row.account_id for row in rows)
    return FileSettled(payment.id, file.state, numbers, told, Changes(_AREAS, touched))
