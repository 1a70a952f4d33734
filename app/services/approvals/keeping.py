"""Asking for approval, for commands of other services that have asked for a permission of their own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, func, select

from app.models.approvals import ApprovalDetail, ApprovalEvent, ApprovalRequest
from app.models.documents import DocumentLink
from app.models.values import ApprovalState, Subject
from app.services.approvals import authority
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import kind_of
from app.services.approvals.rules import digest
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import people_count
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link

MOST_PAYLOAD = 4_000
"""Characters of a payload as JSON."""

ASKED, ASKED_AGAIN = "asked", "asked again"
_OPEN = (ApprovalState.WAITING, ApprovalState.RETURNED)


def ask(ctx: Context, new: NewRequest) -> int:
    """Ask for something to be approved by a second person; returns the request.

    Raises:
        UserError: the office has one officer, no reason was given, the same waits already, the officer approved a linked
            step, or the reason holds a card number.
    """
    refuse_alone(ctx)
    access.touch_subject(ctx, new.subject, new.subject_id)
    payload = _checked(ctx, new)
    same = select(func.min(ApprovalRequest.id)).where(
        ApprovalRequest.kind == new.kind,
        ApprovalRequest.subject == new.subject,
        ApprovalRequest.subject_id == new.subject_id,
        ApprovalRequest.payload == payload,
        ApprovalRequest.state.in_(_OPEN),
    )
    standing = ctx.session.scalar(same)
    if standing is not None:
        raise UserError(
            f"This has been asked for already: request {standing} waits.", "Look at it on the page Approvals."
        )
    if new.chain and ctx.officer.id in _approvers(ctx, new.chain):
        raise UserError(
            "You approved a linked step of this already, so you can't ask for the next one.",
            "Another officer has to ask for it.",
        )
    row = ApprovalRequest(asked_by=ctx.officer.id, subject=new.subject, subject_id=new.subject_id, kind=new.kind)
    _write(ctx, row, new, payload)
    ctx.session.add(row)
    ctx.session.flush()
    _write_details(ctx, row)
    note(ctx, row, ASKED, new.reason)
    _show_evidence(ctx, row.id, new.evidence)
    return row.id


def ask_again(ctx: Context, request_id: int, new: NewRequest) -> None:
    """Ask again for something that was returned for change, has expired or was overtaken, with what it says now.

    Raises:
        UserError: somebody else asked for it, it has been decided, or `ask` would refuse it.
    """
    row = own_request(ctx, request_id)
    refuse_alone(ctx)
    payload = _checked(ctx, new)
    _write(ctx, row, new, payload)
    ctx.session.execute(delete(ApprovalDetail).where(ApprovalDetail.request_id == row.id))
    ctx.session.flush()
    _write_details(ctx, row)
    note(ctx, row, ASKED_AGAIN, new.reason)
    _show_evidence(ctx, row.id, new.evidence)


def refuse_alone(ctx: Context) -> None:
    """Refuse what needs a second person while the office has one active officer.

    Raises:
        UserError: it has, with how to add another.
    """
    if people_count(ctx.session) < 2:
        raise UserError(
            "This takes two officers, and this Rentbook has one.",
            "Add a second officer first: Admin, Officers (or rentbook officer add NAME --role team_leader).",
        )


def own_request(ctx: Context, request_id: int) -> ApprovalRequest:
    """A request that the officer who acts asked for, and that isn't decided yet.

    Raises:
        UserError: there is none, somebody else asked for it, or it has been decided.
    """
    row = found(ctx, request_id)
    if row.asked_by != ctx.officer.id:
        raise UserError("Somebody else asked for this.", "Only whoever asked can take it back or ask again.")
    if row.state not in _OPEN:
        raise UserError(f"Request {row.id} is {row.state.value} already.", "Ask for it anew where you asked for it.")
    return row


def found(ctx: Context, request_id: int) -> ApprovalRequest:
    """A request by its number.

    Raises:
        UserError: there is none.
    """
    row = ctx.session.get(ApprovalRequest, request_id)
    if row is None:
        raise UserError(f"There is no request {request_id}.", "Look at the list again.")
    return row


def waiting_for(ctx: Context, subject: Subject, kind: str) -> dict[int, int]:
    """The requests of a kind that wait or were returned, by the record that they are about (the latest of each)."""
    rows = ctx.session.execute(
        select(ApprovalRequest.subject_id, func.max(ApprovalRequest.id).label("latest"))
        .where(ApprovalRequest.subject == subject, ApprovalRequest.kind == kind, ApprovalRequest.state.in_(_OPEN))
        .group_by(ApprovalRequest.subject_id)
    )
    return {each.subject_id: each.latest for each in rows}


def asked_of(ctx: Context, kind: str) -> dict[int, Payload]:
    """What the requests of a kind that wait or were returned ask for, by the request."""
    rows = select(ApprovalRequest.id, ApprovalRequest.payload).where(
        ApprovalRequest.kind == kind, ApprovalRequest.state.in_(_OPEN)
    )
    return {request_id: json.loads(payload) for request_id, payload in ctx.session.execute(rows)}


def note(ctx: Context, row: ApprovalRequest, action: str, reason: str, acting_for: int | None = None) -> None:
    """Write a step of a request's trail."""
    ctx.session.add(
        ApprovalEvent(
            request_id=row.id,
            at=ctx.clock.now(),
            officer_id=ctx.officer.id,
            for_officer_id=acting_for,
            action=action,
            reason=reason,
            digest=row.digest,
        )
    )
    ctx.session.flush()


def is_as_asked(ctx: Context, row: ApprovalRequest) -> bool:
    """Whether a request says what its trail, which nobody can change, says was asked for, and by whom."""
    step = ctx.session.scalars(
        select(ApprovalEvent)
        .where(ApprovalEvent.request_id == row.id, ApprovalEvent.action.in_((ASKED, ASKED_AGAIN)))
        .order_by(ApprovalEvent.id.desc())
    ).first()
    return step is not None and (step.officer_id, step.digest) == (row.asked_by, digest(request_of(row)))


def request_of(row: ApprovalRequest) -> NewRequest:
    """What a kept request says, as it was asked."""
    return NewRequest(
        row.kind,
        row.subject,
        row.subject_id,
        row.summary,
        row.reason,
        json.loads(row.payload),
        authority.money(row.total_pence),
        authority.money(row.largest_pence),
        row.count,
        row.chain,
    )


def details_now(ctx: Context, row: ApprovalRequest) -> tuple[Detail, ...]:
    """What a request would change as things stand."""
    details = kind_of(row.kind).details(ctx, json.loads(row.payload))
    return tuple(replace(each, label=each.label[:200]) for each in details)


def _checked(ctx: Context, new: NewRequest) -> str:
    """The payload as JSON, if everything about the request may be kept."""
    kind_of(new.kind)
    if not new.reason.strip():
        raise UserError("Say why, for the officer who decides.", field="reason")
    for text, what in ((new.reason, "reason"), (new.summary, "summary")):
        refuse_card_number(ctx, text, what, "reason")
    if len(new.reason) > 1_000:
        raise UserError(f"The reason is {len(new.reason):,} characters long; 1,000 is the most.", field="reason")
    payload = json.dumps(dict(new.payload), sort_keys=True, ensure_ascii=False)
    if len(payload) > MOST_PAYLOAD:
        raise ValueError(f"A payload of {len(payload)} characters; keep the lines in a table and name it here.")
    return payload


def _write(ctx: Context, row: ApprovalRequest, new: NewRequest, payload: str) -> None:
    now = ctx.clock.now()
    wait = ctx.policy.number("approvals.wait_days", ctx.clock.today())
    row.summary, row.reason, row.payload = new.summary[:200], new.reason, payload
    row.total_pence = new.total.pence if new.total is not None else None
    row.largest_pence = new.largest.pence if new.largest is not None else None
    row.count, row.chain = new.count, new.chain
    row.digest = digest(request_of(row))
    row.state, row.asked_at, row.expires_on = ApprovalState.WAITING, now, ctx.clock.today() + timedelta(days=wait)
    row.decided_by = row.decided_for = row.decided_at = None
    row.decision = ""


def _write_details(ctx: Context, row: ApprovalRequest) -> None:
    details = details_now(ctx, row)
    ctx.session.add_all(
        ApprovalDetail(request_id=row.id, place=place, label=each.label, before=each.before, after=each.after)
        for place, each in enumerate(details, 1)
    )
    ctx.session.flush()


def _approvers(ctx: Context, chain: str) -> set[int]:
    """Who approved a step of a chain."""
    approved = select(ApprovalRequest.decided_by, ApprovalRequest.decided_for).where(
        ApprovalRequest.chain == chain, ApprovalRequest.state == ApprovalState.APPROVED
    )
    return {officer for row in ctx.session.execute(approved) for officer in row if officer is not None}


def _show_evidence(ctx: Context, request_id: int, links: tuple[int, ...]) -> None:
    """Link each document to the request too, so that it stays beside it whatever becomes of the first link."""
    there = set(
        ctx.session.scalars(
            select(DocumentLink.sha256).where(
                DocumentLink.subject == Subject.APPROVAL.value, DocumentLink.subject_id == request_id
            )
        )
    )
    for link_id in links:
        shown = ctx.session.get(DocumentLink, link_id)
        if shown is None:
            raise UserError("A document that was to be shown as evidence is no longer there.", "Attach it again.")
        if shown.sha256 not in there:
            link(ctx, shown.sha256, NewLink(Subject.APPROVAL, request_id, shown.kind, shown.title, shown.file_name))
            there.add(shown.sha256)
