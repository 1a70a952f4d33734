"""What both sides have of a period: ours from the book of budgets, theirs from the files that were loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, func, select

from app.models.purchase_orders.budgets import Budget, BudgetEntry, CostCentre, SubjectiveCode
from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.finance import FinanceFile, FinanceLine
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import BudgetKind, Money, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.budgets.rules import spelt_code
from app.services.purchase_orders.finance.transactions.dto import Ours, Theirs

_Named = dict[tuple[Subject, int], tuple[str, tuple[str, ...], str]]
"""The number of a document, what else it is called, and its supplier."""
_SUBJECTS: Final = (Subject.SUPPLIER_INVOICE, Subject.CODE_TRANSFER)


def ours(ctx: Context, from_on: date, to_on: date) -> tuple[Ours, ...]:
    """What each document spent on each code in a period (both days included); what came to nothing is left out."""
    spent = func.sum(BudgetEntry.pence)
    rows = ctx.session.execute(
        select(
            BudgetEntry.subject,
            BudgetEntry.subject_id,
            BudgetEntry.budget_id,
            spent.label("pence"),
            func.min(BudgetEntry.accounting_on).label("on"),
            CostCentre.code,
            SubjectiveCode.code.label("subjective"),
        )
        .join(Budget, Budget.id == BudgetEntry.budget_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .where(BudgetEntry.kind == BudgetKind.ACTUAL, BudgetEntry.accounting_on.between(from_on, to_on))
        .group_by(
            BudgetEntry.subject, BudgetEntry.subject_id, BudgetEntry.budget_id, CostCentre.code, SubjectiveCode.code
        )
        .having(spent != 0)
        .order_by(func.min(BudgetEntry.accounting_on), BudgetEntry.subject, BudgetEntry.subject_id)
    ).all()
    named = _named(ctx, rows)
    return tuple(_ours(row, named) for row in rows)


def theirs(ctx: Context, from_on: date, to_on: date) -> tuple[Theirs, ...]:
    """The transactions of a period (both days included), by day."""
    statement: Select[*tuple[Any, ...]] = (
        select(FinanceLine, FinanceFile.file_name)
        .join(FinanceFile, FinanceFile.id == FinanceLine.file_id)
        .where(FinanceLine.posted_on.between(from_on, to_on))
        .order_by(FinanceLine.posted_on, FinanceLine.id)
    )
    return tuple(_theirs(row) for row in ctx.session.execute(statement))


def _theirs(row: Row[Any]) -> Theirs:
    line = row.FinanceLine
    return Theirs(
        line.id,
        line.version,
        line.posted_on,
        spelt_code(line.cost_centre, line.subjective) if line.subjective else line.cost_centre,
        line.budget_id,
        line.reference,
        line.supplier,
        line.description,
        Money(line.pence),
        line.state,
        line.subject,
        line.subject_id,
        line.explained,
        row.file_name,
        line.place,
    )


def _ours(row: Any, named: _Named) -> Ours:
    about = (row.subject, row.subject_id)
    number, names, supplier = named.get(about, (f"{row.subject.value} {row.subject_id}", (), ""))
    code = spelt_code(row.code, row.subjective)
    return Ours(*about, number, names, supplier, row.budget_id, code, row.on, Money(row.pence))


def _named(ctx: Context, rows: Any) -> _Named:
    found: _Named = {}
    for subject in _SUBJECTS:
        ids = sorted({row.subject_id for row in rows if row.subject is subject})
        for chunk in in_chunks(ids):
            reads = _invoices if subject is Subject.SUPPLIER_INVOICE else _transfers
            found.update({(subject, record_id): about for record_id, about in reads(ctx, chunk)})
    return found


def _invoices(ctx: Context, ids: Any) -> Iterator[tuple[int, tuple[str, tuple[str, ...], str]]]:
    rows = (
        select(
            SupplierInvoice.id,
            SupplierInvoice.number,
            SupplierInvoice.supplier_number,
            SupplierInvoice.finance_reference,
            Supplier.name,
        )
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .where(SupplierInvoice.id.in_(ids))
    )
    for row in ctx.session.execute(rows):
        number = f"IN{row.number:05}"
        yield row.id, (number, (number, row.supplier_number, row.finance_reference), row.name)


def _transfers(ctx: Context, ids: Any) -> Iterator[tuple[int, tuple[str, tuple[str, ...], str]]]:
    rows = select(CodeTransfer.id, CodeTransfer.number).where(CodeTransfer.id.in_(ids))
    for row in ctx.session.execute(rows):
        number = f"JT{row.number:05}"
        yield row.id, (number, (number,), "")
