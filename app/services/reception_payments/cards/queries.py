"""Card payments as they stand, as they are listed, and what is to be asked of the provider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from app.models.accounts import Account
from app.models.reception_payments.cards import CardPayment, CardRefund, CardShare
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.values import CardProvider, CardRefundState, Money
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.reception_payments.cards import keeping, rules
from app.services.reception_payments.cards.dto.asked import CardFilter, CardRow, CardSettings, Standing, Waiting
from app.services.reception_payments.cards.dto.refunds import RefundPlace
from app.services.reception_payments.cards.refunds import keeping as refunding
from app.services.reception_payments.receipts import rules as receipt_rules

MOST: Final = 2_000
"""The list shows so many at most, the newest first."""
_LATELY: Final = timedelta(days=1)
_OPEN: Final = tuple(sorted(rules.OPEN))


def settings(ctx: Context) -> CardSettings:
    """How the office takes cards by telephone, the key left out."""
    return keeping.settings(ctx)


def standing(ctx: Context, payment_id: int) -> Standing:
    """How far a card payment is, as it was last heard of.

    Raises:
        UserError: there is none.
    """
    row = keeping.found(ctx, payment_id)
    receipt = _receipts(ctx, [row]).get(row.receipt_id or 0, "")
    return Standing(
        row.id,
        row.state,
        _said(row),
        Money(row.pence),
        row.provider,
        row.reference,
        row.state not in rules.OPEN,
        receipt,
        row.receipt_id,
        row.suspense_id is not None,
        row.left_at is not None,
        row.last_four,
    )


def place(ctx: Context, payment_id: int) -> tuple[str, str, CardProvider]:
    """What the provider is asked about a payment by: its number there (empty where that isn't known), our reference, and who it is."""
    row = keeping.found(ctx, payment_id)
    return row.provider_id, row.reference, row.provider


def due(ctx: Context, *, everything: bool = False) -> tuple[int, ...]:
    """The open payments about which the provider is to be asked now, the oldest first; `everything`: whatever the hour."""
    rows = select(CardPayment.id).where(CardPayment.state.in_(_OPEN), CardPayment.provider == CardProvider.GOVUK_PAY)
    if not everything:
        rows = rows.where(CardPayment.next_look_at <= ctx.clock.now())
    return tuple(ctx.session.scalars(rows.order_by(CardPayment.id)))


def due_refunds(ctx: Context, *, everything: bool = False) -> tuple[tuple[int, CardRefundState], ...]:
    """The refunds that are to be sent, or about which the provider is to be asked now, the oldest first."""
    states = (CardRefundState.APPROVED, CardRefundState.SENDING, CardRefundState.SUBMITTED)
    rows = (
        select(CardRefund.id, CardRefund.state)
        .join(CardPayment, CardPayment.id == CardRefund.card_payment_id)
        .where(CardRefund.state.in_(states), CardPayment.provider == CardProvider.GOVUK_PAY)
        .order_by(CardRefund.id)
    )
    if not everything:
        rows = rows.where(CardRefund.next_look_at <= ctx.clock.now())
    return tuple((row.id, row.state) for row in ctx.session.execute(rows))


def refund_place(ctx: Context, refund_id: int) -> RefundPlace:
    """What the provider is asked about a refund by."""
    row = refunding.found(ctx, refund_id)
    payment = ctx.session.get_one(CardPayment, row.card_payment_id)
    others = select(CardRefund.provider_id).where(
        CardRefund.card_payment_id == payment.id, CardRefund.id != row.id, CardRefund.provider_id != ""
    )
    known = frozenset(ctx.session.scalars(others))
    return RefundPlace(payment.provider_id, row.provider_id, row.pence, row.available_pence, known)


def waiting(ctx: Context, payment_id: int) -> Waiting:
    """How far a card payment is, and what the officer is reminded of while a card is read out.

    Raises:
        UserError: there is none.
    """
    found = standing(ctx, payment_id)
    paused = ctx.policy.value("reception.recording_pause", ctx.clock.today())
    return Waiting(found, rules.reminder(paused, terminal=found.provider is CardProvider.TERMINAL))


def listed(ctx: Context, wanted: CardFilter) -> tuple[CardRow, ...]:
    """The newest card payments that a filter asks for."""
    rows = select(CardPayment).order_by(CardPayment.id.desc()).limit(MOST)
    if wanted.states is not None:
        rows = rows.where(CardPayment.state.in_(sorted(wanted.states)))
    if wanted.days is not None:
        since: datetime = ctx.clock.now() - wanted.days * _LATELY
        rows = rows.where(or_(CardPayment.asked_at >= since, CardPayment.state.in_(_OPEN)))
    return _rows(ctx, ctx.session.scalars(rows).all())


def one(ctx: Context, payment_id: int) -> CardRow:
    """A card payment as it is listed.

    Raises:
        UserError: there is none.
    """
    return _rows(ctx, [keeping.found(ctx, payment_id)])[0]


def _rows(ctx: Context, found: Sequence[CardPayment]) -> tuple[CardRow, ...]:
    accounts, names = _accounts(ctx, [row.id for row in found])
    officers = officer_names(ctx.session, {row.officer_id for row in found})
    desks = {desk.id: desk.name for desk in ctx.session.execute(select(PaymentDesk.id, PaymentDesk.name))}
    receipts, refunded = _receipts(ctx, found), _refunded(ctx, [row.id for row in found])
    closed = access.closed_accounts(ctx)
    made = []
    for row in found:
        ids = tuple(accounts[row.id])
        shut = bool(closed & set(ids))
        made.append(
            CardRow(
                row.id,
                row.asked_at,
                row.reference,
                access.RESTRICTED_NAME if shut else ", ".join(names[row.id]),
                "" if shut else row.payer_name,
                Money(row.pence),
                row.state,
                _said(row),
                officers.get(row.officer_id, ""),
                desks.get(row.desk_id, ""),
                receipts.get(row.receipt_id or 0, ""),
                row.receipt_id,
                Money(refunded.get(row.id, 0)),
                row.last_four,
                ids,
                row.left_at is not None,
                row.suspense_id is not None,
                shut,
                row.taken_on,
            )
        )
    return tuple(made)


def _said(row: CardPayment) -> str:
    if row.suspense_id is not None:
        return row.words
    return rules.said(row.state, row.code, row.words, terminal=row.provider is CardProvider.TERMINAL)


def _accounts(ctx: Context, payment_ids: Sequence[int]) -> tuple[Mapping[int, list[int]], Mapping[int, list[str]]]:
    """By payment the accounts that it pays, and what they are called; other income by its name."""
    ids: defaultdict[int, list[int]] = defaultdict(list)
    names: defaultdict[int, list[str]] = defaultdict(list)
    for chunk in in_chunks(payment_ids):
        rows = (
            select(CardShare.card_payment_id, CardShare.account_id, Account.payment_reference, IncomeStream.name)
            .outerjoin(Account, Account.id == CardShare.account_id)
            .outerjoin(IncomeStream, IncomeStream.id == CardShare.stream_id)
            .where(CardShare.card_payment_id.in_(chunk))
            .order_by(CardShare.card_payment_id, CardShare.place)
        )
        for row in ctx.session.execute(rows):
            if row.account_id is not None:
                ids[row.card_payment_id].append(row.account_id)
            names[row.card_payment_id].append(row.payment_reference or row.name or "")
    return ids, names


def _receipts(ctx: Context, found: Sequence[CardPayment]) -> dict[int, str]:
    numbers: dict[int, str] = {}
    for chunk in in_chunks([row.receipt_id for row in found if row.receipt_id is not None]):
        rows = select(Receipt.id, PaymentDesk.prefix, Receipt.number).join(
            PaymentDesk, PaymentDesk.id == Receipt.desk_id
        )
        for row in ctx.session.execute(rows.where(Receipt.id.in_(chunk))):
            numbers[row.id] = receipt_rules.numbered(row.prefix, row.number)
    return numbers


def _refunded(ctx: Context, payment_ids: Sequence[int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for chunk in in_chunks(payment_ids):
        rows = (
            select(CardRefund.card_payment_id, func.sum(CardRefund.pence).label("pence"))
            .where(CardRefund.card_payment_id.in_(chunk), CardRefund.state.not_in(refunding.DEAD))
            .group_by(CardRefund.card_payment_id)
        )
        sums.update((row.card_payment_id or 0, int(row.pence)) for row in ctx.session.execute(rows))
    return sums
