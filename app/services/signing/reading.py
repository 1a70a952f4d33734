"""A file with a certificate and its private key (.p12, .pfx), opened and judged: whether an office may sign with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.signing.dto import Read

if TYPE_CHECKING:
    from cryptography import x509

MOST_BYTES: Final = 1_000_000
_LEAST_RSA: Final = 2_048
_LEAST_CURVE: Final = 256
_LONGEST: Final = 200
_FOR_PEOPLE: Final = frozenset(
    {
        "1.3.6.1.5.5.7.3.36",
        "1.3.6.1.5.5.7.3.4",
        "1.2.840.113583.1.1.5",
        "1.3.6.1.4.1.311.10.3.12",
        "2.5.29.37.0",
    }
)
"""Purposes that allow a document to be signed: documents (RFC 9336), e-mail, Adobe's and Microsoft's own, and any."""
_ASK: Final = "Ask whoever issued it, or your IT service desk, for one to sign documents with (.p12 or .pfx)."


def read(content: bytes, password: str, now: datetime) -> Read:
    """What the certificate in a file says of itself.

    Raises:
        UserError: the password is wrong, or it isn't such a file; it has no certificate or no private key; it has expired or
            isn't valid yet; its key is too weak; or it may not sign documents.
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    found = _opened(content, password)
    if found.key is None:
        raise UserError("There is no private key in this file, so nothing can be signed with it.", _ASK)
    if found.cert is None:
        raise UserError("There is no certificate in this file that belongs to its key.", _ASK)
    try:
        return _judged(found, now)
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension) as error:
        raise UserError("The certificate in this file can't be read: it is not as certificates are.", _ASK) from error


def _judged(found: Any, now: datetime) -> Read:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12

    certificate = found.cert.certificate
    key_type = _key_type(certificate)
    _refuse_times(certificate, now)
    _refuse_usage(certificate)
    chain = [each.certificate for each in found.additional_certs]
    return Read(
        _named(certificate.subject),
        _named(certificate.issuer),
        f"{certificate.serial_number:x}",
        certificate.fingerprint(hashes.SHA256()).hex(),
        key_type,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.public_bytes(Encoding.DER),
        pkcs12.serialize_key_and_certificates(None, found.key, certificate, chain, NoEncryption()),
    )


def _opened(content: bytes, password: str) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    if not content or len(content) > MOST_BYTES or not _is_pkcs12(content):
        raise UserError("That is not a file with a certificate and its key.", _ASK)
    try:
        return pkcs12.load_pkcs12(content, password.encode() or None)
    except ValueError as error:
        raise UserError(
            "The password doesn't open this file." if password else "This file has a password.",
            "Type the one that it was saved with; capitals count. If it is right, the file is damaged: get it again.",
            "password",
        ) from error
    except (UnsupportedAlgorithm, TypeError) as error:
        raise UserError(
            "This file is encrypted in a way that Rentbook doesn't know.", "Save it anew, with AES."
        ) from error


def _is_pkcs12(content: bytes) -> bool:
    """Whether it is of that shape, whatever its password: a sequence that begins with the version 3."""
    head = content[:16]
    return head[:1] == b"\x30" and b"\x02\x01\x03\x30" in head


def _key_type(certificate: x509.Certificate) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < _LEAST_RSA:
            raise UserError(
                f"Its key has {key.key_size:,} bits, which is too weak: it can be forged.",
                f"Get one with at least {_LEAST_RSA:,} bits.",
            )
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        if key.key_size < _LEAST_CURVE:
            raise UserError("Its key is too weak: it can be forged.", f"Get one with at least {_LEAST_CURVE} bits.")
        return f"Elliptic curve {key.key_size}"
    raise UserError("Its key is of a kind that readers of PDFs don't know.", "Get one with an RSA key of 3,072 bits.")


def _refuse_times(certificate: x509.Certificate, now: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > last:
        raise UserError(f"This certificate expired on {written(last.astimezone().date())}.", _ASK)
    if now < first:
        raise UserError(
            f"This certificate isn't valid before {written(first.astimezone().date())}.",
            "Load it when that day has come.",
        )


def _refuse_usage(certificate: x509.Certificate) -> None:
    from cryptography import x509

    said = certificate.extensions
    try:
        usage = said.get_extension_for_class(x509.KeyUsage).value
        signs = usage.digital_signature or usage.content_commitment
    except x509.ExtensionNotFound:
        signs = True
    try:
        purposes = {each.dotted_string for each in said.get_extension_for_class(x509.ExtendedKeyUsage).value}
        signs = signs and bool(purposes & _FOR_PEOPLE)
    except x509.ExtensionNotFound:
        pass
    if not signs:
        raise UserError(
            "This certificate isn't for signing documents: whoever issued it allows it for something else, such as a web server.",
            _ASK,
        )


def _named(name: x509.Name) -> str:
    from cryptography.x509.oid import NameOID

    parts = []
    for each in (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME):
        parts += [str(found.value) for found in name.get_attributes_for_oid(each)]
    return (", ".join(dict.fromkeys(parts)) or name.rfc4514_string())[:_LONGEST]
