"""Whose approvals an officer has today: their own, and those that colleagues delegated to them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.approvals import ApprovalRequest
from app.models.limits import Delegation, OfficerLimit
from app.models.values import ApprovalState, LimitKind, Money, Subject
from app.services.approvals.kinds import ApprovalKind, find_kind
from app.services.approvals.rules import Asked, Authority, Limit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.officers import working

_UNDECIDED: Final = (ApprovalState.WAITING, ApprovalState.RETURNED)


def authorities(ctx: Context) -> tuple[Authority, ...]:
    """The approvals of the officer who acts: their own first, then the delegated ones."""
    me = ctx.officer
    return office(ctx).get(me.id, (Authority(me.id, me.name, me.permissions),))


def office(ctx: Context) -> dict[int, tuple[Authority, ...]]:
    """The approvals of every active officer today, by officer; each begins with their own."""
    session, today = ctx.session, ctx.clock.today()
    limits = _limits(session)
    own = {
        officer.id: Authority(officer.id, officer.name, officer.permissions, limits.get(officer.id, {}))
        for officer in working(session)
    }
    all_of = {officer_id: [authority] for officer_id, authority in own.items()}
    dated = select(Delegation).where(
        Delegation.from_on <= today, Delegation.to_on >= today, Delegation.ended_at.is_(None)
    )
    for each in session.scalars(dated.order_by(Delegation.id)):
        if each.from_id in own and each.to_id in own:
            kinds = frozenset(each.kinds.split())
            all_of[each.to_id].append(replace(own[each.from_id], until=each.to_on, kinds=kinds))
    return {officer_id: tuple(each) for officer_id, each in all_of.items()}


def asked_of(session: Session, requests: Sequence[ApprovalRequest]) -> dict[int, Asked]:
    """What the rules need to know of some requests, by request; those of a kind that nobody registered are left out."""
    kinds = {key: kind for key in {row.kind for row in requests} if (kind := find_kind(key)) is not None}
    chained, before = _steps(session, requests), _before(session, requests, kinds)
    return {
        row.id: _asked(row, kinds[row.kind], frozenset(chained.get(row.id, ())) | before[row.kind, row.subject_id])
        for row in requests
        if row.kind in kinds
    }


def _asked(row: ApprovalRequest, kind: ApprovalKind, steps: frozenset[int]) -> Asked:
    return Asked(
        kind=row.kind,
        state=row.state,
        asked_by=row.asked_by,
        expires_on=row.expires_on,
        permission=kind.approve,
        limit=kind.limit,
        total=money(row.total_pence),
        largest=money(row.largest_pence),
        about=row.subject_id if row.subject is Subject.OFFICER else None,
        steps=steps,
    )


def money(pence: int | None) -> Money | None:
    """An amount that may be none."""
    return None if pence is None else Money(pence)


def _steps(session: Session, requests: Sequence[ApprovalRequest]) -> dict[int, set[int]]:
    """The officers who took a linked step of each request that is one of a chain."""
    chains = sorted({row.chain for row in requests if row.chain})
    by_chain = _chain_steps(session, chains) if chains else {}
    return {
        row.id: {officer for request, officer in by_chain.get(row.chain, ()) if request != row.id}
        for row in requests
        if row.chain
    }


def _before(
    session: Session, requests: Sequence[ApprovalRequest], kinds: Mapping[str, ApprovalKind]
) -> defaultdict[tuple[str, int], set[int]]:
    """Who took a step of what a request is about before it was asked for, by kind and record."""
    found: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for key, kind in kinds.items():
        about = sorted({row.subject_id for row in requests if row.kind == key and row.state in _UNDECIDED})
        steps = [each for part in in_chunks(about) for each in kind.took(part)] if kind.took is not None else []
        for record_id, officer in itertools.chain.from_iterable(map(session.execute, steps)):
            found[key, record_id].update({officer} - {None})
    return found


def _chain_steps(session: Session, chains: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """(request, officer) of every step of these chains that stands: asked for, or approved."""
    standing = (ApprovalState.WAITING, ApprovalState.RETURNED, ApprovalState.APPROVED)
    found: dict[str, list[tuple[int, int]]] = {}
    for part in in_chunks(chains):
        wanted = select(ApprovalRequest).where(ApprovalRequest.chain.in_(part), ApprovalRequest.state.in_(standing))
        for row in session.scalars(wanted):
            who = {row.asked_by}
            if row.state is ApprovalState.APPROVED:
                who |= {each for each in (row.decided_by, row.decided_for) if each is not None}
            found.setdefault(row.chain, []).extend((row.id, each) for each in sorted(who))
    return found


def _limits(session: Session) -> Mapping[int, dict[LimitKind, Limit]]:
    found: dict[int, dict[LimitKind, Limit]] = {}
    for row in session.scalars(select(OfficerLimit)):
        found.setdefault(row.officer_id, {})[row.kind] = Limit(row.line_pence, row.batch_pence)
    return found
