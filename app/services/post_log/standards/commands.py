"""Stopping the clock of an item, letting it go on, making its time longer, and telling team leaders what is late."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.models.post_log import PostExtension, PostItem, PostPause
from app.models.values import PostStep
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.letters.approving import AREAS as LETTER_AREAS
from app.services.post_log import keeping as log
from app.services.post_log.answering import telling
from app.services.post_log.answering.telling import ASKING, Telling
from app.services.post_log.standards import checking, escalating, keeping, wording
from app.services.post_log.standards.dto import Escalated, ExtendClock, PauseClock, ResumeClock

_LONGEST: Final = 400


@requires(Permission.LOG_POST)
def pause(ctx: Context, new: PauseClock) -> Changes:
    """Stop the clock of an item from the day that we asked the sender something.

    Raises:
        UserError: its standard doesn't wait for that, it stands still already, the day lies before the receipt or after
            today, no reason is given, it is a colleague's and the officer may not change a colleague's, or the sender
            is to be written to and can't be.
    """
    item, _, asked_on = checking.pausing(ctx, new)
    reason = _reason(ctx, new.reason, "Say what was asked, such as: which years they mean.")
    ctx.session.add(PostPause(item_id=item.id, kind=new.kind, from_on=asked_on, to_on=None, reason=reason))
    ctx.session.flush()
    keeping.set_due(ctx, item)
    words = f"Asked {wording.WAITS_FOR[new.kind]} on {wording.spelled(asked_on)}: {reason}"
    return _noted(ctx, item, PostStep.PAUSED, words, ASKING[new.kind] if new.tell else None, reason)


@requires(Permission.LOG_POST)
def resume(ctx: Context, new: ResumeClock) -> Changes:
    """Let the clock of an item go on: the answer that it waited for came on a day.

    Raises:
        UserError: it doesn't stand still, the day lies before we asked or after today, or it is a colleague's as `pause`.
    """
    item, _, standing, came_on = checking.resuming(ctx, new)
    standing.to_on = came_on
    ctx.session.flush()
    due = keeping.set_due(ctx, item)
    until = f"; answer by {wording.spelled(due.reply_by)}" if due.reply_by else ""
    log.record(ctx, item.id, PostStep.RESUMED, f"The answer came on {wording.spelled(came_on)}{until}")
    return log.changes(item)


@requires(Permission.LOG_POST)
def extend(ctx: Context, new: ExtendClock) -> Changes:
    """Make the time to answer an item longer; the sender is told why before it ends.

    Raises:
        UserError: its standard doesn't let it by so much, the time has passed or stands still, no reason is given, or it
            is a colleague's or the sender can't be written to, as `pause`.
    """
    item, clock, _ = checking.extending(ctx, new)
    reason = _reason(ctx, new.reason, "The sender is told the reason, so write it as they read it.")
    longer = PostExtension(item_id=item.id, days=new.by, reason=reason, made_at=ctx.clock.now(), made_by=ctx.officer.id)
    ctx.session.add(longer)
    ctx.session.flush()
    due = keeping.set_due(ctx, item)
    assert due.reply_by is not None
    by = wording.counted(new.by, wording.UNITS[clock.standard.unit])
    words = f"By {by}, to {wording.spelled(due.reply_by)}: {reason}"
    return _noted(ctx, item, PostStep.EXTENDED, words, telling.longer(ctx, item) if new.tell else None, reason)


@requires(Permission.KEEP_TASKS)
def escalate(ctx: Context) -> Escalated:
    """Tell team leaders, by one task each, what has become late in their teams. Run daily; nothing is told twice."""
    return escalating.escalate(ctx)


def _noted(ctx: Context, item: PostItem, step: PostStep, words: str, wanted: Telling | None, reason: str) -> Changes:
    """Note the step, with the letter that tells the sender where one is wanted."""
    changes = log.changes(item)
    if wanted is None:
        log.record(ctx, item.id, step, words)
        return changes
    outgoing_id, way = telling.tell(ctx, item, wanted, reason)
    log.record(ctx, item.id, step, f"{way}. {words}", outgoing_id=outgoing_id)
    return replace(changes, areas=changes.areas | LETTER_AREAS | {"approvals"})


def _reason(ctx: Context, text: str, hint: str) -> str:
    words = text.strip()
    if not words:
        raise UserError("The reason is missing.", hint, "reason")
    if len(words) > _LONGEST:
        raise UserError(f"The reason has more than {_LONGEST} characters.", "Shorten it.", "reason")
    refuse_card_number(ctx, words, "reason", "reason")
    return words
