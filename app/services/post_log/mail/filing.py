"""Messages that were logged, with their originals and attachments, under their items: set-based, in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select

from app.models.documents import Document, DocumentLink
from app.models.post_log import PostEvent, PostMessage, PostReference
from app.models.values import PostStep, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.search_index import index_records
from app.services.documents import checking
from app.services.documents.dto import Limits
from app.services.documents.keeping import ATTACHED
from app.services.documents.recognising import safe_name
from app.services.post_log.mail.dto import Attachment, Message, Original

ORIGINAL: Final = "message"
"""The kind of the link of a message as it came."""
_LONGEST_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that isn't in the log: where it goes, or what begins with it."""

    original: Original
    message: Message
    joins: int | None
    follows: int | None


def file_away(ctx: Context, written: Sequence[tuple[Arrived, int]]) -> None:
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


def _file_name(new: Arrived, title: str) -> str:
    ending = "msg" if new.message.media_type.endswith("outlook") else "eml"
    return f"{safe_name(title.replace('/', '-'))[:180]}.{ending}"
