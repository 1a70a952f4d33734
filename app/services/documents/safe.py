"""Files with whole bank details, kept as documents that are sealed by the key of the database."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.documents import Document
from app.services.core import keys
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import keeping


def keep(ctx: Context, about: str, content: bytes, media_type: str) -> str:
    """Keep a file sealed about one record, such as `debit_run:7`, and as no other's; the SHA-256 of the document.

    Raises:
        UserError: the key isn't at this desk.
    """
    return keeping.put(ctx, keys.current(ctx).seal(content, about), media_type)


def opened(ctx: Context, about: str, document_sha256: str, sha256: str) -> bytes:
    """A file as it was before it was sealed; `sha256` is what it was then. Whoever hands it out audits it.

    Raises:
        UserError: the key isn't at this desk, or what is kept isn't what was sealed.
    """
    kept = ctx.session.get_one(Document, document_sha256)
    content = keys.unseal(ctx.session, kept.content, about)
    refuse_altered(content, sha256)
    return content


def was_handed_out(ctx: Context, table: str, record_id: int, officer_id: int | None = None) -> bool:
    """Whether an officer, or anybody, had the file of a record out, as the audit has it."""
    mine = (
        AuditEntry.table_name == table,
        AuditEntry.row_key == str(record_id),
        AuditEntry.action == "reveal",
        *(() if officer_id is None else (AuditEntry.officer_id == officer_id,)),
    )
    return ctx.session.scalars(select(AuditEntry.id).where(*mine)).first() is not None


def refuse_altered(content: bytes, sha256: str) -> None:
    """Refuse a file that isn't what it was when it was kept.

    Raises:
        UserError: its digest is another.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UserError("The file isn't as it was sent: it has been altered.", "Restore it from a backup.")
