"""What the finder shows of card payments: by the reference that the provider knows, and the provider's own number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.cards import CardPayment, CardShare
from app.models.values import Money, Subject
from app.services.core import access, finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.reception_payments.cards import rules
from app.services.reception_payments.receipts.rules import spelt

_NEEDS: Final = frozenset({Permission.TAKE_PAYMENTS, Permission.APPROVE_RECEIPTS, Permission.KEEP_RECEPTION})


def register() -> None:
    """Plug card payments into the finder."""
    finding.register(Source(Subject.CARD_PAYMENT, "Card payments", _found, order=59, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The payments, for whoever works with cards; not those for accounts that they may not open."""
    rows = ctx.session.scalars(select(CardPayment).where(CardPayment.id.in_(list(ids))))
    by_id = {row.id: row for row in rows}
    shares = select(CardShare.card_payment_id, CardShare.account_id).where(CardShare.card_payment_id.in_(list(ids)))
    closed = access.closed_accounts(ctx)
    shut = {payment_id for payment_id, account_id in ctx.session.execute(shares) if account_id in closed}
    return tuple(_line(by_id[each]) for each in ids if each in by_id and each not in shut)


def _line(row: CardPayment) -> Found:
    detail = f"{row.reference}  {rules.STATES[row.state]}, {spelt(row.asked_at.astimezone().date())}"
    return Found(Subject.CARD_PAYMENT, row.id, f"Card payment  {Money(row.pence)}", detail)
