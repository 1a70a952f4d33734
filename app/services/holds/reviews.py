"""The task to look whether a hold is still needed, on the day that was given for it."""

from __future__ import annotations

from sqlalchemy import select

from app.models.accounts import Account
from app.models.holds import Hold
from app.models.values import Subject
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.holds.dto import KINDS


def plan(ctx: Context, hold: Hold) -> None:
    """Make the task of a hold that has a day to be looked at; one of a case is looked at with its case."""
    if hold.review_on is None or hold.case_id is not None:
        return
    reference = ctx.session.scalar(select(Account.payment_reference).where(Account.id == hold.account_id))
    new = NewTask(
        title=f"Is the hold still needed? {KINDS[hold.kind]}, account {reference}",
        due_on=max(hold.review_on, ctx.clock.today()),
        details=hold.reason,
        subject=Subject.ACCOUNT,
        subject_id=hold.account_id,
        kind=_kind(hold),
        officer_id=ctx.officer.id,
    )
    diary.add_task(ctx, new)


def finish(ctx: Context, hold: Hold, outcome: str) -> None:
    """Finish the task, if there is one: the hold was changed or is over."""
    diary.finish_for(ctx, Subject.ACCOUNT, hold.account_id, _kind(hold), outcome)


def _kind(hold: Hold) -> str:
    return f"hold_review:{hold.id}"
