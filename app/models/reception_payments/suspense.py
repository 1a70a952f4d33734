"""Suspense: money that came in for nobody's known account, until it is put where it belongs or goes back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import SuspenseSource, SuspenseState


class SuspenseItem(Versioned, Base):
    """One amount on the suspense control account, as it came in; `left_pence` is what isn't put anywhere yet.

    A name or reference that a payer gave is kept here, never in the ledger.
    """

    __tablename__ = "suspense_item"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    source: Mapped[SuspenseSource] = mapped_column(Word(SuspenseSource))
    source_id: Mapped[int] = mapped_column(Id)
    """Of the receipt file, the bank statement or the receipt; `source_line` is the line in it."""
    source_line: Mapped[int] = mapped_column(default=0)
    state: Mapped[SuspenseState] = mapped_column(Word(SuspenseState))
    pence: Mapped[int] = mapped_column(Pence)
    """What came in; less than nothing of money that went out."""
    left_pence: Mapped[int] = mapped_column(Pence)
    code: Mapped[str] = mapped_column(Text_(8))
    """The receipt code under which it came, and under which it goes to an account."""
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    """The suspense control account on which it lies."""
    received_on: Mapped[date] = mapped_column(index=True)
    """The day on which it counts as paid, wherever it goes."""
    reference_given: Mapped[str] = mapped_column(Text_(60), default="")
    payer_name: Mapped[str] = mapped_column(Text_(120), default="")
    narrative: Mapped[str] = mapped_column(Text_(200), default="")
    journal: Mapped[int] = mapped_column(Id, index=True)
    """By which it came into suspense."""
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    """Who looks after it."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    settled_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (
        Index("ix_suspense_item_state", "state"),
        Index("uq_suspense_item_source", "source", "source_id", "source_line", unique=True),
    )
