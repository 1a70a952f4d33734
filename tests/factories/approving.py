"""What another officer approved, for tests of what is carried out then."""

from dataclasses import replace

from sqlalchemy import select

from app.models.approvals import ApprovalEvent, ApprovalRequest
from app.models.officers import Officer
from app.models.reception_payments.receipts import Receipt
from app.models.values import ApprovalState, Subject
from app.services.core.context import Context


def approved(ctx: Context, kind: str, subject: Subject, subject_id: int, pence: int) -> Context:
    """The context in which an officer carries out what somebody else asked for, and they approved."""
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
    row.state, row.decided_by, row.decided_at = ApprovalState.APPROVED, ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return replace(ctx, approval=row.id)


def void(ctx: Context, receipt_id: int) -> Context:
    """The same of a receipt that is to be void."""
    receipt = ctx.session.get_one(Receipt, receipt_id)
    return approved(ctx, "receipt_void", Subject.RECEIPT, receipt_id, receipt.pence)
