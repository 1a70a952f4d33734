"""What a change of a clock can't be: refused before anything is written, and before it is shown what it would do."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.officers import Officer
from app.models.post_log import PostItem, PostPause
from app.models.values import PostState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.post_log import keeping as log
from app.services.post_log.standards import queries, rules, wording
from app.services.post_log.standards.dto import Clock, ExtendClock, PauseClock, ResumeClock


def pausing(ctx: Context, new: PauseClock) -> tuple[PostItem, Clock, date]:
    """The item whose clock is to be stopped, with its clock and the day that we asked.

    Raises:
        UserError: its standard doesn't wait for that, it stands still already, or the day can't be.
    """
    item, clock = _running(ctx, new.item_id)
    if refused := rules.refused_pause(clock.standard, new.kind):
        raise UserError(refused, "Answer in time, or extend it." if clock.extend_left else "", "kind")
    if clock.waiting is not None:
        raise UserError(
            f"It stands still already, since {wording.spelled(clock.waiting.from_on)}.", "Let it go on first."
        )
    asked_on = new.from_on or ctx.clock.today()
    _check_day(ctx, asked_on, item.received_on, "from_on")
    if any(each.to_on is not None and asked_on < each.to_on for each in clock.pauses):
        raise UserError("It stood still on that day already.", "Give a later day.", "from_on")
    return item, clock, asked_on


def resuming(ctx: Context, new: ResumeClock) -> tuple[PostItem, Clock, PostPause, date]:
    """The item whose clock is to go on, with its clock, the pause that ends and the day that the answer came.

    Raises:
        UserError: it doesn't stand still, or the day can't be.
    """
    item, clock = _running(ctx, new.item_id)
    standing = select(PostPause).where(PostPause.item_id == item.id, PostPause.to_on.is_(None))
    found = ctx.session.scalars(standing).first()
    if found is None:
        raise UserError("The time to answer this doesn't stand still.", "Look at the item again.")
    came_on = new.came_on or ctx.clock.today()
    _check_day(ctx, came_on, found.from_on, "came_on")
    return item, clock, found, came_on


def extending(ctx: Context, new: ExtendClock) -> tuple[PostItem, Clock, date]:
    """The item whose time is to be made longer, with its clock and its last day until now.

    Raises:
        UserError: its standard doesn't let it by so much, or the time has passed or stands still.
    """
    item, clock = _running(ctx, new.item_id)
    unit = wording.UNITS[clock.standard.unit]
    if not clock.extend_left:
        most = clock.standard.extend_most
        longer = f"It was made longer by all {wording.counted(most, unit)} already."
        why = longer if most else "The time to answer this may not be made longer."
        raise UserError(why, "Answer it, or tell your team leader that it will be late.", "by")
    reply_by = clock.due.reply_by
    if reply_by is None:
        raise UserError("The time stands still.", "Let it go on first.", "by")
    if reply_by < ctx.clock.today():
        raise UserError(
            f"The time passed on {wording.spelled(reply_by)}: it is made longer before it ends, not after.",
            "Answer it, and tell your team leader that it is late.",
            "by",
        )
    if not 1 <= new.by <= clock.extend_left:
        raise UserError(f"It can be made longer by 1 to {wording.counted(clock.extend_left, unit)}.", field="by")
    return item, clock, reply_by


def _running(ctx: Context, item_id: int) -> tuple[PostItem, Clock]:
    """An open item that wasn't answered yet and that the officer may change, with its clock.

    Raises:
        UserError: it is none.
    """
    item = log.item(ctx, item_id)
    if item.state is not PostState.OPEN or item.replied_on is not None:
        raise UserError("It was dealt with already: no clock runs.", "Reopen it first.")
    if item.officer_id not in {None, ctx.officer.id} and Permission.SHARE_POST not in ctx.officer.permissions:
        holder = ctx.session.get_one(Officer, item.officer_id)
        raise UserError(f"{holder.name} has this item.", "They change its time to answer, or your team leader does.")
    return item, queries.clock(ctx, item_id)


def _check_day(ctx: Context, day: date, not_before: date, field: str) -> None:
    if day > ctx.clock.today():
        raise UserError("That day is still to come.", "Give today or an earlier day.", field)
    if day < not_before:
        raise UserError(f"It can't be before {wording.spelled(not_before)}.", "Change the day.", field)
