"""What is noted on an item when it is acknowledged, answered or closed; for commands that asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.post_log import PostCategory, PostItem, PostLink
from app.models.values import PostState, PostStep, Subject
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.letters.dto import Channel, OutgoingState, Variant
from app.services.post_log import keeping
from app.services.post_log.answering.rules import STATES
from app.services.post_log.dto import item_number
from app.services.post_log.standards import keeping as standards

LONGEST_OUTCOME = 400


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that goes out by another way than the templates of letters, such as post that is passed on.

    Attributes:
        title: what the register calls it.
        where: the e-mail address or number.
        key: the same key never stands in the register twice.
        state: how far it has come.
        theirs: it goes to the sender; else to somebody else, whom holds on the account don't concern.
    """

    title: str
    addressee: str
    where: str
    subject_line: str
    body: str
    channel: Channel = Channel.EMAIL
    key: str = ""
    state: OutgoingState = OutgoingState.SENT
    theirs: bool = True


def open_one(ctx: Context, item_id: int) -> PostItem:
    """An item that is to be dealt with.

    Raises:
        UserError: there is none, it isn't open, or its account is not the officer's to work on.
    """
    return _open(keeping.item(ctx, item_id))


def open_many(ctx: Context, item_ids: Collection[int]) -> list[PostItem]:
    """`open_one` for several, each once and in their order, read and touched together."""
    return [_open(item) for item in keeping.items(ctx, item_ids)]


def _open(item: PostItem) -> PostItem:
    if item.state is not PostState.OPEN:
        raise UserError(
            f"{item_number(item.year, item.number)} is {STATES[item.state]}.", "Open it again if there is more to do."
        )
    return item


def category_of(ctx: Context, item: PostItem) -> PostCategory:
    """The category of an item."""
    return ctx.session.get_one(PostCategory, item.category_id)


def note_sent(ctx: Context, item: PostItem, sent: Sent) -> Outgoing:
    """Put a message that goes out by another way into the register, tied to its item; the same key again: the line there is."""
    if sent.key:
        standing = ctx.session.scalar(select(Outgoing).where(Outgoing.idempotency_key == sent.key))
        if standing is not None:
            return standing
    row = Outgoing(
        title=sent.title[:120],
        subject=Subject.POST_ITEM.value,
        subject_id=item.id,
        account_id=item.account_id,
        person_id=item.person_id if sent.theirs else None,
        reference=item_number(item.year, item.number),
        channel=sent.channel.value,
        format=Variant.TEXT.value,
        addressee=sent.addressee[:200],
        address=sent.where[:600],
        address_key=sent.where[:200],
        letter_date=ctx.clock.today(),
        subject_line=sent.subject_line[:200],
        body=sent.body,
        state=sent.state.value,
        idempotency_key=sent.key or None,
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
        sent_at=ctx.clock.now() if sent.state is OutgoingState.SENT else None,
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def note_acknowledged(ctx: Context, item: PostItem, words: str, outgoing_id: int | None = None) -> None:
    """Say that an item was acknowledged today; the time to answer may run from now."""
    set_acknowledged(ctx, item)
    keeping.record(ctx, item.id, PostStep.ACKNOWLEDGED, words, outgoing_id=outgoing_id)


def set_acknowledged(ctx: Context, item: PostItem) -> None:
    """Date the acknowledgement, unless there was one, and work out by when the answer is due from then."""
    if item.acknowledged_on is None:
        item.acknowledged_on = ctx.clock.today()
        standards.set_due(ctx, item)


def note_answered(ctx: Context, item: PostItem, words: str, outgoing_id: int | None = None) -> None:
    """Say that an item was answered today; an answer is an acknowledgement too, where there was none."""
    set_acknowledged(ctx, item)
    item.replied_on = item.replied_on or ctx.clock.today()
    keeping.record(ctx, item.id, PostStep.REPLIED, words, outgoing_id=outgoing_id)


def close(ctx: Context, item: PostItem, outcome: str) -> None:
    """Close an item with what came of it.

    Raises:
        UserError: nothing is said of what came of it, it is too long, or it holds a card number.
    """
    words = outcome.strip()
    if not words:
        raise UserError("Say in a few words what came of it.", "Such as 'Refund paid' or 'No reply needed'.", "outcome")
    if len(words) > LONGEST_OUTCOME:
        raise UserError(f"The outcome has {len(words):,} characters; {LONGEST_OUTCOME} is the most.", field="outcome")
    refuse_card_number(ctx, words, "outcome", "outcome")
    item.state, item.outcome, item.closed_at = PostState.CLOSED, words, ctx.clock.now()
    keeping.record(ctx, item.id, PostStep.CLOSED, words)


def pass_on(ctx: Context, item: PostItem, to: str, outgoing_id: int) -> None:
    """Close an item because it is passed on to whom it was meant for."""
    item.state, item.outcome, item.closed_at = PostState.FORWARDED, f"Passed on to {to}", ctx.clock.now()
    keeping.record(ctx, item.id, PostStep.FORWARDED, f"To {to}", outgoing_id=outgoing_id)


def tie(ctx: Context, item: PostItem, subject: Subject, subject_id: int) -> bool:
    """Link an item to another record; False where it is linked already."""
    if ctx.session.get(PostLink, (item.id, subject, subject_id)) is not None:
        return False
    ctx.session.add(PostLink(item_id=item.id, subject=subject, subject_id=subject_id))
    ctx.session.flush()
    return True
