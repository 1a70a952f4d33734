"""Which item a message belongs to: the same message again, or one of a conversation that is logged already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.models.post_log import PostItem, PostMessage, PostReference
from app.models.post_sending import PostSending
from app.models.values import PostState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.post_log.mail.dto import Message

_JOINS = (PostState.OPEN, PostState.JUNK, PostState.DUPLICATE)
"""What became of an item that later messages of its conversation still go to."""


@dataclass(slots=True)
class Threads:
    """The conversations that are logged; what is taken in is added as it goes.

    Attributes:
        messages: the item of each message that is kept, by the message's key.
        awaited: the item of each message that another answers and that isn't here (yet), by its key.
        open: items that a message of theirs joins; with the others it begins an item that is linked to them.
    """

    messages: dict[str, int]
    awaited: dict[str, int]
    open: dict[int, int]

    def item_of(self, message: Message) -> int | None:
        """The item of the conversation that a message belongs to, whatever became of it."""
        found = next((self.messages[key] for key in message.answers if key in self.messages), None)
        if found is None:
            found = next((self.awaited[key] for key in (message.key, *message.answers) if key in self.awaited), None)
        return found

    def add(self, message: Message, item_id: int) -> None:
        """Note a message that was taken in."""
        self.messages[message.key] = item_id
        self.awaited.update((key, item_id) for key in message.answers)


def threads(ctx: Context, messages: Sequence[Message]) -> Threads:
    """The conversations that some messages may belong to; a fixed number of queries, however many they are.

    What we answered from a mailbox of the office belongs to them too.

    An item is known by the key of its first message also when that was deleted at the end of its retention.
    """
    keys = {each.key for each in messages}
    keys.update(key for each in messages for key in each.answers)
    known: dict[str, int] = {}
    awaited: dict[str, int] = {}
    for chunk in in_chunks(sorted(keys)):
        first = select(PostItem.entry_key, PostItem.id).where(PostItem.entry_key.in_(chunk))
        known.update((key, item_id) for key, item_id in ctx.session.execute(first) if key)
        rows = ctx.session.execute(select(PostMessage.key, PostMessage.item_id).where(PostMessage.key.in_(chunk)))
        known.update((key, item_id) for key, item_id in rows)
        ours = ctx.session.execute(select(PostSending.key, PostSending.item_id).where(PostSending.key.in_(chunk)))
        known.update((key, item_id) for key, item_id in ours)
        waiting = (
            select(PostReference.key, PostMessage.item_id)
            .join(PostMessage, PostMessage.id == PostReference.message_id)
            .where(PostReference.key.in_(chunk))
            .order_by(PostMessage.id)
        )
        awaited.update((key, item_id) for key, item_id in ctx.session.execute(waiting))
    return Threads(known, awaited, _open(ctx, {*known.values(), *awaited.values()}))


def _open(ctx: Context, item_ids: Iterable[int]) -> dict[int, int]:
    """Items still in work, each with the one that stands for it: a copy stands behind the item that it is a copy of."""
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted(item_ids)):
        rows = ctx.session.execute(
            select(PostItem.id, PostItem.duplicate_of, PostItem.replied_on, PostItem.state).where(
                PostItem.id.in_(chunk)
            )
        )
        for item_id, original, replied_on, state in rows:
            if state in _JOINS and replied_on is None:
                found[item_id] = original or item_id
    return found
