"""The kinds of request that areas plug in: who may ask and approve, which limit counts, what happens on approval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from app.models.values import ApprovalState, LimitKind
from app.services.approvals.dto import Detail, Payload
from app.services.core import plugs
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission

Took = Select[Any, Any]
"""(record, officer or none)."""


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """One kind of request.

    Attributes:
        key: its name in the database, such as `officer_roles`.
        title: as officers read it, such as "Officer's roles".
        approve: the permission that approving needs, besides being somebody else.
        apply: carries the payload out inside the approving transaction; its context is the approver's. It refuses by
            UserError what can't be done any more, and the request stays as it was.
        details: what it will change, line by line, as things stand now.
        limit: the money limit that the approver's own limit must cover, if it is about money.
        ended: told inside the transaction that the request was refused or withdrawn, which of the two, and the reason.
        took: selects of who took a step of these records (at most 900 ids) before it was asked for; none of them decides on it.
    """

    key: str
    title: str
    approve: Permission
    apply: Callable[[Context, Payload], Changes]
    details: Callable[[Context, Payload], tuple[Detail, ...]]
    limit: LimitKind | None = None
    ended: Callable[[Context, Payload, ApprovalState, str], None] | None = None
    took: Callable[[Sequence[int]], Iterable[Took]] | None = None


_KINDS: dict[str, ApprovalKind] = {}


def register(kind: ApprovalKind) -> None:
    """Plug a kind in; `app/registered.py` names the modules that do."""
    _KINDS[kind.key] = kind


def kind_of(key: str) -> ApprovalKind:
    """The kind with this key; KeyError if nobody registered it."""
    plugs.fill("kinds")
    return _KINDS[key]


def find_kind(key: str) -> ApprovalKind | None:
    """The kind with this key, or None if nobody registered it (a request of a kind that is no longer made)."""
    plugs.fill("kinds")
    return _KINDS.get(key)


def kinds() -> tuple[ApprovalKind, ...]:
    """Every kind, in the order of their titles."""
    plugs.fill("kinds")
    return tuple(sorted(_KINDS.values(), key=lambda kind: kind.title))
