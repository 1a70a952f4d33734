"""Mandates that change: other bank details, suspended, resumed, cancelled."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.models.direct_debits.mandates import Instruction, Mandate, MandateBank
from app.models.values import BacsCode, InstructionState, MandateEvent, MandateState, ToldBy
from app.services.bacs.dto import Checked, Destination
from app.services.bacs.keeping import fingerprint
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import rules
from app.services.direct_debits.mandates.dto import STATES
from app.services.direct_debits.mandates.keeping import banks, instructions, paying, taken
from app.services.direct_debits.mandates.keeping.steps import move


def suspend(
    ctx: Context,
    mandate: Mandate,
    why: str,
    *,
    look_on: date | None = None,
    told_by: ToldBy = ToldBy.OFFICER,
    on: date | None = None,
    report_item_id: int | None = None,
) -> None:
    """Collect nothing until somebody looks, by a day or as policy says; one that is suspended already takes the new reason.

    Raises:
        UserError: it is over.
    """
    rules.refuse_over(mandate.state, mandate.reference, "suspended")
    move(
        ctx,
        mandate,
        MandateState.SUSPENDED,
        MandateEvent.SUSPENDED,
        why,
        on=on,
        told_by=told_by,
        report_item_id=report_item_id,
    )
    today = ctx.clock.today()
    days = ctx.policy.number("direct_debits.suspended_days", today)
    mandate.resume_on = look_on or today + timedelta(days=days)
    ctx.session.flush()


def resume(ctx: Context, mandate: Mandate, why: str, *, told_by: ToldBy = ToldBy.OFFICER) -> None:
    """Let a suspended mandate go on, as far as it had come.

    Raises:
        UserError: it isn't suspended, or the bank hasn't the instruction.
    """
    if mandate.state is not MandateState.SUSPENDED:
        raise UserError(f"Mandate {mandate.reference} is {STATES[mandate.state].lower()}, not suspended.")
    state = instructions.stands(ctx, mandate, banks.bank_of(ctx, mandate.id))
    if state is None:
        raise UserError(
            f"The bank hasn't the instruction of mandate {mandate.reference}, so that nothing can be collected.",
            "Amend the bank details with the payer; the instruction is then lodged again.",
        )
    move(ctx, mandate, state, MandateEvent.RESUMED, why, told_by=told_by)


def cancel(
    ctx: Context,
    mandate: Mandate,
    why: str,
    told_by: ToldBy = ToldBy.PAYER,
    *,
    send: bool = True,
    on: date | None = None,
    report_item_id: int | None = None,
) -> None:
    """End a mandate. Told by the bank nothing is sent; else it gets a 0C if it has the instruction, or is about to have it.

    A 0N that waits is withdrawn; a 0C that waits for an earlier account stays, as that bank has the instruction still.
    With `send` False the bank knows already.

    Raises:
        UserError: it is over already.
    """
    rules.refuse_over(mandate.state, mandate.reference, "cancelled")
    bank = banks.bank_of(ctx, mandate.id)
    instructions.withdraw_instructions(ctx, bank, tuple(rules.BEGIN))
    if told_by is ToldBy.BANK or not send:
        instructions.withdraw_instructions(ctx, bank)
        bank.held = False
    elif bank.held or InstructionState.IN_RUN in instructions.states_of(ctx, bank):
        instructions.instruct(ctx, mandate, BacsCode.CANCEL, bank, why)
    move(
        ctx,
        mandate,
        MandateState.CANCELLED,
        MandateEvent.CANCELLED,
        why,
        on=on,
        told_by=told_by,
        report_item_id=report_item_id,
    )
    paying.pays_otherwise(ctx, mandate)


def amend(
    ctx: Context,
    mandate: Mandate,
    destination: Destination,
    holder: str,
    why: str,
    *,
    told_by: ToldBy = ToldBy.PAYER,
    named: tuple[str, str] = ("", ""),
    checked: Checked | None = None,
) -> MandateBank:
    """Put other bank details of the payer in force: a 0C to the old bank if it has the instruction, then a 0N to the new one.

    `named` is the name of the bank and its branch. Back at an account whose 0C waits still, all stands as it had come there.

    Raises:
        UserError: the mandate is over, is on this account already, or its instruction is in a lodgement run.
    """
    print_ = fingerprint(ctx, destination)
    old = _amended(ctx, mandate, print_)
    back, held = _waits_to_leave(ctx, mandate, print_), old.held
    instructions.withdraw_instructions(ctx, old, tuple(rules.BEGIN))
    new = banks.new_bank(
        ctx,
        mandate,
        destination,
        holder,
        told_by,
        held=back is not None,
        bank_name=named[0],
        branch=named[1],
        checked=checked,
    )
    if back is not None:
        _stay(ctx, mandate, back, new)
    else:
        _tell_both(ctx, mandate, old if held else None, new, why)
    state = instructions.stands(ctx, mandate, new) or mandate.state
    move(ctx, mandate, state, MandateEvent.AMENDED, why, told_by=told_by)
    return new


def _amended(ctx: Context, mandate: Mandate, print_: str) -> MandateBank:
    """The account that a mandate is on, where it may be put on another one."""
    rules.refuse_over(mandate.state, mandate.reference, "amended")
    old = banks.bank_of(ctx, mandate.id)
    if print_ == old.fingerprint and (old.held or _asked(ctx, old)):
        raise UserError("The mandate is on this bank account already.", "Look at the digits.", "account_number")
    taken.refuse_in_run(ctx, mandate, "amend the details")
    return old


def _tell_both(ctx: Context, mandate: Mandate, old: MandateBank | None, new: MandateBank, why: str) -> None:
    """A 0C to the bank that has the instruction, if one has, then a 0N; nothing is collected until that was lodged."""
    if old is not None:
        instructions.instruct(ctx, mandate, BacsCode.CANCEL, old, why)
    instructions.instruct(ctx, mandate, BacsCode.NEW, new, why, 1)
    mandate.collect_from = None


def _stay(ctx: Context, mandate: Mandate, back: Instruction, new: MandateBank) -> None:
    """Its bank isn't told of the account that a mandate is on again, by a new row: all stands as it had come there."""
    left = ctx.session.get_one(MandateBank, back.bank_id)
    back.state, back.settled_on = InstructionState.WITHDRAWN, ctx.clock.today()
    taken.go_on(ctx, left, new)
    mandate.collect_from = taken.collect_from(ctx, new)


def _asked(ctx: Context, bank: MandateBank) -> bool:
    """Whether its bank will be told of it."""
    states = instructions.states_of(ctx, bank)
    return InstructionState.WAITING in states or InstructionState.IN_RUN in states


def _waits_to_leave(ctx: Context, mandate: Mandate, print_: str) -> Instruction | None:
    """The 0C that waits for an account of the mandate, if one does."""
    rows = (
        select(Instruction)
        .join(MandateBank, MandateBank.id == Instruction.bank_id)
        .where(
            Instruction.mandate_id == mandate.id,
            Instruction.code == BacsCode.CANCEL,
            Instruction.state == InstructionState.WAITING,
            MandateBank.fingerprint == print_,
        )
    )
    return ctx.session.scalars(rows).first()
