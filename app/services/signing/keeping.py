"""Signing what other areas make. Nothing here asks for a permission, and nothing that isn't signed fails for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from app.models.signing import SigningCertificate
from app.services.core import keys
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.landlord import landlord
from app.services.diary.keeping import written
from app.services.exports.dto import Column, Table
from app.services.exports.pdf import pdf_bytes
from app.services.signing.dto import Paper, Standing

_BY_HAND: Final = (f"Name: {'.' * 69}", f"Signature: {'.' * 63}", f"Day: {'.' * 73}")


def in_force(ctx: Context) -> SigningCertificate | None:
    """The office's certificate, whether or not it expired; its sealed part stays where it is."""
    rows = select(SigningCertificate).where(SigningCertificate.ended_at.is_(None))
    return ctx.session.scalars(rows.order_by(SigningCertificate.id.desc()).limit(1)).first()


def standing(ctx: Context) -> Standing:
    """Whether what is made now is signed."""
    return _standing(ctx, in_force(ctx))


def signed_pdf(ctx: Context, table: Table, what: str) -> Paper:
    """The table as a PDF that is signed with the office's certificate; without one, with room to sign it by hand.

    Whoever has it made is told of it where it isn't signed, also where the signing itself failed.

    Args:
        ctx: of the officer who makes it.
        table: what stands in it.
        what: what is signed, in a few words; a reader of the PDF shows it as the reason.
    """
    row = in_force(ctx)
    stands = _standing(ctx, row)
    if row is not None and not stands.why_not:
        try:
            return Paper(_signed(ctx, row, table, what), stands)
        except UserError as error:
            stands = Standing(row.signer, error.message, error.hint)
    return Paper(pdf_bytes(table, panel=("To be signed by hand", stands.why_not, *_BY_HAND)), stands)


def prove(ctx: Context, pkcs12: bytes) -> None:
    """Sign a blank page and throw it away.

    Raises:
        UserError: nothing can be signed with it.
    """
    from app.services.exports.signing import Signature, sign

    blank = Table("A blank page", (), (Column(""),), ())
    sign(pdf_bytes(blank), pkcs12, Signature("A trial", landlord(ctx).name, ctx.clock.now()))


def last_day(row: SigningCertificate) -> date:
    """The last day on which a certificate is valid, at the office."""
    return row.valid_until.astimezone().date()


def moment(at: datetime) -> str:
    """When something was signed, in the office's own time: `21 Nov 2026 at 12:00`."""
    local = at.astimezone()
    return f"{written(local.date())} at {local:%H:%M}"


def sealed_for(certificate_id: int) -> str:
    """What the private key of a certificate is sealed about."""
    return f"signing_certificate:{certificate_id}"


def _standing(ctx: Context, row: SigningCertificate | None) -> Standing:
    if row is None:
        return Standing(why_not="No certificate is loaded.")
    if ctx.clock.now() > row.valid_until:
        return Standing(row.signer, f"The certificate expired on {written(last_day(row))}.")
    try:
        keys.held(ctx.session, keys.key_named(_sealed(ctx, row)))
    except UserError as error:
        return Standing(row.signer, "The key that opens the certificate isn't here.", error.hint)
    return Standing(row.signer)


def _sealed(ctx: Context, row: SigningCertificate) -> bytes:
    return ctx.session.scalar(select(SigningCertificate.sealed).where(SigningCertificate.id == row.id)) or b""


def _signed(ctx: Context, row: SigningCertificate, table: Table, what: str) -> bytes:
    from app.services.exports.signing import Signature, sign

    pkcs12 = keys.unseal(ctx.session, _sealed(ctx, row), sealed_for(row.id))
    office, now = landlord(ctx).name, ctx.clock.now()
    panel = (
        "Signed electronically",
        row.signer,
        *((f"for {office}",) if office and office not in row.signer else ()),
        moment(now),
        f"Certificate {row.certificate_sha256[:16]}, until {written(last_day(row))}",
    )
    return sign(pdf_bytes(table, panel=panel), pkcs12, Signature(what, office, now))
