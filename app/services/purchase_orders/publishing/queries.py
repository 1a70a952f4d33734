"""What would be published of a time, as it stands now.

Local Government Transparency Code 2015, part 2.1: expenditure that exceeds £500 (paragraphs 28 and 29) and purchase orders
above £5,000 (paragraph 32), at least each quarter; personal data is taken out, as the Data Protection Act wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from app.models.documents import Document
from app.models.officers import Officer
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.finance import Publication as Kept
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import OrderVersion, PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier, SupplierContract
from app.models.values import InvoiceKind, InvoiceState, Money, OrderKind, OrderState, OrderVersionState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.publishing import beside
from app.services.purchase_orders.publishing.dto import (
    REDACTED,
    LeftOut,
    OrderPublished,
    PastPublication,
    Publication,
    PublicationKind,
    PublishingReport,
    SpendingRow,
)


def report(ctx: Context, from_on: date, to_on: date) -> PublishingReport:
    """What would be published of the days from one to another (both included), and what was before.

    Raises:
        UserError: the time ends before it begins.
    """
    spent = spending(ctx, from_on, to_on)
    departments: dict[str, int] = {}
    for row in spent.rows:
        departments[row.department] = departments.get(row.department, 0) + row.amount.pence
    most = sorted(departments.items(), key=lambda item: (-item[1], item[0]))
    by_department = tuple((name, Money(pence)) for name, pence in most)
    return PublishingReport(from_on, to_on, spent, orders(ctx, from_on, to_on), by_department, past(ctx))


def spending(ctx: Context, from_on: date, to_on: date) -> Publication[SpendingRow]:
    """The invoices that were paid from one day to another (both included), each by the codes that bear it.

    An invoice above the limit is told whole, by as many lines as codes bear it; a credit note as what it takes off.

    Raises:
        UserError: the time ends before it begins.
    """
    _refuse(from_on, to_on)
    least = ctx.policy.money("purchasing.publish_spending", to_on)
    rows: list[SpendingRow] = []
    out: list[LeftOut] = []
    for _, group in groupby(ctx.session.execute(_paid(from_on, to_on)), key=lambda each: each.id):
        parts = list(group)
        invoice = parts[0]
        sign = -1 if invoice.kind is InvoiceKind.CREDIT_NOTE else 1
        cost = sum(part.pence for part in parts)
        reference = f"IN{invoice.number:05}"
        if cost <= least.pence:
            out.append(LeftOut(reference, invoice.paid_on, Money(sign * cost), f"It is {least} or less."))
        elif invoice.not_published:
            out.append(LeftOut(reference, invoice.paid_on, Money(sign * cost), f"{invoice.not_published}."))
        else:
            rows += _by_code(reference, parts, sign)
    total = Money(sum(row.amount.pence for row in rows))
    redacted = sum(row.redacted for row in rows)
    return Publication(PublicationKind.SPENDING, from_on, to_on, least, tuple(rows), tuple(out), total, redacted)


def orders(ctx: Context, from_on: date, to_on: date) -> Publication[OrderPublished]:
    """The orders that were approved from one day to another (both included), or that an amendment took above the limit then.

    Call-offs are told by their agreement, whose most is its amount. Of a person, and of works on a home, the category is
    told instead of the title, which may name somebody.

    Raises:
        UserError: the time ends before it begins.
    """
    _refuse(from_on, to_on)
    least = ctx.policy.money("purchasing.publish_orders", to_on)
    prefix = ctx.policy.value("purchasing.order_number_prefix", to_on)
    found = ctx.session.execute(_approved(from_on, to_on, least)).all()
    ids = [row.id for row in found]
    departments, vat, quotations = beside.departments(ctx, ids), beside.lost_vat(ctx, ids), beside.quotations(ctx, ids)
    rows: list[OrderPublished] = []
    out: list[LeftOut] = []
    for row in found:
        reference = f"{prefix}{row.number:05}"
        amount = Money(row.most_pence if row.kind is OrderKind.AGREEMENT and row.most_pence else row.net_pence)
        on = row.over_at.astimezone().date()
        reason = _why_not(row, amount, least) or ("" if on <= to_on else f"It was {least} or less then.")
        if reason:
            on = min(on, max(from_on, row.approved_at.astimezone().date()))
            out.append(LeftOut(reference, on, amount, reason))
            continue
        name = REDACTED if row.individual else row.name
        process = _process(row, quotations.get(row.id, 0))
        until = row.until_on or row.ends_on
        lost = Money(vat.get(row.id, 0))
        department = departments.get(row.id, "")
        title = row.category if row.individual or row.kind is OrderKind.WORKS else row.title
        rows.append(
            OrderPublished(reference, title, department, on, until, name, amount, lost, process, row.individual)
        )
    total = Money(sum(each.amount.pence for each in rows))
    redacted = sum(each.redacted for each in rows)
    return Publication(PublicationKind.ORDERS, from_on, to_on, least, tuple(rows), tuple(out), total, redacted)


def past(ctx: Context, most: int = 40) -> tuple[PastPublication, ...]:
    """What was published before, the latest first."""
    found = ctx.session.execute(
        select(Kept, Officer.name)
        .join(Officer, Officer.id == Kept.officer_id)
        .join(Document, Document.sha256 == Kept.document_sha256)
        .order_by(Kept.id.desc())
        .limit(most)
    )
    return tuple(
        PastPublication(
            row.id,
            PublicationKind(row.kind),
            row.from_on,
            row.to_on,
            row.count,
            row.left_out,
            Money(row.pence),
            row.at.astimezone().date(),
            officer,
        )
        for row, officer in found
    )


def _refuse(from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")


def _paid(from_on: date, to_on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            SupplierInvoice.id,
            SupplierInvoice.number,
            SupplierInvoice.kind,
            SupplierInvoice.paid_on,
            Supplier.name,
            Supplier.individual,
            PurchaseCategory.name.label("category"),
            PurchaseCategory.not_published,
            InvoiceLine.id.label("line_id"),
            InvoiceLine.vat_pence,
            InvoiceLine.vat_recovered,
            InvoiceSplit.pence,
            Budget.id.label("budget_id"),
            CostCentre.name.label("department"),
            SubjectiveCode.code,
            SubjectiveCode.name.label("purpose"),
        )
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .join(PurchaseCategory, PurchaseCategory.id == SupplierInvoice.category_id)
        .join(InvoiceLine, InvoiceLine.invoice_id == SupplierInvoice.id)
        .join(InvoiceSplit, InvoiceSplit.line_id == InvoiceLine.id)
        .join(Budget, Budget.id == InvoiceSplit.budget_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .where(SupplierInvoice.state == InvoiceState.PAID, SupplierInvoice.paid_on.between(from_on, to_on))
        .order_by(SupplierInvoice.paid_on, SupplierInvoice.id, InvoiceLine.place, InvoiceLine.id, InvoiceSplit.place)
    )


def _by_code(reference: str, parts: Sequence[Row[Any]], sign: int) -> Iterable[SpendingRow]:
    """A line for each code that bears an invoice; VAT that is lost follows the cost."""
    net: dict[int, int] = {}
    lost: dict[int, int] = {}
    first: dict[int, Row[Any]] = {}
    for _, group in groupby(parts, key=lambda part: part.line_id):
        splits = list(group)
        vat = 0 if splits[0].vat_recovered else splits[0].vat_pence
        weights = [split.pence for split in splits]
        shares = Money(vat).split(weights) if sum(weights) > 0 else (Money(vat), *[Money(0)] * (len(splits) - 1))
        for split, share in zip(splits, shares, strict=True):
            first.setdefault(split.budget_id, split)
            lost[split.budget_id] = lost.get(split.budget_id, 0) + share.pence
            net[split.budget_id] = net.get(split.budget_id, 0) + split.pence - share.pence
    for budget, row in first.items():
        yield SpendingRow(
            on=row.paid_on,
            reference=reference,
            department=row.department,
            beneficiary=REDACTED if row.individual else row.name,
            purpose=row.purpose,
            code=row.code,
            amount=Money(sign * net[budget]),
            vat=Money(sign * lost[budget]),
            category=row.category,
            redacted=row.individual,
        )


def _approved(from_on: date, to_on: date, least: Money) -> Select[*tuple[Any, ...]]:
    """Orders that were approved, or went above the limit, in a time, with their supplier and contract."""
    begins, ends = _midnight(from_on), _midnight(to_on + timedelta(days=1))
    over_at = _over_at(least)
    return (
        select(
            PurchaseOrder.id,
            PurchaseOrder.number,
            PurchaseOrder.kind,
            PurchaseOrder.state,
            PurchaseOrder.title,
            PurchaseOrder.approved_at,
            over_at.label("over_at"),
            PurchaseOrder.net_pence,
            PurchaseOrder.most_pence,
            PurchaseOrder.until_on,
            PurchaseOrder.waiver,
            Supplier.name,
            Supplier.individual,
            SupplierContract.ends_on,
            SupplierContract.number.label("contract"),
            PurchaseCategory.name.label("category"),
            PurchaseCategory.not_published,
        )
        .join(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .join(PurchaseCategory, PurchaseCategory.id == PurchaseOrder.category_id)
        .join(SupplierContract, SupplierContract.id == PurchaseOrder.contract_id, isouter=True)
        .where(
            PurchaseOrder.number.is_not(None),
            or_(
                and_(PurchaseOrder.approved_at >= begins, PurchaseOrder.approved_at < ends),
                and_(over_at >= begins, over_at < ends),
            ),
        )
        .order_by(PurchaseOrder.number)
    )


def _over_at(least: Money) -> ColumnElement[datetime]:
    """When an order first stood above the limit by an approved version, else when it was approved."""
    first_above = (
        select(func.min(OrderVersion.approved_at))
        .where(
            OrderVersion.order_id == PurchaseOrder.id,
            OrderVersion.state == OrderVersionState.APPROVED,
            OrderVersion.net_pence > least.pence,
        )
        .correlate(PurchaseOrder)
        .scalar_subquery()
    )
    return func.coalesce(first_above, PurchaseOrder.approved_at)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time()).astimezone(UTC)


def _why_not(row: Row[Any], amount: Money, least: Money) -> str:
    if row.state is OrderState.CANCELLED:
        return "It was cancelled."
    if row.kind is OrderKind.CALL_OFF:
        return "A call-off: its agreement is published."
    if amount.pence <= least.pence:
        return f"It is {least} or less."
    return f"{row.not_published}." if row.not_published else ""


def _process(row: Row[Any], quotations: int) -> str:
    if row.contract:
        return f"Contract {row.contract}"
    asked = f"{quotations} quotation{'' if quotations == 1 else 's'}" if quotations else "No quotations"
    return f"{asked}, waiver: {row.waiver.value.replace('_', ' ')}" if row.waiver else asked
