"""Officers: who may act, and as whom the program acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.models.officers import Officer, OfficeRole, OfficerRole, RolePermission
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context, CurrentOfficer
from app.services.core.errors import NotAllowed, UserError
from app.services.core.permissions import Edits, Permission, Role, permissions_of

SYSTEM = "system"
"""The officer of scheduled jobs; holds no role that approves."""
_PEOPLE: Final = select(func.count()).select_from(Officer).where(Officer.active, Officer.username != SYSTEM)
_EDITS: Final = select(RolePermission.role, RolePermission.permission, RolePermission.held)
_HELD: Final = select(OfficerRole.role).where(OfficerRole.officer_id == bindparam("officer"))
"""Asked in each transaction, so put together once."""


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as listed; `roles` are keys."""

    id: int
    username: str
    name: str
    active: bool
    roles: tuple[str, ...]
    email: str = ""
    team_id: int | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer to be added, known by the name they sign in to the computer with."""

    username: str
    name: str
    roles: frozenset[str]
    email: str = ""
    team_id: int | None = None


def people_count(session: Session) -> int:
    """How many active officers are people."""
    return session.scalar(_PEOPLE) or 0


def officer_names(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """The names of some officers by their ids; who isn't known (None) is left out."""
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted({each for each in ids if each is not None})):
        rows = session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(chunk)))
        found.update({row.id: row.name for row in rows})
    return found


def edits(session: Session) -> Edits:
    """What the office has edited of its roles."""
    return {(role, permission): held for role, permission, held in session.execute(_EDITS)}


def role_names(session: Session) -> dict[str, str]:
    """Every role that an officer may be given, with its name: those as shipped first, then the office's own."""
    own = {row.key: row.name for row in session.scalars(select(OfficeRole).order_by(OfficeRole.name))}
    shipped = {role.value: own.get(role.value) or role.value.replace("_", " ").capitalize() for role in Role}
    return {key: name for key, name in (shipped | own).items() if key != Role.SYSTEM}


def sign_in(session: Session, username: str) -> CurrentOfficer:
    """The officer with this sign-in name, without asking for a password.

    Raises:
        UserError: nobody active has it.
    """
    officer = session.scalar(select(Officer).where(Officer.username == username))
    if officer is None:
        raise UserError(
            f"'{username}' is not an officer of this Rentbook.",
            "Ask an officer with the administrator role to add you (rentbook officer add).",
        )
    return _current(session, officer)


def current(session: Session, officer_id: int) -> CurrentOfficer:
    """An officer as they are now, whatever they could do when they signed in.

    Raises:
        UserError: they have left.
    """
    officer = session.get(Officer, officer_id)
    if officer is None:
        raise NotAllowed("You are not an officer of this Rentbook any more.", "Ask an administrator.")
    return _current(session, officer)


def working(session: Session) -> tuple[CurrentOfficer, ...]:
    """Every active officer with what they may do now, scheduled jobs left out, in order of name."""
    held: dict[int, set[str]] = {}
    for row in session.scalars(select(OfficerRole)):
        held.setdefault(row.officer_id, set()).add(row.role)
    statement = select(Officer).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name, Officer.id)
    people = session.scalars(statement).all()
    edited, alone = edits(session), len(people) <= 1
    return tuple(_made(each, frozenset(held.get(each.id, ())), edited, alone=alone) for each in people)


def holders(session: Session, permission: Permission) -> tuple[CurrentOfficer, ...]:
    """The active officers who have a permission."""
    return tuple(each for each in working(session) if permission in each.permissions)


def make_first_officers(session: Session, username: str, name: str) -> None:
    """Add whoever creates the database, with every role, and the officer of scheduled jobs."""
    roles = frozenset({Role.RENTS_OFFICER, Role.TEAM_LEADER, Role.ADMINISTRATOR})
    _write(session, NewOfficer(username, name, frozenset(role.value for role in roles)))
    if username != SYSTEM:
        _write(session, NewOfficer(SYSTEM, "Scheduled jobs", frozenset({Role.SYSTEM.value})))


def check_new(ctx: Context, new: NewOfficer) -> None:
    """Refuse an officer who can't be added.

    Raises:
        UserError: no name, the sign-in name is taken, a name holds a card number, or no role that there is.
    """
    if not new.username.strip():
        raise UserError("The sign-in name is missing.", "It is the name they sign in to the computer with.", "username")
    if not new.name.strip():
        raise UserError("The name is missing.", "It is the name that colleagues read.", "name")
    refuse_card_number(ctx, new.username, "sign-in name", "username")
    refuse_card_number(ctx, new.name, "name", "name")
    check_roles(ctx, new.roles)
    if ctx.session.scalar(select(Officer.id).where(func.lower(Officer.username) == new.username.strip().lower())):
        raise UserError(f"'{new.username}' is an officer already.", "Sign-in names are used once.", "username")


def check_roles(ctx: Context, roles: Iterable[str]) -> None:
    """Refuse a set of roles that nobody can be given.

    Raises:
        UserError: none, or one that there isn't.
    """
    names = role_names(ctx.session)
    if not roles or set(roles) - names.keys():
        raise UserError(f"An officer needs a role: {', '.join(names)}.", field="roles")


def add(ctx: Context, new: NewOfficer) -> OfficerRow:
    """Add an officer, for services that have asked for a permission and a second person of their own.

    The first officer holds every role while alone. With more than one officer an administrator posts nothing, so
    whoever holds other roles too stops being an administrator when they add one.

    Raises:
        UserError: as `check_new`.
    """
    check_new(ctx, new)
    if Role.ADMINISTRATOR in new.roles and people_count(ctx.session) == 1:
        own = ctx.session.get(OfficerRole, (ctx.officer.id, Role.ADMINISTRATOR.value))
        if own is not None and len(ctx.officer.roles) > 1:
            ctx.session.delete(own)
    officer = _write(ctx.session, new)
    return _row(officer, sorted(new.roles))


def set_roles(ctx: Context, officer_id: int, roles: frozenset[str]) -> None:
    """Give an officer these roles and no others, for services that have asked for a second person."""
    check_roles(ctx, roles)
    held = {
        row.role: row for row in ctx.session.scalars(select(OfficerRole).where(OfficerRole.officer_id == officer_id))
    }
    for role in sorted(held.keys() - roles):
        ctx.session.delete(held[role])
    ctx.session.add_all([OfficerRole(officer_id=officer_id, role=role) for role in sorted(roles - held.keys())])
    ctx.session.flush()


def list_officers(ctx: Context) -> tuple[OfficerRow, ...]:
    """Every officer with their roles, leavers too, in the order they were added."""
    held: dict[int, list[str]] = {}
    for row in ctx.session.scalars(select(OfficerRole).order_by(OfficerRole.role)):
        held.setdefault(row.officer_id, []).append(row.role)
    officers = ctx.session.scalars(select(Officer).order_by(Officer.id))
    return tuple(_row(each, held.get(each.id, ())) for each in officers)


def _row(officer: Officer, roles: Iterable[str]) -> OfficerRow:
    return OfficerRow(
        officer.id,
        officer.username,
        officer.name,
        officer.active,
        tuple(roles),
        officer.email,
        officer.team_id,
        officer.left_on,
    )


def _current(session: Session, officer: Officer) -> CurrentOfficer:
    if not officer.active:
        raise UserError(
            f"{officer.name} has left and can't sign in.",
            "If that is wrong, ask an administrator: nothing of theirs was deleted.",
        )
    held = frozenset(session.scalars(_HELD, {"officer": officer.id}))
    return _made(officer, held, edits(session), alone=people_count(session) <= 1)


def _made(officer: Officer, roles: frozenset[str], edited: Edits, *, alone: bool) -> CurrentOfficer:
    return CurrentOfficer(
        officer.id,
        officer.username,
        officer.name,
        roles,
        permissions_of(roles, alone=alone, edits=edited),
        officer.team_id,
    )


def _write(session: Session, new: NewOfficer) -> Officer:
    officer = Officer(
        username=new.username.strip(), name=new.name.strip(), email=new.email.strip(), team_id=new.team_id
    )
    session.add(officer)
    session.flush()
    session.add_all([OfficerRole(officer_id=officer.id, role=str(role)) for role in sorted(new.roles)])
    session.flush()
    return officer
