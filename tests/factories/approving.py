"""What another officer approved, for tests of what is carried out then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.models.approvals import ApprovalEvent, ApprovalRequest
from app.models.officers import Officer
from app.models.periods import Period
from app.models.reception_payments.cards import CardRefund
from app.models.reception_payments.receipts import Receipt
from app.models.refunds import Refund
from app.models.values import ApprovalState, PeriodState, Subject
from app.services.core.context import Context


def approved(ctx: Context, kind: str, subject: Subject, subject_id: int, pence: int) -> Context:
    """The context in which an officer carries out what somebody else asked for, and they approved."""
    row = _approving(ctx, kind, subject, subject_id, pence)
    _decide(ctx, row)
    return replace(ctx, approval=row.id)


def counts(ctx: Context, kind: str, row: Any, state: StrEnum) -> None:
    """Let a refund, a run or a schedule, which waits, count as approved: only so does the database take it."""
    subject_id = row.receipt_id if isinstance(row, CardRefund) else row.id
    subject = Subject.REFUND if isinstance(row, Refund) else Subject.ADJUSTMENT
    with carried_out(ctx, kind, subject_id, subject, row.pence) as request_id:
        row.state, row.request_id, row.approved_by = state, request_id, ctx.officer.id


@contextmanager
def carried_out(
    ctx: Context, kind: str, subject_id: int, subject: Subject = Subject.ADJUSTMENT, pence: int = 0
) -> Iterator[int]:
    """While what somebody else asked for is carried out: the database takes what it takes only then. Gives the request."""
    asked = _approving(ctx, kind, subject, subject_id, pence)
    yield asked.id
    ctx.session.flush()
    _decide(ctx, asked)


def close(ctx: Context, period: Period) -> None:
    """Close a period as two officers have, without its checks and balances."""
    with carried_out(ctx, "period_change", period.id, Subject.PERIOD):
        period.state = PeriodState.CLOSED


def _approving(ctx: Context, kind: str, subject: Subject, subject_id: int, pence: int) -> ApprovalRequest:
    other = ctx.session.scalars(select(Officer.id).where(Officer.id != ctx.officer.id).order_by(Officer.id)).first()
    row = ApprovalRequest(kind=kind, subject=subject, subject_id=subject_id, summary="Asked", reason="Asked")
    row.payload, row.digest, row.total_pence, row.asked_by = "{}", "asked", pence, other
    row.state, row.asked_at, row.expires_on = ApprovalState.WAITING, ctx.clock.now(), ctx.clock.today()
    ctx.session.add(row)
    ctx.session.flush()
    for who, action in ((other, "asked"), (ctx.officer.id, "approved")):
        step = {"request_id": row.id, "officer_id": who, "action": action, "digest": row.digest}
        ctx.session.add(ApprovalEvent(**step, at=ctx.clock.now()))
        ctx.session.flush()
    return row


def _decide(ctx: Context, row: ApprovalRequest) -> None:
    row.state, row.decided_by, row.decided_at = ApprovalState.APPROVED, ctx.officer.id, ctx.clock.now()
    ctx.session.flush()


def void(ctx: Context, receipt_id: int) -> Context:
    """The same of a receipt that is to be void."""
    receipt = ctx.session.get_one(Receipt, receipt_id)
    return approved(ctx, "receipt_void", Subject.RECEIPT, receipt_id, receipt.pence)
