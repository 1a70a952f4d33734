"""Card numbers in what officers write or a service posts: refused, never kept (PCI DSS 3.2)."""

from __future__ import annotations

from sqlalchemy import select

from app.models.accounts import Account
from app.services.core.cards import card_numbers
from app.services.core.context import Context
from app.services.core.errors import UserError


def refuse_card_number(ctx: Context, text: str, what: str, field: str) -> None:
    """Refuse a number that could be a payment card (PCI DSS 3.2), unless it is a payment reference of ours.

    The reference of a pay point card is one too; written in groups, a part of it may look like another number.

    Raises:
        UserError: the text, which is of a `what` and typed in `field`, holds one.
    """
    found = list(card_numbers(text))
    ours = [digits for digits in found if _is_ours(ctx, digits)]
    for digits in found:
        if not any(digits in own for own in ours):
            raise UserError(
                f"The {what} holds what looks like a card number, ending {digits[-4:]}; it was not saved.",
                f"Card numbers are never kept: take it out and save the {what} again.",
                field,
            )


def _is_ours(ctx: Context, digits: str) -> bool:
    """Whether these are the reference of an account, or of a card that we ordered, whatever became of that."""
    from app.models.reception_payments.pay_cards import PayCard

    account = select(Account.id).where(Account.reference_key == digits)
    card = select(PayCard.id).where(PayCard.reference == digits)
    return any(ctx.session.scalar(known) is not None for known in (account, card))
