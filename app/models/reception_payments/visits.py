"""The reception log: who came or called, why, how long they waited, and what came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.reception_payments import desks  # noqa: F401
from app.models.values import VisitKind, VisitState


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
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (Index("ix_visit_state", "state"),)
