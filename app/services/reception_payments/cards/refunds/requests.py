"""A refund to a card as a kind of request: nobody approves one that they asked for, nor of a payment that they took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.cards import CardRefund
from app.models.reception_payments.receipts import Receipt
from app.models.values import ApprovalState, CardRefundState, LimitKind, Money, MoneyReceiptState, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.cards.refunds import keeping
from app.services.reception_payments.receipts import rules as receipt_rules
from app.services.reception_payments.receipts import undoing

KIND: Final = "card_refund"


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Refund to a card",
            Permission.APPROVE_RECEIPTS,
            _apply,
            _details,
            limit=LimitKind.REFUND,
            ended=_ended,
            took=_took,
        )
    )


def ask(ctx: Context, row: CardRefund) -> int:
    """Ask a second officer to approve a refund; returns the request.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    amount = Money(row.pence)
    receipt = undoing.number_of(ctx, ctx.session.get_one(Receipt, row.receipt_id))
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.RECEIPT,
            subject_id=row.receipt_id,
            summary=f"{amount} back to the card, receipt {receipt}",
            reason=row.why,
            payload={"refund_id": row.id, "pence": row.pence},
            total=amount,
            largest=amount,
            chain=f"card_refund:{row.id}",
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    receipt = ctx.session.get_one(Receipt, row.receipt_id)
    left = keeping.left_of(ctx, receipt.id)
    if any(pence < 0 for pence in left.values()):
        raise UserError("More would go back than was paid.", "Refuse it, and have it asked for anew.")
    if receipt.state is not MoneyReceiptState.TAKEN:
        raise UserError("The receipt was taken back meanwhile.", "Refuse it.")
    if right := keeping.put_right_besides(ctx, receipt):
        raise UserError(f"A line of the receipt was put right by {right}.", "Refuse it, or reverse that one first.")
    row.state, row.next_look_at = CardRefundState.APPROVED, ctx.clock.now()
    row.approved_by, row.approved_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return keeping.moved(ctx, row).changes


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    row = _waiting(ctx, payload)
    refused = state is ApprovalState.REFUSED
    row.state = CardRefundState.REFUSED if refused else CardRefundState.WITHDRAWN
    row.words, row.finished_at = reason[:400], ctx.clock.now()
    ctx.session.flush()


def _waiting(ctx: Context, payload: Payload) -> CardRefund:
    row = ctx.session.get(CardRefund, payload["refund_id"])
    if row is None or row.state is not CardRefundState.WAITING:
        raise UserError("This refund doesn't wait for approval any more.", "Look under Reception, Card payments.")
    return row


def _took(receipt_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever took the payment."""
    return (select(Receipt.id, Receipt.officer_id).where(Receipt.id.in_(receipt_ids)),)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row = ctx.session.get(CardRefund, payload["refund_id"])
    return tuple(_lines(ctx, row)) if row is not None else ()


def _lines(ctx: Context, row: CardRefund) -> Iterator[Detail]:
    """What was paid and when, to which card, and what each account owes once it is given back."""
    receipt = ctx.session.get_one(Receipt, row.receipt_id)
    number, day = undoing.number_of(ctx, receipt), receipt_rules.spelt(receipt.taken_on)
    yield Detail("Receipt", "", f"{number} of {day}, {Money(receipt.pence)}")
    payment = keeping.payment_of(ctx, receipt.id)
    card = f"ending {payment.last_four}" if payment is not None and payment.last_four else "not known here"
    yield Detail("Card", "", card)
    yield Detail("Back to it", "", str(Money(row.pence)))
    for share in keeping.shares(ctx, row.id):
        account = ctx.session.get_one(Account, share.account_id)
        balance = account.balance_pence if row.journal is None else account.balance_pence - share.pence
        before, after = Money(balance), Money(balance + share.pence)
        yield Detail(f"Account {account.payment_reference or account.name}", before.dr_cr(), after.dr_cr())
