"""What hangs on an order, for its card: versions with their lines, steps, receipts and invoices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.orders import (
    OrderStep,
    OrderVersion,
    OrderVersionLine,
)
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.values import InvoiceState, Money, ReceiptKind
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.purchase_orders.budgets.rules import spelt_code
from app.services.purchase_orders.orders import (
    versions,
)
from app.services.purchase_orders.orders.dto import (
    InvoiceBrief,
    ReceiptBrief,
    StepRow,
    VersionLine,
    VersionRow,
)


def versions_of(ctx: Context, order_id: int) -> Iterator[VersionRow]:
    """The versions of an order, the latest first."""
    every = versions.of_order(ctx, order_id)
    names = officer_names(ctx.session, [officer for each in every for officer in (each.made_by, each.approved_by)])
    lines = {each.id: versions.lines_of(ctx, each.id) for each in every}
    codes = _code_names(
        ctx, {code for each in lines.values() for line in each for code, _, _ in versions.read_codes(line.codes)}
    )
    for each in every:
        yield _version(each, names, tuple(_version_line(line, codes) for line in lines[each.id]))


def _version(each: OrderVersion, names: dict[int, str], lines: tuple[VersionLine, ...]) -> VersionRow:
    return VersionRow(
        each.id,
        each.number,
        each.state,
        each.reason,
        Money(each.net_pence),
        Money(each.vat_pence),
        names.get(each.made_by, ""),
        each.made_at,
        names.get(each.approved_by or 0, ""),
        each.approved_at,
        each.request_id,
        each.document_sha256,
        lines,
    )


def _version_line(line: OrderVersionLine, codes: dict[int, str]) -> VersionLine:
    said = ", ".join(f"{codes.get(code, '')} {Money(pence)}" for code, pence, _ in versions.read_codes(line.codes))
    return VersionLine(
        line.place,
        line.line_id,
        line.description,
        line.quantity,
        line.unit,
        line.price,
        line.vat,
        Money(line.net_pence),
        Money(line.vat_pence),
        said,
    )


def _code_names(ctx: Context, budget_ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(budget_ids)):
        read = (
            select(Budget.id, CostCentre.code, SubjectiveCode.code)
            .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
            .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
            .where(Budget.id.in_(chunk))
        )
        found |= {budget_id: spelt_code(centre, code) for budget_id, centre, code in ctx.session.execute(read)}
    return found


def steps_of(ctx: Context, order_id: int) -> Iterator[StepRow]:
    """The history, the latest first."""
    rows = list(
        ctx.session.scalars(select(OrderStep).where(OrderStep.order_id == order_id).order_by(OrderStep.id.desc()))
    )
    names = officer_names(ctx.session, [row.officer_id for row in rows])
    for row in rows:
        yield StepRow(row.at, names.get(row.officer_id, ""), row.event, row.words)


def receipts_of(ctx: Context, order_id: int) -> Iterator[ReceiptBrief]:
    """Its goods receipts, the first one first."""
    rows = list(
        ctx.session.scalars(select(GoodsReceipt).where(GoodsReceipt.order_id == order_id).order_by(GoodsReceipt.id))
    )
    names = officer_names(ctx.session, [row.received_by for row in rows])
    sums: dict[int, int] = {}
    for chunk in in_chunks([row.id for row in rows]):
        lines = select(GoodsReceiptLine.receipt_id, GoodsReceiptLine.pence)
        for receipt_id, pence in ctx.session.execute(lines.where(GoodsReceiptLine.receipt_id.in_(chunk))):
            sums[receipt_id] = sums.get(receipt_id, 0) + pence
    for row in rows:
        kind, amount = ReceiptKind(row.kind), Money(sums.get(row.id, 0))
        yield ReceiptBrief(row.id, f"GR{row.number:05}", kind, row.received_on, amount, names.get(row.received_by, ""))


def invoices_of(ctx: Context, order_id: int) -> Iterator[InvoiceBrief]:
    """Its invoices and credit notes, the first one first."""
    read = select(SupplierInvoice).where(SupplierInvoice.order_id == order_id).order_by(SupplierInvoice.id)
    rows = list(ctx.session.scalars(read))
    disputed: set[int] = set()
    for chunk in in_chunks([row.id for row in rows]):
        open_ = select(InvoiceDispute.invoice_id).where(
            InvoiceDispute.invoice_id.in_(chunk), InvoiceDispute.closed_on.is_(None)
        )
        disputed |= set(ctx.session.scalars(open_))
    for row in rows:
        yield InvoiceBrief(
            row.id,
            f"IN{row.number:05}",
            row.supplier_number,
            row.kind,
            InvoiceState(row.state),
            Money(row.gross_pence),
            row.received_on,
            row.pay_by_on,
            row.paid_on,
            row.id in disputed,
        )
