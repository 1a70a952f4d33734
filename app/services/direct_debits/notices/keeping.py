"""Recording what payers were told, and taking it back, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, select, update

from app.models.diary import Task
from app.models.direct_debits.schedules import Collection, DebitNotice
from app.models.letters import Outgoing
from app.models.values import CollectionState, NoticeKind, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, TaskAction, TaskState
from app.services.direct_debits.notices.dto import NotTold
from app.services.direct_debits.notices.reading import ToTell, days
from app.services.direct_debits.notices.rules import counts_from
from app.services.letters.dto import Channel

TASK: Final = "debit_notice"
"""The kind of the task to tell a payer whom no letter or e-mail can reach."""
_TABLE: Final[Any] = Collection.__table__
_OPEN: Final = (CollectionState.PLANNED, CollectionState.SKIPPED)
"""Collections whose notice can still be taken back: no run has them."""


def record(
    ctx: Context,
    mandate_id: int,
    collection_ids: Sequence[int],
    kind: NoticeKind,
    *,
    outgoing_id: int,
) -> DebitNotice:
    """Record that a letter or e-mail of another service told a payer of collections.

    Raises:
        UserError: there is nothing that the payer was told of.
    """
    statement = select(
        Collection.id,
        Collection.mandate_id,
        Collection.kind,
        Collection.schedule_id,
        Collection.due_on,
        Collection.pence,
        Collection.noticed_pence,
        Collection.version,
    ).where(Collection.mandate_id == mandate_id)
    rows = [
        ToTell(*row)
        for chunk in in_chunks(collection_ids)
        for row in ctx.session.execute(statement.where(Collection.id.in_(chunk)).order_by(Collection.due_on))
    ]
    if not rows:
        raise UserError("There is no collection to give notice of.", "Look at the mandate again.")
    policy, today = days(ctx), ctx.clock.today()
    by_post = ctx.session.get_one(Outgoing, outgoing_id).channel == Channel.LETTER
    notice = add(ctx, rows, kind, policy.of(kind), outgoing_id=outgoing_id)
    ctx.session.flush()
    mark(ctx, ((notice, rows, counts_from(today, policy.post if by_post else 0, policy.bacs)),))
    return notice


def add(
    ctx: Context,
    rows: Sequence[ToTell],
    kind: NoticeKind,
    promised: int,
    *,
    outgoing_id: int | None = None,
    words: str = "",
) -> DebitNotice:
    """The row of a notice that is given today; not flushed."""
    schedules = [each.schedule_id for each in rows if each.schedule_id is not None]
    notice = DebitNotice(
        mandate_id=rows[0].mandate_id,
        schedule_id=max(schedules, default=None),
        kind=kind,
        given_on=ctx.clock.today(),
        first_due_on=min(each.due_on for each in rows),
        days=promised,
        outgoing_id=outgoing_id,
        words=words,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(notice)
    return notice


def mark(ctx: Context, told: Iterable[tuple[DebitNotice, Sequence[ToTell], date]]) -> None:
    """Write on collections what their payers were told, and the day that counts as that of the notice.

    Raises:
        ChangedMeanwhile: one of them was changed, or told of from another desk, since it was read.
    """
    told = tuple(told)
    values = [
        {
            "this": each.collection_id,
            "was": each.version,
            "on": counted,
            "due": each.due_on,
            "pence_told": each.pence,
            "notice": notice.id,
        }
        for notice, rows, counted in told
        for each in rows
    ]
    if not values:
        return
    statement = (
        update(_TABLE)
        .where(_TABLE.c.id == bindparam("this"), _TABLE.c.version == bindparam("was"))
        .values(
            noticed_on=bindparam("on"),
            noticed_due_on=bindparam("due"),
            noticed_pence=bindparam("pence_told"),
            notice_id=bindparam("notice"),
            version=_TABLE.c.version + 1,
        )
    )
    ctx.session.connection().execute(statement, values)
    _forget(ctx)
    _refuse_others(ctx, {each.collection_id: notice.id for notice, rows, _ in told for each in rows})
    audit.record_bulk(ctx, _TABLE.name, "update", noticed=len(values))


def _refuse_others(ctx: Context, told: Mapping[int, int]) -> None:
    """Refuse where a collection doesn't have the notice that was given of it: then nothing is queued either."""
    for chunk in in_chunks(sorted(told)):
        rows = ctx.session.execute(select(_TABLE.c.id, _TABLE.c.notice_id).where(_TABLE.c.id.in_(chunk)))
        if any(told[collection_id] != notice_id for collection_id, notice_id in rows):
            raise ChangedMeanwhile(
                "A colleague changed one of these collections just now, or gave notice of it; nothing was saved.",
                "Do it again.",
            )


def take_back(ctx: Context, notices: Sequence[DebitNotice]) -> int:
    """Notices that never went: the collections that no run has yet count as not told; returns how many."""
    today, ids = ctx.clock.today(), [each.id for each in notices]
    for notice in notices:
        notice.taken_back_on = today
    count = 0
    for chunk in in_chunks(ids):
        theirs = (_TABLE.c.notice_id.in_(chunk), _TABLE.c.state.in_(_OPEN))
        found = ctx.session.scalars(select(_TABLE.c.id).where(*theirs)).all()
        count += len(found)
        statement = update(_TABLE).where(*theirs)
        ctx.session.execute(
            statement.values(
                noticed_on=None,
                noticed_due_on=None,
                noticed_pence=None,
                notice_id=None,
                version=_TABLE.c.version + 1,
            ),
            execution_options={"synchronize_session": False},
        )
    _forget(ctx)
    if count:
        audit.record_bulk(ctx, _TABLE.name, "update", notice_taken_back=count)
    ctx.session.flush()
    return count


def ask_for_them(ctx: Context, not_told: Sequence[tuple[NotTold, date]]) -> int:
    """A task for each payer whom nothing can reach, by the last day for it, unless one stands; returns how many are new."""
    standing = {row.subject_id for row in _tasks(ctx, {each.mandate_id for each, _ in not_told})}
    made = 0
    for each, by in not_told:
        if each.mandate_id in standing:
            continue
        standing.add(each.mandate_id)
        made += 1
        diary.add_task(
            ctx,
            NewTask(
                f"Tell the payer of Direct Debit {each.reference} what will be collected",
                max(by, ctx.clock.today()),
                f"No letter or e-mail could be made. {each.why} Without notice nothing is collected.",
                Subject.MANDATE,
                each.mandate_id,
                TASK,
            ),
        )
    return made


def finish_tasks(ctx: Context, mandate_ids: Many[int], outcome: str) -> None:
    """The payers of some mandates were told: what was asked for of them is done."""
    for task in _tasks(ctx, mandate_ids):
        diary.end(ctx, task, TaskState.DONE, TaskAction.DONE, outcome)


def _tasks(ctx: Context, mandate_ids: Many[int]) -> list[Task]:
    return [
        task
        for chunk in in_chunks(sorted(mandate_ids))
        for task in ctx.session.scalars(
            select(Task).where(
                Task.subject == Subject.MANDATE,
                Task.kind == TASK,
                Task.state == TaskState.OPEN.value,
                Task.subject_id.in_(chunk),
            )
        )
    ]


def _forget(ctx: Context) -> None:
    """Collections that were read before are read again: they were changed beside the session."""
    for row in ctx.session.identity_map.values():
        if isinstance(row, Collection):
            ctx.session.expire(row)
