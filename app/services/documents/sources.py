"""What the finder shows of documents: those that officers attached, by their title and the name of their file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.accounts import Account
from app.models.documents import Document, DocumentLink
from app.models.values import Subject
from app.services.core import access, finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source


def register() -> None:
    """Plug documents into the finder."""
    finding.register(Source(Subject.DOCUMENT, "Documents", _documents, order=60))


def _documents(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """Each as the record that it is with, which is what opens."""
    rows = ctx.session.execute(
        select(DocumentLink, Document.size)
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .where(DocumentLink.id.in_(list(ids)), DocumentLink.unlinked_at.is_(None))
    )
    by_id = {link.id: (link, size) for link, size in rows}
    accounts = [link.subject_id for link, _ in by_id.values() if link.subject == Subject.ACCOUNT.value]
    named = select(Account.id, Account.payment_reference).where(Account.id.in_(accounts))
    references = {row.id: row.payment_reference for row in ctx.session.execute(named)} if accounts else {}
    closed = access.closed_records(ctx)
    found: list[Found] = []
    for link_id in ids:
        link, size = by_id.get(link_id, (None, 0))
        if link is not None and (Subject(link.subject), link.subject_id) not in closed:
            about = references.get(link.subject_id) if link.subject == Subject.ACCOUNT.value else None
            where = f"account {about}" if about else link.subject.replace("_", " ")
            detail = f"{link.file_name}, {max(1, round(size / 1000)):,} kB, with {where}"
            found.append(Found(Subject(link.subject), link.subject_id, link.title, detail))
    return tuple(found)
