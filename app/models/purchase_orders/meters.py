"""Meters of utilities and what their bills say of consumption."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import properties  # noqa: F401  the table that these point to
from app.models.db import Base, Id, Pence, Text_, Versioned, Word
from app.models.purchase_orders import budgets, suppliers  # noqa: F401  the tables that these point to
from app.models.values import UtilityKind


class UtilityMeter(Versioned, Base):
    """A meter under an account of the council with a supplier."""

    __tablename__ = "utility_meter"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"))
    account_number: Mapped[str] = mapped_column(Text_(40))
    """The council's account with the supplier."""
    meter: Mapped[str] = mapped_column(Text_(40))
    """The number of the supply point or the meter."""
    kind: Mapped[UtilityKind] = mapped_column(Word(UtilityKind))
    site: Mapped[str] = mapped_column(Text_(120))
    property_id: Mapped[int | None] = mapped_column(Id, ForeignKey("property.id"), index=True)
    cost_centre_id: Mapped[int] = mapped_column(Id, ForeignKey("cost_centre.id"))
    subjective_id: Mapped[int] = mapped_column(Id, ForeignKey("subjective_code.id"))
    registered_on: Mapped[date | None]
    """When the council was registered as the user with the supplier."""
    active: Mapped[bool] = mapped_column(default=True, server_default=true())

    __table_args__ = (Index("uq_utility_meter_supplier_id_meter", "supplier_id", "meter", unique=True),)


class UtilityReading(Base):
    """What a bill says of a meter, for days from and to (both included)."""

    __tablename__ = "utility_reading"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    meter_id: Mapped[int] = mapped_column(Id, ForeignKey("utility_meter.id"), index=True)
    invoice_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_invoice.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    opening: Mapped[int | None] = mapped_column("opening_thousandths", Id)
    closing: Mapped[int | None] = mapped_column("closing_thousandths", Id)
    used: Mapped[int] = mapped_column("used_thousandths", Id)
    """Units of the meter, in thousandths."""
    estimated: Mapped[bool]
    net_pence: Mapped[int] = mapped_column(Pence)

    __table_args__ = (CheckConstraint("to_on >= from_on", name="ends_after_start"),)
