"""The first statement of an account that is opened with a tenancy."""

from __future__ import annotations

from datetime import date

from app.services.core.context import Context
from app.services.letters.gathering import recipient
from app.services.letters.rules import form_needed
from app.services.statements import keeping
from app.services.tenancies.starting import following


def register() -> None:
    """Plug it into what follows a start."""
    following.register(make)


def make(ctx: Context, account_id: int, start_on: date, letter: int | None) -> None:
    """Make the statement from the first day to today, in the form that the tenants need, and keep it on the account.

    Of a tenancy to come it is of its first day. It is queued behind the welcome, the line `letter`, if that was written.
    """
    form = form_needed(recipient(ctx, account_id).needs)
    keeping.make(ctx, account_id, start_on, max(start_on, ctx.clock.today()), form, behind=letter)
