"""Bank details, sealed; the tables of the modulus check; and the Bacs files that were made."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import DetailState, NameCheck, PaymentFileKind, PaymentFileState, TableKind, Verdict


class BankDetail(Versioned, Base):
    """An account at a bank or building society that somebody is paid on, from a day to a day (both included).

    Its numbers are only in `sealed`; what is beside it tells two digits, and whether two rows are the same account.
    """

    __tablename__ = "bank_detail"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """A rent or other account: without a person, of a payee who is none of ours, such as an executor."""
    payee_name: Mapped[str] = mapped_column(Text_(70))
    """As the bank has it."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """Sort code, account number and roll number, sealed with the office's key for this row."""
    fingerprint: Mapped[str] = mapped_column(Text_(64))
    """A keyed hash of the three: rows with the same one are the same account at a bank."""
    last_two: Mapped[str] = mapped_column(Text_(2))
    has_roll_number: Mapped[bool] = mapped_column(default=False)
    state: Mapped[DetailState] = mapped_column(Word(DetailState))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    name_check: Mapped[NameCheck] = mapped_column(Word(NameCheck), default=NameCheck.NONE)
    checked_on: Mapped[date | None]
    checked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    check_note: Mapped[str] = mapped_column(Text_(200), default="")
    """The name that the bank gave instead, or what was seen."""
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    """What the modulus check said when they were kept."""
    last_paid_on: Mapped[date | None]
    """The last day on which something was paid to them that did not come back."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """The second officer of a change."""
    superseded_by: Mapped[int | None] = mapped_column(Id, ForeignKey("bank_detail.id"), index=True)
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    """Why they ended, or were refused."""

    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR account_id IS NOT NULL", name="somebody"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("ix_bank_detail_fingerprint", "fingerprint"),
        {"implicit_returning": False},
    )


class ModulusTable(Base):
    """A file of Pay.UK for the modulus check, as it was loaded; the latest in force is used."""

    __tablename__ = "modulus_table"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[TableKind] = mapped_column(Word(TableKind))
    name: Mapped[str] = mapped_column(Text_(80))
    valid_from: Mapped[date]
    rows: Mapped[int] = mapped_column("row_count")
    sha256: Mapped[str] = mapped_column(Text_(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    loaded_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaymentFile(Versioned, Base):
    """A Bacs file that was made. Its bytes are a document of whatever area asked for it, by their hash."""

    __tablename__ = "payment_file"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[PaymentFileKind] = mapped_column(Word(PaymentFileKind))
    serial: Mapped[int] = mapped_column(unique=True)
    """Of the volume (VOL1); gapless, never used again."""
    processing_on: Mapped[date] = mapped_column(index=True)
    entry_on: Mapped[date]
    count: Mapped[int] = mapped_column("item_count")
    """Of payments, collections or instructions, without contra records."""
    pence: Mapped[int] = mapped_column(Pence)
    sha256: Mapped[str] = mapped_column(Text_(64))
    state: Mapped[PaymentFileState] = mapped_column(Word(PaymentFileState))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Who sent or cancelled it, or noted that the bank refused it."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    """Of the submission, as Bacs gave it."""
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it was cancelled or refused."""
