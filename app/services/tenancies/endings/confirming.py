"""The letter that confirms a notice: the last day, and when the keys are due."""

from __future__ import annotations

from typing import Final

from app.models.endings import Ending
from app.models.values import EndReason
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import long_date
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter
from app.services.tenancies.endings.reading import Case

TEMPLATE: Final = "notice_confirmed"


def confirm(ctx: Context, found: Case, ending: Ending) -> str:
    """Queue the letter, once for each last day that a notice comes to; returns why it can't be written, or nothing."""
    if ending.reason is not EndReason.TENANT_NOTICE or ending.notice_on is None or ending.keys_due_at is None:
        return ""
    due = ending.keys_due_at.astimezone()
    new = NewLetter(
        TEMPLATE,
        found.account.id,
        answers={
            "notice_on": long_date(ending.notice_on),
            "last_day": long_date(ending.ends_on),
            "keys_due": f"{due:%H:%M} on {due:%A} {long_date(due.date())}",
        },
        idempotency_key=f"notice:{ending.id}:{ending.ends_on}",
    )
    try:
        queue_letter(ctx, new)
    except UserError as refused:
        return str(refused)
    return ""
