"""Deciding on what another officer asked for, and taking back or repeating one's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from app.models.approvals import ApprovalDetail, ApprovalRequest
from app.models.values import ApprovalState, LimitKind, Money
from app.services.approvals import keeping
from app.services.approvals.authority import asked_of, authorities
from app.services.approvals.dto import Decided, Detail, Refusal
from app.services.approvals.kinds import find_kind, kind_of
from app.services.approvals.rules import Asked, Authority, authority_for, over_batch, overtaken, refuser_for
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires

AREAS = frozenset({"approvals"})
MOST_REASON = 1_000
"""Characters of a reason or a note for the trail."""


@requires(Permission.USE_APPROVALS)
def approve(
    ctx: Context, request_ids: Sequence[int], reason: str = "", *, seen: Mapping[int, str] | None = None
) -> Decided:
    """Approve requests and carry each out. One that can't be is left waiting, whole, and told of; the others are done.

    `seen` holds the digest of each request as the officer saw it: one that says something else now is not approved.

    Raises:
        UserError: one request was given and can't be approved, or several come to more than a limit for a batch.
    """
    _check_reason(ctx, reason)
    rows = _rows(ctx, request_ids)
    asked = asked_of(ctx.session, rows)
    mine = authorities(ctx)
    _refuse_over_batch(ctx, asked, mine)
    done: list[int] = []
    refused: list[Refusal] = []
    changes = Changes(AREAS)
    linked: set[str] = set()
    for place, row in enumerate(rows):
        ctx.cancel.check()
        ctx.progress(place, len(rows), row.summary)
        try:
            if row.chain in linked:
                raise UserError("It is a linked step of one that you approve with it: another officer has to decide.")
            with ctx.session.begin_nested():
                changed = _approve(ctx, row, asked.get(row.id), mine, reason, (seen or {}).get(row.id))
        except UserError as error:
            if len(rows) == 1:
                raise
            refused.append(Refusal(row.id, row.summary, str(error)))
            continue
        linked |= {row.chain} - {""}
        done.append(row.id)
        changes = Changes(changes.areas | changed.areas, changes.account_ids | changed.account_ids)
    return Decided(tuple(done), tuple(refused), changes)


@requires(Permission.USE_APPROVALS)
def refuse(ctx: Context, request_ids: Sequence[int], reason: str) -> Decided:
    """Refuse requests for good, those returned for change too, with the reason that whoever asked will read.

    Raises:
        UserError: no reason was given, or one of them is not the officer's to decide; none is refused then.
    """
    return _turn_down(ctx, request_ids, reason, ApprovalState.REFUSED, "refused")


@requires(Permission.USE_APPROVALS)
def return_for_change(ctx: Context, request_ids: Sequence[int], reason: str) -> Decided:
    """Give requests back to whoever asked, with what has to be changed before they ask again.

    Raises:
        UserError: no reason was given, or one of them is not the officer's to decide; none is returned then.
    """
    return _turn_down(ctx, request_ids, reason, ApprovalState.RETURNED, "returned")


@requires(Permission.USE_APPROVALS)
def withdraw(ctx: Context, request_id: int, reason: str = "") -> Changes:
    """Take back what the officer asked for themselves.

    Raises:
        UserError: somebody else asked for it, or it has been decided.
    """
    _check_reason(ctx, reason)
    row = keeping.own_request(ctx, request_id)
    _settle(ctx, row, ApprovalState.WITHDRAWN, "withdrawn", reason, None)
    return Changes(AREAS)


@requires(Permission.USE_APPROVALS)
def ask_again(ctx: Context, request_id: int, reason: str, evidence: tuple[int, ...] = ()) -> Changes:
    """Ask again for the same thing, with a reason as it reads now and more evidence; what it changes is looked up anew.

    Raises:
        UserError: somebody else asked for it, it has been decided, or no reason was given.
    """
    row = keeping.own_request(ctx, request_id)
    keeping.ask_again(ctx, request_id, replace(keeping.request_of(row), reason=reason, evidence=evidence))
    return Changes(AREAS)


def _approve(
    ctx: Context, row: ApprovalRequest, asked: Asked | None, mine: Sequence[Authority], reason: str, seen: str | None
) -> Changes:
    """Carry a request out, between the step of its trail and its end: the database lets what needs another officer through then."""
    if asked is None:
        raise UserError("Requests of this kind are no longer made, so this one can't be carried out.")
    under, why_not = authority_for(asked, ctx.clock.today(), mine)
    if under is None:
        raise UserError(f"{why_not} Request {row.id} was not approved.")
    access.touch_subject(ctx, row.subject, row.subject_id)
    if not keeping.is_as_asked(ctx, row):
        raise UserError(
            f"Request {row.id} is not what was asked for: it was changed in the database since.",
            "Refuse it, and tell your administrator.",
        )
    if seen is not None and seen != row.digest:
        raise UserError("It was changed after you opened it.", "Read it again, then decide.")
    changed = overtaken(_details(ctx, row), keeping.details_now(ctx, row))
    if changed:
        raise UserError(
            f"What it changes has changed since it was asked. {changed[0]}",
            "Return it: whoever asked can look at it and ask again.",
        )
    keeping.note(ctx, row, "approved", reason.strip(), _acting_for(under))
    result = kind_of(row.kind).apply(replace(ctx, approval=row.id), json.loads(row.payload))
    ctx.session.flush()
    _decide(ctx, row, ApprovalState.APPROVED, reason, under)
    ctx.session.flush()
    return result


def _turn_down(ctx: Context, request_ids: Sequence[int], reason: str, state: ApprovalState, action: str) -> Decided:
    if not reason.strip():
        raise UserError("Say why: whoever asked will read it.", field="reason")
    _check_reason(ctx, reason)
    rows = _rows(ctx, request_ids)
    asked = asked_of(ctx.session, rows)
    mine, returned = authorities(ctx), state is ApprovalState.REFUSED
    for row in rows:
        under, why_not = (None, "") if row.id not in asked else refuser_for(asked[row.id], mine, returned=returned)
        if why_not:
            raise UserError(f"{why_not} Request {row.id} was not {action}.")
        access.touch_subject(ctx, row.subject, row.subject_id)
        _settle(ctx, row, state, action, reason, under)
    return Decided(tuple(row.id for row in rows), (), Changes(AREAS))


def _settle(
    ctx: Context, row: ApprovalRequest, state: ApprovalState, action: str, reason: str, under: Authority | None
) -> None:
    """Write that a request isn't approved, and the step of its trail."""
    _decide(ctx, row, state, reason, under)
    keeping.note(ctx, row, action, reason.strip(), _acting_for(under))
    kind = find_kind(row.kind)
    if kind is not None and kind.ended is not None and state in {ApprovalState.REFUSED, ApprovalState.WITHDRAWN}:
        kind.ended(ctx, json.loads(row.payload), state, reason.strip())


def _decide(ctx: Context, row: ApprovalRequest, state: ApprovalState, reason: str, under: Authority | None) -> None:
    row.state, row.decision = state, reason.strip()
    row.decided_by, row.decided_for, row.decided_at = ctx.officer.id, _acting_for(under), ctx.clock.now()


def _acting_for(under: Authority | None) -> int | None:
    return under.officer_id if under is not None and under.until is not None else None


def _check_reason(ctx: Context, reason: str) -> None:
    """Refuse a reason that can't be kept: too long, or holding a card number."""
    if len(reason) > MOST_REASON:
        raise UserError(f"The reason is {len(reason):,} characters long; {MOST_REASON:,} is the most.", field="reason")
    refuse_card_number(ctx, reason, "reason", "reason")


def _rows(ctx: Context, request_ids: Sequence[int]) -> list[ApprovalRequest]:
    if not request_ids:
        raise UserError("Choose a request first.")
    return [keeping.found(ctx, request_id) for request_id in dict.fromkeys(request_ids)]


def _details(ctx: Context, row: ApprovalRequest) -> tuple[Detail, ...]:
    kept = select(ApprovalDetail).where(ApprovalDetail.request_id == row.id).order_by(ApprovalDetail.place)
    return tuple(Detail(each.label, each.before, each.after) for each in ctx.session.scalars(kept))


def _refuse_over_batch(ctx: Context, asked: Mapping[int, Asked], mine: Sequence[Authority]) -> None:
    """Several requests approved together are one batch: their sum is checked too, under each approvals that would be used."""
    if len(asked) < 2:
        return
    sums: dict[tuple[LimitKind, int], int] = {}
    under: dict[int, Authority] = {}
    for each in asked.values():
        authority, _ = authority_for(each, ctx.clock.today(), mine)
        if authority is not None and each.limit is not None and each.total is not None:
            under[authority.officer_id] = authority
            key = (each.limit, authority.officer_id)
            sums[key] = sums.get(key, 0) + abs(each.total.pence)
    for (kind, officer_id), pence in sums.items():
        over = over_batch(kind, Money(pence), under[officer_id])
        if over:
            raise UserError(over, "Choose fewer of them, or ask somebody with a higher limit.")
