"""Accounting periods; the two people behind every close and reopen are in its requests for approval."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
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

    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"), {"implicit_returning": False})
