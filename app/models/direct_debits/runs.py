"""Runs: what was sent to Bacs together, line by line, and what was left out and why."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, bacs, documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import BacsCode, DebitRunKind, DebitRunState, LeftOut


class DebitRun(Versioned, Base):
    """Instructions or collections that go to Bacs in one file: declared, approved by a second officer, sent, posted."""

    __tablename__ = "debit_run"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    kind: Mapped[DebitRunKind] = mapped_column(Word(DebitRunKind))
    state: Mapped[DebitRunState] = mapped_column(Word(DebitRunState))
    processing_on: Mapped[date] = mapped_column(index=True)
    """Of a file for several days, the first."""
    entry_on: Mapped[date]
    last_entry_on: Mapped[date]
    count: Mapped[int] = mapped_column("item_count")
    pence: Mapped[int] = mapped_column(Pence)
    """`count` and `pence` are of the records that stand: what was asked for, less what Bacs refused by itself."""
    refused_count: Mapped[int] = mapped_column(default=0)
    refused_pence: Mapped[int] = mapped_column(Pence, default=0)
    """Of the records that Bacs refused while it took the rest."""
    left_out: Mapped[int]
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    payment_file_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payment_file.id"), index=True)
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """Its file, sealed."""
    sent_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    matched_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    matched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    matched_words: Mapped[str] = mapped_column(Text_(400), default="")
    """What said that Bacs took it: the Input report, or what an officer saw."""
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(Text_(400), default="")
    """It was withdrawn, cancelled or refused."""
    settled_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Who did that."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text_(400), default="")
    """For whoever approves it."""

    __table_args__ = (Index("ix_debit_run_state", "state"), {"implicit_returning": False})

    @property
    def asked_count(self) -> int:
        """How many records were asked for, approved and sent."""
        return self.count + self.refused_count

    @property
    def asked_pence(self) -> int:
        """What they come to."""
        return self.pence + self.refused_pence


class DebitRunLine(Base):
    """A record of a run's file, contra records apart. Lines of cancelled runs stay, to be looked at."""

    __tablename__ = "debit_run_line"

    run_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_run.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    bank_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate_bank.id"))
    instruction_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_instruction.id"), index=True)
    collection_id: Mapped[int | None] = mapped_column(Id, ForeignKey("collection.id"), index=True)
    code: Mapped[BacsCode] = mapped_column(Word(BacsCode))
    entry_on: Mapped[date]
    pence: Mapped[int] = mapped_column(Pence)
    own_scope: Mapped[str] = mapped_column(Text_(40), default="")
    """Which of the council's own accounts it goes to."""
    refused_words: Mapped[str | None] = mapped_column(Text_(200))
    """Why Bacs refused this record while it took the rest; None where it didn't."""


class DebitRunJournal(Base):
    """What a run posted on one entry day."""

    __tablename__ = "debit_run_journal"

    run_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_run.id"), primary_key=True)
    entry_on: Mapped[date] = mapped_column(primary_key=True)
    journal: Mapped[int] = mapped_column(Id)
    count: Mapped[int] = mapped_column("item_count")
    pence: Mapped[int] = mapped_column(Pence)


class DebitRunLeftOut(Base):
    """What a run left out, and why; one mandate may have several reasons."""

    __tablename__ = "debit_run_left_out"

    run_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_run.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    collection_id: Mapped[int | None] = mapped_column(Id, ForeignKey("collection.id"))
    instruction_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_instruction.id"))
    reason: Mapped[LeftOut] = mapped_column(Word(LeftOut, 30))
    words: Mapped[str] = mapped_column(Text_(400))
    pence: Mapped[int] = mapped_column(Pence)
