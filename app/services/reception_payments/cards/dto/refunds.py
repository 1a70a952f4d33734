"""Refunds to a card as they are asked for and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.values import CardRefundState, Money, TakenBy
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class NewCardRefund:
    """Money of a receipt that is to go back to the card.

    Attributes:
        entry_key: the caller's own: the same click never asks twice.
        shares: what is taken from which share of the receipt: (its place, pence), more than nothing each.
    """

    entry_key: str
    receipt_id: int
    shares: tuple[tuple[int, int], ...]
    why: str

    @property
    def pence(self) -> int:
        """What its shares come to."""
        return sum(pence for _place, pence in self.shares)


@dataclass(frozen=True, slots=True)
class Refundable:
    """A share of a receipt, and what of it may go back still."""

    place: int
    words: str
    paid: Money
    left: Money


@dataclass(frozen=True, slots=True)
class RefundForm:
    """What the sheet of a refund is made of.

    Attributes:
        stops: why nothing can go back, as a sentence; empty where it can.
    """

    receipt_id: int
    receipt: str
    paid_on: date
    taken_by: TakenBy
    last_four: str
    shares: tuple[Refundable, ...]
    stops: str = ""


@dataclass(frozen=True, slots=True)
class CardRefundRow:
    """A refund to a card as listed; `asked_at` is UTC."""

    refund_id: int
    receipt_id: int
    receipt: str
    asked_at: datetime
    amount: Money
    state: CardRefundState
    words: str
    why: str
    asked_by: str
    approved_by: str
    request_id: int | None
    at_terminal: bool
    last_four: str
    account_ids: tuple[int, ...]

    @property
    def account_id(self) -> int | None:
        """The account that it takes from first."""
        return next(iter(self.account_ids), None)


@dataclass(frozen=True, slots=True)
class RefundMoved:
    """A refund to a card after a step."""

    refund_id: int
    state: CardRefundState
    told: str
    request_id: int | None = None
    changes: Changes = field(default_factory=lambda: Changes(frozenset()))


@dataclass(frozen=True, slots=True)
class ToSend:
    """A refund that is about to be sent: `available` is what the provider has left of the payment."""

    refund_id: int
    payment_id: str
    pence: int
    available: int


@dataclass(frozen=True, slots=True)
class RefundPlace:
    """What the provider is asked about a refund by.

    Attributes:
        payment_id: the payment's number there.
        refund_id: the refund's own there; empty where that isn't known.
        available: what was left of the payment when it was sent; None before that.
        others: the payment's other refunds there that are known to us.
    """

    payment_id: str
    refund_id: str
    pence: int
    available: int | None
    others: frozenset[str]
