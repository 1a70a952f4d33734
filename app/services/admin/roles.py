"""Roles as the office has them: what each may do, as shipped and as edited, changed only with a second person."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from sqlalchemy import select

from app.models.officers import OfficeRole, RolePermission
from app.models.values import Subject
from app.services.admin.officers_dto import CHANGED, Asked, PermissionLine, RoleEdit, RoleLine
from app.services.admin.standing import waiting_about
from app.services.approvals import keeping
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core import officers
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import (
    DESCRIPTIONS,
    ROLE_PERMISSIONS,
    Edits,
    Permission,
    Role,
    permissions_of_role,
    requires,
)

KIND = "role"
_LONGEST = 40


def register() -> None:
    """Plug the kind of request in."""
    register_kind(ApprovalKind(KIND, "What a role may do", Permission.APPROVE_OFFICER_CHANGES, _apply, _details))


def page(ctx: Context) -> tuple[RoleLine, ...]:
    """Every role that an officer may be given, with what it may do and how many active officers hold it."""
    edited = officers.edits(ctx.session)
    people = officers.working(ctx.session)
    waiting = waiting_about(ctx, Subject.ROLE)
    return tuple(
        RoleLine(
            key,
            name,
            key not in set(Role),
            sum(key in officer.roles for officer in people),
            _lines(key, edited),
            waiting.get(_number(key), 0),
        )
        for key, name in officers.role_names(ctx.session).items()
    )


@requires(Permission.MANAGE_OFFICERS)
def edit(ctx: Context, wanted: RoleEdit) -> Asked:
    """Ask for a role to be made, renamed, or to be given or lose permissions.

    Raises:
        UserError: no name or one that is taken, nothing changes, a new role may do nothing, nobody would be left to
            administer, or the office has one officer.
    """
    key = wanted.key or _key(wanted.name)
    names = officers.role_names(ctx.session)
    if not wanted.name.strip() or not key:
        raise UserError("The role has no name.", "Call it what the office calls it.", "name")
    taken = {name.casefold() for other, name in names.items() if other != key}
    if wanted.name.strip().casefold() in taken or (not wanted.key and key in {*names, Role.SYSTEM}):
        raise UserError(f"There is a role called '{wanted.name.strip()}' already.", "Choose another name.", "name")
    if wanted.key and wanted.key not in names:
        raise UserError("That role is no longer there.", "Look at the list again.")
    held = permissions_of_role(key, officers.edits(ctx.session))
    if wanted.key and held == wanted.permissions and names[key] == wanted.name.strip():
        raise UserError("Nothing of the role is changed.", "Tick or untick what it may do, then ask.", "permissions")
    if not wanted.permissions:
        raise UserError("The role may do nothing.", "Tick what it may do.", "permissions")
    payload = {"key": key, "name": wanted.name.strip()[:80], "permissions": sorted(wanted.permissions)}
    _refuse_last(ctx, key, wanted.permissions)
    what = "Change the role" if wanted.key else "New role"
    request = NewRequest(KIND, Subject.ROLE, _number(key), f"{what} {wanted.name.strip()}", wanted.reason, payload)
    return Asked(keeping.ask(ctx, request))


def _lines(role: str, edited: Edits) -> tuple[PermissionLine, ...]:
    held = permissions_of_role(role, edited)
    shipped = ROLE_PERMISSIONS[Role(role)] if role in set(Role) else frozenset[Permission]()
    return tuple(
        PermissionLine(each, words[0].upper() + words[1:], each in held, each in shipped)
        for each, words in DESCRIPTIONS.items()
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    """Keep only what differs from what is shipped, so that a later permission arrives with its default."""
    key, name, wanted = _read(payload)
    _refuse_last(ctx, key, wanted)
    shipped = ROLE_PERMISSIONS[Role(key)] if key in set(Role) else frozenset[Permission]()
    edits = select(RolePermission).where(RolePermission.role == key)
    kept = {row.permission: row for row in ctx.session.scalars(edits)}
    for permission in Permission:
        held = permission in wanted
        row = kept.get(permission.value)
        if held is (permission in shipped):
            if row is not None:
                ctx.session.delete(row)
        elif row is not None:
            row.held = held
        else:
            ctx.session.add(RolePermission(role=key, permission=permission.value, held=held))
    own = ctx.session.get(OfficeRole, key)
    if own is None:
        if officers.role_names(ctx.session).get(key) != name:
            ctx.session.add(OfficeRole(key=key, name=name))
    else:
        own.name = name
    ctx.session.flush()
    return CHANGED


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    key, name, wanted = _read(payload)
    held = permissions_of_role(key, officers.edits(ctx.session))
    called = officers.role_names(ctx.session).get(key, "")
    found = [Detail("Name", called, name)] if called != name else [Detail("Role", name, name)]
    for permission, words in DESCRIPTIONS.items():
        if (permission in held) is not (permission in wanted):
            found.append(Detail(words[0].upper() + words[1:], _yes(permission in held), _yes(permission in wanted)))
    return tuple(found)


def _yes(held: bool) -> str:
    return "yes" if held else "no"


def _read(payload: Payload) -> tuple[str, str, frozenset[Permission]]:
    names = payload["permissions"]
    assert isinstance(names, list)
    return str(payload["key"]), str(payload["name"]), frozenset(Permission(name) for name in names)


def _refuse_last(ctx: Context, key: str, wanted: frozenset[Permission]) -> None:
    """Somebody must be left who may change officers and roles, and somebody else who may approve it."""
    edited: dict[tuple[str, str], bool] = dict(officers.edits(ctx.session))
    edited.update({(key, each.value): each in wanted for each in Permission})
    for needed in (Permission.MANAGE_OFFICERS, Permission.APPROVE_OFFICER_CHANGES):
        if not any(_holds(needed, each.roles, edited) for each in officers.working(ctx.session)):
            raise UserError(
                f"Nobody would be left who may {DESCRIPTIONS[needed]}.",
                "Give that to another role first.",
                "permissions",
            )


def _holds(needed: Permission, roles: frozenset[str], edited: Mapping[tuple[str, str], bool]) -> bool:
    return any(needed in permissions_of_role(role, edited) for role in roles)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")[:_LONGEST]


def _number(key: str) -> int:
    """A number for the request's subject: roles are known by their keys, the same key always by the same number."""
    return zlib.crc32(key.encode())
