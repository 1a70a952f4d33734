"""The tasks of whoever looks after money in suspense: an item that was given to them, items that are old, money to send back."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from app.models.diary import Task
from app.models.reception_payments.suspense import SuspenseItem, SuspenseMove
from app.models.values import Money, Subject, SuspenseMoveKind, SuspenseState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, TaskState
from app.services.diary.keeping import written
from app.services.reception_payments.suspense import listing

GIVEN: Final = "suspense_given"
AGED: Final = "suspense_old"
BACK: Final = "suspense_send_back"
_WITHIN: Final = "suspense.send_back_within"


def register() -> None:
    """Plug the day's work in."""
    plug_in("suspense", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Remind each officer once of the old items that they look after, and everybody of those that nobody does.

    The task is finished by itself once none of them is old any more.
    """
    rows = (
        select(
            SuspenseItem.officer_id,
            func.count(),
            func.sum(SuspenseItem.left_pence),
            func.min(SuspenseItem.received_on),
            func.min(SuspenseItem.id),
        )
        .where(SuspenseItem.state == SuspenseState.OPEN, SuspenseItem.received_on < listing.old_since(ctx))
        .group_by(SuspenseItem.officer_id)
    )
    old = {row[0]: row for row in ctx.session.execute(rows)}
    standing = select(Task).where(Task.kind == AGED, Task.state == TaskState.OPEN.value)
    reminded = set()
    for task in ctx.session.scalars(standing).all():
        if task.officer_id in old:
            reminded.add(task.officer_id)
        else:
            diary.finish_for(ctx, Subject.SUSPENSE_ITEM, task.subject_id or 0, AGED, "No item is old any more")
    days = ctx.policy.number(listing.OLD, ctx.clock.today())
    for officer_id, count, pence, first, item_id in old.values():
        if officer_id not in reminded:
            many = "1 item" if count == 1 else f"{count:,} items"
            title = f"{many} of {Money(int(pence))} in suspense for more than {days} days"
            details = f"The oldest was paid on {written(first)}. Find whose it is, ask the payer, or send it back."
            about = (Subject.SUSPENSE_ITEM, item_id, AGED)
            diary.add_task(ctx, NewTask(title, ctx.clock.today(), details, *about, officer_id=officer_id))
    return Changes(frozenset({"diary", "home"}))


def given(ctx: Context, item: SuspenseItem, officer_id: int | None) -> None:
    """An item is with another officer: the task of the one before ends, and theirs begins. What they take themselves needs none."""
    diary.finish_for(ctx, Subject.SUSPENSE_ITEM, item.id, GIVEN, "Given to somebody else")
    if officer_id is not None and officer_id != ctx.officer.id:
        title = f"Find whose suspense item {item.number} of {Money(item.left_pence)} is"
        details = f"It was paid on {written(item.received_on)}."
        about = (Subject.SUSPENSE_ITEM, item.id, GIVEN)
        diary.add_task(ctx, NewTask(title, ctx.clock.today(), details, *about, officer_id=officer_id))


def settled(ctx: Context, item: SuspenseItem, words: str) -> None:
    """Nothing is left of an item: whoever looked after it is done."""
    diary.finish_for(ctx, Subject.SUSPENSE_ITEM, item.id, GIVEN, words)


def to_send_back(ctx: Context, item: SuspenseItem, move: SuspenseMove) -> None:
    """Approved to go back: whoever asked sends it, and says how."""
    if move.kind is SuspenseMoveKind.REFUND:
        within = ctx.policy.number(_WITHIN, ctx.clock.today())
        title = f"Send {Money(move.pence)} of suspense item {item.number} back"
        wanted = "How it went back, on which day, and its reference"
        about = (Subject.SUSPENSE_ITEM, item.id, BACK)
        new = NewTask(
            title,
            diary.due_in(ctx, within),
            move.why,
            *about,
            officer_id=move.confirmed_by,
            evidence_wanted=wanted,
        )
        diary.add_task(ctx, new)
