"""What a card payment that went through comes to: a receipt, once, or suspense where that can't be; and who is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import JournalKind, Money, Subject, SuspenseSource, TakenBy
from app.services.core import officers
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, Priority
from app.services.ledger import periods
from app.services.ledger.dto import JournalHeader
from app.services.reception_payments.cards import keeping
from app.services.reception_payments.receipts import recording, undoing
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare
from app.services.reception_payments.suspense import holding
from app.services.reception_payments.suspense.dto import NewSuspense

CODE: Final = "RCP"
"""Card payment, against the control account of cards (rules.md 2.1)."""
TASK: Final = "late_card_payment"


def receipt_of(ctx: Context, row: CardPayment) -> NewReceipt:
    """The receipt that a card payment becomes."""
    return NewReceipt(
        entry_key=f"card:{row.reference}",
        desk_id=row.desk_id,
        taken_by=TakenBy.CARD,
        shares=tuple(
            NewShare(share.pence, share.account_id, share.stream_id, share.words)
            for share in keeping.shares(ctx, row.id)
        ),
        taken_on=row.taken_on,
        payer=row.payer,
        payer_name=row.payer_name,
        person_id=row.person_id,
        proved_by=tuple(filter(None, row.proved_by.split(","))),
        slip=row.provider_id,
        note=row.note,
    )


def settle(ctx: Context, row: CardPayment, pence: int, *, late: bool) -> None:
    """Post a payment that went through, in the name of the officer who took it, once; where that is refused, hold it.

    Args:
        ctx: of whoever heard of it.
        row: the payment; its provider's number is known.
        pence: what the provider took.
        late: the officer had given it up: they are told by a task.
    """
    if row.receipt_id is not None or row.suspense_id is not None:
        return
    try:
        if pence != row.pence:
            raise UserError(f"{Money(pence)} was taken, and {Money(row.pence)} was asked for.")
        receipt = _record(ctx, row)
    except UserErrors as error:
        hold(ctx, row, pence, error.errors[0])
        return
    except UserError as error:
        hold(ctx, row, pence, error)
        return
    row.receipt_id = receipt.id
    ctx.session.flush()
    if late:
        _tell(ctx, row, receipt)


def _record(ctx: Context, row: CardPayment) -> Receipt:
    new = receipt_of(ctx, row)
    try:
        taker = replace(ctx, officer=officers.current(ctx.session, row.officer_id))
    except UserError:
        taker = ctx
    with ctx.session.begin_nested():
        return recording.record(taker, new)


def hold(ctx: Context, row: CardPayment, pence: int, why: UserError) -> None:
    """The money is there, so it is posted all the same: in suspense, with a task for whoever took it.

    `pence` is what the provider took; `why` is said in the task.
    """
    header = JournalHeader(
        JournalKind.RECEIPTS,
        periods.first_open_day(ctx.session, row.taken_on),
        f"Card payment {row.id}",
        f"card:{row.reference}:held",
        narrative=holding.NARRATIVE,
    )
    item = NewSuspense(
        SuspenseSource.CARD,
        row.id,
        0,
        pence,
        CODE,
        row.taken_on,
        _first_reference(ctx, row),
        row.payer_name,
        f"Card payment {row.reference}: {why.message}"[:200],
    )
    holding.hold(ctx, header, [item])
    held = (SuspenseItem.source == SuspenseSource.CARD, SuspenseItem.source_id == row.id)
    row.suspense_id = ctx.session.scalars(select(SuspenseItem.id).where(*held)).one()
    row.words = f"It went through and is in suspense: {why.message}"[:400]
    ctx.session.flush()
    _add_task(ctx, row, f"Card payment of {Money(pence)} is in suspense", f"{why} Find it under Reception, Suspense.")


def _tell(ctx: Context, row: CardPayment, receipt: Receipt) -> None:
    number = undoing.number_of(ctx, receipt)
    _add_task(
        ctx,
        row,
        f"Card payment of {Money(row.pence)} went through after you left it",
        f"It is on the accounts, receipt {number}. If the caller paid in another way meanwhile, give one of the two back.",
    )


def _add_task(ctx: Context, row: CardPayment, title: str, details: str) -> None:
    account_id = next((share.account_id for share in keeping.shares(ctx, row.id) if share.account_id), None)
    diary.add_task(
        ctx,
        NewTask(
            title,
            ctx.clock.today(),
            details,
            subject=Subject.ACCOUNT if account_id is not None else None,
            subject_id=account_id,
            kind=TASK,
            officer_id=row.officer_id,
            priority=Priority.HIGH,
        ),
    )


def _first_reference(ctx: Context, row: CardPayment) -> str:
    for share in keeping.shares(ctx, row.id):
        if share.account_id is not None:
            return ctx.session.get_one(Account, share.account_id).payment_reference or ""
    return ""
