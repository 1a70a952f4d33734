"""Schedules: how an instalment was worked out, the collections that it plans, and what the payer was told of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, letters, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import (
    BacsCode,
    CollectionKind,
    CollectionState,
    Frequency,
    NoticeKind,
    PartKind,
    ScheduleState,
)


class DebitSchedule(Versioned, Base):
    """A version of what a mandate collects until the end of the rent year; the parts say why, and add up to the total."""

    __tablename__ = "debit_schedule"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    number: Mapped[int]
    """Of its mandate, from 1."""
    state: Mapped[ScheduleState] = mapped_column(Word(ScheduleState))
    frequency: Mapped[Frequency] = mapped_column(Word(Frequency))
    day: Mapped[int]
    """Of the month (monthly, quarterly), else of the week (0 is Monday)."""
    starts_on: Mapped[date]
    """The first nominal day."""
    first_week_on: Mapped[date]
    """The first Monday whose charges are in it."""
    ends_on: Mapped[date]
    """The last day of the rent year that it covers."""
    count: Mapped[int] = mapped_column("collection_count")
    pence: Mapped[int] = mapped_column(Pence)
    """The usual instalment; the first takes the odd pence."""
    first_pence: Mapped[int] = mapped_column(Pence)
    total_pence: Mapped[int] = mapped_column(Pence)
    forecast_pence: Mapped[int] = mapped_column(Pence)
    """The balance of its accounts at the end of the year, if all goes as worked out (owed is positive)."""
    reason: Mapped[str] = mapped_column(Text_(200))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("uq_debit_schedule_mandate_id_number", "mandate_id", "number", unique=True),
        unique_where("uq_debit_schedule_current", "mandate_id", where=state == ScheduleState.CURRENT),
    )


class SchedulePart(Base):
    """A part of the sum of a schedule, for one account; what lowers the sum is below nothing."""

    __tablename__ = "schedule_part"

    schedule_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_schedule.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    kind: Mapped[PartKind] = mapped_column(Word(PartKind))
    pence: Mapped[int] = mapped_column(Pence)
    words: Mapped[str] = mapped_column(Text_(200), default="")
    """How it comes about: `19 weeks of £118.42, 2 of them rent-free`."""


class Collection(Versioned, Base):
    """One collection: planned, changed by hand, sent, posted, and perhaps returned."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"))
    schedule_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_schedule.id"), index=True)
    kind: Mapped[CollectionKind] = mapped_column(Word(CollectionKind))
    state: Mapped[CollectionState] = mapped_column(Word(CollectionState))
    planned_on: Mapped[date]
    """The nominal day, such as the 1st."""
    due_on: Mapped[date]
    """The working day of Bacs on which the money moves."""
    pence: Mapped[int] = mapped_column(Pence)
    by_hand: Mapped[str] = mapped_column(Text_(200), default="")
    """Why an officer skipped, added, moved or changed it; empty if none did."""
    noticed_on: Mapped[date | None]
    """The day on which notice of it was given."""
    noticed_due_on: Mapped[date | None]
    noticed_pence: Mapped[int | None] = mapped_column(Pence)
    """What the payer was told."""
    notice_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_notice.id"))
    code: Mapped[BacsCode | None] = mapped_column(Word(BacsCode))
    """As it was sent."""
    run_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_run.id"), index=True)
    """The run that took it last."""
    again_of: Mapped[int | None] = mapped_column(Id, ForeignKey("collection.id"), index=True)
    """Of one that is presented again, the one that came back."""
    journal: Mapped[int | None] = mapped_column(Id)
    return_journal: Mapped[int | None] = mapped_column(Id)
    returned_on: Mapped[date | None]
    return_code: Mapped[str] = mapped_column(Text_(4), default="")

    __table_args__ = (
        CheckConstraint("pence >= 0", name="not_negative"),
        Index("ix_collection_mandate_id_state", "mandate_id", "state"),
        Index("ix_collection_state_due_on", "state", "due_on"),
    )


class CollectionShare(Base):
    """What of a collection goes to one account; they add up to it."""

    __tablename__ = "collection_share"

    collection_id: Mapped[int] = mapped_column(Id, ForeignKey("collection.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True, index=True)
    pence: Mapped[int] = mapped_column(Pence)


class DebitNotice(Base):
    """What a payer was told of collections to come, and when."""

    __tablename__ = "debit_notice"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    schedule_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_schedule.id"))
    kind: Mapped[NoticeKind] = mapped_column(Word(NoticeKind))
    given_on: Mapped[date]
    """The day that counts: when it was handed to the post or sent by e-mail, or said on the telephone."""
    first_due_on: Mapped[date]
    days: Mapped[int]
    """The working days of notice that were promised then."""
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"), index=True)
    """The letter or e-mail; None where it was said on the telephone."""
    words: Mapped[str] = mapped_column(Text_(400), default="")
    """What was said on the telephone."""
    taken_back_on: Mapped[date | None]
    """The letter never went: what it told counts as not told."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
