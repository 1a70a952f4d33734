"""Who may decide on a request: somebody else, with the permission and the limits, who took no earlier step of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.models.values import ApprovalState, LimitKind, Money
from app.services.approvals.dto import Detail, NewRequest
from app.services.core.permissions import DESCRIPTIONS, Permission

_LIMITED = {
    LimitKind.ADJUSTMENT_DEBIT: "debit adjustments",
    LimitKind.ADJUSTMENT_CREDIT: "credit adjustments",
    LimitKind.REFUND: "refunds",
    LimitKind.WRITE_OFF: "write-offs",
    LimitKind.ORDER: "orders",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that somebody may approve of one kind, in pence: one line, and a whole batch."""

    line: int
    batch: int


@dataclass(frozen=True, slots=True)
class Authority:
    """The approvals that somebody has: their own, or another's by dated delegation.

    Attributes:
        officer_id, name: whose approvals they are.
        until: the last day of the delegation; None for their own.
        kinds: the kinds of request that were delegated; empty means all.
    """

    officer_id: int
    name: str
    permissions: frozenset[Permission]
    limits: Mapping[LimitKind, Limit] = field(default_factory=dict)
    until: date | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        """How the page names a delegation; nothing for somebody's own approvals."""
        return "" if self.until is None else f"for {self.name}, delegated until {self.until.day} {self.until:%b %Y}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules need to know of a request.

    Attributes:
        about: the officer whom it is about, if it is about one.
        steps: officers who took an earlier step of it: made it, or asked for or approved another request of its chain.
    """

    kind: str
    state: ApprovalState
    asked_by: int
    expires_on: date
    permission: Permission
    limit: LimitKind | None = None
    total: Money | None = None
    largest: Money | None = None
    about: int | None = None
    steps: frozenset[int] = frozenset()


def digest(new: NewRequest) -> str:
    """The SHA-256 of everything that a request says and would do."""
    said = {
        "kind": new.kind,
        "subject": new.subject.value,
        "subject_id": new.subject_id,
        "summary": new.summary,
        "reason": new.reason,
        "payload": dict(new.payload),
        "total": new.total.pence if new.total is not None else None,
        "largest": new.largest.pence if new.largest is not None else None,
        "count": new.count,
        "chain": new.chain,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def authority_for(asked: Asked, today: date, authorities: Sequence[Authority]) -> tuple[Authority | None, str]:
    """The approvals under which an officer may approve a request, or why they may not.

    `authorities` begins with the officer's own, which count first.
    """
    stopped = _stopped(asked, today)
    if stopped:
        return None, stopped
    return _first(asked, authorities, limits=True)


def refuser_for(
    asked: Asked, authorities: Sequence[Authority], *, returned: bool = False
) -> tuple[Authority | None, str]:
    """The approvals under which an officer may refuse or return a request; money limits don't count.

    With `returned`, one that was returned for change counts too: it may be refused, since whoever asked may have left.
    """
    if asked.state is not ApprovalState.WAITING and not (returned and asked.state is ApprovalState.RETURNED):
        return None, f"It is {asked.state.value} already."
    return _first(asked, authorities, limits=False)


def over_batch(kind: LimitKind, total: Money, authority: Authority) -> str:
    """Why some requests can't be approved together: their sum is above the limit for a batch; nothing if they can."""
    limit = authority.limits.get(kind)
    if limit is not None and abs(total.pence) <= limit.batch:
        return ""
    most = Money(limit.batch if limit else 0)
    return f"Together they come to {abs(total)}, above {_whose(authority)} limit of {most} for a batch of {_LIMITED[kind]}."


def overtaken(asked: Sequence[Detail], now: Sequence[Detail]) -> tuple[str, ...]:
    """What has changed since a request was asked, a sentence for each line whose present value is another."""
    before = {line.label: line.before for line in asked}
    present = {line.label: line.before for line in now}
    said = [
        f"{label} was {_shown(then)} when this was asked; it is {_shown(present[label])} now."
        for label, then in before.items()
        if label in present and present[label] != then
    ]
    said += [f"{label} is no longer changed by this." for label in before if label not in present]
    said += [f"{label} would be changed too." for label in present if label not in before]
    return tuple(said)


def _stopped(asked: Asked, today: date) -> str:
    if asked.state is not ApprovalState.WAITING:
        return f"It is {asked.state.value} already."
    if today > asked.expires_on:
        return (
            f"It was to be decided by {asked.expires_on.day} {asked.expires_on:%b %Y}: whoever asked has to ask again."
        )
    return ""


def _first(asked: Asked, authorities: Sequence[Authority], *, limits: bool) -> tuple[Authority | None, str]:
    own, *_ = authorities
    barred = _barred(asked, own.officer_id, delegated=False)
    if barred:
        return None, barred
    reasons: list[str] = []
    for authority in authorities:
        reason = _lacking(asked, authority, limits=limits)
        if not reason:
            return authority, ""
        reasons.append(reason)
    return None, next((each for each in reasons if "limit" in each), reasons[0])


def _barred(asked: Asked, officer_id: int, *, delegated: bool) -> str:
    """Why somebody may have no part in deciding, whatever their permissions."""
    who = "Whoever delegated these approvals to you" if delegated else "You"
    if officer_id == asked.asked_by:
        return (
            f"{who} asked for this, and nobody's approvals decide on what they asked for."
            if delegated
            else "Nobody decides on what they asked for: another officer has to."
        )
    if officer_id == asked.about:
        return f"{who} {'is' if delegated else 'are'} the officer whom this is about."
    if officer_id in asked.steps:
        return f"{who} took an earlier step of this: another officer has to decide."
    return ""


def _lacking(asked: Asked, authority: Authority, *, limits: bool) -> str:
    """Why these approvals don't cover a request."""
    if authority.until is not None:
        if authority.kinds and asked.kind not in authority.kinds:
            return f"{authority.name} delegated other kinds of approval to you."
        barred = _barred(asked, authority.officer_id, delegated=True)
        if barred:
            return barred
    if asked.permission not in authority.permissions:
        return f"You may not {DESCRIPTIONS[asked.permission]}."
    if not limits or asked.limit is None:
        return ""
    return _over(asked, asked.limit, authority)


def _over(asked: Asked, kind: LimitKind, authority: Authority) -> str:
    limit = authority.limits.get(kind)
    whose = _whose(authority)
    if limit is None:
        return f"There is no money limit for {_LIMITED[kind]} among {whose} limits, so it can't be approved with them."
    total = abs(asked.total) if asked.total is not None else None
    largest = abs(asked.largest) if asked.largest is not None else total
    if largest is None or total is None:
        return "It names no amount, so no limit can be checked."
    if largest.pence > limit.line:
        return f"Its largest line, {largest}, is above {whose} limit of {Money(limit.line)} for {_LIMITED[kind]}."
    if total.pence > limit.batch:
        return f"Its total, {total}, is above {whose} limit of {Money(limit.batch)} for a batch of {_LIMITED[kind]}."
    return ""


def _whose(authority: Authority) -> str:
    return "your" if authority.until is None else f"{authority.name}'s"


def _shown(value: str) -> str:
    return f"'{value}'" if value else "empty"
