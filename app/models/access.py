"""Who may not touch or see what: declared accounts, restricted records, and views of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.values import Relation, Subject


class DeclaredAccount(Versioned, Base):
    """An account that an officer may not work on: their own, a relative's, or another they declared."""

    __tablename__ = "declared_account"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    """It covers every account of the same tenancy."""
    relation: Mapped[Relation] = mapped_column(Word(Relation))
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """The last day, if it has ended."""
    declared_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))

    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),)


class RestrictedRecord(Versioned, Base):
    """A tenancy, person or account that only named officers may open."""

    __tablename__ = "restricted_record"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    subject_id: Mapped[int] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(Text_(400))
    review_on: Mapped[date | None]
    restricted_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    restricted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_restricted_record_subject_subject_id", "subject", "subject_id"),)


class RestrictedReader(Base):
    """Who may open a restricted record: a role, or one officer. With none, whoever may open restricted records at all."""

    __tablename__ = "restricted_reader"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    restricted_id: Mapped[int] = mapped_column(Id, ForeignKey("restricted_record.id"), index=True)
    role: Mapped[str] = mapped_column(Text_(40), default="")
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))


class RecordView(Base):
    """Somebody opened a restricted record: append only (triggers refuse a change)."""

    __tablename__ = "record_view"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    subject_id: Mapped[int] = mapped_column(Id)
    """The account that was opened."""

    __table_args__ = (Index("ix_record_view_subject_subject_id_at", "subject", "subject_id", "at"),)
