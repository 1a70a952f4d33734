"""What a card provider is asked and answers, in words of ours. No card data but the last four digits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import CardRefundState, CardState, DisputeState


@dataclass(frozen=True, slots=True)
class Asked:
    """A payment that is asked of the provider.

    Attributes:
        reference: ours, unique.
        words: what its page shows the officer.
        return_url: where its page leads when it is done.
    """

    reference: str
    pence: int
    words: str
    return_url: str


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """A payment as the provider has it.

    Attributes:
        page: the address of the page on which the card is typed; empty once nothing can be typed there.
        code, message: of why it failed, the provider's own.
        created_at: when it was made there, in UTC.
        may_cancel: it can be cancelled still.
        available_pence: what of it can be given back now; None where nothing can be, or that isn't told.
        fee_pence, settled_on: what the provider kept of it, and when it paid it out; None where it doesn't say.
    """

    provider_id: str
    reference: str
    state: CardState
    pence: int
    created_at: datetime
    page: str = ""
    code: str = ""
    message: str = ""
    last_four: str = ""
    may_cancel: bool = False
    available_pence: int | None = None
    fee_pence: int | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """A refund as the provider has it; `state` is SUBMITTED, SUCCESS or FAILED."""

    refund_id: str
    state: CardRefundState
    pence: int
    created_at: datetime
    payment_id: str = ""


@dataclass(frozen=True, slots=True)
class DisputeAnswer:
    """A payment that the payer challenged at their bank, as the provider has it.

    Attributes:
        fee_pence: what the provider keeps for it; None where it doesn't say.
        reason: its own word for why.
        raised_at, answer_by: in UTC; until when evidence may be sent.
        settled_on: the day on which a lost one came off a payment to the council.
    """

    dispute_id: str
    payment_id: str
    state: DisputeState
    pence: int
    raised_at: datetime
    fee_pence: int | None = None
    reason: str = ""
    answer_by: datetime | None = None
    settled_on: date | None = None
