"""Cases: claims under the Direct Debit Guarantee, queries of banks, and our own mistakes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import DebitCaseKind, DebitCaseOutcome, DebitCaseState


class DebitCase(Versioned, Base):
    """Something about a mandate that is put right between the payer, their bank and us."""

    __tablename__ = "debit_case"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    kind: Mapped[DebitCaseKind] = mapped_column(Word(DebitCaseKind))
    state: Mapped[DebitCaseState] = mapped_column(Word(DebitCaseState))
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    opened_on: Mapped[date]
    reason_code: Mapped[str] = mapped_column(Text_(4), default="")
    words: Mapped[str] = mapped_column(Text_(400))
    pence: Mapped[int] = mapped_column(Pence)
    bank_reference: Mapped[str] = mapped_column(Text_(40), default="")
    """Of the paying bank."""
    challenge_by: Mapped[date | None]
    """The last day on which a claim may be challenged."""
    challenged_on: Mapped[date | None]
    challenge_words: Mapped[str] = mapped_column(Text_(400), default="")
    debit_on: Mapped[date | None]
    """The day on which the bank takes the money."""
    outcome: Mapped[DebitCaseOutcome | None] = mapped_column(Word(DebitCaseOutcome))
    outcome_words: Mapped[str] = mapped_column(Text_(400), default="")
    closed_on: Mapped[date | None]
    journal: Mapped[int | None] = mapped_column(Id)
    """The debit that the bank took, posted on the accounts."""
    back_journal: Mapped[int | None] = mapped_column(Id)
    """Posted when the bank gave it back."""
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_debit_case_state", "state"),)


class DebitCaseCollection(Base):
    """A collection that a case is about."""

    __tablename__ = "debit_case_collection"

    case_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_case.id"), primary_key=True)
    collection_id: Mapped[int] = mapped_column(Id, ForeignKey("collection.id"), primary_key=True, index=True)
    pence: Mapped[int] = mapped_column(Pence)
