"""The certificates with which the office signs what it sends."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the table that this points to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned


class SigningCertificate(Versioned, Base):
    """A certificate of the office with its private key; the one that was not taken out of use is in force.

    What it says of itself stays for good: papers that were signed with it outlive it. Its key goes with its use.
    """

    __tablename__ = "signing_certificate"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    signer: Mapped[str] = mapped_column(Text_(200))
    """Whom it names: the signer that readers of a PDF show."""
    issuer: Mapped[str] = mapped_column(Text_(200))
    serial: Mapped[str] = mapped_column(Text_(40))
    """In hexadecimal, as issuers print it."""
    certificate_sha256: Mapped[str] = mapped_column(Text_(64))
    """Of the certificate, by which it is told from any other."""
    key_type: Mapped[str] = mapped_column(Text_(40))
    """Such as `RSA 3072`."""
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """The certificate itself (DER), for whoever is to trust it; it is no secret."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """Certificate, chain and private key (PKCS#12), sealed with the database's key for this row; none once out of use."""
    loaded_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When another one took its place, or an officer took it out of use."""
