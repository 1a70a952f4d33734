"""Receipts from outside: the profiles by which files are read, the files, and each of their lines."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.reception_payments import receipts  # noqa: F401
from app.models.values import LineMatch, ReceiptChannel, ReceiptFileState, ReceiptLineState


class ReceiptProfile(Versioned, Base):
    """How a kind of file is read, as an office made it; what it says is in its newest edition."""

    __tablename__ = "receipt_profile"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text_(40), unique=True)
    name: Mapped[str] = mapped_column(Text_(60), unique=True)
    edition: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)


class ReceiptProfileEdition(Versioned, Base):
    """One wording of a profile; a file keeps by which one it was read."""

    __tablename__ = "receipt_profile_edition"

    profile_id: Mapped[int] = mapped_column(Id, ForeignKey("receipt_profile.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    layout: Mapped[str] = mapped_column(LongText)
    """JSON of what it says."""
    why: Mapped[str] = mapped_column(Text_(200), default="")
    widens: Mapped[str] = mapped_column(Text_(400), default="")
    """What it accepts that the one before refused, as sentences; empty where it accepts no more."""
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """The second officer who looked at what it widens."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReceiptFile(Versioned, Base):
    """A file of receipts: loaded once, whole; one that holds a card number waits without its content."""

    __tablename__ = "receipt_file"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    state: Mapped[ReceiptFileState] = mapped_column(Word(ReceiptFileState))
    profile_key: Mapped[str] = mapped_column(Text_(40))
    profile_name: Mapped[str] = mapped_column(Text_(60))
    edition: Mapped[int]
    """0 of a profile that came with the program."""
    channel: Mapped[ReceiptChannel] = mapped_column(Word(ReceiptChannel))
    file_name: Mapped[str] = mapped_column(Text_(200))
    sha256: Mapped[str] = mapped_column(Text_(64), index=True)
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """The file, sealed; None while it waits because of a card number."""
    count: Mapped[int] = mapped_column("line_count")
    pence: Mapped[int] = mapped_column(Pence)
    """Of all its lines, also of those that were loaded before."""
    declared_count: Mapped[int | None]
    declared_pence: Mapped[int | None] = mapped_column(Pence)
    """What its trailer says, or the officer typed."""
    waiting: Mapped[int] = mapped_column(default=0)
    """Lines about which an officer has to decide."""
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it waits, or was rejected or taken back."""
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    settled_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Who took it back or rejected it."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        unique_where("uq_receipt_file_loaded", "sha256", where=state == ReceiptFileState.LOADED),
        Index("ix_receipt_file_last_on", "last_on"),
    )


class ReceiptFileJournal(Base):
    """What a journal put on accounts or into suspense for a file, by code: the sum of what the file brought."""

    __tablename__ = "receipt_file_journal"

    file_id: Mapped[int] = mapped_column(Id, ForeignKey("receipt_file.id"), primary_key=True)
    journal: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False, index=True)
    code: Mapped[str] = mapped_column(Text_(8), primary_key=True)
    count: Mapped[int] = mapped_column("line_count")
    pence: Mapped[int] = mapped_column(Pence)
    """What came in; less than nothing of a journal of clawbacks alone."""


class ReceiptFileLine(Versioned, Base):
    """A line of a file, as it was read, and what became of it."""

    __tablename__ = "receipt_file_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    file_id: Mapped[int] = mapped_column(Id, ForeignKey("receipt_file.id"))
    place: Mapped[int]
    """Its line in the file, as a text editor counts."""
    state: Mapped[ReceiptLineState] = mapped_column(Word(ReceiptLineState))
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"))
    matched_by: Mapped[LineMatch | None] = mapped_column(Word(LineMatch))
    code: Mapped[str] = mapped_column(Text_(8))
    pence: Mapped[int] = mapped_column(Pence)
    """What came in; less than nothing of a clawback, a chargeback or a cheque that came back."""
    paid_on: Mapped[date]
    reference_given: Mapped[str] = mapped_column(Text_(60), default="")
    payer_name: Mapped[str] = mapped_column(Text_(120), default="")
    narrative: Mapped[str] = mapped_column(Text_(200), default="")
    marker: Mapped[str] = mapped_column(Text_(40), default="")
    """The number that the file gives the payment, or that of the cheque or slip."""
    once_key: Mapped[str | None] = mapped_column(Text_(60))
    """The line's fingerprint and which time its file says it; None where it isn't this file's to post."""
    why: Mapped[str] = mapped_column(Text_(200), default="")
    """Why it isn't on the account that its reference names, or not on one yet."""
    like_journal: Mapped[int | None] = mapped_column(Id)
    like_line: Mapped[int | None]
    """The entry that it looks like."""
    receipt_id: Mapped[int | None] = mapped_column(Id, ForeignKey("receipt.id"))
    """The receipt that it took back."""
    journal: Mapped[int | None] = mapped_column(Id)
    """Where it was posted later, or took a receipt back; else the file's journals have it."""
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_receipt_file_line_file_id_place", "file_id", "place", unique=True),
        unique_where("uq_receipt_file_line_once_key", "once_key", where=once_key.is_not(None)),
    )
