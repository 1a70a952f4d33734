"""Scheduled jobs: how each stands and who runs it now, what each run said, and which computers call the scheduler."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word
from app.models.values import JobState, JobWay


class Job(Versioned, Base):
    """A job of `app/services/jobs/declared.py`, once it was looked at: the office's own schedule, how it stands, who runs it.

    `claimed_at` and `beat_at` are by the database's own clock, so that computers whose clocks differ agree; the other
    moments by the clock of the computer that ran it.
    """

    __tablename__ = "job"

    name: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    schedule: Mapped[str] = mapped_column(Text_(60), default="")
    """As `rules.written` writes it; empty as shipped."""
    folder: Mapped[str] = mapped_column(Text_(400), default="")
    """Where a job that reads files looks for them."""
    active: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text_(200), default="")
    """Why it is switched off."""
    changed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    state: Mapped[JobState] = mapped_column(Word(JobState), default=JobState.NEVER)
    said: Mapped[str] = mapped_column(Text_(400), default="")
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The moment of its schedule up to which nothing is owed."""
    tried_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The moment of its schedule for which it was tried last."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often it failed for that moment."""
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it is tried again by itself; none where it has failed too often."""

    owner: Mapped[str] = mapped_column(Text_(32), default="")
    """Whoever runs it now, by a word of their own; empty while nobody does."""
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    computer: Mapped[str] = mapped_column(Text_(80), default="")
    way: Mapped[JobWay] = mapped_column(Word(JobWay), default=JobWay.SCHEDULER)


class JobRun(Base):
    """One run of a job, written when it has ended; of a run that found nothing to do nothing is written where it is asked often."""

    __tablename__ = "job_run"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(40))
    state: Mapped[JobState] = mapped_column(Word(JobState))
    way: Mapped[JobWay] = mapped_column(Word(JobWay))
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Whose desk or scheduler ran it; it acts as the officer of scheduled jobs."""
    computer: Mapped[str] = mapped_column(Text_(80))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said: Mapped[str] = mapped_column(LongText)

    __table_args__ = (Index("ix_job_run_name_started_at", "name", "started_at"),)


class JobCall(Base):
    """A computer whose scheduler calls `rentbook jobs run --due`, and when it did so last, by the database's clock."""

    __tablename__ = "job_call"

    computer: Mapped[str] = mapped_column(Text_(80), primary_key=True)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)
