"""Keeping documents, for commands that have asked for a permission of their own.

The same bytes are kept once, however often they are put and whatever they are linked to.
"""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.services.core.context import Context
from app.services.documents.dto import NewLink

ATTACHED: Final = "file"
"""The kind of a link that an officer made by attaching a file."""


def put(ctx: Context, content: bytes, media_type: str) -> str:
    """Keep some bytes and return their SHA-256; bytes that are already there are not kept again."""
    sha256 = hashlib.sha256(content).hexdigest()
    if ctx.session.scalar(select(Document.sha256).where(Document.sha256 == sha256)) is None:
        ctx.session.add(
            Document(
                sha256=sha256,
                media_type=media_type,
                size=len(content),
                content=content,
                stored_at=ctx.clock.now(),
            )
        )
        ctx.session.flush()
    return sha256


def link(ctx: Context, sha256: str, new: NewLink) -> int:
    """Link a kept document to what it is about; returns the link."""
    made = DocumentLink(
        sha256=sha256,
        subject=new.subject.value,
        subject_id=new.subject_id,
        kind=new.kind,
        title=new.title[:200],
        file_name=new.file_name[:200],
        linked_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made.id
