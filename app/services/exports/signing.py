"""PDFs signed with a certificate (PAdES baseline, SHA-256). Nothing is asked of the network: no time stamp, no look-up."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.services.core import logs
from app.services.core.errors import UserError
from app.services.exports.pdf import panel_place

_FIELD: Final = "Signature"
_ROOM: Final = 4_096
"""What a signature takes at most beside its certificates, in bytes: said beforehand, it isn't made once only to be measured."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature says of itself.

    Attributes:
        reason: what is signed, such as `Payment request 12`.
        place: where, as an office's name.
        at: when; it is the signer's word, as on paper.
    """

    reason: str
    place: str
    at: datetime


def sign(pdf: bytes, pkcs12: bytes, signature: Signature) -> bytes:
    """The PDF with a signature over all of it, in the panel of its first page (`pdf_bytes`); the pages stay as they were.

    It certifies the PDF: nothing but further signatures may be added without its reader being told.

    Args:
        pdf: what to sign; it has no signature yet.
        pkcs12: the certificate, its chain and its private key, without a password.
        signature: what it says.

    Raises:
        UserError: the key can't sign it.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle

    said = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        reason=signature.reason,
        location=signature.place or None,
        certify=True,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        subfilter=fields.SigSeedSubFilter.PADES,
        app_build_props=signers.pdf_byterange.BuildProps(name="Rentbook"),
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signer = signers.SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[])
        style = StaticStampStyle(border_width=0)
        made = _signer_at(signature.at)(said, signer, stamp_style=style, new_field_spec=_field(writer))
        signed: bytes = made.sign_pdf(writer, bytes_reserved=2 * (len(pkcs12) + _ROOM)).getvalue()
    except Exception as error:  # no payment fails because its paper can't be signed
        logs.unexpected(error)
        raise UserError("It can't be signed with this certificate.", "Load another one: Admin, Signing.") from error
    return signed


def _field(writer: Any) -> Any:
    """The place of the signature: the panel that is drawn on the first page."""
    from pyhanko.sign.fields import SigFieldSpec

    page = writer.root["/Pages"]
    while "/Kids" in page:
        page = page["/Kids"][0]
    *_, wide, high = (float(each) for each in page["/MediaBox"])
    left, bottom, right, top = (round(each) for each in panel_place(wide, high))
    return SigFieldSpec(_FIELD, on_page=0, box=(left, bottom, right, top))


def _signer_at(moment: datetime) -> Any:
    """A signer whose clock is ours."""
    from pyhanko.sign.signers import PdfSigner

    class SignerAt(PdfSigner):
        def init_signing_session(self, *args: Any, **named: Any) -> Any:
            session = super().init_signing_session(*args, **named)
            session.system_time = moment
            return session

    return SignerAt


@dataclass(frozen=True, slots=True)
class Signed:
    """What the first signature of a PDF says, and whether it holds.

    Attributes:
        certificate_sha256: of the certificate that made it.
        reason, at: as `Signature`; None where it says no time.
        unchanged: the signature is right and the pages are those that were signed.
    """

    certificate_sha256: str
    reason: str
    at: datetime | None
    unchanged: bool


def look(pdf: bytes) -> Signed | None:
    """Whether the first signature of a PDF holds; None where it has none. Whom to trust is the caller's to say.

    Raises:
        UserError: it isn't a PDF, or is spoilt.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    logging.getLogger("pyhanko").setLevel(logging.ERROR)  # what was changed is told to whoever asked, not to the log
    try:
        found = next(iter(PdfFileReader(io.BytesIO(pdf)).embedded_signatures), None)
        if found is None:
            return None
        found.compute_integrity_info()
        intact, valid = validate_sig_integrity(
            found.signer_info, found.signer_cert, expected_content_type="data", actual_digest=found.compute_digest()
        )
        whole = bool(found.summarise_integrity_info()["docmdp_ok"])
        reason = str(found.sig_object.get("/Reason", ""))
        certificate = found.signer_cert.sha256.hex()
        return Signed(certificate, reason, found.self_reported_timestamp, unchanged=intact and valid and whole)
    except Exception as error:
        raise UserError(
            "That PDF can't be read: it isn't one, or is spoilt.", "Get it again from whoever sent it."
        ) from error
