"""What the day does by itself: a task where yesterday's card payments aren't held against the provider, or don't agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.diary import Task
from app.models.reception_payments.cards import CardPayment
from app.models.values import CardProvider, CardState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, TaskAction, TaskState
from app.services.reception_payments.cards.days import queries
from app.services.reception_payments.receipts.rules import spelt

TASK: Final = "card_day"


def register() -> None:
    """Plug the day's work in."""
    plug_in("card_days", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Make the task for yesterday, once, where cards were taken on it; what the scheduler reads in the night needs none."""
    yesterday = ctx.clock.today() - timedelta(days=1)
    found = queries.day(ctx, yesterday)
    if (found is not None and found.agrees) or not _taken(ctx, yesterday) or _task(ctx, yesterday) is not None:
        return Changes(frozenset())
    details = "Reception, Card days: Ctrl+N reads the day; post or explain what differs."
    diary.add_task(ctx, NewTask(_title(yesterday), ctx.clock.today(), details, kind=TASK))
    return Changes(frozenset({"diary", "home"}))


def finish(ctx: Context, day: date) -> None:
    """A day agrees: the task that asks for it is done. It asks no permission of its own."""
    task = _task(ctx, day)
    if task is not None and task.state == TaskState.OPEN.value:
        diary.end(ctx, task, TaskState.DONE, TaskAction.DONE, "The provider and Rentbook agree")
        ctx.session.flush()


def _taken(ctx: Context, day: date) -> bool:
    of_day = (CardPayment.provider == CardProvider.GOVUK_PAY, CardPayment.taken_on == day)
    count = select(func.count()).select_from(CardPayment).where(*of_day, CardPayment.state == CardState.SUCCESS)
    return bool(ctx.session.scalar(count))


def _task(ctx: Context, day: date) -> Task | None:
    rows = select(Task).where(Task.kind == TASK, Task.title == _title(day)).order_by(Task.id)
    return ctx.session.scalars(rows).first()


def _title(day: date) -> str:
    return f"Hold the card payments of {spelt(day)} against the provider"
