"""The closing statement of a tenancy, plugged into the ending that asks for it."""

from __future__ import annotations

from datetime import date

from app.services.core.context import Context
from app.services.letters.gathering import recipient
from app.services.letters.rules import form_needed
from app.services.statements import keeping
from app.services.tenancies.endings import closing


def register() -> None:
    """Plug the making of statements into endings."""
    closing.register(make)


def make(ctx: Context, account_id: int, from_on: date, to_on: date, letter: int | None) -> int | None:
    """Make the statement of the last days (both included), to where the tenants' letters go now, and keep it on the account.

    It is queued behind the closing letter, the line `letter`, if that was written. Returns its own line.
    """
    to = recipient(ctx, account_id)
    form = form_needed(to.needs)
    made = keeping.make(
        ctx, account_id, from_on, to_on, form, kind="Closing statement", address=to.address, behind=letter
    )
    return made.outgoing_id
