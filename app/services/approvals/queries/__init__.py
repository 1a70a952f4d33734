"""The queue of requests for approval, and one request with everything beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.models.approvals import ApprovalDetail, ApprovalEvent, ApprovalRequest
from app.models.officers import Officer
from app.models.values import ApprovalState, Money, Subject
from app.services.approvals import keeping
from app.services.approvals.authority import asked_of, authorities, money, office
from app.services.approvals.dto import Detail, KindCount, Queue, Request, RequestRow, Step, View
from app.services.approvals.kinds import find_kind
from app.services.approvals.rules import Asked, Authority, authority_for, overtaken, refuser_for
from app.services.core import access
from app.services.core.context import Context
from app.services.core.declared_records import declared_records
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.queries import listed

MOST_DECIDED: Final = 500
"""Decided requests that one list holds, the latest first."""

_OPEN: Final = (ApprovalState.WAITING, ApprovalState.RETURNED)
SETTLED: Final = tuple(state for state in ApprovalState if state not in _OPEN)
"""The states in which a request is decided."""


def queue(ctx: Context, view: View = View.FOR_ME, kind: str = "") -> Queue:
    """One part of the queue, of one kind or of all, with the counts of the whole."""
    open_ = _rows(ctx, _ordered(ApprovalRequest.state.in_(_OPEN)))
    waiting = tuple(row for row in open_ if row.state is ApprovalState.WAITING or row.may_refuse)
    mine = _rows(ctx, _ordered(ApprovalRequest.asked_by == ctx.officer.id, ApprovalRequest.state.in_(_OPEN)))
    parts = {
        View.FOR_ME: tuple(row for row in waiting if row.may_decide),
        View.MINE: mine,
        View.WAITING: waiting,
    }
    views = {each: len(rows) for each, rows in parts.items()}
    if view is View.DECIDED:
        rows = _decided(ctx, *((ApprovalRequest.kind == kind,) if kind else ()))
        return Queue(rows, _decided_kinds(ctx), views, more=len(rows) >= MOST_DECIDED)
    if view is View.MINE:
        rows = (*_returned_first(mine), *_decided(ctx, ApprovalRequest.asked_by == ctx.officer.id))
    else:
        rows = parts[view]
    return Queue(tuple(row for row in rows if kind in {"", row.kind}), _counted(rows), views)


def request(ctx: Context, request_id: int) -> Request:
    """One request as opened.

    Raises:
        UserError: there is none, or it is about a restricted record that isn't the officer's to open.
    """
    row = keeping.found(ctx, request_id)
    access.open_subject(ctx, row.subject, row.subject_id)
    (as_listed,) = shown(ctx, [row])
    asked = asked_of(ctx.session, [row]).get(row.id)
    kept = select(ApprovalDetail).where(ApprovalDetail.request_id == row.id).order_by(ApprovalDetail.place)
    details = tuple(Detail(each.label, each.before, each.after) for each in ctx.session.scalars(kept))
    return Request(
        as_listed,
        details,
        _overtaken(ctx, row, details),
        _trail(ctx, row.id),
        listed(ctx, Subject.APPROVAL, row.id),
        _deciders(ctx, asked) if asked is not None else (),
    )


def waiting_for_me(ctx: Context) -> tuple[KindCount, ...]:
    """What waits for the approval of the officer who acts, by kind: the home page's card."""
    return _counted(
        [row for row in _rows(ctx, _ordered(ApprovalRequest.state == ApprovalState.WAITING)) if row.may_decide]
    )


def returned_to_me(ctx: Context) -> int:
    """How many of the officer's own requests were returned for change and wait for them."""
    returned = _ordered(ApprovalRequest.asked_by == ctx.officer.id, ApprovalRequest.state == ApprovalState.RETURNED)
    return len(ctx.session.scalars(returned).all())


def about(ctx: Context, subject: Subject, subject_id: int) -> tuple[RequestRow, ...]:
    """Every request about one record, the latest first."""
    wanted = (
        select(ApprovalRequest)
        .where(ApprovalRequest.subject == subject, ApprovalRequest.subject_id == subject_id)
        .order_by(ApprovalRequest.id.desc())
    )
    return _rows(ctx, wanted)


def _ordered(*where: ColumnElement[bool]) -> Select[ApprovalRequest]:
    return select(ApprovalRequest).where(*where).order_by(ApprovalRequest.asked_at, ApprovalRequest.id)


def _decided(ctx: Context, *where: ColumnElement[bool]) -> tuple[RequestRow, ...]:
    wanted = (
        select(ApprovalRequest)
        .where(ApprovalRequest.state.in_(SETTLED), *where)
        .order_by(ApprovalRequest.decided_at.desc(), ApprovalRequest.id.desc())
        .limit(MOST_DECIDED)
    )
    return _rows(ctx, wanted)


def _decided_kinds(ctx: Context) -> tuple[KindCount, ...]:
    """Every decided request counted by kind, however many are listed."""
    counted = ctx.session.execute(
        select(ApprovalRequest.kind, func.count().label("number"), func.sum(ApprovalRequest.total_pence).label("pence"))
        .where(ApprovalRequest.state.in_(SETTLED))
        .group_by(ApprovalRequest.kind)
    )
    found = [KindCount(row.kind, _kind_title(row.kind), row.number, money(row.pence)) for row in counted]
    return tuple(sorted(found, key=lambda each: each.title))


def _kind_title(key: str) -> str:
    kind = find_kind(key)
    return kind.title if kind else key


def _returned_first(rows: Sequence[RequestRow]) -> list[RequestRow]:
    return sorted(rows, key=lambda row: row.state is not ApprovalState.RETURNED)


def _rows(ctx: Context, wanted: Select[ApprovalRequest]) -> tuple[RequestRow, ...]:
    return shown(ctx, ctx.session.scalars(wanted).all())


def shown(ctx: Context, rows: Sequence[ApprovalRequest]) -> tuple[RequestRow, ...]:
    """Requests as they are listed to the officer who looks: restricted ones say only that, with what may be done to each."""
    names = _names(ctx.session) if rows else {}
    asked = asked_of(ctx.session, rows)
    mine = authorities(ctx) if rows else ()
    closed = access.closed_records(ctx) if rows else frozenset()
    declared = declared_records(ctx) if rows else frozenset()
    found: list[RequestRow] = []
    for row in rows:
        made, about = _row(ctx, row, asked.get(row.id), mine, names), (row.subject, row.subject_id)
        found.append(_hidden(made) if about in closed else _left_alone(made) if about in declared else made)
    return tuple(found)


def _left_alone(row: RequestRow) -> RequestRow:
    """A request about an account that the officer declared, or about what hangs on it."""
    if row.state not in _OPEN:
        return row
    why_not = "This is about an account that you declared: a colleague decides on it."
    return replace(row, may_decide=False, may_refuse=False, acting_for="", why_not=why_not)


def _hidden(row: RequestRow) -> RequestRow:
    """A request about a restricted record as listed to whoever may not open it."""
    why_not = "This is about a restricted record, and you are not one of those who may open it."
    return replace(
        row,
        summary=access.RESTRICTED_NAME,
        reason="",
        decision="",
        may_decide=False,
        may_refuse=False,
        acting_for="",
        why_not=why_not,
    )


def _row(
    ctx: Context, row: ApprovalRequest, asked: Asked | None, mine: Sequence[Authority], names: Mapping[int, str]
) -> RequestRow:
    today = ctx.clock.today()
    under, why_not = authority_for(asked, today, mine) if asked else (None, "Requests of this kind are no longer made.")
    may_use = Permission.USE_APPROVALS in ctx.officer.permissions
    if under is not None and not may_use:
        under, why_not = None, "Your roles don't let you answer requests for approval."
    may_refuse = may_use and asked is not None and refuser_for(asked, mine, returned=True)[0] is not None
    return RequestRow(
        request_id=row.id,
        kind=row.kind,
        kind_title=_kind_title(row.kind),
        subject=row.subject,
        subject_id=row.subject_id,
        summary=row.summary,
        reason=row.reason,
        state=row.state,
        total=money(row.total_pence),
        count=row.count,
        asked_by=names[row.asked_by],
        asked_at=row.asked_at,
        expires_on=row.expires_on,
        expired=row.state is ApprovalState.WAITING and today > row.expires_on,
        decided_by=names.get(row.decided_by or 0, ""),
        decided_for=names.get(row.decided_for or 0, ""),
        decided_at=row.decided_at,
        decision=row.decision,
        digest=row.digest,
        own=row.asked_by == ctx.officer.id,
        may_decide=under is not None,
        may_refuse=may_refuse,
        acting_for=under.said if under else "",
        why_not=why_not,
    )


def _names(session: Session) -> dict[int, str]:
    return {each.id: each.name for each in session.execute(select(Officer.id, Officer.name))}


def _counted(rows: Sequence[RequestRow]) -> tuple[KindCount, ...]:
    found: dict[str, list[RequestRow]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    counted = [KindCount(kind, each[0].kind_title, len(each), _sum(each)) for kind, each in found.items()]
    return tuple(sorted(counted, key=lambda each: each.title))


def _sum(rows: Sequence[RequestRow]) -> Money | None:
    amounts = [row.total.pence for row in rows if row.total is not None]
    return Money(sum(amounts)) if amounts else None


def _overtaken(ctx: Context, row: ApprovalRequest, details: Sequence[Detail]) -> tuple[str, ...]:
    if row.state not in _OPEN or find_kind(row.kind) is None:
        return ()
    try:
        return overtaken(details, keeping.details_now(ctx, row))
    except UserError as gone:
        return (gone.message,)


def _trail(ctx: Context, request_id: int) -> tuple[Step, ...]:
    steps = ctx.session.scalars(
        select(ApprovalEvent).where(ApprovalEvent.request_id == request_id).order_by(ApprovalEvent.id)
    ).all()
    names = _names(ctx.session)
    return tuple(
        Step(each.at, names[each.officer_id], names.get(each.for_officer_id or 0, ""), each.action, each.reason)
        for each in steps
    )


def _deciders(ctx: Context, asked: Asked) -> tuple[str, ...]:
    """Who may decide now, by name, whoever looks."""
    today = ctx.clock.today()
    found = [held[0].name for held in office(ctx).values() if authority_for(asked, today, held)[0] is not None]
    return tuple(sorted(found))
