"""The office's certificates listed, and whether what is made now is signed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.signing import SigningCertificate
from app.services.core.context import Context
from app.services.signing import keeping
from app.services.signing.dto import CertificateRow, Standing


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


def standing(ctx: Context) -> Standing:
    """Whether what is made now is signed."""
    return keeping.standing(ctx)
