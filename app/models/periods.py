"""Accounting periods and the two people behind every close and reopen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.values import PeriodState


class Period(Versioned, Base):
    """An accounting period (a calendar month); journals are dated inside an open one."""

    __tablename__ = "period"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(20), unique=True)
    starts_on: Mapped[date] = mapped_column(unique=True)
    ends_on: Mapped[date] = mapped_column(unique=True)
    state: Mapped[PeriodState] = mapped_column(Word(PeriodState, 10), default=PeriodState.OPEN)
    snapshot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When every account's balance at the end of the period was taken; every posting since keeps it."""

    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)


class PeriodAction(Base):
    """A close or reopen: asked for by one officer, authorised by another."""

    __tablename__ = "period_action"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    period_id: Mapped[int] = mapped_column(Id, ForeignKey("period.id"), index=True)
    to_state: Mapped[PeriodState] = mapped_column(Word(PeriodState, 10))
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    requested_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    authorised_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    authorised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
