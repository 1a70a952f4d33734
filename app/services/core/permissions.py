"""Who may do what: roles hold permissions, and every command names the one it needs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from app.services.core.errors import UserError

if TYPE_CHECKING:
    from app.services.core.context import Context

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """A job in the rents team."""

    RENTS_OFFICER = "rents_officer"
    TEAM_LEADER = "team_leader"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Permission(StrEnum):
    """One thing that a command may need."""

    LOAD_LANDLORD = "load_landlord"
    CHARGE_WEEK = "charge_week"
    POST_JOURNAL = "post_journal"
    REVERSE_JOURNAL = "reverse_journal"
    ISSUE_STATEMENTS = "issue_statements"
    WRITE_NOTES = "write_notes"
    PLACE_HOLDS = "place_holds"
    KEEP_TENANCIES = "keep_tenancies"
    REQUEST_PERIOD_CHANGE = "request_period_change"
    AUTHORISE_PERIOD_CHANGE = "authorise_period_change"
    MANAGE_OFFICERS = "manage_officers"
    EDIT_POLICY = "edit_policy"


DESCRIPTIONS: Final = {
    Permission.LOAD_LANDLORD: "load a landlord's spreadsheet",
    Permission.CHARGE_WEEK: "post the weekly charge",
    Permission.POST_JOURNAL: "post to the ledger",
    Permission.REVERSE_JOURNAL: "reverse a journal",
    Permission.ISSUE_STATEMENTS: "issue statements",
    Permission.WRITE_NOTES: "write notes",
    Permission.PLACE_HOLDS: "place or release holds",
    Permission.KEEP_TENANCIES: "change tenancies and charges",
    Permission.REQUEST_PERIOD_CHANGE: "ask for a period to be closed or reopened",
    Permission.AUTHORISE_PERIOD_CHANGE: "authorise a period to be closed or reopened",
    Permission.MANAGE_OFFICERS: "add officers or change their roles",
    Permission.EDIT_POLICY: "change policy values",
}

_OFFICER: Final = frozenset(
    {
        Permission.CHARGE_WEEK,
        Permission.POST_JOURNAL,
        Permission.REVERSE_JOURNAL,
        Permission.ISSUE_STATEMENTS,
        Permission.WRITE_NOTES,
        Permission.PLACE_HOLDS,
        Permission.KEEP_TENANCIES,
        Permission.LOAD_LANDLORD,
        Permission.REQUEST_PERIOD_CHANGE,
    }
)

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.RENTS_OFFICER: _OFFICER,
    Role.TEAM_LEADER: _OFFICER | {Permission.AUTHORISE_PERIOD_CHANGE},
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_OFFICERS, Permission.EDIT_POLICY}),
    Role.SYSTEM: frozenset({Permission.CHARGE_WEEK, Permission.ISSUE_STATEMENTS}),
}

POSTING: Final = frozenset(
    {
        Permission.LOAD_LANDLORD,
        Permission.CHARGE_WEEK,
        Permission.POST_JOURNAL,
        Permission.REVERSE_JOURNAL,
        Permission.KEEP_TENANCIES,
    }
)
"""What puts figures on accounts; never an administrator's once there is somebody else."""

COMMANDS: Final[dict[str, Permission]] = {}
"""Every command by module and name, with the permission it needs; a test walks it against every role."""


def permissions_of(roles: frozenset[Role], *, alone: bool) -> frozenset[Permission]:
    """What an officer with these roles may do.

    `alone`: the office has this one officer, who then holds every role. With more than one officer an
    administrator posts nothing, whatever other roles they hold.
    """
    held = frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
    return held if alone or Role.ADMINISTRATOR not in roles else held - POSTING


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Context, P], R]], Callable[Concatenate[Context, P], R]]:
    """Mark a command with the permission it needs; without it the command raises UserError and does nothing."""

    def mark(command: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
        COMMANDS[f"{command.__module__}.{command.__name__}"] = permission

        @functools.wraps(command)
        def checked(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(ctx, permission)
            return command(ctx, *args, **kwargs)

        return checked

    return mark


def require(ctx: Context, permission: Permission) -> None:
    """Raise UserError unless the officer of this context has the permission."""
    if permission not in ctx.officer.permissions:
        raise UserError(
            f"{ctx.officer.name} may not {DESCRIPTIONS[permission]}.",
            _who_could(permission),
        )


def _who_could(permission: Permission) -> str:
    roles: list[Any] = [role for role, held in ROLE_PERMISSIONS.items() if permission in held and role != Role.SYSTEM]
    return f"It needs the role {' or '.join(role.value.replace('_', ' ') for role in roles)}."
