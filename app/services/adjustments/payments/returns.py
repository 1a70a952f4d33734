"""Refunds that came back: put on their accounts again, by hand or from the report of returned credits (ARUCS)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.refunds import Refund
from app.models.values import AttemptOutcome, AttemptWay, Money, RefundState, Subject
from app.services.adjustments.credits import keeping as credits_
from app.services.adjustments.payments.dto import Returned
from app.services.adjustments.refunds import keeping, rules
from app.services.bacs import keeping as bacs
from app.services.bacs.dto import ReturnedCredit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, due_in

TASK: Final = "refund_returned"
_REFERENCE: Final = re.compile(r"REFUND 0*([1-9][0-9]{0,8})")
_DAYS: Final = 5
_MOST_WHY: Final = 200


def refuse_faults(row: Refund, returned: Returned, today: date) -> None:
    """Refuse a return whose fields can't be as they are.

    Raises:
        UserError: no reason is given or it is long, the day is to come, or before the refund was sent.
    """
    if not returned.why.strip() or len(returned.why) > _MOST_WHY:
        raise UserError(f"Say why it came back, in up to {_MOST_WHY} characters.", field="why")
    if returned.returned_on > today:
        raise UserError("That day is to come.", "Give the day on which it came back.", "returned_on")
    if row.sent_on is not None and returned.returned_on < row.sent_on:
        raise UserError("It came back before it was sent.", "Look at the day.", "returned_on")


def put_back(ctx: Context, row: Refund, returned_on: date, why: str) -> None:
    """Put a refund on its account again, count its bank details as new, note the attempt, and give whoever asked for it a task.

    Raises:
        UserError: as `keeping.put_back`.
    """
    keeping.put_back(ctx, row, returned_on, why)
    if row.bank_detail_id is not None:
        bacs.note_returned(ctx, [row.bank_detail_id])
    credits_.add(
        ctx,
        f"refund-returned:{row.id}",
        row.account_id,
        AttemptWay.CAME_BACK,
        row.sent_on or returned_on,
        f"Refund {row.number} of {Money(row.pence)}: {why}",
        AttemptOutcome.RETURNED,
    )
    add_task(
        ctx,
        NewTask(
            title=f"Refund {row.number} of {Money(row.pence)} came back",
            due_on=due_in(ctx, _DAYS),
            details=f"{why}. The credit is on the account again: ask the tenant how to pay it, "
            f"then find refund {row.number} on the page Adjustments and choose Refund it again.",
            subject=Subject.ACCOUNT,
            subject_id=row.account_id,
            kind=TASK,
            officer_id=row.made_by,
        ),
    )


def known(ctx: Context, items: Sequence[ReturnedCredit]) -> list[Refund | None]:
    """The refund that each returned credit was, by its reference and amount; None where it isn't one that went to a bank."""
    numbers = [_number(item) for item in items]
    found: dict[int, Refund] = {}
    for chunk in in_chunks(sorted({each for each in numbers if each is not None})):
        rows = select(Refund).where(
            Refund.number.in_(chunk), Refund.state.in_((RefundState.SENT, RefundState.RETURNED))
        )
        found.update({row.number: row for row in ctx.session.scalars(rows)})
    return [_fitting(found.get(number or 0), item) for number, item in zip(numbers, items, strict=True)]


def told(put: Sequence[Refund], before: Sequence[Refund], unknown: int) -> str:
    """A sentence on what became of a report."""
    total = Money(sum(row.pence for row in put))
    said = f"{len(put):,} of {total} put back on their accounts." if put else "Nothing is put back."
    if before:
        said += f" {len(before):,} had been put back before."
    if unknown:
        said += f" {unknown:,} in the report are not refunds that are known here."
    return said


def _number(item: ReturnedCredit) -> int | None:
    match = _REFERENCE.fullmatch(" ".join(item.reference.upper().split()))
    return int(match.group(1)) if match else None


def _fitting(row: Refund | None, item: ReturnedCredit) -> Refund | None:
    fits = row is not None and rules.needs_bank(row.method) and Money(row.pence) == item.amount
    return row if fits else None
