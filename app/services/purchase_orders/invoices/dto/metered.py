"""Meters and what their bills say, and the monthly return of CIS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What a bill says of a meter, and what is odd about it."""

    reading_id: int
    meter_id: int
    meter: str
    site: str
    from_on: date
    to_on: date
    opening: int | None
    closing: int | None
    used: int
    estimated: bool
    net: Money
    faults: tuple[str, ...] = ()
    invoice_id: int | None = None
    invoice_number: str = ""


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter of the register; `used` over the last twelve months of bills, `last_on` the last day billed."""

    meter_id: int
    version: int
    supplier_id: int
    supplier: str
    account_number: str
    meter: str
    kind: str
    site: str
    property_id: int | None
    code: str
    registered_on: date | None
    active: bool
    last_on: date | None
    estimated: bool
    used: int
    cost: Money


@dataclass(frozen=True, slots=True)
class MonthUse:
    """Consumption of a calendar month, spread by days; `before` that of the same month a year earlier."""

    month: date
    used: int
    before: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class CisLine:
    """What the monthly return has of a supplier: paid in a tax month (6th to 5th)."""

    supplier_id: int
    supplier: str
    cis_reference: str
    status: str
    gross: Money
    materials: Money
    deducted: Money
    invoices: int
