"""What every command and query is handed."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.services.core.clock import Clock
from app.services.core.permissions import Permission
from app.services.core.policy import Policy
from app.services.core.progress import CancelToken, Progress, no_progress


@dataclass(frozen=True, slots=True)
class CurrentOfficer:
    """The officer who acts; `roles` are keys, of the roles as shipped and of the office's own."""

    id: int
    username: str
    name: str
    roles: frozenset[str]
    permissions: frozenset[Permission]
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One transaction's session, who acts, what time it is, the policy, and how to report and stop.

    A command never commits: `Desk.do` does, once, when it returns. `opened` collects the restricted accounts that were
    opened; the desk logs each before it hands out the answer. `approval` is the request that is being carried out, if one is:
    what is posted meanwhile names it.
    """

    session: Session
    officer: CurrentOfficer
    clock: Clock
    policy: Policy
    progress: Progress = no_progress
    cancel: CancelToken = field(default_factory=CancelToken)
    opened: set[int] = field(default_factory=set)
    approval: int | None = None
