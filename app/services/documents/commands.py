"""Keeping documents. The same bytes are kept once, however often they are put and whatever they are linked to."""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink, Subject

LARGEST_ATTACHED: Final = 50 * 1024 * 1024
"""Bytes of a file that an officer attaches."""


@requires(Permission.WRITE_NOTES)
def attach(ctx: Context, account_id: int, file_name: str, media_type: str, content: bytes, title: str = "") -> Changes:
    """Keep a file that an officer attaches to an account.

    Raises:
        UserError: the file is empty or larger than 50 MB.
    """
    if not content:
        raise UserError(f"{file_name} is empty.", "Choose the file again.")
    if len(content) > LARGEST_ATTACHED:
        raise UserError(f"{file_name} is larger than 50 MB.", "Scan it at a lower resolution or attach it in parts.")
    sha256 = put(ctx, content, media_type)
    link(ctx, sha256, NewLink(Subject.ACCOUNT, account_id, "file", title or file_name, file_name))
    return Changes(frozenset({"rent"}), frozenset({account_id}))


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
