"""Messages into the log: set-based, in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select

from app.models.accounts import Account
from app.models.documents import Document, DocumentLink
from app.models.post_log import PostEvent, PostLink, PostMessage, PostReference
from app.models.values import PostChannel, PostStep, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.search_index import index_records
from app.services.documents import checking
from app.services.documents.dto import Limits
from app.services.documents.keeping import ATTACHED
from app.services.documents.recognising import safe_name
from app.services.post_log import keeping
from app.services.post_log.dto import NewItem
from app.services.post_log.mail.dto import Attachment, Imported, Left, Message, Original, Taken, TakenState
from app.services.post_log.mail.guessing import Guess, guesses
from app.services.post_log.mail.reading import card_candidates, refused
from app.services.post_log.mail.threads import Threads, threads

ORIGINAL: Final = "message"
"""The kind of the link of a message as it came."""
_LONGEST_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class _New:
    """A message that isn't in the log: where it goes, or what begins with it."""

    original: Original
    message: Message
    joins: int | None
    follows: int | None


def take_in(ctx: Context, read: Sequence[tuple[Original, Message]]) -> Imported:
    """Log messages that were read: the same message never twice, the conversation it belongs to found, originals kept."""
    left, fit = _allowed(ctx, read)
    taking = _Taking(threads(ctx, [message for _, message in fit]))
    for original, message in fit:
        taking.sort(original, message)
    taking.begin(_log(ctx, [each for _, each in taking.begun]))
    taking.follow()
    _write(ctx, taking.written)
    done = tuple(taking.taken[place] for place in sorted(taking.taken))
    return Imported(done, tuple(left), changes=keeping.changes())


class _Taking:
    """Sorts messages into those that are there, those that join an item, and those that begin one.

    A message that belongs to one that begins an item in the same portion waits until that has its item.
    """

    def __init__(self, known: Threads) -> None:
        self.begun: list[tuple[int, _New]] = []
        self.written: list[tuple[_New, int]] = []
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
                self.begun.append((place, _New(original, message, None, before)))
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
        self._put(place, _New(original, message, item_id, None), item_id, TakenState.JOINED)

    def _put(self, place: int, new: _New, item_id: int, state: TakenState) -> None:
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


def _log(ctx: Context, new: Sequence[_New]) -> list[int]:
    found = guesses(ctx, [each.message for each in new])
    ids = keeping.log_many(ctx, [_item(ctx, each, guess) for each, guess in zip(new, found, strict=True)])
    followed = [(item_id, each.follows) for item_id, each in zip(ids, new, strict=True) if each.follows is not None]
    if followed:
        ctx.session.execute(
            insert(PostLink),
            [{"item_id": one, "subject": Subject.POST_ITEM, "subject_id": before} for one, before in followed],
        )
    return ids


def _item(ctx: Context, new: _New, guess: Guess) -> NewItem:
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


def _write(ctx: Context, written: Sequence[tuple[_New, int]]) -> None:
    """The messages, their originals and attachments, and whom they belong to."""
    if not written:
        return
    allowed = checking.limits(ctx)
    documents: dict[str, dict[str, Any]] = {}
    links: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for new, item_id in written:
        title = new.message.subject or "E-mail"
        sha256 = _keep(ctx, documents, new.original.content, new.message.media_type)
        links.append(_link(ctx, sha256, item_id, ORIGINAL, title, _file_name(new, title)))
        for each in new.message.attachments:
            kept = _attachment(ctx, documents, each, allowed)
            if kept is not None:
                links.append(_link(ctx, kept, item_id, ATTACHED, each.name, each.name))
        rows.append(_row(new.message, item_id, sha256))
        if new.joins is not None:
            events.append(_joined(ctx, item_id, new.message))
    _insert_documents(ctx, documents)
    ctx.session.execute(insert(DocumentLink), links)
    _index_attachments(ctx, [link["subject_id"] for link in links if link["kind"] == ATTACHED])
    ctx.session.execute(insert(PostMessage), rows)
    ids = _ids(ctx, [row["key"] for row in rows])
    answers = [
        {"message_id": ids[new.message.key], "key": key}
        for new, _ in written
        for key in dict.fromkeys(new.message.answers)
    ]
    for table, found in ((PostReference, answers), (PostEvent, events)):
        if found:
            ctx.session.execute(insert(table), found)
    audit.record_bulk(ctx, "post_message", "insert", messages=len(rows), documents=len(documents), links=len(links))


def _index_attachments(ctx: Context, item_ids: Sequence[int]) -> None:
    """The attachments of some items are found by their names."""
    texts: dict[int, tuple[str, str]] = {}
    for chunk in in_chunks(sorted(set(item_ids))):
        found = select(DocumentLink.id, DocumentLink.title, DocumentLink.file_name).where(
            DocumentLink.subject == Subject.POST_ITEM.value,
            DocumentLink.subject_id.in_(chunk),
            DocumentLink.kind == ATTACHED,
        )
        texts.update((link_id, (title, name)) for link_id, title, name in ctx.session.execute(found))
    if texts:
        index_records(ctx, Subject.DOCUMENT, dict(texts))


def _ids(ctx: Context, keys: Sequence[str]) -> dict[str, int]:
    """The messages of some keys."""
    found: dict[str, int] = {}
    for chunk in in_chunks(keys):
        rows = ctx.session.execute(select(PostMessage.key, PostMessage.id).where(PostMessage.key.in_(chunk)))
        found.update((key, message_id) for key, message_id in rows)
    return found


def _keep(ctx: Context, documents: dict[str, dict[str, Any]], content: bytes, media_type: str) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    documents[sha256] = {
        "sha256": sha256,
        "media_type": media_type,
        "size": len(content),
        "content": content,
        "stored_at": ctx.clock.now(),
    }
    return sha256


def _attachment(ctx: Context, documents: dict[str, dict[str, Any]], each: Attachment, allowed: Limits) -> str | None:
    """An attachment as a document of its own; what the office keeps none of stands in the original only."""
    try:
        found = checking.check(ctx, each.name, each.content, allowed)
    except UserError:
        return None
    return _keep(ctx, documents, each.content, found.media_type)


def _insert_documents(ctx: Context, documents: dict[str, dict[str, Any]]) -> None:
    for chunk in in_chunks(sorted(documents)):
        for there in ctx.session.scalars(select(Document.sha256).where(Document.sha256.in_(chunk))).all():
            del documents[there]
    if documents:
        ctx.session.execute(insert(Document), list(documents.values()))


def _link(ctx: Context, sha256: str, item_id: int, kind: str, title: str, file_name: str) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "subject": Subject.POST_ITEM.value,
        "subject_id": item_id,
        "kind": kind,
        "title": title[:_LONGEST_LINE],
        "file_name": file_name[:_LONGEST_LINE],
        "linked_at": ctx.clock.now(),
        "officer_id": ctx.officer.id,
        "unlinked_reason": "",
    }


def _row(message: Message, item_id: int, sha256: str) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "key": message.key,
        "message_id": message.message_id,
        "document_sha256": sha256,
        "sender": message.sender_address[:254],
        "sent_at": message.sent_at,
        "html": bool(message.html),
    }


def _joined(ctx: Context, item_id: int, message: Message) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "at": ctx.clock.now(),
        "officer_id": ctx.officer.id,
        "step": PostStep.LINKED,
        "words": f"Another e-mail of this conversation, from {message.sender}: {message.subject}"[:400],
    }


def _file_name(new: _New, title: str) -> str:
    ending = "msg" if new.message.media_type.endswith("outlook") else "eml"
    return f"{safe_name(title.replace('/', '-'))[:180]}.{ending}"
