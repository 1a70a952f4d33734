"""Officers: who may act, and as whom the program acts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.officers import Officer, OfficerRole
from app.services.core.context import Context, CurrentOfficer
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, Role, permissions_of, requires

SYSTEM = "system"
"""The officer of scheduled jobs; holds no role that approves."""


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as listed."""

    id: int
    username: str
    name: str
    active: bool
    roles: tuple[Role, ...]


def people_count(session: Session) -> int:
    """How many active officers are people."""
    statement = select(func.count()).select_from(Officer).where(Officer.active, Officer.username != SYSTEM)
    return session.scalar(statement) or 0


def sign_in(session: Session, username: str) -> CurrentOfficer:
    """The officer with this sign-in name.

    Raises:
        UserError: nobody active has it.
    """
    officer = session.scalar(select(Officer).where(Officer.username == username, Officer.active))
    if officer is None:
        raise UserError(
            f"'{username}' is not an officer of this Rentbook.",
            "Ask an officer with the administrator role to add you (rentbook officer add).",
        )
    held = session.scalars(select(OfficerRole.role).where(OfficerRole.officer_id == officer.id))
    roles = frozenset(Role(role) for role in held)
    return CurrentOfficer(
        officer.id,
        officer.username,
        officer.name,
        roles,
        permissions_of(roles, alone=people_count(session) <= 1),
    )


def make_first_officers(session: Session, username: str, name: str) -> None:
    """Add whoever creates the database, with every role, and the officer of scheduled jobs."""
    roles = [Role.RENTS_OFFICER, Role.TEAM_LEADER, Role.ADMINISTRATOR]
    _add(session, username, name, roles)
    if username != SYSTEM:
        _add(session, SYSTEM, "Scheduled jobs", [Role.SYSTEM])


@requires(Permission.MANAGE_OFFICERS)
def add_officer(ctx: Context, username: str, name: str, roles: frozenset[Role]) -> OfficerRow:
    """Add an officer.

    The first officer holds every role while alone. With more than one officer an administrator posts nothing, so
    whoever holds other roles too stops being an administrator when they add one.

    Raises:
        UserError: the name is taken, or no role is given.
    """
    if not roles or Role.SYSTEM in roles:
        raise UserError("An officer needs a role: rents_officer, team_leader or administrator.", field="role")
    if ctx.session.scalar(select(Officer.id).where(Officer.username == username)):
        raise UserError(f"'{username}' is an officer already.", field="username")
    if Role.ADMINISTRATOR in roles and len(ctx.officer.roles) > 1:
        own = ctx.session.get(OfficerRole, (ctx.officer.id, Role.ADMINISTRATOR.value))
        if own is not None:
            ctx.session.delete(own)
    officer = _add(ctx.session, username, name, sorted(roles))
    return OfficerRow(officer.id, username, name, active=True, roles=tuple(sorted(roles)))


def list_officers(ctx: Context) -> tuple[OfficerRow, ...]:
    """Every officer with their roles, in the order they were added."""
    held: dict[int, list[Role]] = {}
    for row in ctx.session.scalars(select(OfficerRole).order_by(OfficerRole.role)):
        held.setdefault(row.officer_id, []).append(Role(row.role))
    officers = ctx.session.scalars(select(Officer).order_by(Officer.id))
    return tuple(OfficerRow(o.id, o.username, o.name, o.active, tuple(held.get(o.id, ()))) for o in officers)


def _add(session: Session, username: str, name: str, roles: list[Role]) -> Officer:
    officer = Officer(username=username, name=name)
    session.add(officer)
    session.flush()
    session.add_all([OfficerRole(officer_id=officer.id, role=role.value) for role in roles])
    session.flush()
    return officer
