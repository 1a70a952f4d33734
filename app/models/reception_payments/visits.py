"""The reception log: who came or called, why, how long they waited, and what came of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, diary, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.reception_payments import desks  # noqa: F401
from app.models.values import AppointmentState, Handed, IncidentKind, VisitKind, VisitState


class VisitReason(Versioned, Base):
    """Why people come or call, as the office keeps the list."""

    __tablename__ = "visit_reason"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text_(40), unique=True)
    """What the program asks for; a reason of the office's own has one made of its name."""
    name: Mapped[str] = mapped_column(Text_(80), unique=True)
    place: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Visit(Versioned, Base):
    """One visit or call."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    kind: Mapped[VisitKind] = mapped_column(Word(VisitKind))
    state: Mapped[VisitState] = mapped_column(Word(VisitState))
    reason_id: Mapped[int] = mapped_column(Id, ForeignKey("visit_reason.id"))
    desk_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payment_desk.id"))
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    logged_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    name: Mapped[str] = mapped_column(Text_(120), default="")
    """As they gave it, where no person of ours is known."""
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"))
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    told: Mapped[bool] = mapped_column(default=False)
    """They proved who they are, and were told of the account."""
    safe_with: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """The second officer who was there, where a safety flag asks for one."""
    accompanied_by: Mapped[str] = mapped_column(Text_(120), default="")
    """Who came with them."""
    task_id: Mapped[int | None] = mapped_column(Id, ForeignKey("task.id"))
    """To call them back."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (Index("ix_visit_state", "state"),)


class Signpost(Versioned, Base):
    """Where people are sent who need somebody else: kept by the office, read out, printed or texted."""

    __tablename__ = "signpost"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(Text_(80), unique=True)
    words: Mapped[str] = mapped_column(Text_(1000), default="")
    telephone: Mapped[str] = mapped_column(Text_(60), default="")
    link: Mapped[str] = mapped_column(Text_(200), default="")
    verified_on: Mapped[date | None]
    """When the office last looked whether it is still right."""
    place: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class VisitSignpost(Base):
    """Where a visitor or caller was sent."""

    __tablename__ = "visit_signpost"

    visit_id: Mapped[int] = mapped_column(Id, ForeignKey("visit.id"), primary_key=True)
    signpost_id: Mapped[int] = mapped_column(Id, ForeignKey("signpost.id"), primary_key=True)
    handed: Mapped[Handed] = mapped_column(Word(Handed))


class Appointment(Versioned, Base):
    """A time at which somebody is to come."""

    __tablename__ = "appointment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    minutes: Mapped[int] = mapped_column(default=20)
    state: Mapped[AppointmentState] = mapped_column(Word(AppointmentState))
    reason_id: Mapped[int] = mapped_column(Id, ForeignKey("visit_reason.id"))
    desk_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payment_desk.id"))
    with_officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    name: Mapped[str] = mapped_column(Text_(120), default="")
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"))
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"))
    visit_id: Mapped[int | None] = mapped_column(Id, ForeignKey("visit.id"))
    """The visit that it became."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text_(400), default="")


class VisitIncident(Versioned, Base):
    """Something that happened at a desk.

    What is written of it is sealed: whoever reported it may read it, and whoever may open restricted records.
    """

    __tablename__ = "visit_incident"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    kind: Mapped[IncidentKind] = mapped_column(Word(IncidentKind))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    visit_id: Mapped[int | None] = mapped_column(Id, ForeignKey("visit.id"), index=True)
    desk_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payment_desk.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    police_reference: Mapped[str] = mapped_column(Text_(40), default="")
    reported_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
