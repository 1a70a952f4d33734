"""Suspense: money that came in for nobody's known account, until it is put where it belongs or goes back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.reception_payments import desks  # noqa: F401
from app.models.values import SuspenseMoveKind, SuspenseMoveState, SuspenseSource, SuspenseState


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


class SuspenseMove(Base):
    """Some of an item, and where it goes: confirmed by one officer, and by policy approved by another."""

    __tablename__ = "suspense_move"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("suspense_item.id"), index=True)
    kind: Mapped[SuspenseMoveKind] = mapped_column(Word(SuspenseMoveKind))
    state: Mapped[SuspenseMoveState] = mapped_column(Word(SuspenseMoveState))
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """The tenant's account, the control account of other income, or that of refunds."""
    stream_id: Mapped[int | None] = mapped_column(Id, ForeignKey("income_stream.id"))
    pence: Mapped[int] = mapped_column(Pence)
    """Of the same sign as the item."""
    why: Mapped[str] = mapped_column(Text_(200), default="")
    """The reason of the candidate that was confirmed, or the officer's own."""
    learn: Mapped[bool] = mapped_column(default=False)
    """The payer is remembered for this account."""
    confirmed_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    journal: Mapped[int | None] = mapped_column(Id, index=True)


class KnownPayer(Versioned, Base):
    """A payer whose money belonged to an account once; it is proposed for it again, and never posted by itself."""

    __tablename__ = "known_payer"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    payer: Mapped[str] = mapped_column(Text_(120))
    """Their name as the bank gives it, folded."""
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    learnt_from: Mapped[int] = mapped_column(Id, ForeignKey("suspense_item.id"))
    last_on: Mapped[date]
    """The day of the last payment of theirs that was put there."""
    times: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (Index("uq_known_payer_payer_account_id", "payer", "account_id", unique=True),)
