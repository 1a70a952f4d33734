"""An order as it is opened: its lines with what became of them, its quotations, versions, receipts, invoices and history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.orders import (
    DeliveryPoint,
    OrderLine,
    PurchaseOrder,
)
from app.models.purchase_orders.suppliers import SupplierContract
from app.models.values import Money, OrderKind, OrderState, Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.purchase_orders.budgets.rules import spelt_code
from app.services.purchase_orders.orders import (
    acts,
    bands,
    hanging,
    in_force,
    keeping,
    listing,
    looking,
    quoting,
)
from app.services.purchase_orders.orders.dto import (
    BandOf,
    CodeRow,
    LineRow,
    OrderDetail,
    QuotationRow,
    Suspicion,
)


def detail(ctx: Context, order_id: int) -> OrderDetail:
    """An order with everything about it.

    Raises:
        UserError: there is none, or it is about a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.PURCHASE_ORDER, order_id)
    rows = listing.rows(ctx, (order_id,))
    if not rows:
        raise UserError("There is no such order.", "Look at the list again.")
    row = ctx.session.get_one(PurchaseOrder, order_id)
    lines = keeping.lines(ctx, order_id)
    codes = _codes_of(ctx, lines)
    band = bands.of(ctx, row) if lines or row.kind is OrderKind.AGREEMENT else None
    may, why_not = acts.of(ctx, row, lines)
    return OrderDetail(
        row=replace(rows[0], title=row.title),
        **_own(row),
        **_others(ctx, row),
        band=band,
        lines=tuple(_line(line, codes.get(line.id, ())) for line in lines),
        quotations=quotations(ctx, order_id),
        versions=tuple(hanging.versions_of(ctx, order_id)),
        steps=tuple(hanging.steps_of(ctx, order_id)),
        receipts=tuple(hanging.receipts_of(ctx, order_id)),
        invoices=tuple(hanging.invoices_of(ctx, order_id)),
        suspicions=_suspicions(ctx, row, band),
        may=may,
        why_not=why_not,
        documents=quoting.papers(ctx, order_id),
    )


def _own(row: PurchaseOrder) -> dict[str, Any]:
    """What an order says itself."""
    return {
        "version": row.version,
        "made_by_id": row.made_by,
        "contract_id": row.contract_id,
        "from_id": row.from_id,
        "delivery_point_id": row.delivery_point_id,
        "instructions": row.instructions,
        "reason": row.reason,
        "after_the_event": row.after_the_event,
        "waiver": row.waiver,
        "waiver_words": row.waiver_words,
        "most": Money(row.most_pence) if row.most_pence is not None else None,
        "until_on": row.until_on,
        "repeat_every": row.repeat_every,
        "repeat_on": row.repeat_on,
        "repeat_until_on": row.repeat_until_on,
        "request_id": row.request_id,
        "sent_by": row.sent_by,
        "settled_why": row.settled_why,
        "category_id": row.category_id,
    }


def _others(ctx: Context, row: PurchaseOrder) -> dict[str, Any]:
    """What it points to, in words."""
    contract = ctx.session.get(SupplierContract, row.contract_id or 0)
    begun = ctx.session.get(PurchaseOrder, row.from_id or 0)
    point = ctx.session.get(DeliveryPoint, row.delivery_point_id or 0)
    called = keeping.called_off(ctx, row.id) if row.kind is OrderKind.AGREEMENT else 0
    return {
        "contract": f"{contract.number} {contract.title}" if contract is not None else "",
        "from_number": keeping.number_of(ctx, begun) if begun is not None else "",
        "delivery_point": point.name if point is not None else "",
        "called_off": Money(called),
        "approved_by": officer_names(ctx.session, [row.approved_by]).get(row.approved_by or 0, ""),
    }


def quotations(ctx: Context, order_id: int) -> tuple[QuotationRow, ...]:
    """The quotations of an order, the first recorded first."""
    every = quoting.of_order(ctx, order_id)
    names = officer_names(ctx.session, [each.made_by for each in every])
    lowest = min((each.net_pence for each in every if each.net_pence is not None), default=None)
    return tuple(
        QuotationRow(
            each.id,
            each.supplier_id,
            each.supplier_name,
            each.written,
            each.asked_on,
            each.given_on,
            Money(each.net_pence) if each.net_pence is not None else None,
            Money(each.vat_pence) if each.vat_pence is not None else None,
            each.reference,
            each.note,
            each.chosen,
            each.chosen_why,
            each.net_pence is not None and each.net_pence == lowest,
            each.document_sha256,
            names.get(each.made_by, ""),
            each.version,
        )
        for each in every
    )


def _codes_of(ctx: Context, lines: Sequence[OrderLine]) -> dict[int, list[CodeRow]]:
    """The codes of an order's lines, by line, with what is left of each; of a line in part cancelled what is in force of it."""
    splits = keeping.splits(ctx, [line.id for line in lines])
    named = (
        select(Budget, CostCentre.code, SubjectiveCode.code, SubjectiveCode.name)
        .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
        .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
    )
    codes: dict[int, tuple[str, str, Money]] = {}
    for chunk in in_chunks(sorted({split.budget_id for each in splits.values() for split in each})):
        for budget, centre, code, name in ctx.session.execute(named.where(Budget.id.in_(chunk))):
            codes[budget.id] = (spelt_code(centre, code), name, looking.left_of(budget))
    found: dict[int, list[CodeRow]] = {}
    for line in lines:
        part = line if 0 < line.cancelled < line.quantity else None
        rows = splits[line.id]
        bears = in_force.of_line(part, rows).shares if part is not None else [row.pence for row in rows]
        for row, pence in zip(rows, bears, strict=True):
            code, name, left = codes[row.budget_id]
            found.setdefault(line.id, []).append(CodeRow(row.budget_id, code, name, Money(pence), row.percent, left))
    return found


def _line(line: OrderLine, codes: Iterable[CodeRow]) -> LineRow:
    return LineRow(
        line.id,
        line.place,
        line.description,
        line.quantity,
        line.unit,
        line.price,
        line.vat,
        line.vat_recovered,
        line.labour,
        Money(line.net_pence),
        Money(line.vat_pence),
        line.received,
        line.invoiced,
        Money(line.invoiced_pence),
        line.cancelled,
        tuple(codes),
    )


def _suspicions(ctx: Context, row: PurchaseOrder, band: BandOf | None) -> tuple[Suspicion, ...]:
    if band is None or row.state not in {OrderState.DRAFT, OrderState.WAITING}:
        return ()
    return looking.alike_to(ctx, row, band).orders
