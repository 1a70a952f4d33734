"""How much an officer may do or approve, and who stands in for whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the table that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import LimitKind


class OfficerLimit(Versioned, Base):
    """The most that an officer may do or approve of one kind, in pence: in one line, and in one batch."""

    __tablename__ = "officer_limit"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    kind: Mapped[LimitKind] = mapped_column(Word(LimitKind), primary_key=True)
    line_pence: Mapped[int] = mapped_column(Pence)
    batch_pence: Mapped[int] = mapped_column(Pence)

    __table_args__ = (CheckConstraint("line_pence >= 0 AND batch_pence >= line_pence", name="batch_covers_line"),)


class Delegation(Versioned, Base):
    """One officer's approvals, given to another from a day to a day (both included)."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    from_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    to_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    kinds: Mapped[str] = mapped_column(Text_(400), default="")
    """Keys of kinds of approval, parted by spaces; empty means all."""
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text_(400))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was ended before its time."""

    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="ends_after_start"),
        Index("ix_delegation_to_id_to_on", "to_id", "to_on"),
        {"implicit_returning": False},
    )
