"""Writing notes. A note is never changed; what was wrong is put right by another."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Note
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires

LONGEST_NOTE: Final = 4_000


@requires(Permission.WRITE_NOTES)
def add_note(ctx: Context, account_id: int, text: str) -> Changes:
    """Note something on an account, as the officer, now.

    Raises:
        UserError: nothing is written, it is too long, it holds a card number, or there is no such account.
    """
    words = text.strip()
    if not words:
        raise UserError("The note is empty.", "Write what happened, then save it.", "text")
    if len(words) > LONGEST_NOTE:
        raise UserError(
            f"The note has {len(words):,} characters; a note may have {LONGEST_NOTE:,}.",
            "Write it as two notes.",
            "text",
        )
    refuse_card_number(ctx, words, "note", "text")
    if ctx.session.scalar(select(Account.id).where(Account.id == account_id)) is None:
        raise UserError(f"There is no account number {account_id}.")
    ctx.session.add(Note(account_id=account_id, written_at=ctx.clock.now(), officer_id=ctx.officer.id, text=words))
    ctx.session.flush()
    return Changes(frozenset({"diary"}), frozenset({account_id}))
