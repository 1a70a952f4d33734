"""What the provider has alone taken into our books: posted once, as if it had been begun here. It asks no permission of its own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.reception_payments.cards import (
    CardDifference,
    CardPayment,
    CardRefund,
    CardRefundShare,
    CardShare,
)
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import (
    AccountKind,
    CardProvider,
    CardRefundState,
    CardState,
    Money,
    PayerKind,
)
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.reception_payments.cards import keeping, settling
from app.services.reception_payments.cards.days import rules
from app.services.reception_payments.cards.refunds import keeping as refunding
from app.services.reception_payments.files import matching
from app.services.reception_payments.receipts import undoing
from app.services.rent.rules import reference_key

_NOTE: Final = "Taken at the provider, not begun here"


def payment(ctx: Context, row: CardDifference, desk_id: int) -> tuple[str, frozenset[int]]:
    """A payment that the provider has alone; what was done, as a sentence, and the accounts that it touched.

    Raises:
        UserError: there is no such desk, or it was posted meanwhile.
    """
    desk = record(ctx, PaymentDesk, desk_id, "desk")
    if ctx.session.scalar(select(CardPayment.id).where(CardPayment.provider_id == row.provider_id)) is not None:
        raise UserError("This payment is here meanwhile.", "Read the day again.")
    account_id = account(ctx, row.reference)
    pence = row.their_pence or 0
    made = _payment(ctx, row, desk.id, pence)
    if account_id is None:
        settling.hold(ctx, made, pence, UserError(f"No account has the reference '{row.reference}'."))
        return "Posted in suspense.", frozenset()
    ctx.session.add(CardShare(card_payment_id=made.id, place=1, account_id=account_id, pence=pence))
    ctx.session.flush()
    settling.settle(ctx, made, pence, late=False)
    return _told(ctx, made), frozenset({account_id})


def refund(ctx: Context, row: CardDifference) -> tuple[str, frozenset[int]]:
    """A refund that was made at the provider: a debit on what the payment was put on, as far as that is left, in its order.

    Raises:
        UserError: its payment isn't here as a receipt, or more went back than is left of it.
    """
    paid = (CardPayment.provider_id == row.payment_provider_id, CardPayment.provider == CardProvider.GOVUK_PAY)
    found = ctx.session.scalars(select(CardPayment).where(*paid)).one_or_none()
    if found is None or found.receipt_id is None:
        raise UserError("The payment that it gives back isn't here as a receipt.", "Post that first, or explain this.")
    left, pence = refunding.left_of(ctx, found.receipt_id), row.their_pence or 0
    if pence > sum(left.values()):
        raise UserError("More went back than is left of the payment here.", "Look at its other refunds.")
    made = _refund(ctx, row, found, pence)
    accounts = _spread(ctx, made, found.receipt_id, left)
    refunding.post(ctx, made)
    return f"Posted: {Money(pence)} back to the card.", accounts


def _payment(ctx: Context, row: CardDifference, desk_id: int, pence: int) -> CardPayment:
    now = ctx.clock.now()
    made = CardPayment(
        entry_key=f"adopted:{row.provider_id}",
        reference=f"AD-{row.provider_id}"[:40],
        provider=CardProvider.GOVUK_PAY,
        provider_id=row.provider_id,
        state=CardState.SUCCESS,
        pence=pence,
        desk_id=desk_id,
        officer_id=ctx.officer.id,
        asked_at=now,
        called_at=now,
        finished_at=now,
        taken_on=row.day,
        payer=PayerKind.THIRD_PARTY,
        note=_NOTE,
    )
    ctx.session.add(made)
    ctx.session.flush()
    keeping.index(ctx, made)
    return made


def _refund(ctx: Context, row: CardDifference, of: CardPayment, pence: int) -> CardRefund:
    assert of.receipt_id is not None
    made = CardRefund(
        entry_key=f"adopted:{row.provider_id}",
        receipt_id=of.receipt_id,
        card_payment_id=of.id,
        state=CardRefundState(row.their_state),
        pence=pence,
        why="Given back at the provider, not asked for here",
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
        sent_at=ctx.clock.now(),
        sent_on=row.day,
        provider_id=row.provider_id,
    )
    done = made.state is CardRefundState.SUCCESS
    made.next_look_at, made.finished_at = (None, ctx.clock.now()) if done else (ctx.clock.now(), None)
    ctx.session.add(made)
    ctx.session.flush()
    return made


def _spread(ctx: Context, made: CardRefund, receipt_id: int, left: dict[int, int]) -> frozenset[int]:
    rows = select(ReceiptShare.place, ReceiptShare.account_id).where(ReceiptShare.receipt_id == receipt_id)
    accounts, rest = set(), made.pence
    for place, account_id in ctx.session.execute(rows.order_by(ReceiptShare.place)):
        pence = min(rest, left[place])
        if pence > 0:
            ctx.session.add(CardRefundShare(refund_id=made.id, place=place, account_id=account_id, pence=pence))
            accounts.add(account_id)
            rest -= pence
    ctx.session.flush()
    return frozenset(accounts)


def account(ctx: Context, reference: str) -> int | None:
    """The account that the provider's reference names: of a tenancy that ended, the former tenant's; None where it names none."""
    key = reference_key(rules.account_reference(reference))
    found = matching.accounts(ctx, [key]).get(key) if key else None
    return found.account_id if found is not None and found.kind is not AccountKind.CONTROL else None


def _told(ctx: Context, made: CardPayment) -> str:
    if made.receipt_id is None:
        return "Posted in suspense."
    return f"Posted: receipt {undoing.number_of(ctx, ctx.session.get_one(Receipt, made.receipt_id))}."
