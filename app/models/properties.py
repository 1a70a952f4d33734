"""Properties, rent groups and the calendar by which they are charged."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import imports  # noqa: F401  the table that these point to
from app.models.db import Base, Id, Text_, Versioned, Word
from app.models.values import Fund, PropertyType


class RentGroup(Versioned, Base):
    """Properties charged alike: one fund, one list of free weeks."""

    __tablename__ = "rent_group"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text_(20), unique=True)
    name: Mapped[str] = mapped_column(Text_(80))
    fund: Mapped[Fund] = mapped_column(Word(Fund, 10))


class RentYear(Versioned, Base):
    """A rent year: the Mondays from 1 April to 31 March (52 or 53), unless the landlord says otherwise."""

    __tablename__ = "rent_year"

    first_week_on: Mapped[date] = mapped_column(primary_key=True)
    """The Monday of week 1."""
    weeks: Mapped[int]
    name: Mapped[str] = mapped_column(Text_(20))


class RentFreeWeek(Base):
    """A week in which a rent group is not charged."""

    __tablename__ = "rent_free_week"

    rent_group_id: Mapped[int] = mapped_column(Id, ForeignKey("rent_group.id"), primary_key=True)
    week_on: Mapped[date] = mapped_column(primary_key=True)
    """The Monday."""


class Property(Versioned, Base):
    """A dwelling, garage or other thing that is let."""

    __tablename__ = "property"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ref: Mapped[str] = mapped_column(Text_(40), unique=True)
    uprn: Mapped[str | None] = mapped_column(Text_(12))
    type: Mapped[PropertyType] = mapped_column(Word(PropertyType))
    address_1: Mapped[str] = mapped_column(Text_(120))
    address_2: Mapped[str] = mapped_column(Text_(120), default="")
    town: Mapped[str] = mapped_column(Text_(80), default="")
    postcode: Mapped[str] = mapped_column(Text_(10), default="")
    bedrooms: Mapped[int | None]
    area: Mapped[str] = mapped_column(Text_(60), default="")
    rent_group_id: Mapped[int] = mapped_column(Id, ForeignKey("rent_group.id"), index=True)
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (Index("ix_property_area", "area"),)
