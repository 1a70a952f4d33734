"""What the day does by itself: requisitions that repeat are drafted on their day, once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import or_, select

from app.models.purchase_orders.orders import PurchaseOrder
from app.models.values import Frequency, OrderKind, OrderState, Subject
from app.services.core.calendars import months_after
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask
from app.services.purchase_orders.orders import drafting, keeping
from app.services.purchase_orders.orders.dto import AREAS, Repeat

TASK: Final = "requisition_drafted"
_DAYS: Final = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.FOUR_WEEKLY: 28}
_MONTHS: Final = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}


def register() -> None:
    """Plug the day's work in."""
    plug_in("repeated_orders", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Draft a requisition from each template whose day has come, and give whoever made the template a task.

    Of days that went by while nobody worked only the latest is drafted; the next day is after today.
    """
    today = ctx.clock.today()
    due = select(PurchaseOrder).where(
        PurchaseOrder.kind == OrderKind.TEMPLATE,
        PurchaseOrder.state == OrderState.DRAFT,
        PurchaseOrder.repeat_on <= today,
        or_(PurchaseOrder.repeat_until_on.is_(None), PurchaseOrder.repeat_on <= PurchaseOrder.repeat_until_on),
    )
    for row in list(ctx.session.scalars(due.order_by(PurchaseOrder.id))):
        _draft(ctx, row, today)
    ctx.session.flush()
    return Changes(AREAS | {"diary", "home"})


def next_on(on: date, every: Frequency, begins: date) -> date:
    """The day after `on` on which something falls that began on `begins`: by months it is the same day of the month."""
    if every in _DAYS:
        return on + timedelta(days=_DAYS[every])
    months = (on.year - begins.year) * 12 + on.month - begins.month
    return months_after(begins, months + _MONTHS[every])


def _draft(ctx: Context, row: PurchaseOrder, today: date) -> None:
    """Draft it, or say in a task why it can't be; either way its next day is set."""
    assert row.repeat_on is not None
    assert row.repeat_every is not None
    on = row.repeat_on
    begins = row.repeat_from_on or row.repeat_on
    while (after := next_on(on, row.repeat_every, begins)) <= today and not _ended(row, after):
        on = after
    key = f"repeat:{row.id}:{on.isoformat()}"
    new = replace(drafting.like(ctx, row, Repeat(row.id, key)), kind=OrderKind.ORDINARY)
    name = keeping.number_of(ctx, row)
    try:
        with ctx.session.begin_nested():
            made = drafting.draft(ctx, new)
            made.made_by = row.made_by
            title, about = f"{row.title}: look at {keeping.number_of(ctx, made)} and ask for it", made.id
    except UserError as error:
        title, about = f"{row.title}: nothing could be drafted from {name}. {error.message}"[:200], row.id
    row.repeat_on = after
    task = NewTask(
        title[:200], today, subject=Subject.PURCHASE_ORDER, subject_id=about, kind=TASK, officer_id=row.made_by
    )
    diary.add_task(ctx, task)


def _ended(row: PurchaseOrder, on: date) -> bool:
    return row.repeat_until_on is not None and on > row.repeat_until_on
