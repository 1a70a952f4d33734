"""Lines that seem to be on a wrong code, the rules by which they are found, and transfers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.coding import CodeTransfer, CodingRule
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import InvoiceKind, InvoiceState, Money, TransferState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import spelt_code
from app.services.purchase_orders.coding import rules
from app.services.purchase_orders.coding.dto import (
    CodingReport,
    CodingRuleRow,
    SharesWanted,
    Suspect,
    TransferRow,
    transfer_number,
)

BOOKED: Final = (InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID)
"""States of an invoice whose lines stand in the book."""
_YEAR: Final = timedelta(days=365)


def report(ctx: Context, from_on: date, to_on: date) -> CodingReport:
    """What seems to be on a wrong code of invoices dated from one day to another (both included), with transfers and rules.

    Raises:
        UserError: the time ends before it begins.
    """
    found = suspects(ctx, from_on, to_on)
    sums: dict[str, int] = {}
    for each in found:
        sums[each.code] = sums.get(each.code, 0) + abs(each.amount.pence)
    most = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    by_code = tuple((code, Money(pence)) for code, pence in most)
    return CodingReport(from_on, to_on, found, transfers(ctx), rule_rows(ctx), by_code)


def suspects(ctx: Context, from_on: date, to_on: date) -> tuple[Suspect, ...]:
    """Lines of approved invoices dated from one day to another (both included) that seem to be on a wrong code.

    Raises:
        UserError: the time ends before it begins.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    known = [
        rules.Rule(row.supplier_id, row.category_id, row.words, row.cost_centre, row.subjective, row.reason)
        for row in rule_rows(ctx)
        if row.active
    ]
    usual = rules.usual_of(_counted(ctx, to_on - _YEAR, to_on))
    waiting = _waiting(ctx)
    years: dict[int, dict[tuple[str, str], int]] = {}
    found = []
    for row in ctx.session.execute(_lines(SupplierInvoice.invoice_on.between(from_on, to_on))):
        text = f"{row.description} {row.title or ''}"
        line = rules.Line(row.supplier_id, row.category_id, text, (row.cost_centre, row.subjective))
        found_wrong = rules.wrong(known, usual, line)
        if found_wrong is None:
            continue
        code, why = found_wrong
        if row.year not in years:
            years[row.year] = budgets.by_code(ctx, row.year)
        found.append(_suspect(row, code, years[row.year].get(code), why, waiting.get(row.split_id, "")))
    return tuple(found)


def shares(ctx: Context, wanted: SharesWanted) -> tuple[Suspect, ...]:
    """What stands on codes of an approved invoice, of one line or on one budget of it, to be moved to another.

    Raises:
        UserError: the invoice isn't approved, or nothing of it stands there.
    """
    where = [SupplierInvoice.id == wanted.invoice_id]
    if wanted.line_id is not None:
        where.append(InvoiceLine.id == wanted.line_id)
    if wanted.budget_id is not None:
        where.append(InvoiceSplit.budget_id == wanted.budget_id)
    waiting = _waiting(ctx)
    found = tuple(
        _suspect(row, (row.cost_centre, row.subjective), None, "", waiting.get(row.split_id, ""))
        for row in ctx.session.execute(_lines(*where))
    )
    if not found:
        raise UserError(
            "Nothing of the invoice stands there to be moved.", "It isn't approved, or was moved to another code since."
        )
    return found


def rule_rows(ctx: Context) -> tuple[CodingRuleRow, ...]:
    """Every rule, those in use first."""
    found = ctx.session.execute(
        select(
            CodingRule,
            Supplier.name.label("supplier"),
            PurchaseCategory.name.label("category"),
            CostCentre.code.label("cost_centre"),
            SubjectiveCode.code.label("subjective"),
        )
        .join(Supplier, Supplier.id == CodingRule.supplier_id, isouter=True)
        .join(PurchaseCategory, PurchaseCategory.id == CodingRule.category_id, isouter=True)
        .join(CostCentre, CostCentre.id == CodingRule.cost_centre_id, isouter=True)
        .join(SubjectiveCode, SubjectiveCode.id == CodingRule.subjective_id, isouter=True)
        .order_by(CodingRule.active.desc(), CodingRule.id)
    )
    return tuple(
        CodingRuleRow(
            rule.id,
            rule.version,
            rule.supplier_id,
            supplier or "",
            rule.category_id,
            category or "",
            rule.words,
            cost_centre or "",
            subjective or "",
            rule.reason,
            rule.active,
        )
        for rule, supplier, category, cost_centre, subjective in found
    )


def transfers(ctx: Context, states: Sequence[TransferState] = (), only: int | None = None) -> tuple[TransferRow, ...]:
    """Transfers, the latest first; in any state where none is named; or one alone."""
    there, before = aliased(Budget), aliased(Budget)
    to_centre, to_code = aliased(CostCentre), aliased(SubjectiveCode)
    statement: Select[*tuple[Any, ...]] = (
        select(
            CodeTransfer,
            SupplierInvoice.id.label("invoice_id"),
            SupplierInvoice.number.label("invoice"),
            Supplier.name,
            CostCentre.code.label("from_centre"),
            SubjectiveCode.code.label("from_subjective"),
            to_centre.code.label("to_centre"),
            to_code.code.label("to_subjective"),
            Officer.name.label("officer"),
        )
        .join(InvoiceSplit, InvoiceSplit.id == CodeTransfer.split_id)
        .join(InvoiceLine, InvoiceLine.id == InvoiceSplit.line_id)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .join(before, before.id == CodeTransfer.from_id)
        .join(CostCentre, CostCentre.id == before.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == before.subjective_id)
        .join(there, there.id == CodeTransfer.to_id)
        .join(to_centre, to_centre.id == there.cost_centre_id)
        .join(to_code, to_code.id == there.subjective_id)
        .join(Officer, Officer.id == CodeTransfer.made_by)
        .order_by(CodeTransfer.id.desc())
    )
    if states:
        statement = statement.where(CodeTransfer.state.in_(states))
    if only is not None:
        statement = statement.where(CodeTransfer.id == only)
    return tuple(_transfer(row) for row in ctx.session.execute(statement))


def _transfer(row: Row[Any]) -> TransferRow:
    kept = row.CodeTransfer
    return TransferRow(
        kept.id,
        transfer_number(kept.number),
        row.invoice_id,
        f"IN{row.invoice:05}",
        row.name,
        spelt_code(row.from_centre, row.from_subjective),
        spelt_code(row.to_centre, row.to_subjective),
        Money(kept.pence),
        kept.reason,
        kept.state,
        row.officer,
        kept.made_at.astimezone().date(),
        kept.posted_on,
        kept.request_id,
    )


def _suspect(row: Row[Any], code: tuple[str, str], should_id: int | None, why: str, waits: str) -> Suspect:
    sign = -1 if row.kind is InvoiceKind.CREDIT_NOTE else 1
    return Suspect(
        row.split_id,
        row.year,
        row.invoice_id,
        f"IN{row.number:05}",
        row.invoice_on,
        row.supplier,
        row.description,
        spelt_code(row.cost_centre, row.subjective),
        should_id,
        spelt_code(*code),
        why,
        Money(sign * row.pence),
        waits,
    )


def _lines(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            InvoiceSplit.id.label("split_id"),
            InvoiceSplit.pence,
            InvoiceLine.description,
            SupplierInvoice.id.label("invoice_id"),
            SupplierInvoice.number,
            SupplierInvoice.kind,
            SupplierInvoice.invoice_on,
            SupplierInvoice.supplier_id,
            SupplierInvoice.category_id,
            Supplier.name.label("supplier"),
            PurchaseOrder.title,
            Budget.year,
            CostCentre.code.label("cost_centre"),
            SubjectiveCode.code.label("subjective"),
        )
        .join(InvoiceLine, InvoiceLine.id == InvoiceSplit.line_id)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .join(PurchaseOrder, PurchaseOrder.id == SupplierInvoice.order_id, isouter=True)
        .join(Budget, Budget.id == InvoiceSplit.budget_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .where(SupplierInvoice.state.in_(BOOKED), *where)
        .order_by(SupplierInvoice.invoice_on, SupplierInvoice.id, InvoiceLine.place, InvoiceSplit.place)
    )


def _counted(ctx: Context, from_on: date, to_on: date) -> Iterator[tuple[int, int, tuple[str, str], int]]:
    """How many shares of lines stand on each code, by supplier and category."""
    columns = (SupplierInvoice.supplier_id, SupplierInvoice.category_id, CostCentre.code, SubjectiveCode.code)
    rows = (
        select(*columns[:3], columns[3].label("subjective"), func.count().label("lines"))
        .select_from(InvoiceSplit)
        .join(InvoiceLine, InvoiceLine.id == InvoiceSplit.line_id)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .join(Budget, Budget.id == InvoiceSplit.budget_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .where(SupplierInvoice.state.in_(BOOKED), SupplierInvoice.invoice_on.between(from_on, to_on))
        .group_by(*columns)
    )
    for row in ctx.session.execute(rows):
        yield row.supplier_id, row.category_id, (row.code, row.subjective), row.lines


def _waiting(ctx: Context) -> dict[int, str]:
    """The transfers that wait, by the share that they are of."""
    rows = select(CodeTransfer.split_id, CodeTransfer.number).where(CodeTransfer.state == TransferState.WAITING)
    return {row.split_id: transfer_number(row.number) for row in ctx.session.execute(rows)}
