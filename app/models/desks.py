"""Who sits at which desk, and when nobody may: the office's maintenance."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Word
from app.models.values import DeskEnding


class DeskSession(Base):
    """An officer who is signed in at a window, as long as it says so every half minute.

    Every moment is by the database's own clock, so that desks whose clocks differ agree.
    """

    __tablename__ = "desk_session"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    window: Mapped[str] = mapped_column(Text_(32), unique=True)
    """By a number of its own, another each time somebody signs in."""
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    computer: Mapped[str] = mapped_column(Text_(120))
    program: Mapped[str] = mapped_column(Text_(40))
    """The version of Rentbook there."""
    page: Mapped[str] = mapped_column(Text_(80))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was asked to sign out."""
    asked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    asked_words: Mapped[str] = mapped_column(Text_(200), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ending: Mapped[DeskEnding | None] = mapped_column(Word(DeskEnding))

    __table_args__ = (Index("ix_desk_session_ended_at_seen_at", "ended_at", "seen_at"),)


class Maintenance(Base):
    """A time at which nobody works in Rentbook but whoever looks after it; it ends when somebody says so.

    Every moment is by the database's own clock.
    """

    __tablename__ = "maintenance"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    words: Mapped[str] = mapped_column(Text_(200))
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    announced_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
