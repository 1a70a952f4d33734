"""Tenancies and who holds them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_, Versioned, Word
from app.models.values import PaymentMethod, Tenure


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
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="ends_after_start"),
        Index("ix_tenancy_property_id_start_on", "property_id", "start_on"),
    )


class Tenant(Base):
    """A person's place in a tenancy; position 1 is named first, joint tenants follow."""

    __tablename__ = "tenant"

    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=1)
