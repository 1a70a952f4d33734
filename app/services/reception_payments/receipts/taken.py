"""What follows from a payment that was taken, in the same transaction: areas plug it in, as `app/registered.py` says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "receipt_taken"
Follower = Callable[[Context, Receipt, Sequence[ReceiptShare]], None]

_followers: list[Follower] = []


def register(follow: Follower) -> None:
    """Plug in what is done with each payment that is taken; it may refuse it by UserError."""
    if follow not in _followers:
        _followers.append(follow)


def tell(ctx: Context, receipt: Receipt, shares: Sequence[ReceiptShare]) -> None:
    """Have done what follows from a payment that was taken just now."""
    plugs.fill(SLOT)
    for follow in _followers:
        follow(ctx, receipt, shares)
