"""What the council owes for paying late: interest and compensation, worked out for every invoice that was.

Late Payment of Commercial Debts (Interest) Act 1998: statutory interest (s.1, s.6) at the rate of the Order of 2002, and
compensation once for each late debt (s.5A). Interest is counted on the gross amount, without what was kept back, whose
day had not come.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Exists, Row, Select, exists, func, select, true

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceKind, InvoiceState, Money, PaidPart
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.payments import rules
from app.services.purchase_orders.payments.dto import LateRow, invoice_number, run_number
from app.services.purchase_orders.payments.rules import Item
from app.services.purchase_orders.suppliers.rules import spelt

_PARTS: Final = (PaidPart.INTEREST, PaidPart.COMPENSATION)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed for an invoice that was paid late, amounts in pence.

    Attributes:
        percent: the rate a year; none: the base rate of its half year isn't known, so there is no `interest` yet.
        unknown: then which rate is to be entered, as a sentence.
    """

    days: int
    owed: int
    percent: Decimal | None
    interest: int
    compensation: int
    unknown: str = ""

    @property
    def explained(self) -> str:
        """The sum in words."""
        if self.unknown:
            return f"{self.unknown} Compensation is {Money(self.compensation)}."
        return f"{Money(self.owed)} x {self.percent}% x {self.days} days / 365, and {Money(self.compensation)}"


def owed_for(ctx: Context, owed_pence: int, pay_by_on: date, paid_on: date) -> Owed:
    """What is owed for a debt that was to be paid by a day and was paid on a later one.

    The rate of another half year is never taken for one that isn't known.
    """
    rate_on = rules.base_rate_day(pay_by_on)
    days = rules.late_days(pay_by_on, paid_on)
    scope = rules.compensation_scope(owed_pence)
    fixed = ctx.policy.money("purchasing.late_compensation", rate_on, scope).pence if days else 0
    base = ctx.policy.find("purchasing.base_rate", rate_on)
    if base is None or base.effective_from < rate_on:
        return Owed(days, owed_pence, None, 0, fixed, _unknown(rate_on))
    percent = Decimal(base.value) + Decimal(ctx.policy.value("purchasing.late_percent", rate_on))
    return Owed(days, owed_pence, percent, rules.interest(owed_pence, percent, days), fixed)


def items(ctx: Context, invoice_ids: Collection[int]) -> list[Item]:
    """The interest and compensation of late invoices that an officer adds to a run; what a run pays already isn't again."""
    found: list[Item] = []
    for chunk in in_chunks(sorted(set(invoice_ids))):
        for row in ctx.session.execute(_late().where(SupplierInvoice.id.in_(chunk))):
            found += _items(ctx, row)
    return found


def rows(ctx: Context, from_on: date, to_on: date) -> tuple[LateRow, ...]:
    """What is owed for every invoice that was paid late from a day to a day, both included; the latest first."""
    wanted = _late().where(SupplierInvoice.paid_on >= from_on, SupplierInvoice.paid_on <= to_on)
    return tuple(_row(ctx, row) for row in ctx.session.execute(wanted))


def set_off() -> Exists:
    """An invoice was set off against credit notes, so nobody was paid late: for a condition in SQL."""
    return exists().where(
        SupplierPaymentLine.invoice_id == SupplierInvoice.id,
        SupplierPaymentLine.part == PaidPart.INVOICE,
        SupplierPaymentLine.stands == true(),
        SupplierPayment.id == SupplierPaymentLine.payment_id,
        SupplierPayment.pence == 0,
    )


def _late() -> Select[*tuple[Any, ...]]:
    """Invoices that were paid late, each once, with the run that pays what is owed for it."""
    pays = (
        select(func.min(SupplierRun.number))
        .join(SupplierPayment, SupplierPayment.run_id == SupplierRun.id)
        .join(SupplierPaymentLine, SupplierPaymentLine.payment_id == SupplierPayment.id)
        .where(
            SupplierPaymentLine.invoice_id == SupplierInvoice.id,
            SupplierPaymentLine.part.in_(_PARTS),
            SupplierPaymentLine.stands,
        )
    )
    return (
        select(SupplierInvoice, Supplier.name, pays.scalar_subquery().label("run"))
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .where(
            SupplierInvoice.state == InvoiceState.PAID,
            SupplierInvoice.kind != InvoiceKind.CREDIT_NOTE,
            SupplierInvoice.paid_on > SupplierInvoice.pay_by_on,
            ~set_off(),
        )
        .order_by(SupplierInvoice.paid_on.desc(), SupplierInvoice.id)
    )


def _owed(ctx: Context, invoice: SupplierInvoice) -> Owed:
    assert invoice.paid_on is not None
    return owed_for(ctx, invoice.gross_pence - invoice.retention_pence, invoice.pay_by_on, invoice.paid_on)


def _items(ctx: Context, row: Row[*tuple[Any, ...]]) -> list[Item]:
    invoice: SupplierInvoice = row.SupplierInvoice
    owed = _owed(ctx, invoice)
    amounts = zip(_PARTS, (owed.interest, owed.compensation), strict=True)
    return [
        Item(
            invoice.id,
            invoice.supplier_id,
            invoice_number(invoice.number),
            invoice.supplier_number,
            invoice.state,
            invoice.invoice_on,
            invoice.pay_by_on,
            part,
            pence,
            approved_by=invoice.approved_by,
            run=run_number(row.run) if row.run else "",
            unknown=owed.unknown,
        )
        for part, pence in amounts
        if pence or owed.unknown
    ]


def _unknown(rate_on: date) -> str:
    """Which rate is to be entered, and where."""
    return (
        f"No base rate is entered for the half year from {spelt(rate_on)}: in Admin, Policy values, enter the Bank of "
        f"England's rate of {spelt(rate_on - timedelta(1))} from {spelt(rate_on)}."
    )


def _row(ctx: Context, row: Row[*tuple[Any, ...]]) -> LateRow:
    invoice: SupplierInvoice = row.SupplierInvoice
    owed = _owed(ctx, invoice)
    assert invoice.paid_on is not None
    return LateRow(
        invoice.id,
        invoice_number(invoice.number),
        invoice.supplier_number,
        invoice.supplier_id,
        row.name,
        invoice.pay_by_on,
        invoice.paid_on,
        owed.days,
        Money(owed.owed),
        str(owed.percent or ""),
        None if owed.unknown else Money(owed.interest),
        Money(owed.compensation),
        owed.explained,
        run_number(row.run) if row.run else "",
    )
