"""The provider's day kept beside ours, and its differences posted or explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.cards import CardDay, CardDifference
from app.models.values import CardGap, CardRefundState, CardState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.cards import holds_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.ledger import numbering
from app.services.reception_payments.cards import keeping
from app.services.reception_payments.cards.days import adopting, daily, gathering, queries, rules
from app.services.reception_payments.cards.dto.days import DayRead, DifferenceSettled, Gap, Ours, TheirDay

_LONGEST: Final = 200
_GIVEN: Final = frozenset({CardRefundState.SUBMITTED, CardRefundState.SUCCESS})


@requires(Permission.LOAD_RECEIPTS)
def keep(ctx: Context, their: TheirDay) -> DayRead:
    """Hold the provider's day against ours and keep what differs; what was explained before stays so while it is the same."""
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    gathering.note_fees(ctx, their)
    ours, refunds = gathering.payments(ctx, their), gathering.refunds(ctx, their)
    gaps = [*rules.payments(their.payments, ours), *rules.refunds(their.refunds, refunds)]
    row = ctx.session.get(CardDay, their.day)
    if row is None:
        row = CardDay(day=their.day)
        ctx.session.add(row)
    _sum(ctx, row, their, ours, refunds)
    ctx.session.flush()
    _keep_gaps(ctx, row, gaps)
    found = queries.day(ctx, their.day)
    assert found is not None
    if found.agrees:
        daily.finish(ctx, their.day)
    many = f"{found.open:,} {'difference' if found.open == 1 else 'differences'} to look at"
    told = "the provider and Rentbook agree" if found.agrees else many
    return DayRead(
        found, queries.differences(ctx, their.day), f"{their.day:%d %b %Y}: {told}.", Changes(keeping.AREAS | {"diary"})
    )


@requires(Permission.LOAD_RECEIPTS)
def explain(ctx: Context, difference_id: int, why: str) -> DifferenceSettled:
    """Say what a difference is, where nothing is to be posted.

    Raises:
        UserError: it is settled already, or nothing is said, too much, or a card number.
    """
    row = _open(ctx, difference_id)
    words = why.strip()
    if not words or len(words) > _LONGEST:
        raise UserError(f"Say what it is, in up to {_LONGEST} characters.", field="why")
    refuse_card_number(ctx, words, "explanation", "why")
    _settle(ctx, row, words)
    return DifferenceSettled(row.id, "The difference is explained.", Changes(keeping.AREAS))


@requires(Permission.TAKE_PAYMENTS)
def post_theirs(ctx: Context, difference_id: int, desk_id: int) -> DifferenceSettled:
    """Post what the provider has alone: a payment on the account that its reference names, else in suspense; a refund as a debit.

    Raises:
        UserError: it is settled already, is not the provider's alone, or is a refund of a payment that isn't here.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    row = _open(ctx, difference_id)
    if row.gap is not CardGap.THEIRS_ONLY:
        raise UserError("Both sides have it, so there is nothing to post.", "Explain it.")
    told, accounts = adopting.refund(ctx, row) if row.refund else adopting.payment(ctx, row, desk_id)
    _settle(ctx, row, told)
    return DifferenceSettled(row.id, told, Changes(keeping.MOVED, accounts))


def _open(ctx: Context, difference_id: int) -> CardDifference:
    row = record(ctx, CardDifference, difference_id, "difference")
    if row.explained_at is not None:
        raise UserError("This difference is settled already.", "Read the day again.")
    return row


def _settle(ctx: Context, row: CardDifference, words: str) -> None:
    row.explained, row.explained_by, row.explained_at = words[:_LONGEST], ctx.officer.id, ctx.clock.now()
    ctx.session.flush()


def _sum(ctx: Context, row: CardDay, their: TheirDay, ours: Iterable[Ours], refunds: Iterable[Ours]) -> None:
    went = [each for each in their.payments if each.state is CardState.SUCCESS]
    given = [each for each in their.refunds if each.state in _GIVEN]
    done, back = [each for each in ours if each.done], [each for each in refunds if each.done]
    row.read_at, row.read_by = ctx.clock.now(), ctx.officer.id
    row.their_count, row.their_pence = len(went), sum(each.pence for each in went)
    row.our_count, row.our_pence = len(done), sum(each.pence for each in done)
    row.their_refund_count, row.their_refund_pence = len(given), sum(each.pence for each in given)
    row.our_refund_count, row.our_refund_pence = len(back), sum(each.pence for each in back)
    row.fee_pence = sum(each.fee_pence or 0 for each in went)


def _keep_gaps(ctx: Context, row: CardDay, gaps: Iterable[Gap]) -> None:
    """What differed before and was explained keeps its explanation; what doesn't differ any more is gone."""
    before = ctx.session.scalars(select(CardDifference).where(CardDifference.day == row.day)).all()
    said = {_same(each): each for each in before if each.explained_at is not None}
    kept = []
    for gap in gaps:
        standing = said.pop((gap.gap, gap.refund, gap.provider_id, gap.our_pence, gap.their_pence), None)
        if standing is not None:
            kept.append(standing.id)
        else:
            kept.append(_add(ctx, row, gap))
    posted = [each.id for each in said.values()]
    gone = [each for each in before if each.id not in {*kept, *posted}]
    for each in gone:
        ctx.session.delete(each)
    ctx.session.flush()


def _same(row: CardDifference) -> tuple[CardGap, bool, str, int | None, int | None]:
    return row.gap, row.refund, row.provider_id, row.our_pence, row.their_pence


def _add(ctx: Context, row: CardDay, gap: Gap) -> int:
    reference = "" if holds_card_number(gap.reference) else gap.reference
    made = CardDifference(
        day=row.day,
        gap=gap.gap,
        refund=gap.refund,
        provider_id=gap.provider_id,
        payment_provider_id=gap.payment_provider_id,
        reference=reference,
        card_payment_id=None if gap.refund else gap.our_id,
        refund_id=gap.our_id if gap.refund else None,
        our_pence=gap.our_pence,
        their_pence=gap.their_pence,
        our_state=gap.our_state,
        their_state=gap.their_state,
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made.id
