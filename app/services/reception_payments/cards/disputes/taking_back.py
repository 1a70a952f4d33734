"""What lost disputes take off the accounts: the part of a payment that its payer's bank took, and no more.

Nothing here asks for a permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Select, func, select

from app.models.reception_payments.cards import CardDispute, CardDisputeShare, CardPayment
from app.models.reception_payments.receipts import Receipt
from app.models.values import DisputeState, Money, MoneyReceiptState, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.ledger import numbering
from app.services.reception_payments.receipts import undoing

_STATE: Final = MoneyReceiptState.RETURNED


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What lost disputes took off: how much, by the newest of their journals, and what is left of the payment after it."""

    pence: int
    journal: int
    left: int


def lost(ctx: Context, receipt_id: int) -> Sequence[CardDispute]:
    """The lost disputes of a receipt that are still to come off its accounts."""
    return ctx.session.scalars(
        _of(receipt_id)
        .where(CardDispute.state == DisputeState.LOST, CardDispute.journal.is_(None))
        .order_by(CardDispute.id)
    ).all()


def taken_off(ctx: Context, receipt_id: int) -> Sequence[CardDispute]:
    """The lost disputes of a receipt that are off its accounts."""
    return ctx.session.scalars(_of(receipt_id).where(CardDispute.journal.is_not(None)).order_by(CardDispute.id)).all()


def shares_of(ctx: Context, receipt_id: int) -> dict[int, int]:
    """By place of a receipt's shares what lost disputes took of it, in pence."""
    rows = (
        select(CardDisputeShare.place, func.sum(CardDisputeShare.pence))
        .join(CardDispute, CardDispute.id == CardDisputeShare.dispute_id)
        .join(CardPayment, CardPayment.id == CardDispute.card_payment_id)
        .where(CardPayment.receipt_id == receipt_id)
        .group_by(CardDisputeShare.place)
    )
    return {place: int(pence) for place, pence in ctx.session.execute(rows)}


def take_off(ctx: Context, receipt: Receipt, on: date, why: str) -> TakenOff | None:
    """Take each lost dispute of a receipt off its accounts by a journal of its own, in proportion to what is left on each.

    None where no dispute of it was ever lost. A receipt of which nothing is left counts as come back.

    Raises:
        UserError: they are all off already, or as of `undoing.undo`.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    disputes, before = lost(ctx, receipt.id), taken_off(ctx, receipt.id)
    if not disputes and not before:
        return None
    written = undoing.number_of(ctx, receipt)
    undoing.refuse(ctx, receipt, written, on, _STATE, why)
    if not disputes:
        amount = Money(sum(shares_of(ctx, receipt.id).values()))
        raise UserError(
            f"{amount} of receipt {written} was challenged and lost, and is off its accounts already.",
            "If more was lost, read the day from the provider first: Reception, Card days, Ctrl+N.",
        )
    left = undoing.left_of(ctx, receipt, written)
    whole = sum(left.values())
    for dispute in disputes:
        if any(left.values()):
            left = _post(ctx, receipt, dispute, on, left)
            dispute.back_on, dispute.back_by, dispute.back_why = on, ctx.officer.id, why.strip()
    journal = max(each.journal for each in disputes if each.journal is not None)
    if not any(left.values()):
        receipt.state, receipt.undone_journal, receipt.undone_on = _STATE, journal, on
        receipt.undone_by, receipt.undone_why = ctx.officer.id, why.strip()
    diary.finish_for(ctx, Subject.RECEIPT, receipt.id, undoing.CHARGED_BACK, "It is off its accounts")
    ctx.session.flush()
    return TakenOff(whole - sum(left.values()), journal, sum(left.values()))


def put_right(ctx: Context, journal: int) -> str:
    """The lost dispute that put a line of a receipt right; empty where there is none."""
    rows = (
        select(CardDispute.id)
        .join(CardPayment, CardPayment.id == CardDispute.card_payment_id)
        .join(Receipt, Receipt.id == CardPayment.receipt_id)
        .where(Receipt.journal == journal, CardDispute.journal.is_not(None))
    )
    return "a dispute of the card payment that was lost" if ctx.session.scalars(rows).first() is not None else ""


def made(ctx: Context, journal: int) -> str:
    """What a journal is of, where a lost dispute made it."""
    reference = (
        select(CardPayment.reference)
        .join(CardDispute, CardDispute.card_payment_id == CardPayment.id)
        .where(CardDispute.journal == journal)
    )
    found = ctx.session.scalar(reference)
    return f"the lost dispute of card payment {found}" if found else ""


def _of(receipt_id: int) -> Select[CardDispute]:
    return (
        select(CardDispute)
        .join(CardPayment, CardPayment.id == CardDispute.card_payment_id)
        .where(CardPayment.receipt_id == receipt_id)
    )


def _post(ctx: Context, receipt: Receipt, dispute: CardDispute, on: date, left: dict[int, int]) -> dict[int, int]:
    """Post one of them, no more than is left; what is left after it, by place."""
    pence = min(dispute.pence, sum(left.values()))
    parts = Money(pence).split(list(left.values()))
    back = {place: part.pence for place, part in zip(left, parts, strict=True)}
    key = f"card_dispute:{dispute.id}:back"
    dispute.journal = undoing.post_back(ctx, receipt, on, back, key)
    for share in undoing.shares_of(ctx, receipt.id):
        if back[share.place]:
            row = CardDisputeShare(dispute_id=dispute.id, place=share.place, account_id=share.account_id)
            row.pence = back[share.place]
            ctx.session.add(row)
    ctx.session.flush()
    return {place: now - back[place] for place, now in left.items()}
