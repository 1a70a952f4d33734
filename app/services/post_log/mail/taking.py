"""Messages into the log: set-based, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from app.models.accounts import Account
from app.models.post_log import PostLink
from app.models.values import PostChannel, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.documents import checking
from app.services.ledger import numbering
from app.services.post_log import keeping
from app.services.post_log.dto import NewItem
from app.services.post_log.mail.dto import Imported, Left, Message, Original, Taken, TakenState
from app.services.post_log.mail.filing import Arrived, file_away
from app.services.post_log.mail.guessing import Guess, guesses
from app.services.post_log.mail.reading import card_candidates, refused
from app.services.post_log.mail.threads import Threads, threads


def take_in(ctx: Context, read: Sequence[tuple[Original, Message]]) -> Imported:
    """Log messages that were read: the same message never twice, the conversation it belongs to found, originals kept.

    Whoever else logs post meanwhile waits until this is done: two windows that fetch the same message log it once.
    """
    _hold_log(ctx)
    left, fit = _allowed(ctx, read)
    taking = _Taking(threads(ctx, [message for _, message in fit]))
    for original, message in fit:
        taking.sort(original, message)
    taking.begin(_log(ctx, [each for _, each in taking.begun]))
    taking.follow()
    file_away(ctx, taking.written)
    done = tuple(taking.taken[place] for place in sorted(taking.taken))
    return Imported(done, tuple(left), changes=keeping.changes())


def _hold_log(ctx: Context) -> None:
    """Let nobody else log until this transaction ends: the counter of the log's numbers is held, and none is taken."""
    numbering.take(ctx, f"post {ctx.clock.today().year}", 0)


class _Taking:
    """Sorts messages into those that are there, those that join an item, and those that begin one.

    A message that belongs to one that begins an item in the same portion waits until that has its item.
    """

    def __init__(self, known: Threads) -> None:
        self.begun: list[tuple[int, Arrived]] = []
        self.written: list[tuple[Arrived, int]] = []
        self.taken: dict[int, Taken] = {}
        self._known = known
        self._waiting: list[tuple[int, Original, Message]] = []
        self._beginning: set[str] = set()
        self._count = 0

    def sort(self, original: Original, message: Message) -> None:
        """Take the next message."""
        place, self._count = self._count, self._count + 1
        there = self._known.messages.get(message.key)
        if there is not None:
            self.taken[place] = Taken(message.key, there, TakenState.KNOWN)
        elif self._beginning & {message.key, *message.answers}:
            self._waiting.append((place, original, message))
        else:
            before = self._known.item_of(message)
            joins = None if before is None else self._known.open.get(before)
            if joins is None:
                self.begun.append((place, Arrived(original, message, None, before)))
                self._beginning |= {message.key, *message.answers}
            else:
                self._join(place, original, message, joins)

    def begin(self, item_ids: Sequence[int]) -> None:
        """The items of those that begin one."""
        for (place, new), item_id in zip(self.begun, item_ids, strict=True):
            self._put(place, new, item_id, TakenState.LOGGED)

    def follow(self) -> None:
        """Those that waited for an item that began."""
        for place, original, message in self._waiting:
            there = self._known.messages.get(message.key)
            if there is not None:
                self.taken[place] = Taken(message.key, there, TakenState.KNOWN)
                continue
            item_id = self._known.item_of(message)
            assert item_id is not None
            self._join(place, original, message, item_id)

    def _join(self, place: int, original: Original, message: Message, item_id: int) -> None:
        self._put(place, Arrived(original, message, item_id, None), item_id, TakenState.JOINED)

    def _put(self, place: int, new: Arrived, item_id: int, state: TakenState) -> None:
        self.taken[place] = Taken(new.message.key, item_id, state)
        self.written.append((new, item_id))
        self._known.add(new.message, item_id)


def _allowed(
    ctx: Context, read: Sequence[tuple[Original, Message]]
) -> tuple[list[Left], list[tuple[Original, Message]]]:
    """Those that may be kept, and why the others may not."""
    largest = checking.limits(ctx).largest_bytes
    candidates = {digits for _, message in read for digits in card_candidates(message)}
    ours: set[str] = set()
    for chunk in in_chunks(sorted(candidates)):
        found = ctx.session.scalars(select(Account.reference_key).where(Account.reference_key.in_(chunk)))
        ours.update(each for each in found if each)
    left: list[Left] = []
    fit: list[tuple[Original, Message]] = []
    for original, message in read:
        why = refused(original, message, largest, ours)
        if why is None:
            fit.append((original, message))
        else:
            left.append(why)
    return left, fit


def _log(ctx: Context, new: Sequence[Arrived]) -> list[int]:
    found = guesses(ctx, [each.message for each in new])
    ids = keeping.log_many(ctx, [_item(ctx, each, guess) for each, guess in zip(new, found, strict=True)])
    followed = [(item_id, each.follows) for item_id, each in zip(ids, new, strict=True) if each.follows is not None]
    if followed:
        ctx.session.execute(
            insert(PostLink),
            [{"item_id": one, "subject": Subject.POST_ITEM, "subject_id": before} for one, before in followed],
        )
    return ids


def _item(ctx: Context, new: Arrived, guess: Guess) -> NewItem:
    message = new.message
    return NewItem(
        PostChannel.EMAIL,
        subject_line=message.subject,
        sender=message.sender,
        sender_address=message.sender_address,
        text=message.text,
        received_at=received(ctx, message),
        category_id=guess.category_id,
        account_id=guess.account_id,
        person_id=guess.person_id,
        priority=guess.priority,
        guessed=guess.guessed,
        holder=guess.holder,
        because=guess.because,
        entry_key=message.key,
    )


def received(ctx: Context, message: Message) -> datetime:
    """When a message came: by our server's clock, else by the sender's; one from the future came now."""
    now = ctx.clock.now()
    return next((each for each in (message.received_at, message.sent_at) if each is not None and each <= now), now)
