"""Tills: who held one from float to cash-up, each count of it, and what went to the bank."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.reception_payments import desks, receipts  # noqa: F401
from app.models.values import BankingState, TillCountKind, TillState


class Till(Versioned, Base):
    """A till at a desk. A desk that has one takes cash and cheques only while one is open."""

    __tablename__ = "till"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    desk_id: Mapped[int] = mapped_column(Id, ForeignKey("payment_desk.id"))
    name: Mapped[str] = mapped_column(Text_(40))
    float_pence: Mapped[int] = mapped_column(Pence)
    """What it begins with, where nothing else is said."""
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("desk_id", "name"),)


class Banking(Versioned, Base):
    """Money of closed sessions on its way to the bank, with its paying-in slip and its bag."""

    __tablename__ = "banking"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Of the paying-in slip, gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    desk_id: Mapped[int] = mapped_column(Id, ForeignKey("payment_desk.id"))
    state: Mapped[BankingState] = mapped_column(Word(BankingState))
    bag: Mapped[str] = mapped_column(Text_(40))
    """The number printed on it."""
    cash_pence: Mapped[int] = mapped_column(Pence)
    cheque_pence: Mapped[int] = mapped_column(Pence)
    cheque_count: Mapped[int]
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    banked_on: Mapped[date | None]
    banked_pence: Mapped[int | None] = mapped_column(Pence)
    """What the bank counted."""
    match_id: Mapped[int | None] = mapped_column(Id, index=True)
    """The match by which it was found on a statement; no foreign key, since that table is younger."""
    cancelled_why: Mapped[str] = mapped_column(Text_(200), default="")

    __table_args__ = (
        CheckConstraint("sealed_by <> made_by", name="two_officers"),
        unique_where("uq_banking_bag", "bag", where=state != BankingState.CANCELLED),
    )


class BankingLine(Base):
    """How many of a note or coin went into a bag, as its paying-in slip says."""

    __tablename__ = "banking_line"

    banking_id: Mapped[int] = mapped_column(Id, ForeignKey("banking.id"), primary_key=True)
    denomination_pence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quantity: Mapped[int]


class TillSession(Versioned, Base):
    """A till from its float until it is cashed up and signed. All that is taken meanwhile is of its business day."""

    __tablename__ = "till_session"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    till_id: Mapped[int] = mapped_column(Id, ForeignKey("till.id"), index=True)
    state: Mapped[TillState] = mapped_column(Word(TillState))
    business_on: Mapped[date]
    opened_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    holder_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    """Who answers for it now."""
    float_pence: Mapped[int] = mapped_column(Pence)
    expected_pence: Mapped[int | None] = mapped_column(Pence)
    counted_pence: Mapped[int | None] = mapped_column(Pence)
    """Cash as it was counted at the cash-up, float and all; `expected_pence` is what it should have been."""
    cheque_pence: Mapped[int | None] = mapped_column(Pence)
    cheque_count: Mapped[int | None]
    why: Mapped[str] = mapped_column(Text_(400), default="")
    """How what was over or under came about."""
    signed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    journal: Mapped[int | None] = mapped_column(Id)
    """Of what was over or under."""
    banking_id: Mapped[int | None] = mapped_column(Id, ForeignKey("banking.id"), index=True)

    __table_args__ = (
        CheckConstraint("signed_by <> holder_id", name="two_officers"),
        unique_where("uq_till_session_till_id_open", "till_id", where=state == TillState.OPEN),
        {"implicit_returning": False},
    )


class TillCount(Base):
    """The cash in a till, counted. What it should have been is kept beside it, and shown after the count only."""

    __tablename__ = "till_count"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    session_id: Mapped[int] = mapped_column(Id, ForeignKey("till_session.id"), index=True)
    kind: Mapped[TillCountKind] = mapped_column(Word(TillCountKind))
    counted_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pence: Mapped[int] = mapped_column(Pence)
    expected_pence: Mapped[int] = mapped_column(Pence)
    to_officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Of a change of hands: who takes it over, and `accepted_at` when they agreed to the count."""
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(Text_(400), default="")


class TillCountLine(Base):
    """How many of a note or coin there were."""

    __tablename__ = "till_count_line"

    count_id: Mapped[int] = mapped_column(Id, ForeignKey("till_count.id"), primary_key=True)
    denomination_pence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quantity: Mapped[int]


class TillReceipt(Base):
    """A receipt that was taken at a till."""

    __tablename__ = "till_receipt"

    receipt_id: Mapped[int] = mapped_column(Id, ForeignKey("receipt.id"), primary_key=True, autoincrement=False)
    session_id: Mapped[int] = mapped_column(Id, ForeignKey("till_session.id"), index=True)
