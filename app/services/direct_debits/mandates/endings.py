"""What the end of a tenancy does to its mandates, as policy says: a task is left, or they are cancelled at once."""

from __future__ import annotations

from typing import Final

from app.models.values import Subject, ToldBy
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.direct_debits.mandates import conditions, keeping, letters
from app.services.tenancies.endings import ended

_CANCEL: Final = "cancel"
_TASK: Final = "mandate_cancel"


def register() -> None:
    """Plug it in."""
    ended.register(_follow)


def _follow(ctx: Context, account_id: int, why: str) -> None:
    """Cancel the mandates that are on the account of the tenancy; those of other accounts that pay it beside go on."""
    if ctx.policy.value("direct_debits.at_ending", ctx.clock.today()).strip().lower() != _CANCEL:
        return
    for row in conditions.standing(ctx, [account_id]):
        if row.account_id == account_id:
            keeping.cancel(ctx, row, why, ToldBy.OFFICER)
            letters.cancelled_or_say(ctx, row)
            diary.finish_for(ctx, Subject.ACCOUNT, account_id, _TASK, f"Mandate {row.reference} was cancelled")
