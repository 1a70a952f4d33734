"""Whose account a card's reference pays to: also that of a card that was lost, replaced or cancelled."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.models.reception_payments.pay_cards import PayCard
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


def accounts_of(ctx: Context, references: Collection[str]) -> dict[str, int]:
    """The account of each reference that is, or was, a card's; written without spaces."""
    found: dict[str, int] = {}
    for chunk in in_chunks(sorted(set(references))):
        rows = select(PayCard.reference, PayCard.account_id).where(PayCard.reference.in_(chunk))
        found.update(ctx.session.execute(rows).all())
    return found
