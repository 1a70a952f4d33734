"""The files of payments as they are kept: those with whole bank details sealed by the key of the database."""

from __future__ import annotations

import hashlib

from app.models.documents import Document
from app.models.refunds import RefundPayment
from app.services.adjustments.refunds import rules
from app.services.core import keys
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import keeping as documents


def keep(ctx: Context, payment: RefundPayment, content: bytes, media_type: str) -> str:
    """Keep the file of a payment, and note the SHA-256 of it as it is sent; that digest.

    Raises:
        UserError: the key isn't at this desk.
    """
    payment.sha256 = hashlib.sha256(content).hexdigest()
    kept = keys.current(ctx).seal(content, _about(payment)) if rules.needs_bank(payment.method) else content
    payment.document_sha256 = documents.put(ctx, kept, media_type)
    return payment.sha256


def opened(ctx: Context, payment: RefundPayment) -> tuple[bytes, str]:
    """The file of a payment as it was sent, and its media type.

    Raises:
        UserError: the key isn't at this desk, or what is kept isn't what was sent.
    """
    kept = ctx.session.get_one(Document, payment.document_sha256)
    sealed = rules.needs_bank(payment.method)
    content = keys.unseal(ctx.session, kept.content, _about(payment)) if sealed else kept.content
    if hashlib.sha256(content).hexdigest() != payment.sha256:
        raise UserError("The file isn't as it was sent: it has been altered.", "Restore it from a backup.")
    return content, kept.media_type


def _about(payment: RefundPayment) -> str:
    return f"refund_payment:{payment.id}"
