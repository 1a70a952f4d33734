"""The kinds of request about officers: what each shows to whoever decides, and does when it is approved."""

from __future__ import annotations

from app.models.values import Subject
from app.services.admin.officers_dto import CHANGED, Asked
from app.services.admin.standing import found, held, names_of, refuse_last, working
from app.services.approvals import keeping
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core import officers
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.officers import NewOfficer
from app.services.core.permissions import Permission

ADD = "officer_add"
ROLES = "officer_roles"
BACK = "officer_back"


def register() -> None:
    """Plug the kinds of request in."""
    approve = Permission.APPROVE_OFFICER_CHANGES
    register_kind(ApprovalKind(ADD, "New officer", approve, _apply_add, _add_details))
    register_kind(ApprovalKind(ROLES, "Officer's roles", approve, _apply_roles, _roles_details))
    register_kind(ApprovalKind(BACK, "Officer comes back", approve, _apply_back, _back_details))


def ask(ctx: Context, kind: str, subject_id: int, summary: str, reason: str, payload: Payload) -> Asked:
    """Ask for something about an officer to be approved."""
    return Asked(keeping.ask(ctx, NewRequest(kind, Subject.OFFICER, subject_id, summary, reason, payload)))


def payload_of(new: NewOfficer) -> Payload:
    """A new officer as a request carries one."""
    return {
        "username": new.username.strip(),
        "name": new.name.strip(),
        "roles": sorted(str(role) for role in new.roles),
        "email": new.email.strip(),
        "team_id": new.team_id,
    }


def _apply_add(ctx: Context, payload: Payload) -> Changes:
    officers.add(ctx, _new(payload))
    return CHANGED


def _new(payload: Payload) -> NewOfficer:
    team = payload["team_id"]
    return NewOfficer(
        str(payload["username"]),
        str(payload["name"]),
        _roles(payload),
        str(payload["email"]),
        team if isinstance(team, int) else None,
    )


def _add_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = _new(payload)
    return (
        Detail("Sign-in name", "", new.username),
        Detail("Name", "", new.name),
        Detail("Roles", "", ", ".join(names_of(ctx, new.roles))),
    )


def _apply_roles(ctx: Context, payload: Payload) -> Changes:
    set_roles(ctx, _id(payload), _roles(payload))
    return CHANGED


def _roles_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    officer = found(ctx, _id(payload))
    before, after = (", ".join(names_of(ctx, roles)) for roles in (held(ctx, officer.id), _roles(payload)))
    return (Detail("Officer", officer.name, officer.name), Detail("Roles", before, after))


def _apply_back(ctx: Context, payload: Payload) -> Changes:
    officer = found(ctx, _id(payload))
    officer.active, officer.left_on = True, None
    ctx.session.flush()
    return CHANGED


def _back_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    officer = found(ctx, _id(payload))
    left = f"left on {officer.left_on.day} {officer.left_on:%b %Y}" if officer.left_on else "left"
    roles = ", ".join(names_of(ctx, held(ctx, officer.id)))
    return (Detail("Officer", f"{officer.name}, {left}", officer.name), Detail("Roles", "none", roles))


def set_roles(ctx: Context, officer_id: int, roles: frozenset[str]) -> None:
    """Give an officer these roles, unless nobody would be left to administer."""
    officer = working(ctx, officer_id)
    refuse_last(ctx, officer, roles)
    officers.set_roles(ctx, officer_id, roles)


def _roles(payload: Payload) -> frozenset[str]:
    roles = payload["roles"]
    assert isinstance(roles, list)
    return frozenset(str(role) for role in roles)


def _id(payload: Payload) -> int:
    officer_id = payload["officer_id"]
    assert isinstance(officer_id, int)
    return officer_id
