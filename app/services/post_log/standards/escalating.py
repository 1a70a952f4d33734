"""What has become late is told to the leader of the team that has it, in one task each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostStep, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.calendar import office_days
from app.services.diary.dto import NewTask, Priority
from app.services.post_log import keeping as log
from app.services.post_log.dto import item_number
from app.services.post_log.standards import rules, wording
from app.services.post_log.standards.dto import Escalated
from app.services.post_log.standards.lateness import IS_OPEN, is_late

TASK: Final = "post_late"
"""The kind of the task to see to late items."""
_LISTED: Final = 40


@dataclass(frozen=True, slots=True)
class _Late:
    """A late item, who has it, and who leads their team."""

    item: PostItem
    category: str
    holder: str
    team_id: int | None
    leader_id: int | None


def escalate(ctx: Context) -> Escalated:
    """Tell each leader of the items that have become late and that they weren't told of; note it on each item."""
    by_leader: dict[tuple[int | None, int | None], list[_Late]] = {}
    for each in _found(ctx):
        to = (each.leader_id, None if each.leader_id else each.team_id)
        by_leader.setdefault(to, []).append(each)
    for (leader_id, team_id), late in by_leader.items():
        _task(ctx, late, leader_id, team_id)
        for each in late:
            each.item.escalated_at = ctx.clock.now()
            log.record(ctx, each.item.id, PostStep.ESCALATED, to_officer_id=leader_id, to_team_id=team_id)
    ctx.session.flush()
    items = [each.item for late in by_leader.values() for each in late]
    accounts = frozenset(each.account_id for each in items if each.account_id is not None)
    return Escalated(len(items), len(by_leader), Changes(frozenset({"post_log", "home", "diary"}), accounts))


def _found(ctx: Context) -> list[_Late]:
    """The late items whose time to be told of has come, the oldest first."""
    today, office = ctx.clock.today(), office_days(ctx)
    leader = select(Officer.id).where(Officer.active).subquery("leader")
    holder = select(Officer.id, Officer.name, Officer.team_id).subquery("holder")
    statement = (
        select(
            PostItem,
            PostCategory.key,
            PostCategory.name,
            func.coalesce(holder.c.name, Team.name, "nobody"),
            Team.id,
            leader.c.id,
        )
        .join(PostCategory, PostCategory.id == PostItem.category_id)
        .outerjoin(holder, holder.c.id == PostItem.officer_id)
        .outerjoin(Team, Team.id == func.coalesce(PostItem.team_id, holder.c.team_id))
        .outerjoin(leader, leader.c.id == Team.leader_id)
        .where(IS_OPEN, is_late(today), PostItem.escalated_at.is_(None))
        .order_by(PostItem.received_on, PostItem.id)
    )
    found = []
    for item, key, category, who, team_id, leader_id in ctx.session.execute(statement).all():
        kept = (item.acknowledge_by, item.reply_by, item.acknowledged_on, item.replied_on)
        next_on = rules.next_to_keep(*kept)
        wait = ctx.policy.number("post_log.escalate_days", item.received_on, f"category:{key}")
        if next_on is not None and today > office.add(next_on, wait):
            found.append(_Late(item, category, who, team_id, leader_id))
    return found


def _task(ctx: Context, late: Sequence[_Late], leader_id: int | None, team_id: int | None) -> None:
    one = late[0].item if len(late) == 1 else None
    lines = [_line(each) for each in late[:_LISTED]]
    if len(late) > _LISTED:
        lines.append(f"and {len(late) - _LISTED} more: Post, Overdue")
    title = f"Post {_number(one)} is late" if one else f"{len(late)} items of post are late"
    task = NewTask(
        title=title,
        due_on=office_days(ctx).on_or_after(ctx.clock.today()),
        details="\n".join(lines),
        subject=Subject.POST_ITEM if one else None,
        subject_id=one.id if one else None,
        kind=TASK,
        officer_id=leader_id,
        team_id=team_id,
        priority=Priority.HIGH,
    )
    diary.add_task(ctx, task)


def _line(each: _Late) -> str:
    item = each.item
    next_on = rules.next_to_keep(item.acknowledge_by, item.reply_by, item.acknowledged_on, item.replied_on)
    assert next_on is not None
    return f"{_number(item)}, {each.category}: was due {wording.spelled(next_on)}, with {each.holder}"


def _number(item: PostItem) -> str:
    return item_number(item.year, item.number)
