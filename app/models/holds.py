"""Holds with what they stop, the cases behind them, and flags on accounts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, imports, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import CaseEnd, HoldKind, Stop


class HoldCase(Versioned, Base):
    """A breathing space or insolvency case: whom it protects, from when, until when, and the debts in it."""

    __tablename__ = "hold_case"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[HoldKind] = mapped_column(Word(HoldKind))
    reference: Mapped[str] = mapped_column(Text_(60), index=True)
    """As the Insolvency Service, the court or the practitioner gives it."""
    crisis: Mapped[bool] = mapped_column(default=False)
    """Of a breathing space: it is for mental-health crisis treatment, and lasts as long as that and a while longer."""
    applied_on: Mapped[date]
    """The day of the application or order: debts owed at its end are in the case."""
    notified_on: Mapped[date]
    """The day we were told."""
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    """The last day of its protection; none while treatment goes on or the order has no end."""
    treatment_ended_on: Mapped[date | None]
    review_on: Mapped[date | None]
    """The day by which it is to be looked at: of a breathing space, when the adviser's midway review should be known."""
    reviewed_on: Mapped[date | None]
    adviser: Mapped[str] = mapped_column(Text_(200), default="")
    """The debt adviser, trustee or supervisor, and how to reach them."""
    note: Mapped[str] = mapped_column(LongText, default="")
    searched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When every account of these people was looked through for other debts (the creditor search)."""
    searched_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    told_adviser_on: Mapped[date | None]
    """The day the adviser was told of further debts that the search found."""
    ended_on: Mapped[date | None]
    """The day it was ended or seen to have ended; none while it is open."""
    end_reason: Mapped[CaseEnd | None] = mapped_column(Word(CaseEnd))
    end_note: Mapped[str] = mapped_column(Text_(400), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))

    __table_args__ = (
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="ends_after_start"),
        Index("ix_hold_case_ended_on", "ended_on"),
    )


class HoldCasePerson(Base):
    """Somebody whom a case protects."""

    __tablename__ = "hold_case_person"

    case_id: Mapped[int] = mapped_column(Id, ForeignKey("hold_case.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, index=True)


class HoldDebt(Versioned, Base):
    """An account whose debt is in a case, with what was owed at the end of the day of the application."""

    __tablename__ = "hold_debt"

    case_id: Mapped[int] = mapped_column(Id, ForeignKey("hold_case.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True, index=True)
    pence: Mapped[int] = mapped_column(Pence)
    named: Mapped[bool] = mapped_column(default=True)
    """The notice named it; otherwise our own search found it."""
    added_on: Mapped[date]


class Hold(Versioned, Base):
    """Why something must not happen to an account, from a day to a day (both held; no end means until it is released)."""

    __tablename__ = "hold"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    kind: Mapped[HoldKind] = mapped_column(Word(HoldKind))
    reason: Mapped[str] = mapped_column(Text_(400))
    from_on: Mapped[date]
    to_on: Mapped[date | None] = mapped_column(index=True)
    placed_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    case_id: Mapped[int | None] = mapped_column(Id, ForeignKey("hold_case.id"), index=True)
    review_on: Mapped[date | None]
    """The day by which somebody looks whether it is still needed."""
    closed_on: Mapped[date | None]
    """The day it was released, or its end was noted; none while it holds or nobody has been told of its end."""
    released: Mapped[str] = mapped_column(Text_(400), default="", server_default="")
    """Why it was released before its end."""


class HoldStop(Base):
    """One thing that a hold stops."""

    __tablename__ = "hold_stop"

    hold_id: Mapped[int] = mapped_column(Id, ForeignKey("hold.id"), primary_key=True)
    stop: Mapped[Stop] = mapped_column(Word(Stop), primary_key=True)


class Flag(Versioned, Base):
    """Something that officers must see on an account, such as `vulnerable` or `disputed`."""

    __tablename__ = "flag"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    flag: Mapped[str] = mapped_column(Text_(60))
    note: Mapped[str] = mapped_column(Text_(400), default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))
