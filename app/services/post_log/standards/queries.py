"""Reading the clocks of items, what is late, and by when something received on a day would be dealt with."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostExtension, PostItem, PostPause
from app.models.values import PostState
from app.services.core import access
from app.services.core.calendars import WorkingDays
from app.services.core.closures import office_days
from app.services.core.context import Context
from app.services.post_log import keeping as log
from app.services.post_log.dto import item_number
from app.services.post_log.standards import keeping, promised, rules, wording
from app.services.post_log.standards.dto import CategoryDue, Clock, Due, ExtensionRow, LateRow, Light, Pause, PauseRow
from app.services.post_log.standards.lateness import IS_OPEN, is_late

MOST: Final = 1_000
"""So many late items are listed at most."""


def clock(ctx: Context, item_id: int) -> Clock:
    """The clock of an item, with the working of its last days.

    Raises:
        UserError: there is no such item, it is restricted and not the officer's to open, or a policy value is missing.
    """
    item = log.open_item(ctx, item_id)
    category = ctx.session.get_one(PostCategory, item.category_id)
    pauses, extensions = _pauses(ctx, item_id), _extensions(ctx, item_id)
    standard = keeping.standard(ctx.policy, category.key, item.received_on)
    office = office_days(ctx.session)
    due = rules.due(
        standard,
        item.received_on,
        item.acknowledged_on,
        [Pause(each.kind, each.from_on, each.to_on) for each in pauses],
        [each.by for each in extensions],
        keeping.calendar(ctx.policy, category.key, item.received_on, office),
    )
    waiting = next((each for each in pauses if each.to_on is None), None)
    light, words = _light(ctx, item, due, office, waiting=waiting is not None)
    return Clock(
        item_id=item.id,
        number=item_number(item.year, item.number),
        category=category.name,
        received_on=item.received_on,
        state=item.state,
        standard=standard,
        calendar=keeping.CALENDARS[keeping.calendar_name(ctx.policy, category.key, item.received_on)],
        due=due,
        acknowledged_on=item.acknowledged_on,
        replied_on=item.replied_on,
        light=light,
        light_words=words,
        waiting=waiting,
        pauses=pauses,
        extensions=extensions,
        extend_left=max(standard.extend_most - sum(each.by for each in extensions), 0),
    )


def _light(ctx: Context, item: PostItem, due: Due, office: WorkingDays, *, waiting: bool) -> tuple[Light, str]:
    """How near the next day to keep is, and the same in words."""
    is_open, today = item.state is PostState.OPEN, ctx.clock.today()
    kept = (due.acknowledge_by, due.reply_by, item.acknowledged_on, item.replied_on)
    next_on = rules.next_to_keep(*kept) if is_open else None
    still = is_open and item.replied_on is None and waiting
    light = rules.light(next_on, today, amber_days(ctx), office, waiting=still)
    acknowledging = next_on is not None and item.acknowledged_on is None and next_on == due.acknowledge_by
    return light, wording.light(light, next_on, today, office, acknowledging=acknowledging)


def known(ctx: Context) -> promised.Known:
    """What last days are worked out of in this office: its policy, its categories, its calendar."""
    categories = select(PostCategory.key, PostCategory.name).order_by(PostCategory.position)
    names = {row.key: row.name for row in ctx.session.execute(categories)}
    return promised.Known(ctx.policy, names, office_days(ctx.session))


def category_due(ctx: Context, name: str, received_on: date, acknowledged_on: date | None = None) -> CategoryDue:
    """By when something of a category is dealt with that was received on a day.

    Raises:
        UserError: as `promised.category_due`.
    """
    return promised.category_due(known(ctx), name, received_on, acknowledged_on)


def late(ctx: Context, most: int = MOST) -> tuple[LateRow, ...]:
    """The open items past a day that they had to keep, the oldest first."""
    today, office = ctx.clock.today(), office_days(ctx.session)
    shut = access.closed_accounts(ctx)
    statement = (
        select(PostItem, PostCategory.name, Account.payment_reference, func.coalesce(Officer.name, Team.name, ""))
        .join(PostCategory, PostCategory.id == PostItem.category_id)
        .outerjoin(Account, Account.id == PostItem.account_id)
        .outerjoin(Officer, Officer.id == PostItem.officer_id)
        .outerjoin(Team, Team.id == PostItem.team_id)
        .where(IS_OPEN, is_late(today))
        .order_by(PostItem.received_on, PostItem.id)
        .limit(most)
    )
    found = []
    for item, category, reference, holder in ctx.session.execute(statement):
        replying = item.reply_by is not None and item.reply_by < today
        due_on = item.reply_by if replying else item.acknowledge_by
        assert due_on is not None
        closed = item.account_id in shut
        found.append(
            LateRow(
                item_id=item.id,
                number=item_number(item.year, item.number),
                received_on=item.received_on,
                category=category,
                sender=access.RESTRICTED_NAME if closed else item.sender,
                subject_line="" if closed else item.subject_line,
                account_id=item.account_id,
                reference=reference or "",
                holder=holder,
                what="reply" if replying else "acknowledge",
                due_on=due_on,
                working_days=office.between(due_on, today),
                escalated=item.escalated_at is not None,
            )
        )
    return tuple(found)


def amber_days(ctx: Context) -> int:
    """How many working days before its last day an item turns amber."""
    return ctx.policy.number("post_log.amber_days", ctx.clock.today())


def amber_until(ctx: Context) -> date:
    """An open item whose next day to keep lies between today and this day is amber."""
    return office_days(ctx.session).add(ctx.clock.today(), amber_days(ctx))


def calendar_of(ctx: Context, name: str) -> WorkingDays:
    """A calendar of working days by its name: office, statutory, foi or bacs."""
    return promised.calendar_called(known(ctx), name)


def _pauses(ctx: Context, item_id: int) -> tuple[PauseRow, ...]:
    rows = select(PostPause).where(PostPause.item_id == item_id).order_by(PostPause.from_on, PostPause.id)
    return tuple(PauseRow(each.kind, each.from_on, each.to_on, each.reason) for each in ctx.session.scalars(rows))


def _extensions(ctx: Context, item_id: int) -> tuple[ExtensionRow, ...]:
    rows = (
        select(PostExtension, Officer.name)
        .join(Officer, Officer.id == PostExtension.made_by)
        .where(PostExtension.item_id == item_id)
        .order_by(PostExtension.id)
    )
    return tuple(
        ExtensionRow(log.office_day(each.made_at), name, each.days, each.reason)
        for each, name in ctx.session.execute(rows)
    )
