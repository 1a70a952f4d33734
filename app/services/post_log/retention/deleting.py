"""The content of items deleted: what was said, where the sender lives, files and e-mails. Their log lines stay.

It is set-based, and the audit says how many; what it wrote when the content came in has none of it (`core.audit`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import delete as delete_rows
from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.models.documents import Document, DocumentLink
from app.models.letters import Outgoing
from app.models.post_log import PostEvent, PostItem, PostMessage, PostReference
from app.models.post_sending import PostSending
from app.models.statements import StatementItem
from app.models.values import PostStep, Subject
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.post_log import keeping as log
from app.services.post_log.retention.dto import Deleted

_POINTS: Final[tuple[InstrumentedAttribute[Any], ...]] = (
    DocumentLink.sha256,
    PostMessage.document_sha256,
    PostSending.document_sha256,
    Outgoing.document_sha256,
    StatementItem.document_sha256,
)
"""Every column that points to a document; a test holds it against the tables."""


def delete_content(ctx: Context, item_ids: Sequence[int]) -> None:
    """Empty the items themselves, note it in their histories, and make the words anew that they are found by."""
    now, own = ctx.clock.now(), ctx.officer.id
    for chunk in in_chunks(item_ids):
        emptied = {"text": "", "sender_address": "", "content_deleted_at": now, "version": PostItem.version + 1}
        ctx.session.execute(update(PostItem).where(PostItem.id.in_(chunk)).values(emptied))
        events = [
            {"item_id": item_id, "at": now, "officer_id": own, "step": PostStep.CONTENT_DELETED, "words": ""}
            for item_id in chunk
        ]
        ctx.session.execute(insert(PostEvent), events)
        ctx.session.expire_all()
        log.index(ctx, ctx.session.scalars(select(PostItem).where(PostItem.id.in_(chunk))).all())


def delete(ctx: Context, item_ids: Sequence[int]) -> Deleted:
    """Delete the content of items with their e-mails and files, and the documents that nothing else points to."""
    found: set[str] = set()
    for chunk in in_chunks(item_ids):
        found |= _let_go(ctx, chunk)
    delete_content(ctx, item_ids)
    gone = 0
    for hashes in in_chunks(sorted(found)):
        needed = [exists().where(column == Document.sha256) for column in _POINTS]
        loose = select(Document.sha256).where(Document.sha256.in_(hashes), *(~each for each in needed))
        unneeded = list(ctx.session.scalars(loose))
        if unneeded:
            ctx.session.execute(delete_rows(Document).where(Document.sha256.in_(unneeded)))
        gone += len(unneeded)
    audit.record_bulk(ctx, PostItem.__tablename__, "update", content_deleted=len(item_ids))
    audit.record_bulk(ctx, Document.__tablename__, "delete", post_items=len(item_ids), documents=gone)
    return Deleted(len(item_ids), gone)


def _let_go(ctx: Context, item_ids: Sequence[int]) -> set[str]:
    """Take away the e-mails and the links of files of items; returns the documents that they pointed to."""
    linked = (DocumentLink.subject == Subject.POST_ITEM.value, DocumentLink.subject_id.in_(item_ids))
    messages = PostMessage.item_id.in_(item_ids)
    found = set(ctx.session.scalars(select(DocumentLink.sha256).where(*linked)))
    found |= set(ctx.session.scalars(select(PostMessage.document_sha256).where(messages)))
    sent = PostSending.item_id.in_(item_ids)
    found |= {each for each in ctx.session.scalars(select(PostSending.document_sha256).where(sent)) if each}
    ctx.session.execute(update(PostSending).where(sent).values(document_sha256=None))
    of_these = select(PostMessage.id).where(messages)
    ctx.session.execute(delete_rows(PostReference).where(PostReference.message_id.in_(of_these)))
    ctx.session.execute(delete_rows(PostMessage).where(messages))
    ctx.session.execute(delete_rows(DocumentLink).where(*linked))
    return found
