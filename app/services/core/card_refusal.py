"""Card numbers in what officers write or a service posts: refused, never kept (PCI DSS 3.2)."""

from __future__ import annotations

from sqlalchemy import select

from app.models.accounts import Account
from app.services.core.cards import card_numbers
from app.services.core.context import Context
from app.services.core.errors import UserError


def refuse_card_number(ctx: Context, text: str, what: str, field: str) -> None:
    """Refuse a number that could be a payment card (PCI DSS 3.2), unless it is a payment reference of ours.

    Raises:
        UserError: the text, which is of a `what` and typed in `field`, holds one.
    """
    for digits in card_numbers(text):
        if ctx.session.scalar(select(Account.id).where(Account.reference_key == digits)) is None:
            raise UserError(
                f"The {what} holds what looks like a card number, ending {digits[-4:]}; it was not saved.",
                f"Card numbers are never kept: take it out and save the {what} again.",
                field,
            )
