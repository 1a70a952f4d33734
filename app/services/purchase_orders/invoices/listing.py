"""The register of invoices: which fit a filter, in what order, and what they come to; nothing of it row by row."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import InvoiceKind, InvoiceState, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.core.ids import read_ids
from app.services.diary.calendar import office_days
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.dto import InvoiceFilter, InvoiceRow, InvoiceSort, InvoiceView
from app.services.purchase_orders.invoices.rules.clock import left_in_words
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.orders.rules import number_key
from app.services.purchase_orders.payments import crediting
from app.services.workbench.listing import Totals

SOON: Final = 5
"""Working days before the last day in which an invoice is soon late."""
_UNPAID: Final = (InvoiceState.LOGGED, InvoiceState.WAITING, InvoiceState.APPROVED, InvoiceState.IN_RUN)
_OPEN: Final = (InvoiceState.LOGGED, InvoiceState.WAITING, InvoiceState.APPROVED)
_GROSS: Final[Any] = SupplierInvoice.net_pence + SupplierInvoice.vat_pence
_SORTS: Final[dict[InvoiceSort, Any]] = {
    InvoiceSort.NUMBER: SupplierInvoice.number,
    InvoiceSort.SUPPLIER: Supplier.name,
    InvoiceSort.THEIR_NUMBER: SupplierInvoice.supplier_number,
    InvoiceSort.INVOICE_ON: SupplierInvoice.invoice_on,
    InvoiceSort.RECEIVED: SupplierInvoice.received_on,
    InvoiceSort.PAY_BY: SupplierInvoice.pay_by_on,
    InvoiceSort.GROSS: _GROSS,
    InvoiceSort.STATE: SupplierInvoice.state,
    InvoiceSort.ORDER: func.coalesce(PurchaseOrder.number, 0),
}
_COUNTED: Final = tuple(view for view in InvoiceView if view is not InvoiceView.MINE)


def ids(ctx: Context, wanted: InvoiceFilter, sort: InvoiceSort, *, descending: bool) -> array[int]:
    """The invoices that fit, in order."""
    key = _SORTS[sort]
    order = (key.desc(), SupplierInvoice.id.desc()) if descending else (key, SupplierInvoice.id)
    return read_ids(ctx.session, _fitting(ctx, wanted, SupplierInvoice.id).order_by(*order), ctx.cancel)


def totals(ctx: Context, wanted: InvoiceFilter) -> Totals:
    """How many fit; invoices with VAT as debit, credit notes as credit."""
    return _summed(ctx, _fitting(ctx, wanted, *_sums()))


def totals_of(ctx: Context, invoice_ids: Sequence[int]) -> Totals:
    """What some invoices come to."""
    found = Totals()
    for chunk in in_chunks(invoice_ids):
        found += _summed(ctx, select(*_sums()).where(SupplierInvoice.id.in_(chunk)))
    return found


def view_counts(ctx: Context) -> dict[InvoiceView, int]:
    """How many invoices each view has, in one statement."""
    count = select(func.count(SupplierInvoice.id))
    one = ctx.session.execute(select(*(count.where(in_view(ctx, view)).scalar_subquery() for view in _COUNTED))).one()
    return dict(zip(_COUNTED, (int(each or 0) for each in one), strict=True))


def rows(ctx: Context, invoice_ids: Sequence[int]) -> tuple[InvoiceRow, ...]:
    """The invoices with these ids."""
    logger, approver = aliased(Officer), aliased(Officer)
    found: list[InvoiceRow] = []
    for chunk in in_chunks(invoice_ids):
        read = (
            select(
                SupplierInvoice,
                PurchaseOrder,
                Supplier.name.label("supplier"),
                PurchaseCategory.name.label("category"),
                logger.name.label("logger"),
                approver.name.label("approver"),
                case((_disputed(), 1), else_=0).label("disputed"),
                case((_disputed(held=True), 1), else_=0).label("held"),
                crediting.used().label("used"),
            )
            .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
            .join(PurchaseCategory, PurchaseCategory.id == SupplierInvoice.category_id)
            .join(logger, logger.id == SupplierInvoice.logged_by)
            .outerjoin(approver, approver.id == SupplierInvoice.approved_by)
            .outerjoin(PurchaseOrder, PurchaseOrder.id == SupplierInvoice.order_id)
            .where(SupplierInvoice.id.in_(chunk))
        )
        begins = orders.prefix(ctx)
        found += [_row(each, ctx.clock.today(), begins) for each in ctx.session.execute(read)]
    return tuple(found)


def in_view(ctx: Context, view: InvoiceView) -> ColumnElement[bool]:
    """Whether an invoice is in a view."""
    state = SupplierInvoice.state
    match view:
        case InvoiceView.TO_MATCH:
            return and_(state == InvoiceState.LOGGED, ~_disputed())
        case InvoiceView.DISPUTED:
            return and_(state.in_(_OPEN), _disputed())
        case InvoiceView.AWAITING:
            return state == InvoiceState.WAITING
        case InvoiceView.APPROVED:
            return state.in_((InvoiceState.APPROVED, InvoiceState.IN_RUN))
        case InvoiceView.LATE:
            return late_by(office_days(ctx).add(ctx.clock.today(), SOON))
        case InvoiceView.NO_ORDER:
            return and_(SupplierInvoice.order_id.is_(None), state.in_(_UNPAID), _needs_order())
        case InvoiceView.CREDITS:
            return and_(SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE, state.in_(_OPEN))
        case InvoiceView.RETENTION:
            kept = and_(SupplierInvoice.retention_pence > 0, SupplierInvoice.retention_paid_on.is_(None))
            return and_(kept, state != InvoiceState.CANCELLED)
        case _:
            return and_(SupplierInvoice.logged_by == ctx.officer.id, state.in_(_UNPAID))


def late_by(last: date) -> ColumnElement[bool]:
    """Whether an invoice isn't paid and its last day is up to a day; what a dispute holds is not late."""
    return and_(
        SupplierInvoice.kind != InvoiceKind.CREDIT_NOTE,
        SupplierInvoice.state.in_(_UNPAID),
        SupplierInvoice.pay_by_on <= last,
        ~_disputed(held=True),
    )


def _fitting(ctx: Context, wanted: InvoiceFilter, *columns: Any) -> Select[*tuple[Any, ...]]:
    statement = (
        select(*columns)
        .select_from(SupplierInvoice)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == SupplierInvoice.order_id)
    )
    where = [_has(word) for word in wanted.text.split()]
    if wanted.view is not None:
        where.append(in_view(ctx, wanted.view))
    if wanted.states:
        where.append(SupplierInvoice.state.in_(wanted.states))
    if wanted.kinds:
        where.append(SupplierInvoice.kind.in_(wanted.kinds))
    for column, value in (
        (SupplierInvoice.supplier_id, wanted.supplier_id),
        (SupplierInvoice.order_id, wanted.order_id),
        (SupplierInvoice.category_id, wanted.category_id),
    ):
        if value is not None:
            where.append(column == value)
    from_on = wanted.from_on
    if wanted.days is not None:
        from_on = ctx.clock.today() - timedelta(wanted.days)
    if from_on is not None:
        where.append(SupplierInvoice.received_on >= from_on)
    if wanted.to_on is not None:
        where.append(SupplierInvoice.received_on <= wanted.to_on)
    return statement.where(*where)


def _has(word: str) -> ColumnElement[bool]:
    found = [has_word(word, Supplier.name, SupplierInvoice.supplier_number, SupplierInvoice.order_quoted)]
    ours = word.upper().removeprefix("IN")
    if ours.isdigit() and len(ours) <= 9:
        found.append(SupplierInvoice.number == int(ours))
    order = number_key(word)
    if order is not None:
        found.append(PurchaseOrder.number == order)
    return or_(*found)


def _disputed(*, held: bool = False) -> ColumnElement[bool]:
    open_ = exists().where(InvoiceDispute.invoice_id == SupplierInvoice.id, InvoiceDispute.closed_on.is_(None))
    return open_.where(InvoiceDispute.holds_from.is_not(None)) if held else open_


def _needs_order() -> ColumnElement[bool]:
    exempt = exists().where(PurchaseCategory.id == SupplierInvoice.category_id, PurchaseCategory.no_order_needed)
    return and_(SupplierInvoice.kind != InvoiceKind.CREDIT_NOTE, ~exempt)


def _sums() -> tuple[ColumnElement[Any], ...]:
    credit = SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE
    return (
        func.count(SupplierInvoice.id),
        func.coalesce(func.sum(case((credit, 0), else_=_GROSS)), 0),
        func.coalesce(func.sum(case((credit, _GROSS), else_=0)), 0),
    )


def _summed(ctx: Context, statement: Select[*tuple[Any, ...]]) -> Totals:
    count, debit, credit = ctx.session.execute(statement).one()
    return Totals(count, Money(int(debit)), Money(int(credit)))


def _row(each: Any, today: date, begins: str) -> InvoiceRow:
    row, order = each.SupplierInvoice, each.PurchaseOrder
    runs = row.state in _UNPAID and row.kind is not InvoiceKind.CREDIT_NOTE
    left = (row.pay_by_on - today).days if runs else None
    sign = -1 if row.kind is InvoiceKind.CREDIT_NOTE else 1
    used = 0 if row.state is InvoiceState.PAID else each.used
    return InvoiceRow(
        row.id,
        row.version,
        keeping.number(row),
        row.kind,
        row.state,
        row.supplier_id,
        each.supplier,
        row.supplier_number,
        row.invoice_on,
        row.received_on,
        row.pay_by_on,
        left,
        left_in_words(left, held=bool(each.held)) if left is not None else "",
        row.order_id,
        orders.written(begins, order.number, order.requisition) if order is not None else "",
        row.order_quoted,
        each.category,
        Money(row.net_pence),
        Money(row.vat_pence),
        Money(row.gross_pence),
        Money(sign * (row.payable_pence - used)),
        Money(row.retention_pence),
        row.retention_on,
        bool(each.disputed),
        bool(each.held),
        row.document_sha256,
        each.logger,
        row.logged_by,
        each.approver or "",
        row.paid_on,
        Money(used),
    )
