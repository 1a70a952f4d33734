"""What officers do with write-offs."""

from __future__ import annotations

from app.models.values import WriteBackCause, WriteOffState
from app.models.write_offs import WriteOff, WriteOffSchedule
from app.services.adjustments.write_offs import keeping, paper, requests, schedules, writing_back
from app.services.adjustments.write_offs.dto import (
    CAUSES,
    Band,
    NewAuthority,
    NewCase,
    NewSchedule,
    NewWriteBack,
    Saved,
    Tested,
)
from app.services.approvals import third
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.diary.keeping import written


@requires(Permission.PROPOSE_WRITE_OFFS)
def build(ctx: Context, new: NewCase) -> Saved:
    """Keep a case as a draft with everything that was found; a condition that isn't met may still be seen to.

    The same key tells of the case that it made before.

    Raises:
        UserErrors: an amount or the reason can't be right.
        UserError: as `keeping.keep`.
    """
    before = keeping.find(ctx, new.entry_key)
    if before is not None:
        return keeping.saved(ctx, before, f"Write-off {before.number} was kept already.")
    row, result = keeping.keep(ctx, new)
    return keeping.saved(ctx, row, f"Write-off {row.number} is kept as a draft: {_how(result)}.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def change(ctx: Context, write_off_id: int, new: NewCase, version: int) -> Saved:
    """Change a draft, and look at everything again.

    Only whoever built it does: they never approve nor post it, and nobody else's words stand in it.

    Raises:
        ChangedMeanwhile: somebody else changed it.
        UserError: it is on a schedule, somebody else built it, it is of another tenancy, or as `keeping.keep`.
    """
    row = _draft(ctx, write_off_id)
    keeping.refuse_others(ctx, row)
    if new.tenancy_id != row.tenancy_id:
        raise UserError(
            f"Write-off {row.number} is of another tenancy.", "Withdraw it, and build one for this tenancy."
        )
    refuse_old(version, row.version)
    result = keeping.write(ctx, row, new)
    return keeping.saved(ctx, row, f"Write-off {row.number} is changed: {_how(result)}.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def look_again(ctx: Context, write_off_id: int) -> Saved:
    """Test a draft as things stand now, such as after evidence was attached.

    Raises:
        UserError: it is on a schedule, or nothing is owed any more.
    """
    row = _draft(ctx, write_off_id)
    (result,) = keeping.look_again(ctx, [row])
    return keeping.saved(ctx, row, f"Write-off {row.number}: {_how(result)}.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def withdraw(ctx: Context, write_off_id: int) -> Saved:
    """Take back a draft; it is kept, and says so.

    Raises:
        UserError: it is on a schedule.
    """
    row = _draft(ctx, write_off_id)
    row.state = WriteOffState.WITHDRAWN
    ctx.session.flush()
    return keeping.saved(ctx, row, f"Write-off {row.number} is withdrawn.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def make_schedule(ctx: Context, new: NewSchedule) -> Saved:
    """Put drafts on a schedule, each tested once more.

    Raises:
        UserError: as `schedules.make`.
    """
    row = schedules.make(ctx, new)
    return schedules.saved(row, f"Schedule {row.number} holds {row.count} case{'' if row.count == 1 else 's'}.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def drop_schedule(ctx: Context, schedule_id: int) -> Saved:
    """Take back a schedule that wasn't submitted, or was approved and isn't posted; its cases are free drafts again.

    Raises:
        UserError: it waits for approval, or it is over.
    """
    row = schedules.found(ctx, schedule_id)
    if row.state is not WriteOffState.APPROVED:
        _refuse_submitted(row.number, row.state)
    for case in schedules.cases(ctx, row.id):
        case.state, case.schedule_id = WriteOffState.DRAFT, None
    row.state = WriteOffState.WITHDRAWN
    ctx.session.flush()
    return schedules.saved(row, f"Schedule {row.number} is withdrawn; its cases are free again.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def record_authority(ctx: Context, new: NewAuthority) -> Saved:
    """Record the minute of an authority outside Rentbook; whoever made the schedule does, and never approves it.

    Raises:
        ChangedMeanwhile: somebody else changed the schedule.
        UserError: it was submitted, somebody else made it, the minute is missing, or its day is to come.
    """
    row = schedules.found(ctx, new.schedule_id)
    _refuse_submitted(row.number, row.state)
    _refuse_others(ctx, row, "Whoever made it records the decision; or withdraw it and make another.")
    refuse_old(new.version, row.version)
    if not new.minute.strip():
        raise UserError("Give the number of the minute or decision.", field="minute")
    if new.decided_on > ctx.clock.today():
        raise UserError("That day is to come.", "Record the decision once it is made.", "decided_on")
    refuse_card_number(ctx, new.minute, "minute", "minute")
    words = f"minute {new.minute.strip()[:100]} of {written(new.decided_on)}, recorded by {ctx.officer.name}"
    row.authority = words[:200]
    ctx.session.flush()
    return schedules.saved(row, f"The decision on schedule {row.number} is recorded.")


@requires(Permission.PROPOSE_WRITE_OFFS)
def submit(ctx: Context, schedule_id: int) -> Saved:
    """Put a schedule to a second officer, each case looked at again, with its PDF and workbook beside it.

    Raises:
        UserError: it was submitted, somebody else made it, a decision from outside isn't recorded, the office has one
            officer, or as `schedules.prove`.
    """
    row = schedules.found(ctx, schedule_id)
    _refuse_submitted(row.number, row.state)
    _refuse_others(ctx, row, "Whoever made it submits it; or withdraw it and make another.")
    if Band(row.band).outside and not row.authority:
        raise UserError(
            f"Schedule {row.number} is for somebody outside Rentbook to decide.",
            "Give them the PDF, and record their minute here before you submit it.",
            "minute",
        )
    schedules.prove(ctx, row)
    links, warning = paper.keep_files(ctx, row)
    row.request_id = requests.ask(ctx, row, links)
    schedules.move(ctx, row, WriteOffState.WAITING)
    ctx.session.flush()
    return schedules.saved(row, f"Schedule {row.number} waits for approval. {warning}".strip())


@requires(Permission.PROPOSE_WRITE_OFFS)
def post(ctx: Context, schedule_id: int) -> Saved:
    """Post a schedule that was approved, against the provision.

    Raises:
        UserError: it isn't approved, the officer took an earlier step, nothing is owed, or the period is closed.
    """
    row = schedules.found(ctx, schedule_id)
    if why := schedules.why_not_post(ctx, row):
        raise UserError(why, third.ASK)
    return schedules.post_now(ctx, row)


@requires(Permission.PROPOSE_WRITE_OFFS)
def write_back(ctx: Context, new: NewWriteBack) -> Saved:
    """Ask for a whole written-off debt to come back onto its accounts.

    Raises:
        UserError: it isn't posted, the law has ended the debt, nothing is left, no reason is given, or the office has one
            officer.
    """
    row, left = writing_back.standing(ctx, new.write_off_id)
    if new.cause is WriteBackCause.MONEY_IN or new.cause not in CAUSES:
        raise UserError("Money that comes in is put back by itself.", "Choose why the whole debt comes back.", "cause")
    if not new.reason.strip():
        raise UserError("Say why, for the officer who decides.", field="reason")
    request_id = requests.ask_back(ctx, row, new, left)
    told = f"The write-back of {left} waits for approval."
    return Saved(row.id, row.number, row.state, told, Changes(keeping.AREAS), request_id)


def _how(result: Tested) -> str:
    unmet = len(result.unmet)
    if not unmet:
        return "every condition is met, so it can go on a schedule"
    return f"{unmet} condition{' is' if unmet == 1 else 's are'} not met yet"


def _draft(ctx: Context, write_off_id: int) -> WriteOff:
    row = keeping.found(ctx, write_off_id)
    if row.state is not WriteOffState.DRAFT or row.schedule_id is not None:
        where = "on a schedule" if row.state is WriteOffState.DRAFT else row.state.value
        raise UserError(f"Write-off {row.number} is {where} already.", "Look at it in the list.")
    return row


def _refuse_others(ctx: Context, row: WriteOffSchedule, hint: str) -> None:
    if row.made_by != ctx.officer.id:
        raise UserError(f"Somebody else made schedule {row.number}.", hint)


def _refuse_submitted(number: int, state: WriteOffState) -> None:
    if state is not WriteOffState.DRAFT:
        raise UserError(f"Schedule {number} is {state.value} already.", "Look at it in the list.")
