"""Officers, roles and limits as they are listed and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import LimitKind, Money
from app.services.core.changes import Changes
from app.services.core.permissions import Permission

AREAS = frozenset({"admin", "approvals"})
"""Whose pages show what these commands change."""
CHANGED = Changes(AREAS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a change: it waits for a second person as `request_id`, or (None) happened at once."""

    request_id: int | None
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class RoleName:
    """A role that an officer may be given."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer as the Officers page lists them; moments are UTC.

    Attributes:
        roles: keys; `role_names` are what they are called.
        delegated: whose approvals they have today, or who has theirs, in words; empty if neither.
        waiting: requests about them that wait for a second person.
    """

    officer_id: int
    username: str
    name: str
    email: str
    team_id: int | None
    team: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    active: bool
    left_on: date | None
    has_password: bool
    must_change: bool
    locked_until: datetime | None
    last_seen_at: datetime | None
    delegated: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class OfficersPage:
    """What the Officers page shows.

    Attributes:
        alone: the office has one active officer, who may add the second at once.
        direct: nobody else could approve it, so that adding officers and giving them roles happens at once.
    """

    officers: tuple[OfficerLine, ...]
    roles: tuple[RoleName, ...]
    teams: tuple[tuple[int, str], ...]
    alone: bool
    direct: bool


@dataclass(frozen=True, slots=True)
class Leaver:
    """An officer who leaves; their open tasks go to `hand_to`, an officer, or stay untaken with their team."""

    officer_id: int
    left_on: date
    hand_to: int | None = None


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """A permission of a role: what it lets one do, whether it is held, and whether it was shipped so."""

    permission: Permission
    words: str
    held: bool
    shipped: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role with what it may do."""

    key: str
    name: str
    own: bool
    officers: int
    permissions: tuple[PermissionLine, ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class RoleEdit:
    """A role as it should be: `key` is empty for a new one."""

    key: str
    name: str
    permissions: frozenset[Permission]
    reason: str


@dataclass(frozen=True, slots=True)
class LimitLine:
    """An officer's limits by kind: (line, batch); a kind that isn't there was not set, and is nothing."""

    officer_id: int
    name: str
    roles: tuple[str, ...]
    limits: tuple[tuple[LimitKind, Money, Money], ...]
    waiting: int = 0
