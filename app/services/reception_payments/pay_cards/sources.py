"""What the finder shows of pay point cards: whoever reads out a card, also one that was lost or replaced, is found by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.reception_payments.pay_cards.queries import some

_NEEDS: Final = frozenset({Permission.ORDER_PAY_CARDS, Permission.TAKE_PAYMENTS})


def register() -> None:
    """Plug the cards into the finder."""
    finding.register(Source(Subject.PAY_CARD, "Pay point cards", _found, order=59, needs=_NEEDS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The cards, for whoever works with them; not those of restricted accounts that they may not open."""
    return tuple(
        Found(
            Subject.PAY_CARD,
            row.card_id,
            f"Card {row.reference}",
            f"{row.account_reference}  {row.account_name}  {row.told}".strip(),
        )
        for row in some(ctx, ids)
    )
