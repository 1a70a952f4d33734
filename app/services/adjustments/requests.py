"""Adjustments above an officer's limit, and reversals of them, as kinds of request.

What is approved is posted in the approving transaction, unless a third officer is to post it. A reversal always is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine
from app.models.approvals import ApprovalRequest
from app.models.refunds import CreditAttempt
from app.models.values import AdjustmentState, ApprovalState, LimitKind, Money, Subject
from app.services.adjustments.credits import writing_on
from app.services.adjustments.posting import post_now, take_back
from app.services.approvals import keeping as approvals
from app.services.approvals import third
from app.services.approvals.authority import asked_of, authorities
from app.services.approvals.commands import MOST_REASON
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.approvals.rules import authority_for
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.evidence import links_of

KINDS: Final = {
    LimitKind.ADJUSTMENT_DEBIT: ("adjustment_debit", "Debit adjustment"),
    LimitKind.ADJUSTMENT_CREDIT: ("adjustment_credit", "Credit adjustment"),
}
"""The kinds of request, by the limit that the larger side of the adjustment falls under."""
REVERSALS: Final = {
    LimitKind.ADJUSTMENT_DEBIT: ("adjustment_reversal_debit", "Reversal that debits"),
    LimitKind.ADJUSTMENT_CREDIT: ("adjustment_reversal_credit", "Reversal that credits"),
}
"""The kinds of request to take an adjustment back, by the limit that the larger side of the reversal falls under."""
_SHOWN: Final = 40


def register() -> None:
    """Plug the kinds in."""
    for limit, (key, title) in KINDS.items():
        register_kind(ApprovalKind(key, title, Permission.APPROVE_ADJUSTMENTS, _apply, _details, limit, _ended, _took))
    for limit, (key, title) in REVERSALS.items():
        register_kind(ApprovalKind(key, title, Permission.APPROVE_ADJUSTMENTS, _take_back, _details, limit))


def ask(ctx: Context, row: Adjustment, why: str) -> int:
    """Ask a second officer; `why` is the sentence that says what it takes one for.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    kind, _title = KINDS[_limit(row.debit_pence, row.credit_pence)]
    new = _request(ctx, row, kind, f"Adjustment {row.number}: {row.title}", row.note[:MOST_REASON] or why)
    return approvals.ask(ctx, replace(new, payload={"adjustment_id": row.id}, chain=f"adjustment:{row.id}"))


def ask_reversal(ctx: Context, row: Adjustment, reason: str) -> int:
    """Ask a second officer to take a posted adjustment back, for a reason that its journal will say.

    Raises:
        UserError: the office has one officer.
    """
    kind, _title = REVERSALS[_limit(row.credit_pence, row.debit_pence)]
    new = _request(ctx, row, kind, f"Reverse adjustment {row.number}: {row.title}", reason)
    payload = {"adjustment_id": row.id, "reason": reason.strip()}
    return approvals.ask(ctx, replace(new, payload=payload, chain=f"adjustment-reversal:{row.id}"))


def reversal_waiting(ctx: Context, adjustment_id: int) -> int | None:
    """The request to take an adjustment back that waits, if one does."""
    return ctx.session.scalar(
        select(func.max(ApprovalRequest.id)).where(
            ApprovalRequest.kind.in_([key for key, _title in REVERSALS.values()]),
            ApprovalRequest.subject == Subject.ADJUSTMENT,
            ApprovalRequest.subject_id == adjustment_id,
            ApprovalRequest.state.in_((ApprovalState.WAITING, ApprovalState.RETURNED)),
        )
    )


def _limit(debit_pence: int, credit_pence: int) -> LimitKind:
    return LimitKind.ADJUSTMENT_DEBIT if debit_pence >= credit_pence else LimitKind.ADJUSTMENT_CREDIT


def _request(ctx: Context, row: Adjustment, kind: str, summary: str, reason: str) -> NewRequest:
    return NewRequest(
        kind=kind,
        subject=Subject.ADJUSTMENT,
        subject_id=row.id,
        summary=summary[:200],
        reason=reason,
        payload={},
        total=Money(max(row.debit_pence, row.credit_pence)),
        largest=Money(row.largest_pence),
        count=row.line_count,
        evidence=links_of(ctx, Subject.ADJUSTMENT, row.id),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    _refuse_over(ctx, row, row.request_id, _limit(row.debit_pence, row.credit_pence))
    row.approved_by, row.approved_at = ctx.officer.id, ctx.clock.now()
    row.state = AdjustmentState.APPROVED
    used = select(AdjustmentLine.kind).where(AdjustmentLine.adjustment_id == row.id).distinct()
    if third.posts(ctx, ctx.session.scalars(used)):
        return Changes(frozenset({"adjustments", "approvals", "home"}))
    return post_now(ctx, row).changes


def _took(adjustment_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever entered an adjustment never approves it, whoever submitted it; nor whoever says that a credit it writes on was tried."""
    tried = (
        select(AdjustmentLine.adjustment_id, CreditAttempt.made_by)
        .join(CreditAttempt, CreditAttempt.account_id == AdjustmentLine.account_id)
        .where(AdjustmentLine.adjustment_id.in_(adjustment_ids), AdjustmentLine.kind == writing_on.KIND)
        .distinct()
    )
    return select(Adjustment.id, Adjustment.made_by).where(Adjustment.id.in_(adjustment_ids)), tried


def _take_back(ctx: Context, payload: Payload) -> Changes:
    row = ctx.session.get(Adjustment, payload["adjustment_id"])
    if row is None or row.state is not AdjustmentState.POSTED:
        raise UserError("This adjustment isn't posted any more.", "Look at it on the page Adjustments.")
    _refuse_over(ctx, row, reversal_waiting(ctx, row.id), _limit(row.credit_pence, row.debit_pence))
    return take_back(ctx, row, str(payload["reason"])).changes


def _refuse_over(ctx: Context, row: Adjustment, request_id: int | None, larger: LimitKind) -> None:
    """Test the smaller side of what is approved too: the request itself asks only about the larger.

    Raises:
        UserError: it is above the limits of the approver, and of whoever delegated theirs to them.
    """
    smaller = min(row.debit_pence, row.credit_pence)
    request = ctx.session.get(ApprovalRequest, request_id) if smaller and request_id is not None else None
    if request is None:
        return
    asked = asked_of(ctx.session, [request])[request.id]
    other = next(each for each in KINDS if each is not larger)
    under, why_not = authority_for(
        replace(asked, limit=other, total=Money(smaller)), ctx.clock.today(), authorities(ctx)
    )
    if under is None:
        raise UserError(why_not, "Somebody with a higher limit approves it.")


def _ended(ctx: Context, payload: Payload, state: ApprovalState, _reason: str) -> None:
    """The adjustment says that it was refused or withdrawn, and its request says why."""
    _waiting(ctx, payload).state = AdjustmentState(state.value)


def _waiting(ctx: Context, payload: Payload) -> Adjustment:
    row = ctx.session.get(Adjustment, payload["adjustment_id"])
    if row is None or row.state is not AdjustmentState.WAITING:
        raise UserError("This adjustment doesn't wait for approval any more.", "Look at it on the page Adjustments.")
    return row


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Every line, up to a number that can be read; of a write-on with what was tried to give the credit back."""
    rows = ctx.session.execute(
        select(AdjustmentLine, Account.payment_reference, AdjustmentKind.title)
        .join(Account, Account.id == AdjustmentLine.account_id)
        .join(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)
        .where(AdjustmentLine.adjustment_id == payload["adjustment_id"])
        .order_by(AdjustmentLine.place)
        .limit(_SHOWN + 1)
    ).all()
    shown = [
        Detail(
            f"{title}, account {reference or line.account_id}: {line.narrative}",
            "",
            f"{Money(abs(line.pence))} {'debit' if line.pence > 0 else 'credit'} for {line.effective_on:%d %b %Y}",
        )
        for line, reference, title in rows[:_SHOWN]
    ]
    credits_ = {line.account_id: reference for line, reference, _ in rows[:_SHOWN] if line.kind == writing_on.KIND}
    told = writing_on.tried(ctx, credits_)
    shown += [Detail(f"To give back the credit of {credits_[each]}", "", told[each]) for each in sorted(told)]
    if len(rows) > _SHOWN:
        shown.append(Detail("And more lines", "", "They are on the page Adjustments"))
    return tuple(shown)
