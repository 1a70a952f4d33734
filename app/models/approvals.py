"""Requests for approval: what one officer asks for, another decides, and what became of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word, current_login
from app.models.values import ApprovalState, Subject


class ApprovalRequest(Versioned, Base):
    """Something that needs a second person. `payload` is JSON; `digest` proves that it is what was asked for."""

    __tablename__ = "approval_request"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text_(40))
    subject: Mapped[Subject] = mapped_column(Word(Subject))
    subject_id: Mapped[int] = mapped_column(Id)
    summary: Mapped[str] = mapped_column(Text_(200))
    reason: Mapped[str] = mapped_column(Text_(1000))
    payload: Mapped[str] = mapped_column(LongText)
    digest: Mapped[str] = mapped_column(Text_(64))
    total_pence: Mapped[int | None] = mapped_column(Pence)
    largest_pence: Mapped[int | None] = mapped_column(Pence)
    count: Mapped[int] = mapped_column(default=1)
    chain: Mapped[str] = mapped_column(Text_(80), default="")
    state: Mapped[ApprovalState] = mapped_column(Word(ApprovalState))
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date] = mapped_column()
    """The last day on which it may be approved; after it the requester asks again."""
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    decided_for: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Whose approvals the decider had been given by delegation, where it was not on their own."""
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str] = mapped_column(Text_(1000), default="")

    __table_args__ = (
        Index("ix_approval_request_state_kind", "state", "kind"),
        Index("ix_approval_request_subject_subject_id", "subject", "subject_id"),
        Index("ix_approval_request_asked_by_state", "asked_by", "state"),
        Index("ix_approval_request_chain", "chain"),
        {"implicit_returning": False},
    )


class ApprovalDetail(Base):
    """One line of what a request changes, as it stood when it was asked."""

    __tablename__ = "approval_detail"

    request_id: Mapped[int] = mapped_column(Id, ForeignKey("approval_request.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(Text_(200))
    before: Mapped[str] = mapped_column(LongText, default="")
    after: Mapped[str] = mapped_column(LongText, default="")


class ApprovalEvent(Base):
    """One step of a request's trail: who, when, why. Append only (triggers refuse anything else)."""

    __tablename__ = "approval_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(Id, ForeignKey("approval_request.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    for_officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    action: Mapped[str] = mapped_column(Text_(20))
    """`asked`, `asked again`, `returned`, `refused`, `approved`, `withdrawn`."""
    reason: Mapped[str] = mapped_column(Text_(1000), default="")
    digest: Mapped[str] = mapped_column(Text_(64))
    """What the request said at this step."""
    login: Mapped[str] = mapped_column(Text_(128), server_default=current_login())
    """Written by the database, never by the program: on SQL Server the login that took the step, in a SQLite file nothing."""

    __table_args__ = ({"implicit_returning": False},)
