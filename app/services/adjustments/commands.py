"""What officers do with adjustments."""

from __future__ import annotations

from dataclasses import replace

from app.models.values import AdjustmentState
from app.services.adjustments import alike, keeping, posting, requests
from app.services.adjustments.dto import NewAdjustment, Saved
from app.services.approvals import commands as approvals
from app.services.approvals import third
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.ledger.rules import fault_in_text


@requires(Permission.ADJUST_ACCOUNTS)
def enter(ctx: Context, new: NewAdjustment) -> Saved:
    """Keep an adjustment and submit it: posted at once within the officer's limits, else put to a second officer.

    Raises:
        UserErrors: lines have faults, or look like earlier ones and don't say why they aren't the same again.
        UserError: as `keeping.keep` and `keeping.submit`.
    """
    before = keeping.find(ctx.session, new.entry_key)
    if before is not None:
        return keeping.again(ctx, before)
    return keeping.submit(ctx, keeping.keep(ctx, replace(new, lines=alike.explained(ctx, new.lines))))


@requires(Permission.ADJUST_ACCOUNTS)
def submit(ctx: Context, adjustment_id: int) -> Saved:
    """Submit a draft, as `enter` does.

    Raises:
        UserError: as `keeping.submit`.
    """
    return keeping.submit(ctx, keeping.found(ctx, adjustment_id))


@requires(Permission.ADJUST_ACCOUNTS)
def post(ctx: Context, adjustment_id: int) -> Saved:
    """Post what was approved and waits, where a third officer posts it, for one who neither asked for it nor approved it.

    Raises:
        UserError: it isn't approved, or the officer asked for it or approved it.
    """
    row = keeping.found(ctx, adjustment_id)
    if row.state is not AdjustmentState.APPROVED:
        raise UserError(f"Adjustment {row.number} is {row.state.value}, not approved.", "Look at it in the list.")
    if why_not := keeping.why_not_post(ctx, row):
        raise UserError(why_not, third.ASK)
    return posting.post_now(ctx, row)


@requires(Permission.ADJUST_ACCOUNTS)
def reverse(ctx: Context, adjustment_id: int, reason: str) -> Saved:
    """Take a posted adjustment back whole, by the opposite journal; put to a second officer as it would be itself.

    Raises:
        UserError: it isn't posted, no reason is given, its reversal waits already, or it needs a second officer and the
            office has one.
    """
    row = keeping.found(ctx, adjustment_id)
    if row.state is not AdjustmentState.POSTED:
        raise UserError(f"Adjustment {row.number} is {row.state.value}, not posted.", "Look at it in the list.")
    _check_reason(ctx, reason)
    if (waiting := requests.reversal_waiting(ctx, row.id)) is not None:
        raise UserError(
            f"The reversal of adjustment {row.number} was asked for already: request {waiting} waits.",
            "Look at it on the page Approvals.",
        )
    why = keeping.second_officer(ctx, keeping.kinds_used(ctx, row), keeping.sums_of(row).turned())
    if not why:
        return posting.take_back(ctx, row, reason)
    request = requests.ask_reversal(ctx, row, reason)
    told = f"The reversal of adjustment {row.number} waits for approval: {why}"
    return replace(keeping.as_it_stands(ctx, row, told), request_id=request)


@requires(Permission.ADJUST_ACCOUNTS)
def withdraw(ctx: Context, adjustment_id: int, reason: str) -> Saved:
    """Take back what isn't posted yet: one's own, or what one approved; it stays in the list with the reason.

    Raises:
        UserError: it is posted or over, somebody else asked for it, or no reason is given.
    """
    row = keeping.found(ctx, adjustment_id)
    _check_reason(ctx, reason)
    if row.state not in {AdjustmentState.DRAFT, AdjustmentState.WAITING, AdjustmentState.APPROVED}:
        hint = "Reverse it." if row.state is AdjustmentState.POSTED else "Look at it in the list."
        raise UserError(f"Adjustment {row.number} is {row.state.value} already.", hint)
    mine = {row.made_by, row.approved_by} if row.state is AdjustmentState.APPROVED else {row.made_by}
    if ctx.officer.id not in mine:
        raise UserError("Somebody else asked for this.", "Only whoever asked for it can take it back.")
    if row.state is AdjustmentState.WAITING and row.request_id is not None:
        approvals.withdraw(ctx, row.request_id, reason)
    row.state = AdjustmentState.WITHDRAWN
    row.reversed_by, row.reversal_reason = ctx.officer.id, reason.strip()
    return keeping.as_it_stands(ctx, row, f"Adjustment {row.number} is withdrawn.")


def _check_reason(ctx: Context, reason: str) -> None:
    """Refuse a reason that a journal couldn't say."""
    if not reason.strip():
        raise UserError("Say why.", "Whoever looks at it later will read it.", "reason")
    if fault := fault_in_text(reason):
        raise UserError(fault, field="reason")
    refuse_card_number(ctx, reason, "reason", "reason")
