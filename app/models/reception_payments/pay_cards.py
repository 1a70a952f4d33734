"""Pay point cards: each card with its own reference, and the files that go to the card supplier and come back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, documents, letters, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import PayCardReason, PayCardState


class PayCardFile(Versioned, Base):
    """The cards that went to the supplier together, and the file by which the supplier answered."""

    __tablename__ = "pay_card_file"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    count: Mapped[int] = mapped_column("item_count")
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(Text_(64), default="")
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """Sealed: it holds names and addresses."""


class PayCard(Versioned, Base):
    """One card. Its reference is never given to another; `PayCardState.ENDED` ones still find their account."""

    __tablename__ = "pay_card"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    reference: Mapped[str] = mapped_column(Text_(30), unique=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    state: Mapped[PayCardState] = mapped_column(Word(PayCardState))
    reason: Mapped[PayCardReason] = mapped_column(Word(PayCardReason))
    replaces_id: Mapped[int | None] = mapped_column(Id, ForeignKey("pay_card.id"))
    ordered_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    file_id: Mapped[int | None] = mapped_column(Id, ForeignKey("pay_card_file.id"), index=True)
    answered_on: Mapped[date | None]
    """When the supplier issued or refused it."""
    refused_words: Mapped[str] = mapped_column(Text_(200), default="")
    letter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"))
    """The letter that goes with it."""
    ended_on: Mapped[date | None]
    ended_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    ended_why: Mapped[str] = mapped_column(Text_(200), default="")

    __table_args__ = (
        Index("ix_pay_card_state", "state"),
        unique_where(
            "uq_pay_card_account_id_open",
            "account_id",
            where=state.in_((PayCardState.ORDERED, PayCardState.IN_FILE)),
        ),
    )


class PayCardAnswer(Base):
    """A file of the supplier that was read, each once."""

    __tablename__ = "pay_card_answer"

    sha256: Mapped[str] = mapped_column(Text_(64), primary_key=True)
    file_name: Mapped[str] = mapped_column(Text_(200))
    read_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued: Mapped[int]
    refused: Mapped[int]
