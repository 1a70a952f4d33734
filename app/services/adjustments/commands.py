"""What officers do with adjustments."""

from __future__ import annotations

from app.models.values import AdjustmentState
from app.services.adjustments import keeping, posting
from app.services.adjustments.dto import NewAdjustment, Saved
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires


@requires(Permission.ADJUST_ACCOUNTS)
def enter(ctx: Context, new: NewAdjustment) -> Saved:
    """Keep an adjustment and submit it: posted at once within the officer's limits, else put to a second officer.

    Raises:
        UserErrors: lines have faults.
        UserError: as `keeping.keep` and `keeping.submit`.
    """
    before = keeping.find(ctx.session, new.entry_key)
    if before is not None:
        told = f"Adjustment {before.number} was entered already."
        touched = keeping.changes(ctx, before)
        return Saved(before.id, before.number, before.state, before.request_id, before.journal, told, touched)
    return keeping.submit(ctx, keeping.keep(ctx, new))


@requires(Permission.ADJUST_ACCOUNTS)
def post(ctx: Context, adjustment_id: int) -> Saved:
    """Post what was approved and waits for an officer who neither asked for it nor approved it.

    Raises:
        UserError: it isn't approved, or the officer asked for it or approved it.
    """
    row = keeping.found(ctx, adjustment_id)
    if row.state is not AdjustmentState.APPROVED:
        raise UserError(f"Adjustment {row.number} is {row.state.value}, not approved.", "Look at it in the list.")
    if ctx.officer.id in {row.made_by, row.approved_by}:
        raise UserError(
            "You took an earlier step of this, so somebody else posts it.",
            "Ask a colleague who neither asked for it nor approved it.",
        )
    return posting.post_now(ctx, row)
