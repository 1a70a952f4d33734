"""What the commands about officers share: who is there, who may approve, and what becomes of a leaver."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from app.models.approvals import ApprovalRequest
from app.models.diary import Task
from app.models.limits import Delegation
from app.models.officers import Officer, Team
from app.models.values import ApprovalState, Subject
from app.services.admin.officers_dto import Leaver
from app.services.core import officers
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, permissions_of_role
from app.services.diary.dto import TaskAction, TaskState
from app.services.diary.keeping import add_step


def nobody_else_approves(ctx: Context) -> bool:
    """Whether no other active officer could approve a change of officers."""
    able = officers.holders(ctx.session, Permission.APPROVE_OFFICER_CHANGES)
    return all(each.id == ctx.officer.id for each in able)


def waiting_about(ctx: Context, subject: Subject) -> dict[int, int]:
    """How many requests wait about each record of a kind."""
    statement = (
        select(ApprovalRequest.subject_id, func.count())
        .where(
            ApprovalRequest.subject == subject,
            ApprovalRequest.state.in_((ApprovalState.WAITING, ApprovalState.RETURNED)),
        )
        .group_by(ApprovalRequest.subject_id)
    )
    return {row[0]: row[1] for row in ctx.session.execute(statement)}


def shut_out(ctx: Context, officer: Officer, leaver: Leaver) -> None:
    """What makes somebody a leaver, for commands that have asked for a permission of their own."""
    officer.active, officer.left_on = False, leaver.left_on
    standing = select(Delegation).where(
        (Delegation.from_id == officer.id) | (Delegation.to_id == officer.id),
        Delegation.ended_at.is_(None),
        Delegation.to_on >= ctx.clock.today(),
    )
    for delegation in ctx.session.scalars(standing):
        delegation.ended_at = ctx.clock.now()
    for team in ctx.session.scalars(select(Team).where(Team.leader_id == officer.id)):
        team.leader_id = None
    _hand_over_tasks(ctx, officer, leaver.hand_to)
    ctx.session.flush()


def _hand_over_tasks(ctx: Context, officer: Officer, to: int | None) -> None:
    """Every open task of a leaver goes to a colleague, else to the leaver's team, else to nobody yet."""
    team = officer.team_id if to is None else None
    open_tasks = select(Task).where(Task.officer_id == officer.id, Task.state == TaskState.OPEN.value)
    for task in ctx.session.scalars(open_tasks):
        task.officer_id, task.team_id = to, team
        words = f"{officer.name} has left"
        add_step(ctx, task.id, TaskAction.HANDED_OVER, words, officer_id=to, team_id=team)


def refuse_last(ctx: Context, officer: Officer, roles: frozenset[str]) -> None:
    """Refuse to leave nobody who may add officers and give roles, were this officer to hold these roles.

    Raises:
        UserError: nobody would be left.
    """
    edited = officers.edits(ctx.session)
    keeps = any(Permission.MANAGE_OFFICERS in permissions_of_role(role, edited) for role in roles)
    others = officers.holders(ctx.session, Permission.MANAGE_OFFICERS)
    if not keeps and all(each.id == officer.id for each in others):
        raise UserError(
            f"{officer.name} is the only one left who may change officers and roles.",
            "Make somebody else an administrator first.",
            "roles",
        )


def found(ctx: Context, officer_id: int) -> Officer:
    """An officer, a leaver too; scheduled jobs are none.

    Raises:
        UserError: there is none.
    """
    officer = ctx.session.get(Officer, officer_id)
    if officer is None or officer.username == SYSTEM:
        raise UserError("There is no such officer.", "Look at the list again.")
    return officer


def working(ctx: Context, officer_id: int) -> Officer:
    """An officer who hasn't left.

    Raises:
        UserError: there is none, or they have.
    """
    officer = found(ctx, officer_id)
    if not officer.active:
        raise UserError(f"{officer.name} has left.", "Bring them back first.")
    return officer


def held(ctx: Context, officer_id: int) -> frozenset[str]:
    """The roles of an officer."""
    return next(frozenset(row.roles) for row in officers.list_officers(ctx) if row.id == officer_id)


def names_of(ctx: Context, roles: Collection[str]) -> list[str]:
    """What roles are called, in the order in which roles are listed."""
    names = officers.role_names(ctx.session)
    return [name for key, name in names.items() if key in roles]
