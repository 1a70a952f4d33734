"""Placing, changing and releasing holds."""

from __future__ import annotations

from app.models.holds import Hold
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.holds import ending, keeping, reviews
from app.services.holds.dto import ChangeHold, HoldsEnded, PlaceHold, ReleaseHold


@requires(Permission.PLACE_HOLDS)
def place(ctx: Context, new: PlaceHold) -> Changes:
    """Hold an account.

    Raises:
        UserError: as `keeping.place`.
    """
    keeping.place(ctx, new)
    return keeping.changed((new.account_id,))


@requires(Permission.PLACE_HOLDS)
def change(ctx: Context, new: ChangeHold) -> Changes:
    """Change why a hold stands, what it stops, its last day or when it is looked at.

    Raises:
        UserError: there is no such hold, it has ended, a colleague changed it meanwhile, or as `keeping.place`.
    """
    hold = _standing(ctx, new.hold_id)
    if hold.version != new.version:
        raise UserError("A colleague changed this hold meanwhile.", "Open it again.")
    keeping.check(ctx, new.reason, hold.from_on, new.to_on, new.stops)
    if new.to_on is not None and new.to_on < ctx.clock.today():
        raise UserError("Its last day can't have passed already.", "Release it instead.", "to_on")
    if new.review_on is not None and new.review_on < hold.from_on:
        raise UserError("It would be looked at before it starts.", "Change one of the days.", "review_on")
    looked = new.review_on != hold.review_on
    hold.reason, hold.to_on, hold.review_on = new.reason.strip(), new.to_on, new.review_on
    if looked:
        reviews.finish(ctx, hold, "The hold was changed")
        reviews.plan(ctx, hold)
    keeping.set_stops(ctx, hold.id, new.stops)
    return keeping.changed((hold.account_id,))


@requires(Permission.PLACE_HOLDS)
def release(ctx: Context, new: ReleaseHold) -> Changes:
    """Lift a hold from today on; a hold that has not held for a day yet is taken away altogether (the audit keeps it).

    Raises:
        UserError: there is no such hold, it has ended, or it isn't said why.
    """
    hold = _standing(ctx, new.hold_id)
    if not new.reason.strip():
        raise UserError("Say why it is released.", "Such as: the dispute is settled.", "reason")
    refuse_card_number(ctx, new.reason, "reason", "reason")
    account_id = hold.account_id
    keeping.lift(ctx, hold, new.reason)
    return keeping.changed((account_id,))


@requires(Permission.KEEP_TASKS)
def note_ended(ctx: Context) -> HoldsEnded:
    """Note the holds and cases whose last day has passed: they stop nothing any more, and somebody should look.

    Each account gets one task, of whoever placed the hold; what was released before its end is nobody's task.
    """
    return ending.note_ended(ctx)


def _standing(ctx: Context, hold_id: int) -> Hold:
    hold = ctx.session.get(Hold, hold_id)
    if hold is None or (hold.to_on is not None and hold.to_on < ctx.clock.today()):
        raise UserError("That hold has already ended.", "Look at the list again.")
    access.touch(ctx, (hold.account_id,))
    return hold
