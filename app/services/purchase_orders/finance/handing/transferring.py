"""Approved transfers between codes as journal lines for the finance system: what leaves a code, and what comes to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceKind, Money
from app.services.core.context import Context
from app.services.exports.dto import Value

_THERE, _TO_CENTRE, _TO_CODE = aliased(Budget), aliased(CostCentre), aliased(SubjectiveCode)


def transfers(ctx: Context, ids: Sequence[int]) -> list[Mapping[str, Value]]:
    """Two lines for each transfer, which come to nothing together; a credit note's give their money the other way."""
    found: list[Mapping[str, Value]] = []
    for row in ctx.session.execute(_read(ids)):
        moved: CodeTransfer = row.CodeTransfer
        pence = moved.pence * (-1 if row.kind is InvoiceKind.CREDIT_NOTE else 1)
        same = {
            "transfer": f"JT{moved.number:05}",
            "posted_on": moved.posted_on,
            "invoice": f"IN{row.number:05}",
            "supplier_invoice": row.supplier_number,
            "finance_reference": row.finance_reference,
            "supplier": row.supplier,
            "description": row.description,
            "reason": moved.reason,
            "officer": row.officer,
            "approver": row.approver,
        }
        codes = ((row.from_centre, row.from_code, -pence), (row.to_centre, row.to_code, pence))
        for line, (centre, code, amount) in enumerate(codes, 1):
            found.append(same | {"line": line, "cost_centre": centre, "subjective": code, "amount": Money(amount)})
    return found


def _read(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    approver = aliased(Officer)
    return (
        select(
            CodeTransfer,
            SupplierInvoice.number,
            SupplierInvoice.kind,
            SupplierInvoice.supplier_number,
            SupplierInvoice.finance_reference,
            Supplier.name.label("supplier"),
            InvoiceLine.description,
            CostCentre.code.label("from_centre"),
            SubjectiveCode.code.label("from_code"),
            _TO_CENTRE.code.label("to_centre"),
            _TO_CODE.code.label("to_code"),
            Officer.name.label("officer"),
            approver.name.label("approver"),
        )
        .join(InvoiceSplit, InvoiceSplit.id == CodeTransfer.split_id)
        .join(InvoiceLine, InvoiceLine.id == InvoiceSplit.line_id)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .join(Supplier, Supplier.id == SupplierInvoice.supplier_id)
        .join(Budget, Budget.id == CodeTransfer.from_id)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
        .join(_THERE, _THERE.id == CodeTransfer.to_id)
        .join(_TO_CENTRE, _TO_CENTRE.id == _THERE.cost_centre_id)
        .join(_TO_CODE, _TO_CODE.id == _THERE.subjective_id)
        .join(Officer, Officer.id == CodeTransfer.made_by)
        .join(approver, approver.id == CodeTransfer.posted_by, isouter=True)
        .where(CodeTransfer.id.in_(ids))
        .order_by(CodeTransfer.number)
    )
