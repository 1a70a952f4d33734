"""A certificate that an office issues itself, for where nobody issues one to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

LONGEST_NAME: Final = 64
"""Of a name in a certificate (X.520)."""
YEARS: Final = range(1, 4)
_BITS: Final = 3_072
_EARLIER: Final = timedelta(hours=1)
"""It is valid since then already: the clocks of two computers differ."""


def make(signer: str, office: str, years: int, now: datetime) -> bytes:
    """The certificate with its private key, as a PKCS#12 without a password; for signing documents and nothing else."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65_537, key_size=_BITS)
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, signer)]
    if office:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:LONGEST_NAME]))
    name = x509.Name(parts)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
