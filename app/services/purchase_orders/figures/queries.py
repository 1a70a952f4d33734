"""The figures of purchasing: each a fixed number of statements, however much there is."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.payments import SupplierRun
from app.models.purchase_orders.suppliers import Supplier, SupplierContract
from app.models.values import DetailState, InvoiceKind, InvoiceState, Money, OrderKind, OrderState, SupplierRunState
from app.services.core.closures import office_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.figures import rules
from app.services.purchase_orders.figures.dto import (
    Bound,
    Compliance,
    EndingContract,
    MonthPaid,
    OverdueOrder,
    Paid,
    PurchaseFigures,
    Spend,
    Waiting,
)
from app.services.purchase_orders.payments import queries as payments
from app.services.purchase_orders.payments.dto import PaidFilter
from app.services.purchase_orders.payments.late import set_off

_HALVES: Final = 3
_SOON: Final = 5
_GROSS: Final = SupplierInvoice.net_pence + SupplierInvoice.vat_pence
_ORDINARY: Final = SupplierInvoice.kind != InvoiceKind.CREDIT_NOTE
_APPROVED: Final = (InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID)
_TO_PAY: Final = (InvoiceState.LOGGED, InvoiceState.WAITING, InvoiceState.APPROVED, InvoiceState.IN_RUN)


def report(ctx: Context, from_on: date, to_on: date) -> PurchaseFigures:
    """The figures: payments and spending from one day to another, both included; what is bound and waits as at today.

    Raises:
        UserError: the span ends before it begins.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    today = ctx.clock.today()
    months = _months(ctx, from_on, to_on)
    return PurchaseFigures(
        today,
        from_on,
        to_on,
        sum((each.paid for each in months), Paid()),
        months,
        tuple(compliance(ctx, *half) for half in rules.half_years(today, _HALVES)),
        spend(ctx, from_on, to_on),
        bound(ctx, today),
        contracts(ctx),
        overdue(ctx),
        payments.late_payments(ctx, from_on, to_on),
        payments.paid(ctx, PaidFilter(from_on=from_on, to_on=to_on)),
    )


def compliance(ctx: Context, from_on: date, to_on: date) -> Compliance:
    """What the payments compliance notice says of a time: how soon was paid, and what was late and unpaid at its end.

    Procurement Act 2023 s.69 and the regulations under it: the average number of days to pay, the percentage paid within 30
    days, in 31 to 60 and in more, and what wasn't paid in time. Of a time that still runs, unpaid is as at today.
    An invoice that is set off against credit notes, or covered whole by its own, counts in none of these.
    """
    as_at = min(to_on, ctx.clock.today())
    unpaid = select(func.count(), func.sum(_GROSS)).where(
        _ORDINARY,
        SupplierInvoice.state != InvoiceState.CANCELLED,
        SupplierInvoice.pay_by_on < as_at,
        SupplierInvoice.received_on <= as_at,
        or_(SupplierInvoice.paid_on.is_(None), SupplierInvoice.paid_on > as_at),
        *_to_be_paid(),
    )
    count, pence = ctx.session.execute(unpaid).one()
    return Compliance(from_on, to_on, as_at, rules.paid(_times(ctx, from_on, to_on)), count, Money(int(pence or 0)))


def _times(ctx: Context, from_on: date, to_on: date) -> list[rules.Times]:
    """When invoices paid from a day to a day were received, to be paid, and paid; those that are alike together."""
    columns = (SupplierInvoice.received_on, SupplierInvoice.pay_by_on, SupplierInvoice.paid_on)
    rows = (
        select(*columns, func.count(), func.sum(_GROSS))
        .where(
            _ORDINARY,
            SupplierInvoice.state == InvoiceState.PAID,
            SupplierInvoice.paid_on >= from_on,
            SupplierInvoice.paid_on <= to_on,
            ~set_off(),
        )
        .group_by(*columns)
    )
    return [
        (received_on, pay_by_on, paid_on, count, int(pence))
        for received_on, pay_by_on, paid_on, count, pence in ctx.session.execute(rows)
        if paid_on is not None
    ]


def _to_be_paid() -> tuple[ColumnElement[bool], ...]:
    """Neither set off against credit notes, nor covered whole by its own: such an invoice has nothing to be paid."""
    note = aliased(SupplierInvoice)
    credited = (
        select(func.coalesce(func.sum(note.net_pence + note.vat_pence), 0))
        .where(note.credits_id == SupplierInvoice.id, note.kind == InvoiceKind.CREDIT_NOTE, note.state.in_(_APPROVED))
        .correlate(SupplierInvoice)
        .scalar_subquery()
    )
    return ~set_off(), credited < _GROSS


def _months(ctx: Context, from_on: date, to_on: date) -> tuple[MonthPaid, ...]:
    by_month: defaultdict[date, list[rules.Times]] = defaultdict(list)
    for each in _times(ctx, from_on, to_on):
        by_month[each[2].replace(day=1)].append(each)
    return tuple(MonthPaid(month, rules.paid(by_month[month])) for month in sorted(by_month, reverse=True))


def spend(ctx: Context, from_on: date, to_on: date) -> tuple[Spend, ...]:
    """What approved invoices with a date from one day to another came to by supplier, before VAT; the most first."""
    signed = case((_ORDINARY, SupplierInvoice.net_pence), else_=-SupplierInvoice.net_pence)
    rows = (
        select(Supplier.id, Supplier.name, func.count().label("invoices"), func.sum(signed).label("pence"))
        .join(SupplierInvoice, SupplierInvoice.supplier_id == Supplier.id)
        .where(
            SupplierInvoice.state.in_(_APPROVED),
            SupplierInvoice.invoice_on >= from_on,
            SupplierInvoice.invoice_on <= to_on,
        )
        .group_by(Supplier.id, Supplier.name)
        .order_by(func.sum(signed).desc(), Supplier.name)
    )
    return tuple(
        Spend(place, row.id, row.name, row.invoices, Money(int(row.pence)))
        for place, row in enumerate(ctx.session.execute(rows), 1)
    )


def bound(ctx: Context, on: date) -> tuple[Bound, ...]:
    """The codes of the financial year of a day on which something is ordered, received or spent, by code."""
    year = on.year if on.month >= 4 else on.year - 1
    used = or_(Budget.commitment_pence != 0, Budget.accrual_pence != 0, Budget.actual_pence != 0)
    rows = (
        select(
            Budget,
            CostCentre.code.label("centre"),
            SubjectiveCode.code.label("subjective"),
            CostCentre.name.label("centre_name"),
            SubjectiveCode.name.label("subjective_name"),
        )
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .where(Budget.year == year, used)
        .order_by(CostCentre.code, SubjectiveCode.code)
    )
    return tuple(
        Bound(
            row.Budget.id,
            f"{row.centre} {row.subjective}",
            f"{row.centre_name}, {row.subjective_name}",
            Money(row.Budget.original_pence + row.Budget.revised_pence),
            Money(row.Budget.commitment_pence),
            Money(row.Budget.accrual_pence),
            Money(row.Budget.actual_pence),
        )
        for row in ctx.session.execute(rows)
    )


def contracts(ctx: Context) -> tuple[EndingContract, ...]:
    """Contracts whose days of warning have begun, the first to end first; those that ended stay for as long again."""
    today = ctx.clock.today()
    rows = (
        select(SupplierContract, Supplier.name)
        .join(Supplier, Supplier.id == SupplierContract.supplier_id)
        .where(SupplierContract.state == DetailState.IN_FORCE)
        .order_by(SupplierContract.ends_on, SupplierContract.id)
    )
    return tuple(
        EndingContract(
            row.SupplierContract.id,
            row.SupplierContract.supplier_id,
            row.name,
            row.SupplierContract.number,
            row.SupplierContract.title,
            row.SupplierContract.ends_on,
            (row.SupplierContract.ends_on - today).days,
            Money(row.SupplierContract.value_pence),
        )
        for row in ctx.session.execute(rows)
        if abs((row.SupplierContract.ends_on - today).days) <= row.SupplierContract.warn_days
    )


def overdue(ctx: Context) -> tuple[OverdueOrder, ...]:
    """Open orders whose day has passed and of which something hasn't come, the longest first."""
    today = ctx.clock.today()
    prefix = ctx.policy.value("purchasing.order_number_prefix", today)
    to_come = OrderLine.quantity - OrderLine.cancelled - OrderLine.received
    left = (
        select(OrderLine.order_id, func.sum(OrderLine.net_pence * to_come / OrderLine.quantity).label("pence"))
        .where(to_come > 0)
        .group_by(OrderLine.order_id)
        .subquery()
    )
    rows = (
        select(PurchaseOrder, Supplier.name, left.c.pence.label("waiting"))
        .join(left, left.c.order_id == PurchaseOrder.id)
        .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .where(
            PurchaseOrder.state == OrderState.OPEN,
            PurchaseOrder.kind.not_in((OrderKind.TEMPLATE, OrderKind.AGREEMENT)),
            PurchaseOrder.wanted_on < today,
        )
        .order_by(PurchaseOrder.wanted_on, PurchaseOrder.number)
    )
    return tuple(
        OverdueOrder(
            row.PurchaseOrder.id,
            f"{prefix}{row.PurchaseOrder.number or 0:05}",
            row.PurchaseOrder.title,
            row.name or "",
            row.PurchaseOrder.wanted_on,
            (today - row.PurchaseOrder.wanted_on).days,
            Money(round(row.waiting or 0)),
        )
        for row in ctx.session.execute(rows)
    )


def waiting(ctx: Context) -> Waiting:
    """What of invoices and payments waits for somebody."""
    today = ctx.clock.today()
    soon_on = office_days(ctx.session).add(today, _SOON)
    late, late_pence = _unpaid(ctx, SupplierInvoice.pay_by_on < today)
    soon, soon_pence = _unpaid(ctx, SupplierInvoice.pay_by_on >= today, SupplierInvoice.pay_by_on <= soon_on)
    states = (SupplierRunState.WAITING, SupplierRunState.MADE)
    runs = select(SupplierRun.state, func.count(), func.min(SupplierRun.id)).where(SupplierRun.state.in_(states))
    found = {state: (count, run_id) for state, count, run_id in ctx.session.execute(runs.group_by(SupplierRun.state))}
    to_approve, to_send = (found.get(state, (0, None)) for state in states)
    return Waiting(late, Money(late_pence), soon, Money(soon_pence), to_approve[0], to_send[0], to_send[1])


def _unpaid(ctx: Context, *when: ColumnElement[bool]) -> tuple[int, int]:
    rows = select(func.count(), func.sum(_GROSS)).where(
        _ORDINARY, SupplierInvoice.state.in_(_TO_PAY), *when, *_to_be_paid()
    )
    count, pence = ctx.session.execute(rows).one()
    return count, int(pence or 0)


def periods(today: date, count: int = _HALVES) -> tuple[tuple[date, date], ...]:
    """The reporting periods of the payments compliance notice up to a day, the latest first."""
    return tuple(rules.half_years(today, count))
