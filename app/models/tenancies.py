"""Tenancies, and what happened to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import imports, officers, properties  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word
from app.models.values import PaymentMethod, TenancyChange, Tenure


class Tenancy(Versioned, Base):
    """A letting of one property; `start_on` and `end_on` are both days of the tenancy, no end means live."""

    __tablename__ = "tenancy"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ref: Mapped[str] = mapped_column(Text_(40), unique=True)
    ref_key: Mapped[str] = mapped_column(Text_(40), index=True)
    """The reference without spaces, in capitals: what is looked up."""
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"))
    tenure: Mapped[Tenure] = mapped_column(Word(Tenure))
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    payment_method: Mapped[PaymentMethod] = mapped_column(Word(PaymentMethod))
    trial_ends_on: Mapped[date | None]
    """The last day of an introductory tenancy's trial (Housing Act 1996 s.125), as extended."""
    term_ends_on: Mapped[date | None]
    """The last day of a flexible tenancy's fixed term."""
    before_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tenancy.id"), index=True)
    """The tenancy that this one came from by transfer, exchange, succession or decant."""
    succeeded: Mapped[bool] = mapped_column(default=False, server_default="0")
    """The one succession that the law allows has been used (Housing Act 1985 s.87, s.88)."""
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="ends_after_start"),
        Index("ix_tenancy_property_id_start_on", "property_id", "start_on"),
    )


class GarageHome(Base):
    """A home that a letting of a garage or a parking space goes with, which decides VAT (HMRC VATGPB8345).

    It has no days: the home's own first and last day, and those of the people who hold both, say in which weeks it counts.
    A garage that is kept through a transfer goes with both homes, each in its time.
    """

    __tablename__ = "garage_home"

    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True)
    """The letting of the garage."""
    home_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True, index=True)
    """The tenancy of the home."""
    near: Mapped[bool]
    """The garage is near that home."""


class TenancyEvent(Base):
    """A line of a tenancy's history; never changed."""

    __tablename__ = "tenancy_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"))
    change: Mapped[TenancyChange] = mapped_column(Word(TenancyChange))
    effective_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    words: Mapped[str] = mapped_column(LongText, default="")
    """What was done, as a sentence; names of people are not in it."""
    other_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tenancy.id"))
    """The other tenancy of a transfer, exchange, succession or decant."""
    journal: Mapped[int | None] = mapped_column(Id)
    """The journal that was posted with it, if one was."""

    __table_args__ = (
        Index("ix_tenancy_event_tenancy_id_effective_on", "tenancy_id", "effective_on"),
        Index("ix_tenancy_event_effective_on", "effective_on"),
    )
