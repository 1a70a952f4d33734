"""Schedules of write-offs, and whole debts that come back, as kinds of request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.values import ApprovalState, Money, Subject, WriteBackCause, WriteOffState
from app.models.write_offs import WriteOff, WriteOffSchedule
from app.services.adjustments.write_offs import bands, paper, schedules, writing_back
from app.services.adjustments.write_offs.dto import CAUSES, Band, NewWriteBack
from app.services.approvals import keeping as approvals
from app.services.approvals import third
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission

SCHEDULE: Final = "write_off"
OUTSIDE: Final = "write_off_outside"
"""Of a schedule that an authority outside Rentbook decided on: the approver confirms the minute, whatever their limit."""
BACK: Final = "write_back"
_SHOWN: Final = 40


def register() -> None:
    """Plug the kinds in."""
    permission = Permission.APPROVE_WRITE_OFFS
    for key, title, limit in ((SCHEDULE, "Write-off", schedules.LIMIT), (OUTSIDE, "Write-off decided outside", None)):
        register_kind(ApprovalKind(key, title, permission, _apply, _details, limit, _ended, _took))
    register_kind(ApprovalKind(BACK, "Write-back of a debt", permission, _apply_back, _details_back, schedules.LIMIT))


def ask(ctx: Context, schedule: WriteOffSchedule, evidence: tuple[int, ...]) -> int:
    """Ask a second officer, with the schedule as it stands (links of its files) beside it.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    known = bands.authorities(ctx, ctx.clock.today())
    band = Band(schedule.band)
    inside = not band.outside
    largest = max(row.owed_pence for row in schedules.cases(ctx, schedule.id))
    return approvals.ask(
        ctx,
        NewRequest(
            kind=SCHEDULE if inside else OUTSIDE,
            subject=Subject.WRITE_OFF_SCHEDULE,
            subject_id=schedule.id,
            summary=f"Write-off schedule {schedule.number}: {schedule.title}"[:200],
            reason=f"Authority: {known.by[band]}. {schedule.authority}".strip(),
            payload={"schedule_id": schedule.id},
            total=Money(schedule.pence),
            largest=Money(largest),
            count=schedule.count,
            chain=f"write-off-schedule:{schedule.id}",
            evidence=evidence,
        ),
    )


def ask_back(ctx: Context, row: WriteOff, new: NewWriteBack, left: Money) -> int:
    """Ask for a whole debt to come back.

    Raises:
        UserError: the office has one officer, or it waits already.
    """
    return approvals.ask(
        ctx,
        NewRequest(
            kind=BACK,
            subject=Subject.WRITE_OFF,
            subject_id=row.id,
            summary=f"Write-back of write-off {row.number}: {CAUSES[new.cause].lower()}",
            reason=new.reason,
            payload={"write_off_id": row.id, "cause": new.cause.value, "reason": new.reason.strip()[:400]},
            total=left,
            largest=left,
            chain=f"write-back:{row.id}",
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    schedule = _waiting(ctx, payload)
    schedule.approved_by, schedule.approved_at = ctx.officer.id, ctx.clock.now()
    schedules.move(ctx, schedule, WriteOffState.APPROVED)
    if third.posts(ctx, (schedules.KIND,)):
        return schedules.saved(schedule, "").changes
    return schedules.post_now(ctx, schedule).changes


def _took(schedule_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever built a schedule or one of its cases never decides on it, whoever submitted it."""
    return (
        select(WriteOffSchedule.id, WriteOffSchedule.made_by).where(WriteOffSchedule.id.in_(schedule_ids)),
        select(WriteOff.schedule_id, WriteOff.made_by).where(WriteOff.schedule_id.in_(schedule_ids)),
    )


def _ended(ctx: Context, payload: Payload, state: ApprovalState, _reason: str) -> None:
    schedules.move(ctx, _waiting(ctx, payload), WriteOffState(state.value))


def _waiting(ctx: Context, payload: Payload) -> WriteOffSchedule:
    row = ctx.session.get(WriteOffSchedule, payload["schedule_id"])
    if row is None or row.state is not WriteOffState.WAITING:
        raise UserError("This schedule doesn't wait for approval any more.", "Look at it on the page Adjustments.")
    return row


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """The totals by reason, then every case up to a number that can be read."""
    schedule = schedules.found_any(ctx, int(str(payload["schedule_id"])))
    totals = [
        Detail(f"{title}: {count} in all", "", f"{amount} written off")
        for title, count, amount in paper.totals(ctx, schedule.id)
    ]
    rows = schedules.cases(ctx, schedule.id)
    known = bands.reasons(ctx)
    each = [
        Detail(
            f"Case {row.number}: {known[row.reason].title}",
            f"{Money(row.owed_pence)} owed and written off lately",
            f"{Money(row.pence)} written off",
        )
        for row in rows[:_SHOWN]
    ]
    if len(rows) > _SHOWN:
        each.append(Detail("And more cases", "", "They are in the schedule beside this"))
    return (*totals, *each)


def _apply_back(ctx: Context, payload: Payload) -> Changes:
    return writing_back.whole(ctx, _back(payload)).changes


def _details_back(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = _back(payload)
    row, left = writing_back.standing(ctx, new.write_off_id)
    return (Detail(f"Write-off {row.number}", f"{Money(row.pence)} written off", f"{left} put back on the accounts"),)


def _back(payload: Payload) -> NewWriteBack:
    cause = WriteBackCause(str(payload["cause"]))
    return NewWriteBack(int(str(payload["write_off_id"])), cause, str(payload["reason"]))
