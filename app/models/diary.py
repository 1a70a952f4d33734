"""The diary: notes and tasks on any record, the trail of each task, the office's recurring tasks, and who is away."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import imports, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import Subject


class Note(Base):
    """What an officer, or the loaded history, says of a record. A note is never changed."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    subject_id: Mapped[int] = mapped_column(Id)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    text: Mapped[str] = mapped_column(LongText)
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (Index("ix_note_subject_subject_id", "subject", "subject_id"),)


class Task(Versioned, Base):
    """Something to do by a day, with one officer, one team, or nobody yet; about a record or none."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(Text_(200))
    details: Mapped[str] = mapped_column(LongText, default="")
    subject: Mapped[Subject | None] = mapped_column(Word(Subject))
    subject_id: Mapped[int | None] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(Text_(60), default="")
    """What the area that made it calls it, so that the area can finish it; empty where an officer made it."""
    state: Mapped[str] = mapped_column(Text_(20), default="open")
    """`open`, `done` or `cancelled`."""
    priority: Mapped[int] = mapped_column(default=2)
    """1 high, 2 normal, 3 low, in the order they are listed."""
    due_on: Mapped[date]
    remind_on: Mapped[date | None]
    """From this day it stands in the holder's list again; before it, it is snoozed."""
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    requester: Mapped[str] = mapped_column(Text_(120), default="")
    """The colleague in another team who asked; empty where nobody did."""
    requester_team: Mapped[str] = mapped_column(Text_(120), default="")
    asked_by: Mapped[str] = mapped_column(Text_(20), default="")
    """How they asked: telephone, e-mail ..."""
    answer_by_on: Mapped[date | None]
    evidence_wanted: Mapped[str] = mapped_column(Text_(400), default="")
    evidence: Mapped[str] = mapped_column(Text_(400), default="")
    proof: Mapped[str] = mapped_column(Text_(40), default="")
    """The registered proof that must hold before it is done, such as `weekly_charge`; empty for none."""
    template: Mapped[str | None] = mapped_column(Text_(60))
    """The key of the recurring task that it was made from."""
    occurrence_on: Mapped[date | None]
    """The day of the rhythm it was made for, before that was moved to a working day."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    outcome: Mapped[str] = mapped_column(LongText, default="")

    __table_args__ = (
        CheckConstraint("officer_id IS NULL OR team_id IS NULL", name="one_holder"),
        Index("ix_task_subject_subject_id", "subject", "subject_id"),
        Index("ix_task_state_due_on", "state", "due_on"),
        Index("ix_task_officer_id_state", "officer_id", "state"),
        Index("ix_task_team_id_state", "team_id", "state"),
        unique_where("uq_task_template_occurrence_on", "template", "occurrence_on", where=template.is_not(None)),
    )


class TaskStep(Base):
    """One step in the life of a task; append only."""

    __tablename__ = "task_step"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    task_id: Mapped[int] = mapped_column(Id, ForeignKey("task.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    action: Mapped[str] = mapped_column(Text_(20))
    to_officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    to_team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    words: Mapped[str] = mapped_column(LongText, default="")


class TaskTemplate(Versioned, Base):
    """A recurring task as this office has edited it; it stands over the one of the same key that is shipped."""

    __tablename__ = "task_template"

    key: Mapped[str] = mapped_column(Text_(60), primary_key=True)
    title: Mapped[str] = mapped_column(Text_(200))
    details: Mapped[str] = mapped_column(LongText, default="")
    every: Mapped[str] = mapped_column(Text_(20))
    day: Mapped[int] = mapped_column(default=1)
    month: Mapped[int] = mapped_column(default=0)
    if_closed: Mapped[str] = mapped_column(Text_(10), default="after")
    lead_days: Mapped[int] = mapped_column(default=0)
    catch_up: Mapped[bool] = mapped_column(default=False)
    long_years_only: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=2)
    evidence_wanted: Mapped[str] = mapped_column(Text_(400), default="")
    proof: Mapped[str] = mapped_column(Text_(40), default="")
    owner_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    owner_team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    cover_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    active: Mapped[bool] = mapped_column(default=True)


class Absence(Versioned, Base):
    """Days on which an officer is away (both included), and the colleague who sees to their tasks meanwhile."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    cover_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))

    __table_args__ = (CheckConstraint("to_on >= from_on", name="ends_after_start"),)
