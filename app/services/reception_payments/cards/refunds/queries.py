"""Refunds to a card as they stand and are listed, and what a new one is made of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.cards import CardPayment, CardRefund, CardRefundShare
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import CardProvider, Money
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.core.records import record
from app.services.reception_payments.cards.dto.refunds import CardRefundRow, Refundable, RefundForm, RefundMoved
from app.services.reception_payments.cards.refunds import keeping
from app.services.reception_payments.receipts import rules as receipt_rules
from app.services.reception_payments.receipts import undoing

MOST = 2_000
"""The list shows so many at most, the newest first."""


def standing(ctx: Context, refund_id: int) -> RefundMoved:
    """How far a refund is.

    Raises:
        UserError: there is none.
    """
    return keeping.moved(ctx, keeping.found(ctx, refund_id))


def form(ctx: Context, receipt_id: int) -> RefundForm:
    """What the sheet of a refund is made of.

    Raises:
        UserError: there is no such receipt, or one of its accounts isn't the officer's to open.
    """
    receipt = record(ctx, Receipt, receipt_id, "receipt")
    rows = (
        select(ReceiptShare, Account.payment_reference, IncomeStream.name)
        .join(Account, Account.id == ReceiptShare.account_id)
        .outerjoin(IncomeStream, IncomeStream.id == ReceiptShare.stream_id)
        .where(ReceiptShare.receipt_id == receipt.id)
        .order_by(ReceiptShare.place)
    )
    found = ctx.session.execute(rows).all()
    access.open_accounts(ctx, [row.ReceiptShare.account_id for row in found])
    left = keeping.left_of(ctx, receipt.id)
    payment = keeping.payment_of(ctx, receipt.id)
    shares = tuple(
        Refundable(
            row.ReceiptShare.place,
            row.name or row.payment_reference or "",
            Money(row.ReceiptShare.pence),
            Money(left[row.ReceiptShare.place]),
        )
        for row in found
    )
    return RefundForm(
        receipt.id,
        undoing.number_of(ctx, receipt),
        receipt.taken_on,
        receipt.taken_by,
        payment.last_four if payment is not None else "",
        shares,
        keeping.stops(ctx, receipt),
    )


def listed(ctx: Context) -> tuple[CardRefundRow, ...]:
    """The newest refunds to a card; those of accounts that the officer may not open are left out."""
    rows = (
        select(CardRefund, Receipt.number, PaymentDesk.prefix, CardPayment.provider, CardPayment.last_four)
        .join(Receipt, Receipt.id == CardRefund.receipt_id)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .outerjoin(CardPayment, CardPayment.id == CardRefund.card_payment_id)
        .order_by(CardRefund.id.desc())
        .limit(MOST)
    )
    found = ctx.session.execute(rows).all()
    people = [each for row in found for each in (row.CardRefund.asked_by, row.CardRefund.approved_by)]
    names, accounts = officer_names(ctx.session, people), _accounts(ctx, [row.CardRefund.id for row in found])
    closed = access.closed_accounts(ctx)
    made = []
    for row in found:
        refund: CardRefund = row.CardRefund
        ids = accounts.get(refund.id, ())
        if closed.isdisjoint(ids):
            made.append(
                CardRefundRow(
                    refund.id,
                    refund.receipt_id,
                    receipt_rules.numbered(row.prefix, row.number),
                    refund.asked_at,
                    Money(refund.pence),
                    refund.state,
                    refund.words,
                    refund.why,
                    names.get(refund.asked_by, ""),
                    names.get(refund.approved_by or 0, ""),
                    refund.request_id,
                    row.provider is not CardProvider.GOVUK_PAY,
                    row.last_four or "",
                    ids,
                )
            )
    return tuple(made)


def _accounts(ctx: Context, refund_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for chunk in in_chunks(refund_ids):
        rows = select(CardRefundShare.refund_id, CardRefundShare.account_id).where(CardRefundShare.refund_id.in_(chunk))
        for row in ctx.session.execute(rows.order_by(CardRefundShare.refund_id, CardRefundShare.place)):
            found[row.refund_id] = (*found.get(row.refund_id, ()), row.account_id)
    return found
