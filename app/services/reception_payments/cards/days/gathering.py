"""What we have of a day of card payments, gathered for the provider's day to be held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, select

from app.models.reception_payments.cards import CardPayment, CardRefund
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import CardProvider, CardRefundState, CardState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.reception_payments.cards.dto.days import Ours, TheirDay

_GIVEN = (CardRefundState.SUBMITTED, CardRefundState.SUCCESS)


def payments(ctx: Context, their: TheirDay) -> tuple[Ours, ...]:
    """Our payments that the provider names, whatever became of them, and those that went through on the day."""
    found: dict[int, Ours] = {}
    for row, held in _rows(ctx, their):
        done = row.state is CardState.SUCCESS
        pence = row.pence if held is None else held
        found[row.id] = Ours(row.id, row.provider_id, row.reference, pence, row.state.value, done)
    return tuple(found.values())


def differing(ctx: Context, their: TheirDay) -> tuple[int, ...]:
    """Our payments of which the provider tells something else than we have: it is asked about each by itself."""
    by_id = {each.provider_id: each for each in their.payments}
    by_reference = {each.reference: each for each in their.payments}
    found = set()
    for row, _held in _rows(ctx, their):
        answer = by_id.get(row.provider_id) or by_reference.get(row.reference)
        if answer is not None and answer.state is not row.state and row.state is not CardState.SUCCESS:
            found.add(row.id)
    return tuple(sorted(found))


def refunds(ctx: Context, their: TheirDay) -> tuple[Ours, ...]:
    """Our refunds that the provider names, and those that were sent on the day."""
    found: dict[int, Ours] = {}
    named = (CardRefund.provider_id.in_(chunk) for chunk in in_chunks([each.refund_id for each in their.refunds]))
    sent = and_(CardRefund.sent_on == their.day, CardRefund.state.in_(_GIVEN))
    for where in (*named, sent):
        rows = (
            select(CardRefund, CardPayment.reference)
            .join(CardPayment, CardPayment.id == CardRefund.card_payment_id)
            .where(where, CardPayment.provider == CardProvider.GOVUK_PAY)
        )
        for each in ctx.session.execute(rows):
            row: CardRefund = each.CardRefund
            done = row.state in _GIVEN
            found[row.id] = Ours(row.id, row.provider_id, each.reference, row.pence, row.state.value, done)
    return tuple(found.values())


def note_fees(ctx: Context, their: TheirDay) -> None:
    """Keep what the provider kept of each payment and when it paid it out, where it says so now."""
    told = {each.provider_id: each for each in their.payments if each.fee_pence is not None or each.settled_on}
    for chunk in in_chunks(sorted(told)):
        for row in ctx.session.scalars(select(CardPayment).where(CardPayment.provider_id.in_(chunk))):
            answer = told[row.provider_id]
            row.fee_pence = row.fee_pence if answer.fee_pence is None else answer.fee_pence
            row.settled_on = answer.settled_on or row.settled_on
    ctx.session.flush()


def _rows(ctx: Context, their: TheirDay) -> Iterator[tuple[CardPayment, int | None]]:
    """Each payment with what is in suspense of it; one may come twice."""
    wheres: list[ColumnElement[bool]] = [
        and_(CardPayment.state == CardState.SUCCESS, CardPayment.taken_on == their.day),
        *_among(their),
    ]
    for where in wheres:
        rows = (
            select(CardPayment, SuspenseItem.pence)
            .outerjoin(SuspenseItem, SuspenseItem.id == CardPayment.suspense_id)
            .where(where, CardPayment.provider == CardProvider.GOVUK_PAY)
        )
        for row in ctx.session.execute(rows):
            yield row.CardPayment, row.pence


def _among(their: TheirDay) -> Iterable[ColumnElement[bool]]:
    for chunk in in_chunks([each.provider_id for each in their.payments]):
        yield CardPayment.provider_id.in_(chunk)
    for chunk in in_chunks([each.reference for each in their.payments if each.reference]):
        yield CardPayment.reference.in_(chunk)
