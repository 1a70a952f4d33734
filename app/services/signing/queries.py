"""The office's certificates listed, and whether what is made now is signed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.documents import Document
from app.models.officers import Officer
from app.models.signing import SigningCertificate
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.signing import keeping
from app.services.signing.dto import MOST_PDF, CertificateRow, Checked, Standing

if TYPE_CHECKING:
    from app.services.exports.signing import Signed

_NOT_KEPT: Final = "But it is signed with our certificate and isn't one that Rentbook keeps as it is: compare it with what was approved."


def listed(ctx: Context) -> tuple[CertificateRow, ...]:
    """Every certificate that was loaded, the latest first; the private keys are never handed out."""
    loader, ender = aliased(Officer), aliased(Officer)
    rows = (
        select(SigningCertificate, loader.name, ender.name)
        .join(loader, loader.id == SigningCertificate.loaded_by)
        .outerjoin(ender, ender.id == SigningCertificate.ended_by)
        .order_by(SigningCertificate.id.desc())
    )
    today = ctx.clock.today()
    return tuple(
        CertificateRow(
            row.id,
            row.signer,
            row.issuer,
            row.serial,
            row.certificate_sha256,
            row.key_type,
            row.valid_from,
            row.valid_until,
            (keeping.last_day(row) - today).days,
            loaded_by,
            row.loaded_at,
            ended_by or "",
            row.ended_at,
        )
        for row, loaded_by, ended_by in ctx.session.execute(rows)
    )


def public(ctx: Context, certificate_id: int | None = None) -> bytes:
    """The public part of a certificate, or of the one in force, as a file .cer (DER): whoever trusts it knows our papers.

    Raises:
        UserError: there is none.
    """
    rows = select(SigningCertificate.content).order_by(SigningCertificate.id.desc()).limit(1)
    one = SigningCertificate.ended_at.is_(None) if certificate_id is None else SigningCertificate.id == certificate_id
    found = ctx.session.scalar(rows.where(one))
    if found is None:
        raise UserError("There is no such certificate.", "Look at the list again.")
    return found


def check(ctx: Context, pdf: bytes) -> Checked:
    """Whether a PDF is as this office signed it, and one that Rentbook keeps; nothing is asked of anybody else.

    The certificate may sign elsewhere too, so that its signature alone doesn't say that Rentbook made it.

    Raises:
        UserError: it isn't a PDF, is spoilt, or is larger than any that Rentbook signs.
    """
    from app.services.exports.signing import look

    if len(pdf) > MOST_PDF:
        raise UserError(
            "This file is larger than any that Rentbook signs.", "Choose the PDF of a payment or a schedule."
        )
    same = select(Document.sha256).where(Document.sha256 == hashlib.sha256(pdf).hexdigest())
    kept = ctx.session.scalar(same) is not None
    ours, told = _judged(ctx, look(pdf))
    if kept:
        return Checked(ours, kept, f"{told} It is the one that Rentbook keeps.")
    if ours:
        return Checked(ours, kept, f"{told} {_NOT_KEPT}")
    return Checked(ours, kept, f"{told} Rentbook keeps none that is the same to the byte.")


def _judged(ctx: Context, found: Signed | None) -> tuple[bool, str]:
    """Whether a signature is this office's and holds, and what is told of it."""
    if found is None:
        return False, "This PDF isn't signed."
    if not found.unchanged:
        return False, "This PDF was changed after it was signed: don't rely on it."
    same = select(SigningCertificate).where(SigningCertificate.certificate_sha256 == found.certificate_sha256)
    row = ctx.session.scalars(same.order_by(SigningCertificate.id.desc()).limit(1)).first()
    if row is None:
        return False, "This PDF is unchanged, but it wasn't signed with a certificate of this office."
    if row.ended_at and found.at is None:
        return False, "This PDF doesn't say when it was signed, and its certificate is out of use: don't rely on it."
    if row.ended_at and found.at and found.at > row.ended_at:
        return False, "This PDF was signed after the office took its certificate out of use: don't rely on it."
    when = f" on {keeping.moment(found.at)}" if found.at else ""
    return True, f"{found.reason or 'This PDF'} was signed as {row.signer}{when} and is unchanged."


def standing(ctx: Context) -> Standing:
    """Whether what is made now is signed."""
    return keeping.standing(ctx)
