"""Card payments and refunds held against the receipts and the ledger: each difference is named by `rentbook check`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import and_, func, or_, select, union_all

from app.models.reception_payments.cards import (
    CardDispute,
    CardDisputeShare,
    CardPayment,
    CardRefund,
    CardRefundShare,
    CardShare,
)
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import CardRefundState, CardState, Money
from app.services.core.context import Context
from app.services.ledger import plugged

_GIVEN: Final = (CardRefundState.SUBMITTED, CardRefundState.SUCCESS)
_DEAD: Final = (CardRefundState.FAILED, CardRefundState.REFUSED, CardRefundState.WITHDRAWN)


def register() -> None:
    """Plug the check into `rentbook check`."""
    plugged.register("card payments", check)


def check(ctx: Context) -> Iterator[str]:
    """What went through is posted once, nothing else is; and no more went back to a card than was paid, each posted."""
    yield from _payments(ctx)
    yield from _amounts(ctx)
    yield from _refunds(ctx)
    yield from _too_much(ctx)


def _payments(ctx: Context) -> Iterator[str]:
    went = CardPayment.state == CardState.SUCCESS
    nowhere = and_(CardPayment.receipt_id.is_(None), CardPayment.suspense_id.is_(None))
    both = and_(CardPayment.receipt_id.is_not(None), CardPayment.suspense_id.is_not(None))
    wrong = or_(and_(went, or_(nowhere, both)), and_(~went, ~nowhere))
    for row in ctx.session.scalars(select(CardPayment).where(wrong).order_by(CardPayment.id)):
        if row.state is CardState.SUCCESS:
            how = "isn't posted" if row.receipt_id is None else "is posted twice"
            yield f"Card payment {row.reference} went through and {how}."
        else:
            yield f"Card payment {row.reference} didn't go through and is posted."


def _amounts(ctx: Context) -> Iterator[str]:
    """A receipt has the amount of its payment, and the shares add up; what is in suspense is what the provider took."""
    rows = (
        select(CardPayment.reference, CardPayment.pence, Receipt.pence.label("posted"))
        .join(Receipt, Receipt.id == CardPayment.receipt_id)
        .where(Receipt.pence != CardPayment.pence)
    )
    for row in ctx.session.execute(rows.order_by(CardPayment.id)):
        yield f"Card payment {row.reference} is {Money(row.pence)}, and its receipt {Money(row.posted)}."
    sums = (
        select(CardPayment.reference, CardPayment.pence, func.sum(CardShare.pence).label("shares"))
        .join(CardShare, CardShare.card_payment_id == CardPayment.id)
        .group_by(CardPayment.id, CardPayment.reference, CardPayment.pence)
        .having(func.sum(CardShare.pence) != CardPayment.pence)
    )
    for row in ctx.session.execute(sums.order_by(CardPayment.id)):
        yield f"Card payment {row.reference} is {Money(row.pence)}, and its shares are {Money(int(row.shares))}."
    gone = (
        select(CardPayment.reference)
        .outerjoin(SuspenseItem, SuspenseItem.id == CardPayment.suspense_id)
        .where(CardPayment.suspense_id.is_not(None), SuspenseItem.id.is_(None))
    )
    for reference in ctx.session.scalars(gone):
        yield f"Card payment {reference} should be in suspense, and isn't."


def _refunds(ctx: Context) -> Iterator[str]:
    posted, back = CardRefund.journal.is_not(None), CardRefund.back_journal.is_not(None)
    wrong = or_(
        and_(CardRefund.state.in_(_GIVEN), ~and_(posted, ~back)),
        and_(CardRefund.state == CardRefundState.FAILED, posted, ~back),
        and_(CardRefund.state.not_in((*_GIVEN, CardRefundState.FAILED)), posted),
    )
    for refund_id in ctx.session.scalars(select(CardRefund.id).where(wrong).order_by(CardRefund.id)):
        yield f"Refund {refund_id} to a card isn't posted as far as it has come."


def _too_much(ctx: Context) -> Iterator[str]:
    """What went back to the card, and what lost disputes took, is never more than was paid."""
    given = (
        select(CardRefund.receipt_id, CardRefundShare.place, CardRefundShare.pence)
        .join(CardRefund, CardRefund.id == CardRefundShare.refund_id)
        .where(CardRefund.state.not_in(_DEAD))
    )
    lost = (
        select(CardPayment.receipt_id, CardDisputeShare.place, CardDisputeShare.pence)
        .join(CardDispute, CardDispute.id == CardDisputeShare.dispute_id)
        .join(CardPayment, CardPayment.id == CardDispute.card_payment_id)
    )
    each = union_all(given, lost).subquery()
    back = (
        select(each.c.receipt_id, each.c.place, func.sum(each.c.pence).label("pence"))
        .group_by(each.c.receipt_id, each.c.place)
        .subquery()
    )
    rows = (
        select(back.c.receipt_id)
        .join(ReceiptShare, and_(ReceiptShare.receipt_id == back.c.receipt_id, ReceiptShare.place == back.c.place))
        .where(back.c.pence > ReceiptShare.pence)
        .distinct()
    )
    for receipt_id in ctx.session.scalars(rows.order_by(back.c.receipt_id)):
        yield f"More of receipt {receipt_id} went back to the card than was paid."
