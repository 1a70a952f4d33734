"""What is due to suppliers and who they are, read in a fixed number of statements however much it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import aliased

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.values import (
    InvoiceKind,
    InvoiceState,
    PaidPart,
)
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.payments import crediting, labour, late
from app.services.purchase_orders.payments.dto import RunQuestion, invoice_number, run_number
from app.services.purchase_orders.payments.payees import payees
from app.services.purchase_orders.payments.rules import Item, Payee, Payment, Selection, choose

_TO_PAY: Final = (InvoiceState.LOGGED, InvoiceState.WAITING, InvoiceState.APPROVED, InvoiceState.IN_RUN)
_CREDIT: Final = InvoiceKind.CREDIT_NOTE


def selection(ctx: Context, question: RunQuestion) -> Selection:
    """What a run would pay, and what it would leave out."""
    items = _due(ctx, question)
    items += _retention(ctx, question)
    items += late.items(ctx, question.late_ids)
    items += _credits(ctx, {item.supplier_id for item in items})
    items = labour.deducted(ctx, _disputed(ctx, items), question.pay_on)
    return choose(items, payees(ctx, items, question.by, question.pay_on), question.by)


def again(ctx: Context, run: SupplierRun) -> tuple[list[Payment], Selection]:
    """What a run was asked for to pay, and what it would pay now of the same."""
    items, asked = _of_run(ctx, run)
    known = payees(ctx, items, run.by, run.pay_on)
    before = [
        Payment(replace(known[supplier_id], bank_id=bank_id), (_alone(items, supplier_id, pence),))
        for supplier_id, bank_id, pence in asked
    ]
    return before, choose(labour.deducted(ctx, _disputed(ctx, items), run.pay_on), known, run.by)


def paid_now(ctx: Context, run: SupplierRun) -> list[tuple[Payee, int | None]]:
    """Whom a run pays, as they are now, each with the bank details that it was asked for with."""
    items, asked = _of_run(ctx, run)
    known = payees(ctx, items, run.by, run.pay_on)
    return [(known[supplier_id], bank_id) for supplier_id, bank_id, pence in asked if pence and supplier_id in known]


def _alone(items: Sequence[Item], supplier_id: int, pence: int) -> Item:
    """One item for all that a supplier was to get, for the comparison of the sums."""
    return replace(next(item for item in items if item.supplier_id == supplier_id), pence=pence)


def _invoices() -> Select[*tuple[Any, ...]]:
    """Invoices with the run that they are in, what parts of them took off, and the order that they are of."""
    line, run = aliased(SupplierPaymentLine), aliased(SupplierRun)
    used = crediting.used().label("used")
    return (
        select(SupplierInvoice, run.number.label("run"), used, PurchaseOrder.number.label("order_number"))
        .outerjoin(
            line,
            and_(line.invoice_id == SupplierInvoice.id, line.part == PaidPart.INVOICE, line.stands),
        )
        .outerjoin(SupplierPayment, SupplierPayment.id == line.payment_id)
        .outerjoin(run, run.id == SupplierPayment.run_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == SupplierInvoice.order_id)
        .order_by(SupplierInvoice.id)
    )


def _item(row: Row[*tuple[Any, ...]], *, own: bool = False) -> Item:
    """An invoice or a credit note as a run sees it; `own`: it is in this very run."""
    invoice: SupplierInvoice = row.SupplierInvoice
    credit = invoice.kind is _CREDIT
    state = InvoiceState.APPROVED if own and invoice.state is InvoiceState.IN_RUN else invoice.state
    return Item(
        invoice.id,
        invoice.supplier_id,
        invoice_number(invoice.number),
        invoice.supplier_number,
        state,
        invoice.invoice_on,
        invoice.pay_by_on,
        PaidPart.CREDIT_PART if row.used else PaidPart.INVOICE,
        row.used - invoice.payable_pence if credit else invoice.payable_pence,
        -invoice.gross_pence if credit else invoice.gross_pence,
        -invoice.cis_pence if credit else invoice.cis_pence,
        -invoice.retention_pence if credit else invoice.retention_pence,
        invoice.approved_by,
        run_number(row.run) if row.run and not own else "",
        credit=credit,
        order_number=row.order_number,
        credits_id=invoice.credits_id,
        labour=invoice.labour_pence,
        net=invoice.net_pence,
    )


def _due(ctx: Context, question: RunQuestion) -> list[Item]:
    """What is to be paid by the day, or what was chosen; not the credit notes."""
    ordinary = SupplierInvoice.kind != _CREDIT
    if not question.invoice_ids:
        due = (SupplierInvoice.state.in_(_TO_PAY), SupplierInvoice.pay_by_on <= question.due_to_on)
        return [_item(row) for row in ctx.session.execute(_invoices().where(ordinary, *due))]
    found: list[Item] = []
    for chunk in in_chunks(sorted(set(question.invoice_ids))):
        chosen = (SupplierInvoice.id.in_(chunk), SupplierInvoice.retention_on.is_(None) | ~_kept_back(question))
        found += [_item(row) for row in ctx.session.execute(_invoices().where(ordinary, *chosen))]
    return found


def _kept_back(question: RunQuestion) -> ColumnElement[bool]:
    """Its retention is due."""
    return and_(
        SupplierInvoice.state == InvoiceState.PAID,
        SupplierInvoice.retention_pence > 0,
        SupplierInvoice.retention_paid_on.is_(None),
        SupplierInvoice.retention_on <= question.due_to_on,
    )


def _credits(ctx: Context, supplier_ids: Collection[int]) -> list[Item]:
    """The approved credit notes of suppliers who are paid, whatever their day."""
    found: list[Item] = []
    for chunk in in_chunks(sorted(supplier_ids)):
        mine = (SupplierInvoice.kind == _CREDIT, SupplierInvoice.state == InvoiceState.APPROVED)
        rows = _invoices().where(SupplierInvoice.supplier_id.in_(chunk), *mine)
        found += [_item(row) for row in ctx.session.execute(rows)]
    return found


def _retention(ctx: Context, question: RunQuestion) -> list[Item]:
    """What was kept back of paid invoices and is due now, unless a run pays it."""
    line = aliased(SupplierPaymentLine)
    in_run = select(line.id).where(line.invoice_id == SupplierInvoice.id, line.part == PaidPart.RETENTION, line.stands)
    wanted = _invoices().where(_kept_back(question), SupplierInvoice.kind != _CREDIT, ~in_run.exists())
    chosen = set(question.invoice_ids)
    rows = [row for row in ctx.session.execute(wanted) if not chosen or row.SupplierInvoice.id in chosen]
    return [_kept(row) for row in rows]


def _kept(row: Row[*tuple[Any, ...]]) -> Item:
    """What was kept back of an invoice, with why it is paid on another day than was agreed, if it is."""
    invoice: SupplierInvoice = row.SupplierInvoice
    item = part_of(_item(row), PaidPart.RETENTION, invoice.retention_pence)
    why = f"What was kept back of {item.number} is paid on another day: {invoice.retention_why}"
    return replace(item, remark=why if invoice.retention_why else "")


def part_of(item: Item, part: PaidPart, pence: int) -> Item:
    """Another part of an invoice than the invoice itself."""
    return replace(item, part=part, pence=pence, gross=0, cis=0, retention=0, run="")


def _of_run(ctx: Context, run: SupplierRun) -> tuple[list[Item], list[tuple[int, int | None, int]]]:
    """The items of a run as they stand now, and what each supplier was to get: (supplier, bank, pence)."""
    line = aliased(SupplierPaymentLine)
    rows = _invoices().add_columns(line.part, line.pence.label("asked"))
    rows = rows.join(line, line.invoice_id == SupplierInvoice.id)
    mine = select(SupplierPayment.id).where(SupplierPayment.run_id == run.id)
    items = []
    for row in ctx.session.execute(rows.where(line.payment_id.in_(mine), line.stands)):
        item = _item(row, own=True)
        items.append(item if row.part is PaidPart.INVOICE else part_of(item, row.part, row.asked))
    payments = select(SupplierPayment.supplier_id, SupplierPayment.bank_id, SupplierPayment.pence)
    asked = ctx.session.execute(payments.where(SupplierPayment.run_id == run.id).order_by(SupplierPayment.id))
    return items, [(row.supplier_id, row.bank_id, row.pence) for row in asked]


def _disputed(ctx: Context, items: Sequence[Item]) -> list[Item]:
    """The items, with why those are disputed that are."""
    words: dict[int, str] = {}
    for chunk in in_chunks(sorted({item.invoice_id for item in items})):
        open_ = select(InvoiceDispute).where(InvoiceDispute.invoice_id.in_(chunk), InvoiceDispute.closed_on.is_(None))
        words.update({row.invoice_id: row.words for row in ctx.session.scalars(open_.order_by(InvoiceDispute.id))})
    return [replace(item, disputed=words.get(item.invoice_id, "")) for item in items]
