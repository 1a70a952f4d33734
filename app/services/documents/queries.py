"""Finding and opening documents."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.models.officers import Officer
from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.dto import DocumentFile, DocumentRow


def listed(ctx: Context, subject: Subject, subject_id: int) -> tuple[DocumentRow, ...]:
    """The documents of one account, tenancy, load or run, the latest first."""
    found = ctx.session.execute(
        select(DocumentLink, Document.media_type, Document.size, Officer.name)
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .join(Officer, Officer.id == DocumentLink.officer_id)
        .where(DocumentLink.subject == subject.value, DocumentLink.subject_id == subject_id)
        .order_by(DocumentLink.linked_at.desc(), DocumentLink.id.desc())
    )
    return tuple(
        DocumentRow(
            link.id,
            link.sha256,
            link.kind,
            link.title,
            link.file_name,
            media_type,
            size,
            link.linked_at,
            officer,
        )
        for link, media_type, size, officer in found
    )


def opened(ctx: Context, link_id: int) -> DocumentFile:
    """The document behind a link.

    Raises:
        UserError: there is no such link, or the kept bytes are not what was put in.
    """
    found = ctx.session.execute(
        select(DocumentLink.file_name, DocumentLink.sha256, Document.media_type)
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .where(DocumentLink.id == link_id)
    ).one_or_none()
    if found is None:
        raise UserError("That document is no longer there.", "Look at the list again.")
    return DocumentFile(found.file_name, found.media_type, content(ctx, found.sha256))


def content(ctx: Context, sha256: str) -> bytes:
    """The bytes kept under a SHA-256, proved against it.

    Raises:
        UserError: they are not there, or have been changed in the database.
    """
    kept = ctx.session.scalar(select(Document.content).where(Document.sha256 == sha256))
    if kept is None:
        raise UserError("The document is not in the database.", "Restore it from a backup.")
    if hashlib.sha256(kept).hexdigest() != sha256:
        raise UserError(
            "The document in the database is not the one that was put there.",
            "Tell your administrator: the database has been changed outside Rentbook, or is damaged.",
        )
    return kept
