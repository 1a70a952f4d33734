"""The clocks of items as other services of the post set them; it asks for no permission.

`set_due` is to be called whenever what a clock runs by has changed: after an item was logged, its category or day of
receipt corrected, or it was acknowledged. Its last days are kept on the item, so that lists sort by them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.post_log import PostCategory, PostExtension, PostItem, PostPause
from app.models.values import Pausing, ReplyFrom, ReplyUnit
from app.services.core.calendars import FOI, STATUTORY, WorkingDays
from app.services.core.chunks import in_chunks
from app.services.core.closures import office_days
from app.services.core.context import Context
from app.services.core.policy import Policy
from app.services.post_log.standards import rules
from app.services.post_log.standards.dto import Due, Pause, Standard

CALENDARS: Final = {
    "office": "the office's working days",
    "statutory": "working days by law: the office's own closures count",
    "foi": "working days of the whole United Kingdom",
}
"""What each calendar is called where a deadline is explained."""


def set_due(ctx: Context, item: PostItem) -> Due:
    """Work out by when an item is acknowledged and answered, and keep both days on it; returns them with their working.

    What is late no more may be told to the team leader anew, should it become late again.

    Raises:
        UserError: a policy value isn't there for the day of receipt.
    """
    return set_due_many(ctx, (item,))[0]


def set_due_many(ctx: Context, items: Sequence[PostItem], *, fresh: bool = False) -> list[Due]:
    """`set_due` for many at once, with as many queries as for one; `fresh` items have neither pauses nor extensions yet.

    Raises:
        UserError: as `set_due`.
    """
    found = due_many(ctx, items, fresh=fresh)
    today = ctx.clock.today()
    for item, due in zip(items, found, strict=True):
        item.acknowledge_by, item.reply_by = due.acknowledge_by, due.reply_by
        kept = (due.acknowledge_by, due.reply_by, item.acknowledged_on, item.replied_on)
        if (rules.next_to_keep(*kept) or today) >= today:
            item.escalated_at = None
    return found


def due_many(ctx: Context, items: Sequence[PostItem], *, fresh: bool = False) -> list[Due]:
    """The last days of items with their working, kept nowhere.

    Raises:
        UserError: as `set_due`.
    """
    keys = _keys(ctx, {item.category_id for item in items})
    ids = [] if fresh else [item.id for item in items]
    pauses, longer = pauses_of(ctx, ids), extensions_of(ctx, ids)
    office = office_days(ctx.session)
    plain: dict[tuple[int, date], Due] = {}
    found = []
    for item in items:
        varied = item.acknowledged_on or pauses.get(item.id) or longer.get(item.id)
        known = None if varied else plain.get((item.category_id, item.received_on))
        if known is None:
            key = keys[item.category_id]
            known = rules.due(
                standard(ctx.policy, key, item.received_on),
                item.received_on,
                item.acknowledged_on,
                pauses.get(item.id, ()),
                longer.get(item.id, ()),
                calendar(ctx.policy, key, item.received_on, office),
            )
            if not varied:
                plain[item.category_id, item.received_on] = known
        found.append(known)
    return found


def standard(policy: Policy, category: str, received_on: date) -> Standard:
    """The standard of a category, by its key, for what was received on a day.

    Raises:
        UserError: a policy value isn't there for that day.
    """
    scope = f"category:{category}"
    reply = policy.find("post_log.reply_time", received_on, scope)
    return Standard(
        acknowledge=policy.number("post_log.acknowledge_days", received_on, scope),
        reply=policy.number("post_log.reply_time", received_on, scope),
        unit=ReplyUnit(policy.value("post_log.reply_unit", received_on, scope)),
        runs_from=ReplyFrom(policy.value("post_log.reply_from", received_on, scope)),
        pausing=Pausing(policy.value("post_log.pausing", received_on, scope)),
        starts_again=policy.value("post_log.after_clarification", received_on, scope) == "starts_again",
        extend_most=policy.number("post_log.extend_most", received_on, scope),
        source=reply.source if reply else "",
    )


def calendar_name(policy: Policy, category: str, received_on: date) -> str:
    """The key of the calendar that a category's days are counted in: a key of `CALENDARS`.

    Raises:
        UserError: the policy names none for that day.
    """
    return policy.value("post_log.calendar", received_on, f"category:{category}")


def calendar(policy: Policy, category: str, received_on: date, office: WorkingDays) -> WorkingDays:
    """The calendar that a category's days are counted in; `office` is the office's own.

    Raises:
        UserError: as `calendar_name`.
    """
    name = calendar_name(policy, category, received_on)
    return {"statutory": STATUTORY, "foi": FOI}.get(name) or office


def pauses_of(ctx: Context, item_ids: Collection[int]) -> dict[int, tuple[Pause, ...]]:
    """The times in which each item's clock stood still, the earliest first."""
    found: dict[int, tuple[Pause, ...]] = {}
    for chunk in in_chunks(sorted(item_ids)):
        rows = ctx.session.execute(
            select(PostPause.item_id, PostPause.kind, PostPause.from_on, PostPause.to_on)
            .where(PostPause.item_id.in_(chunk))
            .order_by(PostPause.item_id, PostPause.from_on, PostPause.id)
        )
        for item_id, kind, from_on, to_on in rows:
            found[item_id] = (*found.get(item_id, ()), Pause(kind, from_on, to_on))
    return found


def extensions_of(ctx: Context, item_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """By how much each item's time was made longer, in the order it was."""
    found: dict[int, tuple[int, ...]] = {}
    for chunk in in_chunks(sorted(item_ids)):
        rows = ctx.session.execute(
            select(PostExtension.item_id, PostExtension.days)
            .where(PostExtension.item_id.in_(chunk))
            .order_by(PostExtension.item_id, PostExtension.id)
        )
        for item_id, by in rows:
            found[item_id] = (*found.get(item_id, ()), by)
    return found


def _keys(ctx: Context, category_ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(category_ids)):
        rows = ctx.session.execute(select(PostCategory.id, PostCategory.key).where(PostCategory.id.in_(chunk)))
        found.update((one, key) for one, key in rows)
    return found
