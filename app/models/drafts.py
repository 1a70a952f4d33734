"""Forms in progress, who has what open, and which key the encrypted fields are sealed with."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Word
from app.models.values import Subject


class EncryptionKey(Base):
    """A key that something in this database is sealed with. The key itself is never here, only its name and a check.

    The one with the highest number is used for what is sealed from now on.
    """

    __tablename__ = "encryption_key"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key_id: Mapped[str] = mapped_column(Text_(16), unique=True)
    check_value: Mapped[str] = mapped_column(Text_(64))
    """A keyed hash that only the right key gives."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Draft(Base):
    """A form that an officer has begun and not saved; what was typed is sealed."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    form: Mapped[str] = mapped_column(Text_(40))
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    subject_id: Mapped[int] = mapped_column(Id)
    """The record that the form is about; 0 for one that is still to be made."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("officer_id", "form", "subject", "subject_id", name="uq_draft_officer_id_form"),)


class Presence(Base):
    """An officer who has a record open, as long as their window says so every half minute.

    Both moments are by the database's own clock, so that desks whose clocks differ agree.
    """

    __tablename__ = "presence"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    desk: Mapped[str] = mapped_column(Text_(32))
    """The window, by a number of its own: one officer may have two."""
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    subject_id: Mapped[int] = mapped_column(Id)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("desk", "subject", "subject_id", name="uq_presence_desk"),
        Index("ix_presence_subject_subject_id", "subject", "subject_id"),
    )
