"""Who may do what: roles hold permissions, and every command names the one it needs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from app.services.core.errors import NotAllowed
from app.services.core.roles import DESCRIPTIONS, POSTING, Permission, Role
from app.services.core.shipped_roles import ROLE_PERMISSIONS

if TYPE_CHECKING:
    from app.services.core.context import Context

P = ParamSpec("P")
R = TypeVar("R")

__all__ = [
    "COMMANDS",
    "DESCRIPTIONS",
    "POSTING",
    "ROLE_PERMISSIONS",
    "Edits",
    "Permission",
    "Role",
    "permissions_of",
    "permissions_of_role",
    "require",
    "requires",
]

COMMANDS: Final[dict[str, Permission]] = {}
"""Every command by module and name, with the permission it needs; a test walks it against every role."""


Edits = Mapping[tuple[str, str], bool]
"""What an office has edited: (role, permission) given (True) or taken (False)."""


def permissions_of_role(role: str, edits: Edits | None = None) -> frozenset[Permission]:
    """What a role may do: as shipped, with what the office gave to it or took from it. A role of its own ships empty.

    An edit of a permission that this program doesn't know is passed over.
    """
    shipped = ROLE_PERMISSIONS[Role(role)] if role in set(Role) else frozenset[Permission]()
    edited = {each: edits[role, each] for each in Permission if (role, each) in edits} if edits else {}
    taken = {each for each, held in edited.items() if not held}
    given = {each for each, held in edited.items() if held}
    return shipped - taken | given


def permissions_of(
    roles: frozenset[str] | frozenset[Role], *, alone: bool, edits: Edits | None = None
) -> frozenset[Permission]:
    """What an officer with these roles may do.

    `alone`: the office has this one officer. With more than one, an administrator posts nothing, whatever other roles
    they hold and however those were edited; nor does anybody else who may change officers.
    """
    held = frozenset[Permission]().union(*(permissions_of_role(role, edits) for role in roles))
    administers = Role.ADMINISTRATOR in roles or Permission.MANAGE_OFFICERS in held
    return held - POSTING if administers and not alone else held


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
        raise NotAllowed(
            f"{ctx.officer.name} may not {DESCRIPTIONS[permission]}.",
            _who_could(permission),
        )


def _who_could(permission: Permission) -> str:
    roles: list[Any] = [role for role, held in ROLE_PERMISSIONS.items() if permission in held and role != Role.SYSTEM]
    return f"It needs the role {' or '.join(role.value.replace('_', ' ') for role in roles)}."
