"""What the officer who looks may do next with a line of the register, so that nothing is offered that is refused."""

from __future__ import annotations

from typing import Any, Final

from app.models.adjustments import Adjustment
from app.models.approvals import ApprovalRequest
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.write_offs import WriteOff, WriteOffSchedule
from app.services.adjustments import keeping, requests
from app.services.adjustments.refunds import keeping as refunds
from app.services.adjustments.register.dto import Act, RegisterRow, Stage, What
from app.services.adjustments.write_offs import schedules
from app.services.adjustments.write_offs.discharged import still_out
from app.services.approvals import queries as approvals
from app.services.approvals.dto import RequestRow
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.recharges import amounts
from app.services.recharges import requests as recharges

DOES: Final = {
    What.ADJUSTMENT: Permission.ADJUST_ACCOUNTS,
    What.RECHARGE: Permission.RAISE_RECHARGES,
    What.REFUND: Permission.ASK_REFUNDS,
    What.WRITE_OFF: Permission.PROPOSE_WRITE_OFFS,
}
"""Who enters, submits, withdraws and takes back."""
POSTS: Final = {**DOES, What.REFUND: Permission.PAY_REFUNDS}
"""Who posts what is approved: raises an invoice, pays a refund."""


def of(ctx: Context, row: RegisterRow, record: Any) -> tuple[frozenset[Act], str]:
    """What may be done, and why the next step isn't this officer's, as a sentence; empty where it is, or there is none."""
    if row.declared or row.shut:
        return frozenset(), ""
    held, asked = ctx.officer.permissions, _request(ctx, row)
    why_not = _why_not(ctx, row, record, asked)
    goes_on = not why_not
    may = {
        Act.SUBMIT: row.stage is Stage.DRAFT and goes_on and DOES[row.what] in held,
        Act.CHANGE: row.what is What.WRITE_OFF and row.stage is Stage.DRAFT and _enters_own(ctx, row),
        Act.DECIDE: asked is not None and asked.may_decide,
        Act.POST: row.stage is Stage.APPROVED and goes_on and POSTS[row.what] in held,
        Act.WITHDRAW: DOES[row.what] in held and _withdraws(ctx, row, asked),
        Act.REVERSE: row.stage is Stage.DONE and DOES[row.what] in held and _goes_back(ctx, record),
    }
    return frozenset(act for act, may_be in may.items() if may_be), why_not


def _request(ctx: Context, row: RegisterRow) -> RequestRow | None:
    """The request that waits, with what the officer may do with it."""
    if row.stage is not Stage.WAITING or row.request_id is None:
        return None
    (asked,) = approvals.shown(ctx, [ctx.session.get_one(ApprovalRequest, row.request_id)])
    return asked


def _why_not(ctx: Context, row: RegisterRow, record: Any, asked: RequestRow | None) -> str:
    """Why the next step isn't this officer's."""
    if asked is not None:
        return asked.why_not
    if row.stage is Stage.DRAFT and row.what is What.REFUND and row.asked_by_id != ctx.officer.id:
        return "Somebody else entered it; they submit it."
    if row.stage is not Stage.APPROVED:
        return ""
    if isinstance(record, Adjustment):
        return keeping.why_not_post(ctx, record)
    if isinstance(record, Recharge):
        return recharges.why_not_raise(ctx, record)
    if isinstance(record, Refund):
        return refunds.why_not_pay(ctx, record)
    return schedules.why_not_post(ctx, ctx.session.get_one(WriteOffSchedule, record.schedule_id))


def _enters_own(ctx: Context, row: RegisterRow) -> bool:
    return row.asked_by_id == ctx.officer.id and DOES[row.what] in ctx.officer.permissions


def _withdraws(ctx: Context, row: RegisterRow, asked: RequestRow | None) -> bool:
    """Whoever entered it or approved it takes it back; a refund or a case that doesn't wait, anybody who enters them."""
    mine = row.asked_by_id == ctx.officer.id
    if row.stage is Stage.WAITING:
        return asked is not None and asked.own and mine and row.what is not What.WRITE_OFF
    if row.stage is Stage.DRAFT:
        return mine or row.what is not What.ADJUSTMENT
    if row.stage is not Stage.APPROVED or row.what is What.WRITE_OFF:
        return False
    return mine or row.what is What.REFUND or row.approved_by_id == ctx.officer.id


def _goes_back(ctx: Context, record: Any) -> bool:
    """What isn't back yet: an adjustment is reversed, an invoice credited and a debt written back; a refund returns by the bank."""
    if isinstance(record, Adjustment):
        return requests.reversal_waiting(ctx, record.id) is None
    if isinstance(record, Recharge):
        return amounts.is_creditable(ctx, record)
    return isinstance(record, WriteOff) and bool(still_out(ctx, record.id))
