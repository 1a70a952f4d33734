"""What the day does by itself: a till that was left open gives the team leader a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select, true

from app.models.diary import Task
from app.models.officers import Officer, Team
from app.models.reception_payments.tills import Till, TillSession
from app.models.values import Subject, TillState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask, Priority
from app.services.reception_payments.tills import sessions
from app.services.reception_payments.tills.dto import AREAS

TASK: Final = "till_left_open"
"""The kind of the task; cashing the till up finishes it."""


def register() -> None:
    """Plug the day's work in."""
    plug_in("tills_left_open", each_day)


@requires(Permission.KEEP_TASKS)
def each_day(ctx: Context) -> Changes:
    """Give a task for each session whose business day is over: to the leader of its holder's team, or to the team; once each."""
    told = select(Task.id).where(
        Task.subject == Subject.TILL_SESSION, Task.subject_id == TillSession.id, Task.kind == TASK
    )
    rows = (
        select(TillSession, Till.name, Officer.name, Officer.team_id)
        .join(Till, Till.id == TillSession.till_id)
        .join(Officer, Officer.id == TillSession.holder_id)
        .where(TillSession.state == TillState.OPEN, ~told.exists())
        .order_by(TillSession.id)
    )
    leaders = _leaders(ctx)
    for session, till, holder, team_id in ctx.session.execute(rows).all():
        if not sessions.day_is_over(ctx, session):
            continue
        leader_id = leaders.get(team_id)
        task = NewTask(
            f"{till} is open since {sessions.day_of(session)}: see that it is cashed up",
            ctx.clock.today(),
            f"{holder} holds it. It takes no payments until it is cashed up and opened again.",
            subject=Subject.TILL_SESSION,
            subject_id=session.id,
            kind=TASK,
            officer_id=leader_id,
            team_id=None if leader_id else team_id,
            priority=Priority.HIGH,
        )
        diary.add_task(ctx, task)
    return Changes(AREAS | {"diary"})


def _leaders(ctx: Context) -> Mapping[int | None, int]:
    """The leader of each team that has one who works here."""
    rows = select(Team.id, Team.leader_id).join(Officer, Officer.id == Team.leader_id).where(Officer.active == true())
    return {team_id: leader_id for team_id, leader_id in ctx.session.execute(rows) if leader_id is not None}
