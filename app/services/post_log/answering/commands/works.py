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
"""The kind of the task by which an invoice waits for somebody who may log it."""
_INVOICE_DAYS: Final = 10
"""Working days until it is looked at, where its category has no time to answer."""


@requires(Permission.LOG_POST)
def begin_work(ctx: Context, item_id: int) -> WorkBegun:
    """Begin the work that an item's category starts, with what is known from the item; begun again, nothing is noted twice.

    What is done on a tab is begun there, by the sheet that this answers with. A supplier's invoice that the officer may
    not log waits in a task for somebody who may.

    Raises:
        UserError: the item isn't open, its category starts nothing, its account or category is unchecked, or it has no
            account and the work needs one.
    """
    item = keeping.open_one(ctx, item_id)
    category = keeping.category_of(ctx, item)
    found = WORKS.get(category.work)
    if found is None or category.work == "address":
        raise UserError(f"'{category.name}' starts no work of its own.", "Change its category, if it is another.")
    guessed = ({"account_id", "category_id"} if found.of_account else {"category_id"}) & set(item.guessed.split(","))
    if guessed:
        raise UserError("Its account or category is a guess that nobody has confirmed.", "Confirm it first.")
    if found.of_account and item.account_id is None:
        raise UserError(
            f"{found.title}: say first whose account it is.", "Choose the account of the item, then begin.", "account"
        )
    if not found.of_account and Permission.LOG_INVOICES not in ctx.officer.permissions:
        told = _wait_for_orders(ctx, item)
        ctx.session.flush()
        return WorkBegun("", "", None, {}, told, post.changes(item), item_id)
    _record_once(ctx, item, found.title)
    ctx.session.flush()
    told = f"{found.title}: what the post says is filled in."
    account_id = item.account_id if found.of_account else None
    return WorkBegun(found.area, found.work, account_id, found.known(item), told, post.changes(item), item_id)


def _wait_for_orders(ctx: Context, item: PostItem) -> str:
    """Give whoever has the item the task of having the invoice logged; returns what was done."""
    about = (Task.subject == Subject.POST_ITEM, Task.subject_id == item.id, Task.kind == INVOICE_TASK)
    if ctx.session.scalar(select(Task.id).where(*about)) is not None:
        return "The task for this invoice is there already."
    number = item_number(item.year, item.number)
    reference = f" {item.reference}" if item.reference else ""
    task_id = diary.add_task(
        ctx,
        NewTask(
            f"Log invoice{reference} of {item.sender or 'a supplier'}"[: diary.LONGEST_TITLE],
            item.reply_by or diary.due_in(ctx, _INVOICE_DAYS),
            f"Post {number}, received {short_date(item.received_on)}: the time to pay runs from that day. Somebody who may log "
            "invoices begins its work in Post, and what the post says is filled in.",
            Subject.POST_ITEM,
            item.id,
            INVOICE_TASK,
            officer_id=item.officer_id if item.officer_id or item.team_id else ctx.officer.id,
            team_id=item.team_id,
        ),
    )
    keeping.tie(ctx, item, Subject.TASK, task_id)
    post.record(ctx, item.id, PostStep.WORK_STARTED, "Waits to be logged: a task says so")
    return "You may not log invoices, so a task asks for it and keeps the day that it was received."


def _record_once(ctx: Context, item: PostItem, words: str) -> None:
    done = select(PostEvent.id).where(
        PostEvent.item_id == item.id, PostEvent.step == PostStep.WORK_STARTED, PostEvent.words == words
    )
    if ctx.session.scalars(done.limit(1)).first() is None:
        post.record(ctx, item.id, PostStep.WORK_STARTED, words)
