"""What approval does: the order's lines move, the codes bear what was invoiced, and the book of budgets follows."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from app.models.purchase_orders.budgets import Budget
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import OrderLine
from app.models.values import InvoiceKind, InvoiceState, OrderEvent, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.dto import Match
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.receipts.commands import CREDIT_NOTE_DUE
from app.services.purchase_orders.receipts.keeping import booked_on


def post(ctx: Context, row: SupplierInvoice, match: Match) -> None:
    """Put an invoice or credit note that matches into the order's figures and into the book, as the approver.

    The splits are written where none were typed; what was ordered is bound no more, what was received no more owed, and the
    actual is what the invoice says. A credit note moves all of it back. The order closes when nothing of it is left.
    """
    sign = -1 if row.kind is InvoiceKind.CREDIT_NOTE else 1
    row.state, row.approved_by, row.approved_at = InvoiceState.APPROVED, ctx.officer.id, ctx.clock.now()
    lines = {line.place: line for line in keeping.lines(ctx, [row.id])[row.id]}
    spent = _split(ctx, match, lines)
    if row.order_id is not None:
        order = orders.changing(ctx, row.order_id)
        _move(ctx, list(lines.values()), sign)
        what = "credited" if sign < 0 else "invoiced"
        orders.step(ctx, order.id, OrderEvent.INVOICED, f"{keeping.number(row)} {what}, {row.supplier_number}")
        orders.settle(ctx, order)
        on = booked_on(ctx, order.year)
        budgets.restate(ctx, order.id, on, Subject.SUPPLIER_INVOICE, row.id, keeping.number(row))
    words = f"{keeping.number(row)} {row.supplier_number}"
    years = _years(ctx, spent)
    items = [(budget_id, sign * pence, booked_on(ctx, years[budget_id]), words) for budget_id, pence in spent.items()]
    budgets.spend(ctx, items, Subject.SUPPLIER_INVOICE, row.id)
    diary.finish_for(ctx, Subject.SUPPLIER_INVOICE, row.id, keeping.NEAR, "Approved")
    if sign < 0 and row.order_id is not None:
        diary.finish_for(ctx, Subject.PURCHASE_ORDER, row.order_id, CREDIT_NOTE_DUE, f"{keeping.number(row)} came")
    ctx.session.flush()


def beyond_order(match: Match) -> dict[int, int]:
    """What an invoice takes of each code above what its order has bound there already."""
    found: dict[int, int] = defaultdict(int)
    for line in match.lines:
        cost = sum(code.amount.pence for code in line.codes)
        bound = min(line.order_net.pence, cost)
        for code in line.codes:
            found[code.budget_id] += code.amount.pence - (bound * code.amount.pence // cost if cost else 0)
    return dict(found)


def _split(ctx: Context, match: Match, lines: dict[int, InvoiceLine]) -> dict[int, int]:
    """Write the codes of lines that none were typed for; returns what each budget bears."""
    typed = keeping.splits(ctx, [line.id for line in lines.values()])
    spent: dict[int, int] = defaultdict(int)
    for shown in match.lines:
        if shown.place is None:
            continue
        line = lines[shown.place]
        for at, code in enumerate(shown.codes, 1):
            spent[code.budget_id] += code.amount.pence
            if line.id not in typed:
                ctx.session.add(
                    InvoiceSplit(line_id=line.id, place=at, budget_id=code.budget_id, pence=code.amount.pence)
                )
    ctx.session.flush()
    return spent


def _move(ctx: Context, lines: list[InvoiceLine], sign: int) -> None:
    for line in lines:
        if line.order_line_id is not None:
            of = ctx.session.get_one(OrderLine, line.order_line_id)
            of.invoiced += sign * line.quantity
            of.invoiced_pence += sign * line.net_pence
    ctx.session.flush()


def _years(ctx: Context, budget_ids: dict[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted(budget_ids)):
        rows = ctx.session.execute(select(Budget.id, Budget.year).where(Budget.id.in_(chunk)))
        found |= {row.id: row.year for row in rows}
    return found
