"""Made-up certificates to sign with, as files that an office would load."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "plain made-up words"
SIGNER = "Sample Council Rents"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SIGNS = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
ENCRYPTS = x509.KeyUsage(False, False, True, False, False, False, False, False, False)


@lru_cache
def rsa_key(bits=2048):
    return rsa.generate_private_key(65537, bits)


@lru_cache
def curve_key():
    return ec.generate_private_key(ec.SECP256R1())


def certificate(key, first=NOON - timedelta(days=30), last=NOON + timedelta(days=400), usage=SIGNS, purposes=()):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0x5EED)
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(usage, critical=True)
    )
    if purposes:
        made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return made.sign(key, hashes.SHA256())


def pfx(key=None, password=PASSWORD, **said):
    """A .pfx file; without a key an elliptic curve's, which is quick to make."""
    key = key or curve_key()
    closed = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate(key, **said), None, closed)


def pfx_without_key():
    return pkcs12.serialize_key_and_certificates(
        None, None, None, [certificate(curve_key())], BestAvailableEncryption(PASSWORD.encode())
    )


def checked(pdf, moment=NOON):
    """What pyHanko says of the one signature of a PDF, trusting its certificate; None where it isn't signed."""
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not found:
        return None
    (one,) = found
    trusted = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False, moment=moment)
    return validate_pdf_signature(one, trusted)
