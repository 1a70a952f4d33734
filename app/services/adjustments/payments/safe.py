"""The files of payments as they are kept: those with whole bank details sealed by the key of the database."""

from __future__ import annotations

import hashlib

from app.models.documents import Document
from app.models.refunds import RefundPayment
from app.services.adjustments.refunds import rules
from app.services.core.context import Context
from app.services.documents import keeping as documents
from app.services.documents import safe


def keep(ctx: Context, payment: RefundPayment, content: bytes, media_type: str) -> str:
    """Keep the file of a payment, and note the SHA-256 of it as it is sent; that digest.

    Raises:
        UserError: the key isn't at this desk.
    """
    payment.sha256 = hashlib.sha256(content).hexdigest()
    payment.document_sha256 = (
        safe.keep(ctx, _about(payment), content, media_type)
        if rules.needs_bank(payment.method)
        else documents.put(ctx, content, media_type)
    )
    return payment.sha256


def opened(ctx: Context, payment: RefundPayment) -> tuple[bytes, str]:
    """The file of a payment as it was sent, and its media type.

    Raises:
        UserError: the key isn't at this desk, or what is kept isn't what was sent.
    """
    kept = ctx.session.get_one(Document, payment.document_sha256)
    digest = payment.sha256 or ""
    if rules.needs_bank(payment.method):
        return safe.opened(ctx, _about(payment), kept.sha256, digest), kept.media_type
    safe.refuse_altered(kept.content, digest)
    return kept.content, kept.media_type


def _about(payment: RefundPayment) -> str:
    return f"refund_payment:{payment.id}"
