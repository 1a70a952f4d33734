"""The core reference of a mandate: the account's payment reference where it can be one, and never one that was used (bacs.md 1.8)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.services.bacs.rules import REFERENCE_LENGTH, bacs_text, core_reference
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError

_MOST: Final = 999


def reference_of(ctx: Context, account: Account, typed: str, taken: Collection[str] = ()) -> str:
    """The reference as typed, or where nothing is, one that is made.

    Raises:
        UserError: as `typed_reference`.
    """
    return typed_reference(ctx, typed, taken) if typed.strip() else reference_for(ctx, account, taken)


def reference_for(ctx: Context, account: Account, taken: Collection[str] = ()) -> str:
    """The reference of a new mandate of an account: a second one gets `-2`, a third `-3`.

    Args:
        ctx: the transaction.
        account: whose payment reference it is made of.
        taken: those that others in the same piece of work have already.
    """
    stem = stem_of(account)
    used = {*taken, *_like(ctx, stem)}
    if stem not in used:
        return stem
    for number in range(2, _MOST):
        tail = f"-{number}"
        made = stem[: REFERENCE_LENGTH - len(tail)].rstrip() + tail
        if made not in used and not _used(ctx, made):
            return made
    raise UserError("The account has had too many mandates for another reference.", "Type one.", "reference")


def typed_reference(ctx: Context, typed: str, taken: Collection[str] = ()) -> str:
    """A reference as an officer typed it or a file has it.

    Raises:
        UserError: Bacs doesn't take it, it holds a card number, or a mandate has or had it.
    """
    refuse_card_number(ctx, typed, "reference", "reference")
    written = core_reference(typed)
    if written in taken or _used(ctx, written):
        raise UserError(
            f"The reference {written} was used for a mandate already; none is used again.",
            "Leave it empty to have one made, or type another.",
            "reference",
        )
    return written


def stem_of(account: Account) -> str:
    """What the reference of an account's first mandate is."""
    try:
        return core_reference(bacs_text(account.payment_reference or "")[:REFERENCE_LENGTH].rstrip())
    except UserError:
        return f"RENT{account.id:06}"


def _like(ctx: Context, stem: str) -> set[str]:
    """The references that begin as a stem does, without its last characters, which a suffix may take the place of."""
    begins = stem[: REFERENCE_LENGTH - 4]
    return set(
        ctx.session.scalars(select(Mandate.reference).where(Mandate.reference.startswith(begins, autoescape=True)))
    )


def _used(ctx: Context, reference: str) -> bool:
    return ctx.session.scalar(select(Mandate.id).where(Mandate.reference == reference)) is not None
