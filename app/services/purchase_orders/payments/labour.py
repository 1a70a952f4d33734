"""CIS as it is deducted when a supplier is paid: by the status and the rate of the day of payment.

Finance Act 2004 s.61: the sum is deducted on making the payment, so what HMRC has the subcontractor as on that day counts, not
what it had when the invoice came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import Table, bindparam, select, update

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierRun
from app.models.values import CisStatus, InvoiceState, Money, PaidPart
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.invoices.rules import cis
from app.services.purchase_orders.payments.dto import run_number
from app.services.purchase_orders.payments.rules import Item, Payment
from app.services.purchase_orders.suppliers import cis_before
from app.services.purchase_orders.suppliers.rules import spelt

_BEARS: Final = (PaidPart.INVOICE, PaidPart.CREDIT_PART)
_INVOICES: Final[Table] = SupplierInvoice.metadata.tables["supplier_invoice"]


def deducted(ctx: Context, items: Sequence[Item], pay_on: date) -> list[Item]:
    """The items, with the CIS of the day of payment; of a credit note for an invoice that is paid, of the day of that.

    A credit note of which a part was taken off keeps what was deducted of it then.
    """
    bears = {item.supplier_id for item in items if item.labour and item.part is PaidPart.INVOICE}
    if not bears:
        return list(items)
    paid = _paid_on(ctx, [item.credits_id for item in items if item.credits_id is not None and item.labour])
    days = {pay_on, *paid.values()}
    statuses = {day: cis_before.status_on(ctx, bears, day) for day in sorted(days)}
    rates = {(day, status): _rate(ctx, status, day) for day in days for status in CisStatus}
    return [_with_cis(item, paid.get(item.credits_id or 0, pay_on), statuses, rates) for item in items]


def write(ctx: Context, run: SupplierRun, payments: Sequence[Payment]) -> None:
    """Write with the invoices of a run what is deducted of them, where that is another sum than was approved."""
    wanted = {
        item.invoice_id: abs(item.cis)
        for payment in payments
        for item in payment.items
        if item.part in _BEARS and item.labour
    }
    values = [
        {"this": row.id, "deducted": wanted[row.id]}
        for chunk in in_chunks(sorted(wanted))
        for row in ctx.session.execute(select(_INVOICES.c.id, _INVOICES.c.cis_pence).where(_INVOICES.c.id.in_(chunk)))
        if row.cis_pence != wanted[row.id]
    ]
    if not values:
        return
    statement = update(_INVOICES).where(_INVOICES.c.id == bindparam("this"))
    ctx.session.connection().execute(statement.values(cis_pence=bindparam("deducted")), values)
    what = "CIS of the day of payment"
    audit.record_bulk(ctx, _INVOICES.name, "update", rows=len(values), what=what, run=run_number(run.number))


def _with_cis(
    item: Item,
    on: date,
    statuses: Mapping[date, Mapping[int, CisStatus]],
    rates: Mapping[tuple[date, CisStatus], Decimal],
) -> Item:
    if not item.labour or item.part is not PaidPart.INVOICE:
        return item
    status = statuses[on][item.supplier_id]
    now = cis.deduction(status, rates[on, status], Money(item.labour), Money(item.net)).deducted.pence
    sign = -1 if item.credit else 1
    if now == abs(item.cis):
        return item
    words = (
        f"{item.number}: {Money(now)} goes to HMRC, by its CIS status on {spelt(on)}; it was {Money(abs(item.cis))} when "
        "it was approved."
    )
    return replace(item, cis=sign * now, pence=item.gross - sign * now - item.retention, remark=words)


def _rate(ctx: Context, status: CisStatus, on: date) -> Decimal:
    if status is CisStatus.OUTSIDE:
        return Decimal(0)
    return Decimal(ctx.policy.value("purchasing.cis_rate", on, f"cis:{status.value}"))


def _paid_on(ctx: Context, invoice_ids: Sequence[int]) -> dict[int, date]:
    """The days on which invoices were paid, of those that are."""
    found: dict[int, date] = {}
    for chunk in in_chunks(sorted(set(invoice_ids))):
        rows = select(SupplierInvoice.id, SupplierInvoice.paid_on).where(
            SupplierInvoice.id.in_(chunk), SupplierInvoice.state == InvoiceState.PAID
        )
        found.update({row.id: row.paid_on for row in ctx.session.execute(rows) if row.paid_on is not None})
    return found
