"""Acknowledging and answering items, closing them and opening them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.models.post_log import PostItem
from app.models.values import PostState, PostStep
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require, requires
from app.services.core.versions import refuse_old
from app.services.diary import keeping as diary
from app.services.letters.approving import AREAS as LETTER_AREAS
from app.services.letters.dto import OutgoingState
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping, writing
from app.services.post_log.answering.acknowledging import Ready, ready
from app.services.post_log.answering.dto import WRITTEN, Acknowledged, Answered, LeftOut, NewAnswer
from app.services.post_log.dto import item_number

MOST_CLOSED: Final = 500


@requires(Permission.LOG_POST)
def acknowledge(ctx: Context, item_ids: Sequence[int]) -> Acknowledged:
    """Send the acknowledgement of each item, in its sender's channel and format; what can't have one is left out and told.

    Raises:
        UserError: none is chosen, or too many, or the officer may not send letters.
    """
    require(ctx, Permission.SEND_LETTERS)
    sent: dict[int, int] = {}
    left: list[LeftOut] = []
    done: list[PostItem] = []
    waiting = 0
    for each in ready(ctx, item_ids):
        ctx.progress(len(done) + len(left), len(item_ids), "Acknowledgements")
        ctx.cancel.check()
        if each.draft.stops:
            left.append(_left_out(each, each.draft.stops))
            continue
        try:
            with ctx.session.begin_nested():
                outgoing_id, state = writing.acknowledge(ctx, each)
        except UserError as error:
            left.append(_left_out(each, str(error)))
            continue
        sent[each.item.id] = outgoing_id
        waiting += state is OutgoingState.WAITING
        done.append(each.item)
    ctx.session.flush()
    return Acknowledged(sent, tuple(left), waiting, _changes(*done))


@requires(Permission.LOG_POST)
def mark_acknowledged(ctx: Context, item_id: int, words: str) -> Changes:
    """Say that an item was acknowledged without Rentbook, such as at the counter or by a letter made by hand.

    Raises:
        UserError: it isn't open, was acknowledged already, or it isn't said how.
    """
    item = keeping.open_one(ctx, item_id)
    how = diary.checked_text(ctx, words, "note", "words", 400)
    if item.acknowledged_on is not None:
        raise UserError(f"{item_number(item.year, item.number)} was acknowledged already.")
    if not how:
        raise UserError("Say how it was acknowledged.", "Such as 'Told at the counter'.", "words")
    keeping.note_acknowledged(ctx, item, how)
    ctx.session.flush()
    return post.changes(item)


@requires(Permission.LOG_POST)
def answer(ctx: Context, new: NewAnswer) -> Answered:
    """Answer an item: write to the sender, or note what was said; with an outcome it is closed.

    Raises:
        ChangedMeanwhile: somebody else changed the item since it was opened.
        UserError: it isn't open, nothing is said, it can't go that way, or the officer may not send letters.
    """
    item = keeping.open_one(ctx, new.item_id)
    refuse_old(item.version, new.version)
    if not new.text.strip() and not new.template:
        raise UserError("Write the answer first.", field="text")
    refuse_card_number(ctx, new.text, "answer", "text")
    outgoing_id, state = None, None
    if new.by in WRITTEN:
        require(ctx, Permission.SEND_LETTERS)
        outgoing_id, state = writing.answer(ctx, item, new, WRITTEN[new.by])
    else:
        writing.note(ctx, item, new)
    if new.outcome.strip():
        keeping.close(ctx, item, new.outcome)
    ctx.session.flush()
    number = item_number(item.year, item.number)
    mailed = new.mailbox_id is not None and state is OutgoingState.QUEUED
    return Answered(item.id, number, outgoing_id, state, item.state is PostState.CLOSED, _changes(item), mailed)


@requires(Permission.LOG_POST)
def close(ctx: Context, item_ids: Sequence[int], outcome: str) -> Changes:
    """Close items with what came of them; all of them or none.

    Raises:
        UserError: one of them isn't open, or nothing is said of what came of it.
    """
    if not 0 < len(item_ids) <= MOST_CLOSED:
        raise UserError(f"Choose between one and {MOST_CLOSED} items.")
    items = keeping.open_many(ctx, item_ids)
    for item in items:
        keeping.close(ctx, item, outcome)
    ctx.session.flush()
    return _changes(*items)


@requires(Permission.LOG_POST)
def reopen(ctx: Context, item_id: int, why: str, *, again: bool = True) -> Changes:
    """Open an item again; `again`: it is still to be answered, so that its time to answer counts.

    Raises:
        UserError: it is open, its content was deleted, or no reason is given.
    """
    item = post.item(ctx, item_id)
    words = diary.checked_text(ctx, why, "reason", "why", 400)
    if item.state is PostState.OPEN:
        raise UserError(f"{item_number(item.year, item.number)} is open already.")
    if item.content_deleted_at is not None:
        raise UserError("Its content was deleted at the end of its time; log what came anew.")
    if not words:
        raise UserError("Say why it is opened again.", field="why")
    item.state, item.closed_at, item.outcome, item.duplicate_of = PostState.OPEN, None, "", None
    if again:
        item.replied_on = None
    post.record(ctx, item.id, PostStep.REOPENED, words)
    ctx.session.flush()
    return _changes(item)


def _left_out(each: Ready, why: str) -> LeftOut:
    return LeftOut(each.item.id, each.draft.number, each.draft.sender, why)


def _changes(*items: PostItem) -> Changes:
    """Letters were written too, and approvals may wait."""
    found = post.changes(*items)
    return replace(found, areas=found.areas | LETTER_AREAS | {"approvals", "diary"})
