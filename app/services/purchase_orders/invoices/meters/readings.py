"""What bills say of meters, with what is odd about each reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.meters import UtilityMeter, UtilityReading
from app.models.values import InvoiceState, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.dto import ReadingRow
from app.services.purchase_orders.invoices.meters import rules
from app.services.purchase_orders.invoices.meters.rules import Read


def of_invoice(ctx: Context, invoice_id: int) -> tuple[ReadingRow, ...]:
    """The readings of a bill, each held against the earlier ones of its meter."""
    meters = select(UtilityReading.meter_id).where(UtilityReading.invoice_id == invoice_id)
    meter_ids = sorted(set(ctx.session.scalars(meters)))
    return tuple(each for each in of_meters(ctx, meter_ids) if each.invoice_id == invoice_id)


def of_meters(ctx: Context, meter_ids: Sequence[int]) -> tuple[ReadingRow, ...]:
    """All readings of meters by days, the latest first, with what is odd about each; cancelled bills are left out."""
    by_meter: dict[int, list[Any]] = defaultdict(list)
    for chunk in in_chunks(meter_ids):
        rows = (
            select(UtilityReading, UtilityMeter, SupplierInvoice)
            .join(UtilityMeter, UtilityMeter.id == UtilityReading.meter_id)
            .join(SupplierInvoice, SupplierInvoice.id == UtilityReading.invoice_id)
            .where(UtilityReading.meter_id.in_(chunk), SupplierInvoice.state != InvoiceState.CANCELLED)
            .order_by(UtilityReading.from_on.desc(), UtilityReading.id.desc())
        )
        for row in ctx.session.execute(rows):
            by_meter[row.UtilityReading.meter_id].append(row)
    found: list[ReadingRow] = []
    for rows_of in by_meter.values():
        reads = [read_of(each.UtilityReading) for each in rows_of]
        for at, each in enumerate(rows_of):
            found.append(_row(each, reads[at], [*reads[:at], *reads[at + 1 :]]))
    return tuple(found)


def read_of(row: UtilityReading) -> Read:
    """A reading as the rules read it."""
    return Read(row.from_on, row.to_on, row.opening, row.closing, row.used, row.estimated)


def _row(each: Any, read: Read, others: Sequence[Read]) -> ReadingRow:
    row, meter, invoice = each.UtilityReading, each.UtilityMeter, each.SupplierInvoice
    odd = list(rules.faults(read, others))
    if meter.supplier_id != invoice.supplier_id:
        odd.insert(0, "The meter is under another supplier: it isn't ours to pay here.")
    elif not meter.active:
        odd.insert(0, "The meter is not in use any more.")
    return ReadingRow(
        row.id,
        row.meter_id,
        meter.meter,
        meter.site,
        row.from_on,
        row.to_on,
        row.opening,
        row.closing,
        row.used,
        row.estimated,
        Money(row.net_pence),
        tuple(odd),
        invoice.id,
        keeping.number(invoice),
    )
