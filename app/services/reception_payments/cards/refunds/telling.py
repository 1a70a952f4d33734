"""A refund to a card that came to nothing: noted, posted back where it was posted, and told to whoever asked for it."""

from __future__ import annotations

from typing import Final

from app.models.reception_payments.cards import CardRefund
from app.models.values import CardRefundState, Money, Subject
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, Priority
from app.services.reception_payments.cards.refunds import keeping

TASK: Final = "failed_card_refund"


def fail(ctx: Context, row: CardRefund, words: str) -> None:
    """The refund failed: what it took from the accounts goes back onto them, and whoever asked has a task."""
    row.state, row.words = CardRefundState.FAILED, words[:400]
    row.finished_at, row.next_look_at = ctx.clock.now(), None
    ctx.session.flush()
    keeping.post_back(ctx, row)
    again = "It is off the account and on it again." if row.back_journal is not None else "Nothing was posted."
    account_id = next((share.account_id for share in keeping.shares(ctx, row.id)), None)
    diary.add_task(
        ctx,
        NewTask(
            f"Refund of {Money(row.pence)} to a card failed",
            ctx.clock.today(),
            f"{words} {again} Give the money back another way: a refund, on the page Adjustments.",
            subject=Subject.ACCOUNT if account_id is not None else None,
            subject_id=account_id,
            kind=TASK,
            officer_id=row.asked_by,
            priority=Priority.HIGH,
        ),
    )
