"""What differs between the provider's day and ours. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.models.values import CardGap, CardRefundState, CardState, Money
from app.services.reception_payments.cards import rules
from app.services.reception_payments.cards.dto.answers import PaymentAnswer, RefundAnswer
from app.services.reception_payments.cards.dto.days import Gap, Ours

_OWN: Final = re.compile(r"-[0-9A-F]{12}$")
_GIVEN: Final = frozenset({CardRefundState.SUBMITTED, CardRefundState.SUCCESS})


def payments(theirs: Sequence[PaymentAnswer], ours: Sequence[Ours]) -> Iterator[Gap]:
    """How payments differ: `ours` are those that the provider names and those that went through on the day."""
    by_id = {each.provider_id: each for each in ours if each.provider_id}
    by_reference = {each.reference: each for each in ours}
    met: set[int] = set()
    for their in theirs:
        our = by_id.get(their.provider_id) or by_reference.get(their.reference)
        went = their.state is CardState.SUCCESS
        if our is not None:
            met.add(our.id)
        if our is None and went:
            yield _payment(CardGap.THEIRS_ONLY, their, None)
        elif our is not None and our.done != went:
            yield _payment(CardGap.STATE, their, our)
        elif our is not None and went and our.pence != their.pence:
            yield _payment(CardGap.AMOUNT, their, our)
    for our in ours:
        if our.done and our.id not in met:
            yield Gap(CardGap.OURS_ONLY, False, our.provider_id, our.reference, our.id, our.pence, None, our.state, "")


def refunds(theirs: Sequence[RefundAnswer], ours: Sequence[Ours]) -> Iterator[Gap]:
    """How refunds differ: `ours` are those that the provider names and those that were sent on the day."""
    by_id = {each.provider_id: each for each in ours if each.provider_id}
    met: set[int] = set()
    for their in theirs:
        our, went = by_id.get(their.refund_id), their.state in _GIVEN
        if our is not None:
            met.add(our.id)
        if our is None and went:
            yield _refund(CardGap.THEIRS_ONLY, their, None)
        elif our is not None and our.done != went:
            yield _refund(CardGap.STATE, their, our)
        elif our is not None and went and our.pence != their.pence:
            yield _refund(CardGap.AMOUNT, their, our)
    for our in ours:
        if our.done and our.id not in met:
            yield Gap(CardGap.OURS_ONLY, True, our.provider_id, our.reference, our.id, our.pence, None, our.state, "")


def account_reference(reference: str) -> str:
    """The payment reference in what the provider has as reference: ours end with what makes each the only one."""
    return _OWN.sub("", reference.strip())


def words(gap: CardGap, *, refund: bool, ours: Money | None, theirs: Money | None, states: tuple[str, str]) -> str:
    """What a difference is, as a sentence."""
    what = "refund" if refund else "payment"
    if gap is CardGap.THEIRS_ONLY:
        return f"The provider has a {what} of {theirs} that isn't here."
    if gap is CardGap.OURS_ONLY:
        return f"A {what} of {ours} is posted here, and the provider has none."
    if gap is CardGap.AMOUNT:
        return f"The {what} is {ours} here and {theirs} at the provider."
    here, there = (_state(each, refund=refund).lower() for each in states)
    return f"The {what} is '{here}' here and '{there}' at the provider."


def _state(state: str, *, refund: bool) -> str:
    return rules.REFUND_STATES[CardRefundState(state)] if refund else rules.STATES[CardState(state)]


def _payment(gap: CardGap, their: PaymentAnswer, our: Ours | None) -> Gap:
    return Gap(
        gap,
        False,
        their.provider_id,
        their.reference,
        our.id if our else None,
        our.pence if our else None,
        their.pence,
        our.state if our else "",
        their.state.value,
    )


def _refund(gap: CardGap, their: RefundAnswer, our: Ours | None) -> Gap:
    return Gap(
        gap,
        True,
        their.refund_id,
        our.reference if our else "",
        our.id if our else None,
        our.pence if our else None,
        their.pence,
        our.state if our else "",
        their.state.value,
        their.payment_id,
    )
