"""What refunds to a card share: what may go back still, and how it is posted. Nothing here asks for a permission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from app.models.reception_payments.cards import CardPayment, CardRefund, CardRefundShare
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import CardRefundState, JournalKind, Money, MoneyReceiptState, TakenBy
from app.services.core.calendars import week_monday
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.records import record
from app.services.ledger import periods, reversing
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append_following
from app.services.reception_payments.cards import keeping, rules, settling
from app.services.reception_payments.cards.disputes import taking_back
from app.services.reception_payments.cards.dto.refunds import RefundMoved

DEAD: Final = (CardRefundState.FAILED, CardRefundState.REFUSED, CardRefundState.WITHDRAWN)
"""Nothing of these goes back."""
CODE: Final = settling.CODE
"""A debit with the code of card payments: its contra is what the provider owes the council for cards, and it pays out payments
less refunds. REF would put it among the refunds that the council itself pays."""


def register() -> None:
    """Tell the ledger which journals are of refunds to a card, and which receipts have one: those aren't voided besides.

    So it is with what a lost dispute took.
    """
    reversing.register(reversing.Keeper(_made, put_right, "Reception"))


def found(ctx: Context, refund_id: int) -> CardRefund:
    """A refund by its id.

    Raises:
        UserError: there is none.
    """
    return record(ctx, CardRefund, refund_id, "refund to a card")


def left_of(ctx: Context, receipt_id: int) -> dict[int, int]:
    """By place of a receipt's shares what may go back still, in pence: neither given back nor taken by a lost dispute."""
    shares = select(ReceiptShare.place, ReceiptShare.pence).where(ReceiptShare.receipt_id == receipt_id)
    gone = (
        select(CardRefundShare.place, func.sum(CardRefundShare.pence))
        .join(CardRefund, CardRefund.id == CardRefundShare.refund_id)
        .where(CardRefund.receipt_id == receipt_id, CardRefund.state.not_in(DEAD))
        .group_by(CardRefundShare.place)
    )
    back = {place: int(pence) for place, pence in ctx.session.execute(gone)}
    lost = taking_back.shares_of(ctx, receipt_id)
    rows = ctx.session.execute(shares.order_by(ReceiptShare.place))
    return {place: pence - back.get(place, 0) - lost.get(place, 0) for place, pence in rows}


def stops(ctx: Context, receipt: Receipt) -> str:
    """Why nothing of a receipt can go back to a card, as a sentence; empty where it can."""
    if receipt.taken_by not in {TakenBy.CARD, TakenBy.TERMINAL}:
        return "It wasn't paid by card: give it back as a refund, on the page Adjustments."
    if receipt.state is not MoneyReceiptState.TAKEN:
        return "It was taken back already, or waits to be."
    if right := put_right_besides(ctx, receipt):
        return f"A line of it was put right by {right}."
    if not any(left_of(ctx, receipt.id).values()):
        return "All of it went back to the card already, or is on its way."
    return ""


def put_right_besides(ctx: Context, receipt: Receipt) -> str:
    """What else put a line of a receipt right: nothing of it goes back to a card then. Empty where nothing did."""
    return reversing.put_right_by(ctx, receipt.journal, but=put_right)


def payment_of(ctx: Context, receipt_id: int) -> CardPayment | None:
    """The card payment that a receipt came from; None where the card was taken at the terminal without one."""
    rows = select(CardPayment).where(CardPayment.receipt_id == receipt_id).order_by(CardPayment.id)
    return ctx.session.scalars(rows).first()


def shares(ctx: Context, refund_id: int) -> Sequence[CardRefundShare]:
    """What a refund takes from which account."""
    rows = select(CardRefundShare).where(CardRefundShare.refund_id == refund_id).order_by(CardRefundShare.place)
    return ctx.session.scalars(rows).all()


def moved(ctx: Context, row: CardRefund, told: str = "") -> RefundMoved:
    """A refund after a step, with what that touched."""
    accounts = frozenset(share.account_id for share in shares(ctx, row.id))
    words = told or f"Refund of {Money(row.pence)} to the card: {rules.REFUND_STATES[row.state].lower()}."
    return RefundMoved(row.id, row.state, words, row.request_id, Changes(keeping.MOVED | {"approvals"}, accounts))


def post(ctx: Context, row: CardRefund) -> None:
    """Debit the accounts on the day on which the money left, once."""
    if row.journal is None and row.sent_on is not None:
        row.journal = _post(ctx, row, 1, "Given back to the card")
        ctx.session.flush()


def post_back(ctx: Context, row: CardRefund) -> None:
    """Credit the accounts again, since the money didn't arrive, once."""
    if row.journal is not None and row.back_journal is None:
        row.back_journal = _post(ctx, row, -1, "Refund to the card failed")
        ctx.session.flush()


def _post(ctx: Context, row: CardRefund, sign: int, words: str) -> int:
    on = row.sent_on if sign > 0 and row.sent_on is not None else ctx.clock.today()
    lines = [
        Line(share.account_id, CODE, sign * share.pence, on, week_monday(on), words) for share in shares(ctx, row.id)
    ]
    header = JournalHeader(
        JournalKind.RECEIPTS,
        periods.first_open_day(ctx.session, on),
        f"Card refund {row.id}",
        f"card_refund:{row.id}:{'sent' if sign > 0 else 'back'}",
        declared_pence=sign * row.pence,
        narrative=words,
        authorised_by=row.approved_by,
        approval=row.request_id if row.approved_by is not None else None,
    )
    return append_following(ctx, header, lines).journal


def _made(ctx: Context, journal: int) -> str:
    of_it = (CardRefund.journal == journal) | (CardRefund.back_journal == journal)
    refund_id = ctx.session.scalar(select(CardRefund.id).where(of_it))
    return f"refund {refund_id} to a card" if refund_id is not None else taking_back.made(ctx, journal)


def on_its_way(ctx: Context, receipt_id: int) -> bool:
    """Whether a refund of a receipt is asked for, approved or being sent, and not on its accounts yet."""
    rows = select(CardRefund.id).where(
        CardRefund.receipt_id == receipt_id, CardRefund.state.not_in(DEAD), CardRefund.journal.is_(None)
    )
    return ctx.session.scalars(rows).first() is not None


def put_right(ctx: Context, journal: int) -> str:
    """The refund to a card, or the lost dispute, that put a line of a receipt right; empty where there is none."""
    standing = (
        select(CardRefund.id)
        .join(Receipt, Receipt.id == CardRefund.receipt_id)
        .where(Receipt.journal == journal, CardRefund.state.not_in(DEAD))
        .order_by(CardRefund.id)
    )
    refund_id = ctx.session.scalars(standing).first()
    return f"refund {refund_id} to a card" if refund_id is not None else taking_back.put_right(ctx, journal)
