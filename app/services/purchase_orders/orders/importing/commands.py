"""Open orders of a file loaded: all of it or nothing, and no line twice."""

from __future__ import annotations

import json

from app.models.imports import LoadBatch, LoadLine
from app.models.purchase_orders.orders import OrderLine, OrderSplit, OrderStep, OrderVersion, PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import OrderEvent, OrderKind, OrderState, OrderVersionState, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.core.search_index import index_records
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.orders import keeping, rules, versions, writing
from app.services.purchase_orders.orders.dto import AREAS
from app.services.purchase_orders.orders.importing import checking
from app.services.purchase_orders.orders.importing.checking import Found
from app.services.purchase_orders.orders.importing.dto import WORDS, Loaded, NewLoad


@requires(Permission.APPROVE_ORDERS)
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Load the open orders of another system, approved there: each with a number of ours, and what is bound and owed.

    An order that was loaded before, line for line, is left out.

    Raises:
        UserErrors: something in it is wrong, each with its row; nothing was kept.
        Cancelled: the officer asked for it; nothing was kept.
    """
    found = checking.look(ctx, new)
    if found.mistakes:
        raise refusal(found.mistakes, WORDS)
    known = f" {found.known:,} {'was' if found.known == 1 else 'were'} loaded before." if found.known else ""
    if not found.orders:
        return Loaded(0, 0, None, f"Nothing of it is new.{known}", Changes(AREAS))
    orders = _orders(ctx, new, found)
    count = _lines(ctx, orders, found)
    _versions(ctx, orders)
    on = keeping.booked_on(ctx, new.year)
    budgets.restate_all(ctx, [row.id for row in orders.values()], on, f"Loaded from {new.file.file_name}")
    load_id = _note(ctx, new, found)
    names = {row.supplier_id: ctx.session.get_one(Supplier, row.supplier_id).name for row in orders.values()}
    texts = {
        row.id: (keeping.number_of(ctx, row), row.finance_number, row.title, names[row.supplier_id])
        for row in orders.values()
    }
    index_records(ctx, Subject.PURCHASE_ORDER, {key: iter(each) for key, each in texts.items()})
    noun = "order is" if len(orders) == 1 else "orders are"
    return Loaded(len(orders), count, load_id, f"{len(orders):,} {noun} loaded.{known}", Changes(AREAS))


def _orders(ctx: Context, new: NewLoad, found: Found) -> dict[str, PurchaseOrder]:
    """The orders, with their numbers taken in the order of the file."""
    count = len(found.orders)
    requisition = numbering.take(ctx, "requisition", count)
    number = numbering.take(ctx, "purchase_order", count)
    now = ctx.clock.now()
    rows = {}
    for at, (order, lines) in enumerate(found.orders.items()):
        rows[order] = PurchaseOrder(
            entry_key=f"load:{new.file.sha256[:40]}:{at}",
            requisition=requisition + at,
            number=number + at,
            finance_number=order,
            kind=OrderKind.ORDINARY,
            state=OrderState.OPEN,
            title=writing.tidy(lines[0].row.title or lines[0].row.description)[:200],
            supplier_id=found.suppliers[order],
            category_id=found.categories[order],
            year=new.year,
            wanted_on=next((line.row.wanted_on for line in lines if line.row.wanted_on), None),
            net_pence=sum(line.priced.net for line in lines),
            vat_pence=sum(line.priced.vat for line in lines),
            made_by=ctx.officer.id,
            made_at=now,
            approved_at=now,
            sent_at=now,
        )
    ctx.session.add_all(rows.values())
    ctx.session.flush()
    ctx.session.add_all(
        OrderStep(
            order_id=row.id,
            at=now,
            officer_id=ctx.officer.id,
            event=OrderEvent.DRAFTED,
            words=f"Loaded from {new.file.file_name}, where it is order {order}"[:400],
        )
        for order, row in rows.items()
    )
    return rows


def _lines(ctx: Context, orders: dict[str, PurchaseOrder], found: Found) -> int:
    made: list[tuple[OrderLine, writing.Priced]] = []
    for order, row in orders.items():
        for place, each in enumerate(found.orders[order], 1):
            line = OrderLine(order_id=row.id, received=each.received, invoiced=each.invoiced)
            writing.fill(line, each.priced, place)
            line.invoiced_pence = rules.part(each.priced.net, each.invoiced, line.quantity)
            line.cancelled = 0
            made.append((line, each.priced))
        if all(each.received == each.invoiced == each.priced.line.quantity for each in found.orders[order]):
            row.state = OrderState.CLOSED
    ctx.session.add_all(line for line, _ in made)
    ctx.session.flush()
    ctx.session.add_all(
        OrderSplit(line_id=line.id, place=1, budget_id=priced.line.splits[0].budget_id, pence=priced.shares[0])
        for line, priced in made
    )
    ctx.session.flush()
    return len(made)


def _versions(ctx: Context, orders: dict[str, PurchaseOrder]) -> None:
    """The first version of each, as it was loaded."""
    now = ctx.clock.now()
    made = {
        row.id: OrderVersion(
            order_id=row.id,
            number=1,
            state=OrderVersionState.APPROVED,
            reason="Loaded from another system",
            net_pence=row.net_pence,
            vat_pence=row.vat_pence,
            made_by=ctx.officer.id,
            made_at=now,
            approved_at=now,
        )
        for row in orders.values()
    }
    ctx.session.add_all(made.values())
    ctx.session.flush()
    lines = keeping.lines_of(ctx, list(made))
    splits = keeping.splits(ctx, [line.id for each in lines.values() for line in each])
    for order_id, version in made.items():
        ctx.session.add_all(versions.lines_as(version.id, [(line, splits[line.id]) for line in lines[order_id]]))
    ctx.session.flush()


def _note(ctx: Context, new: NewLoad, found: Found) -> int:
    """Note the file and its lines, so that neither is loaded again."""
    lines = [line.row for each in found.orders.values() for line in each]
    batch = LoadBatch(
        kind="orders",
        file_sha256=new.file.sha256,
        file_name=new.file.file_name[:200],
        loaded_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        summary=json.dumps({"orders": len(found.orders), "lines": len(lines), "known": found.known}),
    )
    ctx.session.add(batch)
    ctx.session.flush()
    ctx.session.add_all(
        LoadLine(fingerprint=row.fingerprint, occurrence=row.occurrence, sheet="Open orders", load_id=batch.id)
        for row in lines
    )
    ctx.session.flush()
    return batch.id
