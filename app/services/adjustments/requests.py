"""Adjustments above an officer's limit as kinds of request: what is approved is posted, unless a third officer is to."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine
from app.models.documents import DocumentLink
from app.models.values import AdjustmentState, LimitKind, Money, Subject
from app.services.adjustments.posting import post_now
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission

KINDS: Final = {
    LimitKind.ADJUSTMENT_DEBIT: ("adjustment_debit", "Debit adjustment"),
    LimitKind.ADJUSTMENT_CREDIT: ("adjustment_credit", "Credit adjustment"),
}
"""The kinds of request, by the limit that the larger side of the adjustment falls under."""
_SHOWN: Final = 40


def register() -> None:
    """Plug both kinds in."""
    for limit, (key, title) in KINDS.items():
        register_kind(ApprovalKind(key, title, Permission.APPROVE_ADJUSTMENTS, _apply, _details, limit, _ended))


def ask(ctx: Context, row: Adjustment, why: str) -> int:
    """Ask a second officer; `why` is the sentence that says what it takes one for.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    limit = LimitKind.ADJUSTMENT_DEBIT if row.debit_pence >= row.credit_pence else LimitKind.ADJUSTMENT_CREDIT
    about = (DocumentLink.subject == Subject.ADJUSTMENT.value, DocumentLink.subject_id == row.id)
    evidence = tuple(ctx.session.scalars(select(DocumentLink.id).where(*about)))
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KINDS[limit][0],
            subject=Subject.ADJUSTMENT,
            subject_id=row.id,
            summary=f"Adjustment {row.number}: {row.title}"[:200],
            reason=row.note or why,
            payload={"adjustment_id": row.id},
            total=Money(max(row.debit_pence, row.credit_pence)),
            largest=Money(row.largest_pence),
            count=row.line_count,
            chain=f"adjustment:{row.id}",
            evidence=evidence,
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    row.approved_by, row.approved_at = ctx.officer.id, ctx.clock.now()
    row.state = AdjustmentState.APPROVED
    if _third_posts(ctx, row):
        return Changes(frozenset({"adjustments", "approvals", "home"}))
    return post_now(ctx, row).changes


def _ended(ctx: Context, payload: Payload, _reason: str) -> None:
    """It was refused or withdrawn: the adjustment says so, and its approval request says why."""
    row = _waiting(ctx, payload)
    row.state = AdjustmentState.REFUSED if row.made_by != ctx.officer.id else AdjustmentState.WITHDRAWN


def _waiting(ctx: Context, payload: Payload) -> Adjustment:
    row = ctx.session.get(Adjustment, payload["adjustment_id"])
    if row is None or row.state is not AdjustmentState.WAITING:
        raise UserError("This adjustment doesn't wait for approval any more.", "Look at it on the page Adjustments.")
    return row


def _third_posts(ctx: Context, row: Adjustment) -> bool:
    used = ctx.session.scalars(select(AdjustmentLine.kind).where(AdjustmentLine.adjustment_id == row.id).distinct())
    today = ctx.clock.today()
    return any(ctx.policy.value("adjustments.third_officer", today, f"adjustment_kind:{key}") == "yes" for key in used)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Every line, up to a number that can be read."""
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
    if len(rows) > _SHOWN:
        shown.append(Detail("And more lines", "", "They are on the page Adjustments"))
    return tuple(shown)
