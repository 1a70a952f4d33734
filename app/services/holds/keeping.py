"""Putting holds on accounts and taking them off, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from app.models.accounts import Account
from app.models.holds import Hold, HoldStop
from app.models.tenancies import Tenancy
from app.models.values import Stop
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.holds import reviews, rules
from app.services.holds.dto import KINDS, PlaceHold

_DAY = timedelta(days=1)
_LONGEST = 400
_FURTHEST = timedelta(days=3653)


def place(ctx: Context, new: PlaceHold, case_id: int | None = None) -> int:
    """Put a hold on an account; returns its number.

    Raises:
        UserError: no reason, nothing to be stopped, a card number, an end before the start or ten years off, no such
            account, a first day before its tenancy's (but for a case, whose days others set), or a hold of this kind on
            these days.
    """
    from_on = new.from_on or ctx.clock.today()
    stops = rules.USUAL[new.kind] if new.stops is None else new.stops
    check(ctx, new.reason, from_on, new.to_on, stops)
    if new.review_on is not None and new.review_on < from_on:
        raise UserError("It would be looked at before it starts.", "Change one of the days.", "review_on")
    if ctx.session.get(Account, new.account_id) is None:
        raise UserError("That account is no longer there.", "Find it again.")
    access.touch(ctx, (new.account_id,))
    if case_id is None:
        refuse_early(ctx, new.account_id, from_on)
    refuse_same(ctx, new, from_on, case_id)
    hold = Hold(
        account_id=new.account_id,
        kind=new.kind,
        reason=new.reason.strip(),
        from_on=from_on,
        to_on=new.to_on,
        placed_by=ctx.officer.id,
        case_id=case_id,
        review_on=new.review_on,
    )
    ctx.session.add(hold)
    ctx.session.flush()
    set_stops(ctx, hold.id, stops)
    reviews.plan(ctx, hold)
    return hold.id


def check(ctx: Context, reason: str, from_on: date, to_on: date | None, stops: Collection[Stop]) -> None:
    """Refuse what no hold may be, placed or changed.

    Raises:
        UserError: as `place`.
    """
    if not reason.strip():
        raise UserError("A hold needs its reason.", "Say why, so that a colleague knows when to lift it.", "reason")
    if len(reason.strip()) > _LONGEST:
        raise UserError(
            f"The reason has more than {_LONGEST} characters.", "Shorten it; write the rest as a note.", "reason"
        )
    refuse_card_number(ctx, reason, "hold", "reason")
    if to_on is not None and to_on < from_on:
        raise UserError("The hold ends before it starts.", "Change one of the dates.", "to_on")
    if max(from_on, to_on or from_on) > ctx.clock.today() + _FURTHEST:
        raise UserError("That day is more than ten years off.", "Check the year.", "to_on" if to_on else "from_on")
    if not stops:
        raise UserError("Nothing is stopped by this hold.", "Tick what it stops.", "stops")


def refuse_early(ctx: Context, account_id: int, from_on: date) -> None:
    """Before a tenancy begins there is nothing that could be stopped; an account of none begins on the day it was opened.

    Raises:
        UserError: the hold would begin before that day, and before today.
    """
    begun = ctx.session.scalar(
        select(func.coalesce(Tenancy.start_on, Account.opened_on))
        .select_from(Account)
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.id == account_id)
    )
    if begun is not None and from_on < min(begun, ctx.clock.today()):
        raise UserError(
            f"The hold begins before the tenancy did, on {written(begun)}.",
            "Begin it on that day or later.",
            "from_on",
        )


def refuse_same(ctx: Context, new: PlaceHold, from_on: date, case_id: int | None = None) -> None:
    """Two holds of one kind on one day would only be lifted by half; those of two cases are two debts' business.

    Raises:
        UserError: there is one.
    """
    for other in standing(ctx, [new.account_id], from_on):
        if other.kind is not new.kind or (case_id is not None and other.case_id != case_id):
            continue
        if rules.overlaps(from_on, new.to_on, other.from_on, other.to_on):
            raise UserError(
                f"The account is already on hold then: {KINDS[other.kind].lower()}, {_days(other.from_on, other.to_on)}.",
                "Change or release that hold, or choose other days.",
                "kind",
            )


def set_stops(ctx: Context, hold_id: int, stops: Collection[Stop]) -> None:
    """Say what a hold stops from now on."""
    standing = set(ctx.session.scalars(select(HoldStop.stop).where(HoldStop.hold_id == hold_id)))
    gone, added = standing - set(stops), set(stops) - standing
    for row in ctx.session.scalars(select(HoldStop).where(HoldStop.hold_id == hold_id, HoldStop.stop.in_(gone))).all():
        ctx.session.delete(row)
    ctx.session.add_all(HoldStop(hold_id=hold_id, stop=stop) for stop in rules.in_order(added))
    ctx.session.flush()


def lift(ctx: Context, hold: Hold, why: str) -> None:
    """Lift a hold from today on; one that hasn't held for a day yet is taken away altogether (the audit keeps it)."""
    today = ctx.clock.today()
    reviews.finish(ctx, hold, "The hold was released")
    if hold.from_on >= today:
        remove(ctx, hold)
    else:
        hold.to_on = today - _DAY
        hold.closed_on = today
        hold.released = why.strip()[:_LONGEST]
    ctx.session.flush()


def remove(ctx: Context, hold: Hold) -> None:
    """Take a hold that never held away; the audit keeps it."""
    for row in ctx.session.scalars(select(HoldStop).where(HoldStop.hold_id == hold.id)).all():
        ctx.session.delete(row)
    ctx.session.flush()
    ctx.session.delete(hold)
    ctx.session.flush()


def standing(ctx: Context, account_ids: Collection[int], day: date | None = None) -> list[Hold]:
    """The holds on some accounts that haven't ended by a day (today, if none is given), those to come too."""
    day = day or ctx.clock.today()
    found: list[Hold] = []
    for chunk in in_chunks(sorted(account_ids)):
        found += ctx.session.scalars(
            select(Hold)
            .where(Hold.account_id.in_(chunk), or_(Hold.to_on.is_(None), Hold.to_on >= day))
            .order_by(Hold.account_id, Hold.from_on, Hold.id)
        )
    return found


def stops_of(ctx: Context, hold_ids: Collection[int]) -> dict[int, tuple[Stop, ...]]:
    """What each of some holds stops, in order."""
    found: dict[int, set[Stop]] = {hold_id: set() for hold_id in hold_ids}
    for chunk in in_chunks(sorted(hold_ids)):
        rows = ctx.session.execute(select(HoldStop.hold_id, HoldStop.stop).where(HoldStop.hold_id.in_(chunk)))
        for hold_id, stop in rows:
            found[hold_id].add(stop)
    return {hold_id: rules.in_order(stops) for hold_id, stops in found.items()}


def copy(ctx: Context, source_id: int, target_id: int, day: date) -> list[int]:
    """The holds in force on an account hold on another too, as that of a former tenant; returns those that were made."""
    holds = [each for each in standing(ctx, [source_id], day) if each.from_on <= day]
    stops = stops_of(ctx, [each.id for each in holds])
    made = []
    for each in holds:
        twin = Hold(
            account_id=target_id,
            kind=each.kind,
            reason=each.reason,
            from_on=each.from_on,
            to_on=each.to_on,
            placed_by=each.placed_by,
            case_id=each.case_id,
            review_on=each.review_on,
        )
        ctx.session.add(twin)
        ctx.session.flush()
        set_stops(ctx, twin.id, stops[each.id])
        made.append(twin.id)
    return made


def changed(account_ids: Collection[int]) -> Changes:
    """What the pages are told when holds on accounts changed."""
    return Changes(frozenset({"holds", "rent", "statements", "letters", "diary", "home"}), frozenset(account_ids))


def _days(from_on: date, to_on: date | None) -> str:
    first = f"from {from_on.day} {from_on:%b %Y}"
    return f"{first} to {to_on.day} {to_on:%b %Y}" if to_on else f"{first} until it is released"
