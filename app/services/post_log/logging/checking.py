"""What an officer can't log, or change an item to."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.models.accounts import Account
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.post_log import keeping
from app.services.post_log.dto import (
    LONGEST_ADDRESS,
    LONGEST_REFERENCE,
    LONGEST_SENDER,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    NewItem,
)
from app.services.post_log.leavers import refuse_left

_OLDEST: Final = timedelta(days=731)
_LANGUAGE: Final = 40


def checked(ctx: Context, new: NewItem) -> None:
    """Refuse what an officer can't log.

    Raises:
        UserError: it isn't said what it is about, a text is too long, it was received more than two years ago, the account
            isn't there or is one that the officer declared, or the holder has left.
    """
    if not new.subject_line.strip() and not new.text.strip():
        raise UserError("It isn't said what this is about.", "A few words are enough: Rent increase.", "subject_line")
    _refuse_long(new)
    today = ctx.clock.today()
    day = new.received_on or (keeping.office_day(new.received_at) if new.received_at else today)
    if day < today - _OLDEST:
        raise UserError("It was received more than two years ago.", "Check the year.", "received_on")
    if new.account_id is not None:
        if ctx.session.get(Account, new.account_id) is None:
            raise UserError("That account is no longer there.", "Find it again.", "account_id")
        if new.account_id in access.declared_accounts(ctx):
            raise UserError(
                "You declared this account, so you may not work on its post; nothing was saved.",
                "Hand it to a colleague, who logs it.",
                "account_id",
            )
    refuse_left(ctx, new.holder.officer_id if new.holder is not None else None)


def _refuse_long(new: NewItem) -> None:
    for text, longest, what, field in (
        (new.sender, LONGEST_SENDER, "sender", "sender"),
        (new.sender_address, LONGEST_ADDRESS, "address", "sender_address"),
        (new.subject_line, LONGEST_SUBJECT, "subject", "subject_line"),
        (new.text, LONGEST_TEXT, "text", "text"),
        (new.reference, LONGEST_REFERENCE, "reference", "reference"),
        (new.language or "", _LANGUAGE, "language", "language"),
    ):
        if len(text.strip()) > longest:
            raise UserError(f"The {what} has {len(text.strip()):,} characters; it may have {longest:,}.", "", field)
