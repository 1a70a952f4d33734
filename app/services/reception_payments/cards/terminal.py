"""The terminal in the office: the officer types the card there and its reference here. Nothing is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Self

from app.models.values import CardRefundState, CardState
from app.services.reception_payments.cards.dto.answers import Asked, DisputeAnswer, PaymentAnswer, RefundAnswer
from app.services.reception_payments.cards.provider import NotTakenError


class Terminal:
    """What the officer says of the terminal.

    Args:
        slip: the reference that it printed.
        at: when that was typed, in UTC.
    """

    def __init__(self, slip: str, at: datetime) -> None:
        self._slip, self._at = slip.strip(), at
        if not self._slip:
            raise NotTakenError("The slip of the terminal has a reference: give it.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """There is no connection."""

    def begin(self, asked: Asked) -> PaymentAnswer:
        """It printed a slip, so it took the payment."""
        return PaymentAnswer(self._slip, asked.reference, CardState.SUCCESS, asked.pence, self._at)

    def state(self, provider_id: str) -> PaymentAnswer:
        """It tells nothing of what it took."""
        raise NotTakenError(f"The terminal can't be asked about {provider_id}: look at its slip.")

    def find(self, reference: str) -> PaymentAnswer | None:
        """It knows nothing of our references."""
        return None

    def cancel(self, provider_id: str) -> None:
        """It is cancelled there."""

    def refund(self, provider_id: str, pence: int, available_pence: int) -> RefundAnswer:
        """It printed a slip, so it gave the money back."""
        return RefundAnswer(self._slip, CardRefundState.SUCCESS, pence, self._at, provider_id)

    def refund_state(self, provider_id: str, refund_id: str) -> RefundAnswer:
        """It tells nothing of what it gave back."""
        raise NotTakenError(f"The terminal can't be asked about {refund_id}: look at its slip.")

    def refunds(self, provider_id: str) -> tuple[RefundAnswer, ...]:
        """It tells nothing."""
        return ()

    def search(self, start: datetime, end: datetime) -> Iterator[PaymentAnswer]:
        """It tells nothing: its day's total is on its own slip."""
        return iter(())

    def search_refunds(self, start: datetime, end: datetime) -> Iterator[RefundAnswer]:
        """It tells nothing."""
        return iter(())

    def search_disputes(self, start: datetime, end: datetime) -> Iterator[DisputeAnswer]:
        """It tells nothing: a letter of the bank does."""
        return iter(())
