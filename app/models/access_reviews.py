"""The yearly review of who has access."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the table that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.values import ReviewDecision


class AccessReview(Versioned, Base):
    """One yearly review of who has access; it is finished when every line is signed."""

    __tablename__ = "access_review"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    started_on: Mapped[date]
    due_on: Mapped[date]
    started_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccessReviewLine(Versioned, Base):
    """One officer in a review: what they held when it began, and what the reviewer decided."""

    __tablename__ = "access_review_line"

    review_id: Mapped[int] = mapped_column(Id, ForeignKey("access_review.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    roles: Mapped[str] = mapped_column(Text_(400))
    limits: Mapped[str] = mapped_column(Text_(400), default="")
    decision: Mapped[ReviewDecision | None] = mapped_column(Word(ReviewDecision))
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    signed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
