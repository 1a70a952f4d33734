"""What the bank does to a mandate: moved to another bank, its details put right, reinstated (bacs.md 2.2)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.values import BacsCode, MandateEvent, MandateState, Subject, ToldBy
from app.services.bacs.dto import Destination
from app.services.core.context import Context
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, due_in
from app.services.direct_debits.mandates import conditions, rules
from app.services.direct_debits.mandates.keeping import banks, instructions, paying, taken
from app.services.direct_debits.mandates.keeping.steps import move

_KIND: Final = "mandate_suspended"
"""A task about a suspended mandate: it is finished when the mandate goes on or ends."""
_SOON: Final = 2
_THEN: Final = "apply the report"


def transfer(
    ctx: Context,
    mandate: Mandate,
    destination: Destination,
    why: str,
    *,
    holder: str = "",
    on: date | None = None,
    report_item_id: int | None = None,
) -> MandateBank:
    """The bank moved the payer's account to another bank (ADDACS 3): a 0N goes there, and never a 0C to the old one.

    A suspended mandate stays so. A 0C that waits for an account before this one stays, as that bank has the instruction still.

    Raises:
        UserError: the mandate is over, or its instruction is in a lodgement run.
    """
    rules.refuse_over(mandate.state, mandate.reference, "moved to another bank")
    taken.refuse_in_run(ctx, mandate, _THEN)
    old = banks.bank_of(ctx, mandate.id)
    instructions.withdraw_instructions(ctx, old)
    new = banks.new_bank(ctx, mandate, destination, holder or old.holder, ToldBy.BANK, on=on)
    instructions.instruct(ctx, mandate, BacsCode.NEW, new, why)
    mandate.collect_from = None
    suspended = mandate.state is MandateState.SUSPENDED
    state = mandate.state if suspended else instructions.stands(ctx, mandate, new) or MandateState.AMENDED
    move(ctx, mandate, state, MandateEvent.TRANSFERRED, why, on=on, told_by=ToldBy.BANK, report_item_id=report_item_id)
    return new


def correct(
    ctx: Context,
    mandate: Mandate,
    destination: Destination,
    why: str,
    *,
    holder: str = "",
    on: date | None = None,
    report_item_id: int | None = None,
) -> MandateBank:
    """The bank put the details right (ADDACS C and E, AWACS): it holds the instruction for them, and is sent nothing.

    What waited to be lodged for the old details is lodged for the new ones.

    Raises:
        UserError: its instruction is in a lodgement run.
    """
    taken.refuse_in_run(ctx, mandate, _THEN)
    old = banks.bank_of(ctx, mandate.id)
    new = banks.new_bank(
        ctx,
        mandate,
        destination,
        holder or old.holder,
        ToldBy.BANK,
        on=on,
        held=old.held,
        bank_name=old.bank_name,
        branch=old.branch,
    )
    taken.go_on(ctx, old, new)
    how = {"on": on, "told_by": ToldBy.BANK, "report_item_id": report_item_id}
    move(ctx, mandate, mandate.state, MandateEvent.CHANGED, why, **how)  # type: ignore[arg-type]
    return new


def reinstate(
    ctx: Context,
    mandate: Mandate,
    why: str,
    *,
    on: date | None = None,
    report_item_id: int | None = None,
) -> None:
    """The bank has the instruction again (ADDACS R): the mandate is live, and neither a 0C nor a 0N is sent; both are withdrawn.

    Where another mandate pays one of its accounts since, it stays suspended with a task: the instalment would be taken twice.

    Raises:
        UserError: its instruction is in a lodgement run.
    """
    taken.refuse_in_run(ctx, mandate, _THEN)
    bank = banks.bank_of(ctx, mandate.id)
    instructions.withdraw_instructions(ctx, bank)
    bank.held = True
    state = instructions.stands(ctx, mandate, bank) or MandateState.LIVE
    doubled = " ".join(conditions.others(ctx, mandate))
    if doubled:
        state, why = MandateState.SUSPENDED, f"{why}. {doubled}"
    move(ctx, mandate, state, MandateEvent.REINSTATED, why, on=on, told_by=ToldBy.BANK, report_item_id=report_item_id)
    paying.pays_by_debit(ctx, mandate)
    if doubled:
        _have_looked_at(ctx, mandate, doubled)


def _have_looked_at(ctx: Context, mandate: Mandate, doubled: str) -> None:
    """A task about a mandate that the bank has again, whose account another one pays."""
    title = f"Mandate {mandate.reference} is reinstated beside another"
    task = NewTask(title, due_in(ctx, _SOON), f"{doubled} {conditions.BOTH}", Subject.MANDATE, mandate.id, _KIND)
    add_task(ctx, task)
