"""Mandates suspended, resumed and cancelled, and a cancellation taken back."""

from __future__ import annotations

from typing import Final

from app.models.values import BacsCode, MandateEvent, MandateState, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary.keeping import finish_for
from app.services.direct_debits.mandates import acts, conditions, keeping, letters
from app.services.direct_debits.mandates.dto import STATES, CancelMandate, ResumeMandate, Saved, SuspendMandate
from app.services.direct_debits.mandates.keeping import instructions, paying, steps
from app.services.direct_debits.mandates.saving import as_shown, saved

_TASKS: Final = ("mandate_cancel", "mandate_suspended", "mandate_dormant", "mandate_lodge", "mandate_confirm")
"""What is left to do of no mandate that is over."""


@requires(Permission.KEEP_DIRECT_DEBITS)
def suspend(ctx: Context, asked: SuspendMandate) -> Saved:
    """Collect nothing until somebody looks, by a day or as policy says.

    Raises:
        UserError: it is over, no reason is given, the day is past, or somebody changed it meanwhile.
    """
    row = as_shown(ctx, asked.mandate_id, asked.version)
    why = steps.said(ctx, asked.reason, "suspended")
    if asked.look_on is not None and asked.look_on < ctx.clock.today():
        raise UserError("The day to look is past.", "Give one from today on.", "look_on")
    keeping.suspend(ctx, row, why, look_on=asked.look_on)
    day = row.resume_on
    by = f" Somebody looks by {day.day} {day:%b %Y}." if day else ""
    return saved(ctx, row, f"Mandate {row.reference} is suspended: nothing is collected.{by}")


@requires(Permission.KEEP_DIRECT_DEBITS)
def resume(ctx: Context, asked: ResumeMandate) -> Saved:
    """Let a suspended mandate go on.

    Raises:
        UserError: it isn't suspended, the bank hasn't the instruction, another mandate pays one of its accounts, no reason is
            given, or somebody changed it meanwhile.
    """
    row = as_shown(ctx, asked.mandate_id, asked.version)
    conditions.refuse_others(ctx, row)
    keeping.resume(ctx, row, steps.said(ctx, asked.reason, "resumed"))
    finish_for(ctx, Subject.MANDATE, row.id, "mandate_suspended", "It goes on")
    return saved(ctx, row, f"Mandate {row.reference} goes on: {STATES[row.state].lower()}.")


@requires(Permission.KEEP_DIRECT_DEBITS)
def cancel(ctx: Context, asked: CancelMandate) -> Saved:
    """End a mandate, and tell the bank if it has the instruction and didn't tell us itself.

    Raises:
        UserError: it is over already, no reason is given, or somebody changed it meanwhile.
    """
    row = as_shown(ctx, asked.mandate_id, asked.version)
    why = steps.said(ctx, asked.reason, "cancelled", most=200)
    keeping.cancel(ctx, row, why, asked.told_by)
    for subject, subject_id in ((Subject.ACCOUNT, row.account_id), (Subject.MANDATE, row.id)):
        for kind in _TASKS:
            finish_for(ctx, subject, subject_id, kind, f"Mandate {row.reference} was cancelled")
    sent, said = letters.cancelled_or_say(ctx, row) if asked.tell else (None, "")
    bank = (
        "The bank is told by the next lodgement run." if acts.bank_to_be_told(ctx, row) else "The bank is told nothing."
    )
    return saved(ctx, row, f"Mandate {row.reference} is cancelled. {bank} {said}".strip(), sent)


@requires(Permission.KEEP_DIRECT_DEBITS)
def undo_cancel(ctx: Context, mandate_id: int, version: int) -> Saved:
    """Take a cancellation of today back, before the bank was told of it.

    Raises:
        UserError: it isn't of today, the bank told it, the bank was told of it, another mandate pays one of its accounts, or
            somebody changed the mandate meanwhile.
    """
    row = as_shown(ctx, mandate_id, version)
    why = acts.undo_refused(ctx, row)
    if why:
        raise UserError(why, "Set up a new mandate with the payer.")
    conditions.refuse_others(ctx, row, "Cancel that one first, or leave this one cancelled.")
    bank = keeping.bank_of(ctx, row.id)
    waits = keeping.withdraw_instructions(ctx, bank, (BacsCode.CANCEL,))
    code = None if bank.held else acts.withdrawn_code(ctx, bank)
    if code is not None:
        keeping.instruct(ctx, row, code, bank, "The cancellation was taken back")
    state = acts.before_cancel(ctx, row)
    if state is not MandateState.SUSPENDED:
        state = instructions.stands(ctx, row, bank) or MandateState.NEW
    keeping.move(ctx, row, state, MandateEvent.RESUMED, "The cancellation was taken back")
    paying.pays_by_debit(ctx, row)
    left = letters.call_off_cancelled(ctx, row)
    said = "What would have told the bank is withdrawn." if waits else ""
    told = (f"Mandate {row.reference} stands again: {STATES[row.state].lower()}.", said, left)
    return saved(ctx, row, " ".join(each for each in told if each))
