"""A day of card payments at the provider beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import CardGap, Money
from app.services.core.changes import Changes
from app.services.reception_payments.cards.dto.answers import PaymentAnswer, RefundAnswer


@dataclass(frozen=True, slots=True)
class TheirDay:
    """Everything that the provider made on a day."""

    day: date
    payments: tuple[PaymentAnswer, ...]
    refunds: tuple[RefundAnswer, ...]


@dataclass(frozen=True, slots=True)
class Ours:
    """A payment or refund of ours, to be held against the provider's; `pence` is what is posted, `done` that it went through."""

    id: int
    provider_id: str
    reference: str
    pence: int
    state: str
    done: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the provider has otherwise than we do.

    Attributes:
        our_id: our payment or refund; None where it is the provider's alone.
        payment_provider_id: of a refund, the payment that it gives back.
    """

    gap: CardGap
    refund: bool
    provider_id: str
    reference: str
    our_id: int | None
    our_pence: int | None
    their_pence: int | None
    our_state: str
    their_state: str
    payment_provider_id: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference as listed.

    Attributes:
        words: what it is, as a sentence.
        explained: how it was settled, and by whom; empty while nobody did.
        postable: the provider has it alone, so that it can be posted here.
    """

    difference_id: int
    day: date
    gap: CardGap
    refund: bool
    reference: str
    provider_id: str
    ours: Money | None
    theirs: Money | None
    words: str
    explained: str
    postable: bool
    version: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day as it was last read; `read_at` is UTC.

    Attributes:
        open: differences that nobody has explained.
    """

    day: date
    read_at: datetime
    read_by: str
    their_count: int
    theirs: Money
    our_count: int
    ours: Money
    their_refund_count: int
    their_refunds: Money
    our_refund_count: int
    our_refunds: Money
    fees: Money
    differences: int
    open: int

    @property
    def agrees(self) -> bool:
        """Whether nothing of it is unexplained."""
        return not self.open


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day that was read just now, and its differences."""

    row: DayRow
    differences: tuple[DifferenceRow, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class DifferenceSettled:
    """A difference that was posted or explained."""

    difference_id: int
    told: str
    changes: Changes
