"""Placing and releasing holds."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.holds import Hold
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.holds.dto import PlaceHold


@requires(Permission.PLACE_HOLDS)
def place(ctx: Context, new: PlaceHold) -> Changes:
    """Hold an account.

    Raises:
        UserError: no reason, a card number in it, an end before the start, no such account, or a hold of this kind overlaps it.
    """
    from_on = new.from_on or ctx.clock.today()
    if not new.reason.strip():
        raise UserError("A hold needs its reason.", "Say why, so that a colleague knows when to lift it.", "reason")
    if new.to_on is not None and new.to_on < from_on:
        raise UserError("The hold ends before it starts.", "Change one of the dates.", "to_on")
    refuse_card_number(ctx, new.reason, "hold", "reason")
    if ctx.session.get(Account, new.account_id) is None:
        raise UserError("That account is no longer there.", "Find it again.")
    access.touch(ctx, (new.account_id,))
    overlap = select(Hold.id).where(
        Hold.account_id == new.account_id,
        Hold.kind == new.kind,
        or_(Hold.to_on.is_(None), Hold.to_on >= from_on),
    )
    if new.to_on is not None:
        overlap = overlap.where(Hold.from_on <= new.to_on)
    if ctx.session.scalars(overlap).first() is not None:
        raise UserError(
            f"The account is already on hold for {new.kind.value.replace('_', ' ')} then.",
            "Release that hold first, or choose other dates.",
            "kind",
        )
    ctx.session.add(
        Hold(
            account_id=new.account_id,
            kind=new.kind,
            reason=new.reason.strip()[:400],
            from_on=from_on,
            to_on=new.to_on,
            placed_by=ctx.officer.id,
        )
    )
    ctx.session.flush()
    return _changed(new.account_id)


@requires(Permission.PLACE_HOLDS)
def release(ctx: Context, hold_id: int) -> Changes:
    """Lift a hold from today on; a hold that has not held for a day yet is taken away altogether (the audit keeps it).

    Raises:
        UserError: there is no such hold, or it has ended.
    """
    hold = ctx.session.get(Hold, hold_id)
    today = ctx.clock.today()
    if hold is None or (hold.to_on is not None and hold.to_on < today):
        raise UserError("That hold has already ended.", "Look at the list again.")
    access.touch(ctx, (hold.account_id,))
    if hold.from_on >= today:
        ctx.session.delete(hold)
    else:
        hold.to_on = today - timedelta(days=1)
    ctx.session.flush()
    return _changed(hold.account_id)


def _changed(account_id: int) -> Changes:
    return Changes(frozenset({"rent", "statements"}), frozenset({account_id}))
