"""What a change of a clock will do, without doing it: the last day before and after, with its working."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.post_log import PostCategory, PostItem
from app.services.core.closures import office_days
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.post_log.answering import telling
from app.services.post_log.answering.telling import ASKING, Telling
from app.services.post_log.standards import checking, keeping, rules, wording
from app.services.post_log.standards.dto import Clock, Due, ExtendClock, Pause, PauseClock, ResumeClock

_ANSWER = "Answer by"
_WORKING = "How it is counted"
_TELL = "To do"


def preview_pause(ctx: Context, new: PauseClock) -> tuple[Effect, ...]:
    """What stopping the clock of an item does.

    Raises:
        UserError: as the command, but for a missing reason.
    """
    item, clock, asked_on = checking.pausing(ctx, new)
    anew = rules.starts_anew(clock.standard, Pause(new.kind, asked_on, None))
    again = "From the day that the answer comes, the whole time runs again" if anew else ""
    on = again or "From the day after the answer comes, it goes on where it stood"
    return (
        Effect(_ANSWER, "The last day", _day(clock.due), "none, until they say"),
        Effect(_WORKING, f"The time stands still from the day after {wording.spelled(asked_on)}"),
        Effect(_WORKING, on),
        *_acknowledge(ctx, clock),
        *(telling.preview(ctx, item, ASKING[new.kind], new.reason, None) if new.tell else ()),
    )


def preview_resume(ctx: Context, new: ResumeClock) -> tuple[Effect, ...]:
    """What letting the clock of an item go on does.

    Raises:
        UserError: as the command.
    """
    item, clock, _, came_on = checking.resuming(ctx, new)
    pauses = [Pause(each.kind, each.from_on, each.to_on or came_on) for each in clock.pauses]
    return _shown(ctx, clock, _due(ctx, item, clock, pauses, [each.by for each in clock.extensions]))


def preview_extend(ctx: Context, new: ExtendClock) -> tuple[Effect, ...]:
    """What making the time to answer an item longer does.

    Raises:
        UserError: as the command, but for a missing reason.
    """
    item, clock, _ = checking.extending(ctx, new)
    pauses = [Pause(each.kind, each.from_on, each.to_on) for each in clock.pauses]
    due = _due(ctx, item, clock, pauses, [*(each.by for each in clock.extensions), new.by])
    if new.tell:
        letter = telling.preview(ctx, item, telling.longer(ctx, item), new.reason, due.reply_by)
        return (*_shown(ctx, clock, due), *letter)
    tell = Effect(_TELL, f"Tell {item.sender or 'the sender'} the new day and why, before the old one")
    return (*_shown(ctx, clock, due), tell, *_ombudsman(ctx, item))


def _due(ctx: Context, item: PostItem, clock: Clock, pauses: Sequence[Pause], extensions: Sequence[int]) -> Due:
    category = ctx.session.get_one(PostCategory, item.category_id)
    days = keeping.calendar(ctx.policy, category.key, item.received_on, office_days(ctx.session))
    return rules.due(clock.standard, item.received_on, item.acknowledged_on, pauses, extensions, days)


def _shown(ctx: Context, clock: Clock, due: Due) -> tuple[Effect, ...]:
    last = Effect(_ANSWER, "The last day", _day(clock.due), _day(due))
    return (last, *(Effect(_WORKING, each) for each in due.reply_working), *_acknowledge(ctx, clock))


def _acknowledge(ctx: Context, clock: Clock) -> tuple[Effect, ...]:
    if clock.acknowledged_on is not None or clock.due.acknowledge_by is None:
        return ()
    by = clock.due.acknowledge_by
    still = "It should have been acknowledged by" if by < ctx.clock.today() else "It still has to be acknowledged by"
    return (Effect(_TELL, f"{still} {wording.spelled(by)}", warns=True),)


def _ombudsman(ctx: Context, item: PostItem) -> tuple[Effect, ...]:
    """The code, 6.5: whoever is told of an extension is told how to reach the Ombudsman."""
    if telling.longer(ctx, item) is not Telling.COMPLAINT_LONGER:
        return ()
    return (Effect(_TELL, "Give them the Ombudsman's contact details with it", warns=True),)


def _day(due: Due) -> str:
    return wording.spelled(due.reply_by) if due.reply_by else "none, until they say"
