"""A card provider: what is asked of one, and what can come of asking. GOV.UK Pay is one, the terminal in the office another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, Self

from app.services.reception_payments.cards.dto.answers import Asked, DisputeAnswer, PaymentAnswer, RefundAnswer


class NotTakenError(Exception):
    """The provider refused it, so it did nothing: the words say why. `code` is its own."""

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__(words)
        self.code = code


class SlowerError(NotTakenError):
    """It did nothing because it is asked too often: the same may be asked again after a wait."""


class UnheardError(Exception):
    """No answer, or none that can be read: it may have done what it was asked. It is never asked again, only looked for."""


class Provider(Protocol):
    """Whoever takes card payments.

    Every call raises NotTakenError, SlowerError or UnheardError for what came of it instead of an answer.
    """

    def __enter__(self) -> Self:
        """The connection, closed when the block ends."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close the connection."""

    def begin(self, asked: Asked) -> PaymentAnswer:
        """Make a payment, for a card that is told over the telephone."""
        ...

    def state(self, provider_id: str) -> PaymentAnswer:
        """A payment as it stands, read from where it is kept: never out of date."""
        ...

    def find(self, reference: str) -> PaymentAnswer | None:
        """The payment with our reference; None where there is none, or none yet: a search lags behind."""
        ...

    def cancel(self, provider_id: str) -> None:
        """Cancel a payment that isn't confirmed yet."""

    def refund(self, provider_id: str, pence: int, available_pence: int) -> RefundAnswer:
        """Give back part of a payment or all of it, if so much is left of it."""
        ...

    def refund_state(self, provider_id: str, refund_id: str) -> RefundAnswer:
        """A refund as it stands."""
        ...

    def refunds(self, provider_id: str) -> tuple[RefundAnswer, ...]:
        """Every refund of a payment."""
        ...

    def search(self, start: datetime, end: datetime) -> Iterator[PaymentAnswer]:
        """Every payment made from a moment until before another, in UTC."""
        ...

    def search_refunds(self, start: datetime, end: datetime) -> Iterator[RefundAnswer]:
        """Every refund made from a moment until before another, in UTC."""
        ...

    def search_disputes(self, start: datetime, end: datetime) -> Iterator[DisputeAnswer]:
        """Every payment that was challenged from a moment until before another, in UTC."""
        ...
