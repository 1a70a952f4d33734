"""Beginning the piece of work that an item is about."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.diary import Task
from app.models.post_log import PostEvent, PostItem
from app.models.values import PostStep, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.exports.statement.dto import short_date
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping
from app.services.post_log.answering.dto import WorkBegun
from app.services.post_log.answering.works import WORKS
from app.services.post_log.dto import item_number

INVOICE_TASK: Final = "post_invoice"
"""The kind of the task by which an invoice waits for the tab Purchase orders."""
_INVOICE_DAYS: Final = 10
"""Working days until it is looked at, where its category has no time to answer."""


@requires(Permission.LOG_POST)
def begin_work(ctx: Context, item_id: int) -> WorkBegun:
    """Begin the work that an item's category starts, with what is known from the item; begun again, nothing is noted twice.

    What is done on a tab is begun there, by the sheet that this answers with. A supplier's invoice waits in a task until
    it can be matched with its order.

    Raises:
        UserError: the item isn't open, its category starts nothing, its account or category is unchecked, or it has no
            account and the work needs one.
    """
    item = keeping.open_one(ctx, item_id)
    category = keeping.category_of(ctx, item)
    found = WORKS.get(category.work)
    if found is None or category.work == "address":
        raise UserError(f"'{category.name}' starts no work of its own.", "Change its category, if it is another.")
    guessed = {"account_id", "category_id"} & set(item.guessed.split(","))
    if guessed:
        raise UserError("Its account or category is a guess that nobody has confirmed.", "Confirm it first.")
    if category.work == "invoice":
        told = _wait_for_orders(ctx, item)
    elif item.account_id is None:
        raise UserError(
            f"{found.title}: say first whose account it is.", "Choose the account of the item, then begin.", "account"
        )
    else:
        told = f"{found.title}: what the post says is filled in."
        _record_once(ctx, item, found.title)
    ctx.session.flush()
    changes = post.changes(item)
    return WorkBegun(found.area, found.work, item.account_id, found.known(item), told, changes)


def _wait_for_orders(ctx: Context, item: PostItem) -> str:
    """Give whoever has the item the task of passing the invoice; returns what was done."""
    about = (Task.subject == Subject.POST_ITEM, Task.subject_id == item.id, Task.kind == INVOICE_TASK)
    if ctx.session.scalar(select(Task.id).where(*about)) is not None:
        return "The task for this invoice is there already."
    number = item_number(item.year, item.number)
    reference = f" {item.reference}" if item.reference else ""
    task_id = diary.add_task(
        ctx,
        NewTask(
            f"Pass invoice{reference} of {item.sender or 'a supplier'}"[: diary.LONGEST_TITLE],
            item.reply_by or diary.due_in(ctx, _INVOICE_DAYS),
            f"Post {number}, received {short_date(item.received_on)}: the time to pay runs from that day. It waits to be "
            "matched with its purchase order, which Rentbook does not keep yet; pass it on paper until it does.",
            Subject.POST_ITEM,
            item.id,
            INVOICE_TASK,
            officer_id=item.officer_id if item.officer_id or item.team_id else ctx.officer.id,
            team_id=item.team_id,
        ),
    )
    keeping.tie(ctx, item, Subject.TASK, task_id)
    post.record(ctx, item.id, PostStep.WORK_STARTED, "Waits for its purchase order: a task says so")
    return "Purchase orders are not in Rentbook yet, so a task keeps the invoice and the day that it was received."


def _record_once(ctx: Context, item: PostItem, words: str) -> None:
    done = select(PostEvent.id).where(
        PostEvent.item_id == item.id, PostEvent.step == PostStep.WORK_STARTED, PostEvent.words == words
    )
    if ctx.session.scalars(done.limit(1)).first() is None:
        post.record(ctx, item.id, PostStep.WORK_STARTED, words)
