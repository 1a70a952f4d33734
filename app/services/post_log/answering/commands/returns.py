"""A letter of ours that the post brought back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from app.models.diary import Task
from app.models.letters import Outgoing
from app.models.values import PostStep, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.diary.dto import TaskState
from app.services.letters import posted
from app.services.letters.commands import queue
from app.services.letters.dto import Returned
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping
from app.services.post_log.answering.dto import NoteReturn


@requires(Permission.LOG_POST)
def note_return(ctx: Context, new: NoteReturn) -> Changes:
    """Tie a returned letter to the one that went out: the account is marked, and there is the task to find the address.

    The item is closed by it: what is left to do stands in the task, which it is linked to.

    Raises:
        ChangedMeanwhile: somebody else changed the item since it was opened.
        UserError: the item isn't open, the letter never went or came back already, or no reason is given.
    """
    item = keeping.open_one(ctx, new.item_id)
    refuse_old(item.version, new.version)
    row = posted.out_of_run(ctx, new.statement_id) if new.statement_id else ctx.session.get(Outgoing, new.outgoing_id)
    if row is None:
        raise UserError("That letter is no longer in the register.", "Look for it again.", "letter")
    done = queue.returned(ctx, row.id, Returned(item.received_on, new.reason))
    item.account_id = item.account_id or row.account_id
    keeping.tie(ctx, item, Subject.LETTER, row.id)
    task_id = _task(ctx, row.account_id)
    if task_id is not None:
        keeping.tie(ctx, item, Subject.TASK, task_id)
    post.record(ctx, item.id, PostStep.LINKED, f"{row.title} to {row.addressee}", outgoing_id=row.id)
    there = "the right address is looked for in a task" if task_id else "it belongs to no account"
    keeping.close(ctx, item, f"Came back ({new.reason.strip()}); {there}."[: keeping.LONGEST_OUTCOME])
    ctx.session.flush()
    found = post.changes(item)
    return replace(found, areas=found.areas | done.areas)


def _task(ctx: Context, account_id: int | None) -> int | None:
    """The open task to find the right address of an account."""
    if account_id is None:
        return None
    about = (Task.subject == Subject.ACCOUNT, Task.subject_id == account_id, Task.kind == queue.RETURNED_TASK)
    statement = select(Task.id).where(*about, Task.state == TaskState.OPEN.value).order_by(Task.id.desc())
    return ctx.session.scalars(statement.limit(1)).first()
