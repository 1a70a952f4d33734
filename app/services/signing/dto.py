"""Certificates as they are read, listed and in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.services.core.changes import Changes

WARNED: Final = 60
"""So many days before a certificate expires the office is told."""

MOST_PDF: Final = 50_000_000
"""So large is no PDF that Rentbook signs, in bytes."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a certificate says of itself.

    Attributes:
        signer, issuer: in words; the same where nobody but itself vouches for it.
        serial: in hexadecimal.
        sha256: of the certificate.
        key_type: such as `RSA 3072`.
        content: the certificate (DER).
        packed: certificate, chain and private key as a PKCS#12 without a password, to be sealed.
    """

    signer: str
    issuer: str
    serial: str
    sha256: str
    key_type: str
    valid_from: datetime
    valid_until: datetime
    content: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class NewOwn:
    """A certificate that the office issues itself.

    Attributes:
        signer: what it signs as, in up to 64 characters, such as `Housing rents`.
        years: how long it is valid, from 1 to 3.
    """

    signer: str
    years: int


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as it is listed.

    Attributes:
        days: how many days it is valid yet, counted from today; negative once it expired.
        ended_at, ended_by: when and by whom it was taken out of use, also by loading another; None and empty in force.
    """

    certificate_id: int
    signer: str
    issuer: str
    serial: str
    sha256: str
    key_type: str
    valid_from: datetime
    valid_until: datetime
    days: int
    loaded_by: str
    loaded_at: datetime
    ended_by: str
    ended_at: datetime | None

    @property
    def in_force(self) -> bool:
        """Whether it is the office's certificate now; it may have expired all the same."""
        return self.ended_at is None

    @property
    def expired(self) -> bool:
        """Whether it is not valid any more."""
        return self.days < 0

    @property
    def expires_soon(self) -> bool:
        """Whether another one should be got."""
        return 0 <= self.days < WARNED

    @property
    def self_signed(self) -> bool:
        """Whether nobody but itself vouches for it."""
        return self.signer == self.issuer


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the PDFs that go with payments and write-offs are signed now.

    Attributes:
        signer: with whose name; empty where none is loaded.
        why_not: why they aren't, in a short sentence; empty where they are.
        hint: what to do about that.
    """

    signer: str = ""
    why_not: str = ""
    hint: str = "An administrator loads or makes one: Admin, Signing."

    @property
    def told(self) -> str:
        """It as a sentence or three, for whoever is about to send something."""
        return self.warning or f"The PDF is signed as {self.signer}."

    @property
    def warning(self) -> str:
        """What to do where nothing is signed; empty where it is."""
        return f"Sign the PDF by hand: {self.why_not[:1].lower()}{self.why_not[1:]} {self.hint}" if self.why_not else ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that was to be signed.

    Attributes:
        standing: whether it is signed, and why not; its `warning` is for whoever made it.
    """

    content: bytes
    standing: Standing


@dataclass(frozen=True, slots=True)
class Loaded:
    """A certificate that was loaded; `told` is a sentence for the message bar."""

    certificate_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Checked:
    """A PDF that was looked at, such as one that came back from finance.

    Attributes:
        ours: it was signed with a certificate of this office and is unchanged.
        kept: it is, to the byte, one that Rentbook keeps.
        told: it as a sentence or two.
    """

    ours: bool
    kept: bool
    told: str

    @property
    def sound(self) -> bool:
        """Whether it may be relied on: signed by this office, and as Rentbook made it."""
        return self.ours and self.kept
