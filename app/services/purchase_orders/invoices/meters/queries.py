"""The register of meters, their readings, and consumption by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from app.models.purchase_orders.budgets import CostCentre, SubjectiveCode
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.meters import UtilityMeter, UtilityReading
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, Money, PurchaseVat, UtilityKind
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.finding import has_word
from app.services.core.records import record
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import spelt_code, year_of
from app.services.purchase_orders.invoices.dto import (
    MeterRow,
    MonthUse,
    NewInvoice,
    NewInvoiceLine,
    NewReading,
    NewSplit,
    ReadingRow,
)
from app.services.purchase_orders.invoices.meters import readings as reading
from app.services.purchase_orders.invoices.meters import rules
from app.services.purchase_orders.invoices.meters.rules import Read

KINDS = {
    UtilityKind.ELECTRICITY: "Electricity",
    UtilityKind.GAS: "Gas",
    UtilityKind.WATER: "Water",
    UtilityKind.HEAT: "Heat",
}
_YEAR = timedelta(365)
_DESCRIPTION = 200


def meters(
    ctx: Context, supplier_id: int | None = None, text: str = "", *, active: bool | None = None
) -> tuple[MeterRow, ...]:
    """The meters by supplier, account and number, with what their bills of the last twelve months say."""
    bills = _bills(ctx)
    statement = (
        select(UtilityMeter, Supplier.name, CostCentre.code, SubjectiveCode.code.label("subjective"), bills)
        .join(Supplier, Supplier.id == UtilityMeter.supplier_id)
        .join(CostCentre, CostCentre.id == UtilityMeter.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == UtilityMeter.subjective_id)
        .outerjoin(bills, bills.c.meter_id == UtilityMeter.id)
        .order_by(Supplier.name, UtilityMeter.account_number, UtilityMeter.meter)
    )
    for word in text.split():
        columns = (Supplier.name, UtilityMeter.account_number, UtilityMeter.meter, UtilityMeter.site)
        statement = statement.where(has_word(word, *columns))
    if supplier_id is not None:
        statement = statement.where(UtilityMeter.supplier_id == supplier_id)
    if active is not None:
        statement = statement.where(UtilityMeter.active == active)
    return tuple(_row(each) for each in ctx.session.execute(statement))


def readings(ctx: Context, meter_id: int) -> tuple[ReadingRow, ...]:
    """What the bills of a meter say, the latest first, with what is odd about each."""
    record(ctx, UtilityMeter, meter_id, "meter")
    return reading.of_meters(ctx, [meter_id])


def months(ctx: Context, meter_id: int, count: int = 24) -> tuple[MonthUse, ...]:
    """Consumption of a meter by calendar month up to this one, the year before beside it, for the chart."""
    found = _reads(ctx, meter_id)
    return rules.by_month(found, ctx.clock.today(), count)


def check(ctx: Context, new: NewReading, but_invoice_id: int | None = None) -> tuple[str, ...]:
    """What is odd about a reading that isn't kept yet."""
    others = _reads(ctx, new.meter_id, but_invoice_id)
    return rules.faults(Read(new.from_on, new.to_on, new.opening, new.closing, new.used, new.estimated), others)


def budget_of(ctx: Context, meter_id: int, on: date | None = None) -> int:
    """The budget that a meter's bills are on, in the financial year of a day; none: of today.

    Raises:
        UserError: there is none.
    """
    row = record(ctx, UtilityMeter, meter_id, "meter")
    centre = ctx.session.get_one(CostCentre, row.cost_centre_id)
    code = ctx.session.get_one(SubjectiveCode, row.subjective_id)
    return budgets.for_codes(ctx, year_of(on or ctx.clock.today()), centre.code, code.code)


def bill_lines(ctx: Context, new: NewInvoice) -> tuple[NewInvoiceLine, ...]:
    """The lines of a bill that has readings alone: one for each meter, on its codes, with its share of the VAT charged.

    The kind of VAT is the one by which the bill's VAT comes out nearest. A meter whose codes have no budget is left without.
    """
    net = sum(each.net.pence for each in new.readings)
    kinds = (PurchaseVat.STANDARD, PurchaseVat.REDUCED, PurchaseVat.ZERO)
    off = {kind: abs(amounts.vat(net, amounts.vat_rate(ctx, kind, new.invoice_on)) - new.vat.pence) for kind in kinds}
    kind = min(kinds, key=lambda each: off[each])
    vats = amounts.shares(new.vat.pence, [each.net.pence for each in new.readings]) if net else (0,) * len(new.readings)
    found = []
    for each, vat in zip(new.readings, vats, strict=True):
        meter = record(ctx, UtilityMeter, each.meter_id, "meter")
        try:
            splits: tuple[NewSplit, ...] = (NewSplit(budget_of(ctx, meter.id, new.invoice_on), each.net),)
        except UserError:
            splits = ()
        words = f"{KINDS[meter.kind]}, {meter.site}, {meter.meter}"[:_DESCRIPTION]
        price = each.net.pence * amounts.UNIT
        found.append(NewInvoiceLine(words, amounts.UNIT, price, kind, Money(vat), each.net, splits=splits))
    return tuple(found)


def _reads(ctx: Context, meter_id: int, but_invoice_id: int | None = None) -> Sequence[Read]:
    rows = (
        select(UtilityReading)
        .join(SupplierInvoice, SupplierInvoice.id == UtilityReading.invoice_id)
        .where(
            UtilityReading.meter_id == meter_id,
            SupplierInvoice.state != InvoiceState.CANCELLED,
            SupplierInvoice.id != (but_invoice_id or 0),
        )
        .order_by(UtilityReading.from_on)
    )
    return [reading.read_of(each) for each in ctx.session.scalars(rows)]


def _bills(ctx: Context) -> Any:
    """By meter: the last day billed, what was used and what it cost in twelve months, and whether the last was estimated."""
    standing = (
        select(
            UtilityReading.meter_id,
            UtilityReading.to_on,
            UtilityReading.used,
            UtilityReading.net_pence,
            UtilityReading.estimated,
            func.row_number()
            .over(
                partition_by=UtilityReading.meter_id, order_by=(UtilityReading.to_on.desc(), UtilityReading.id.desc())
            )
            .label("place"),
        )
        .join(SupplierInvoice, SupplierInvoice.id == UtilityReading.invoice_id)
        .where(SupplierInvoice.state != InvoiceState.CANCELLED, UtilityReading.to_on > ctx.clock.today() - _YEAR)
        .subquery()
    )
    last = select(standing.c.meter_id, standing.c.estimated).where(standing.c.place == 1).subquery()
    sums = (
        select(
            standing.c.meter_id,
            func.max(standing.c.to_on).label("last_on"),
            func.sum(standing.c.used).label("used"),
            func.sum(standing.c.net_pence).label("cost"),
        )
        .group_by(standing.c.meter_id)
        .subquery()
    )
    return (
        select(sums.c.meter_id, sums.c.last_on, sums.c.used, sums.c.cost, last.c.estimated)
        .join(last, last.c.meter_id == sums.c.meter_id)
        .subquery()
    )


def _row(each: Any) -> MeterRow:
    meter = each.UtilityMeter
    return MeterRow(
        meter.id,
        meter.version,
        meter.supplier_id,
        each.name,
        meter.account_number,
        meter.meter,
        KINDS[meter.kind],
        meter.site,
        meter.property_id,
        spelt_code(each.code, each.subjective),
        meter.registered_on,
        meter.active,
        each.last_on,
        bool(each.estimated),
        int(each.used or 0),
        Money(int(each.cost or 0)),
    )
