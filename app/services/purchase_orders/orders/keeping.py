"""Orders for the commands that change them or what hangs on them: receipts, invoices, works. Nothing here asks for a permission.

Every step loads the order by `changing`, which moves its version: of two officers who work on one order at once the second
is told, and nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from app.models.purchase_orders.orders import OrderLine, OrderSplit, OrderStep, OrderVersionLine, PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import Money, OrderEvent, OrderKind, OrderState, Subject
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import first_day, last_day

MOST_WORDS: Final = 400
NOT_BOUND: Final = (OrderKind.AGREEMENT, OrderKind.TEMPLATE)
"""Nothing is received or invoiced of these: they bind no money."""


def order(ctx: Context, order_id: int) -> PurchaseOrder:
    """An order by its id, if the officer may work on what it is about.

    Raises:
        UserError: there is none, or it is about an account that they may not work on.
    """
    row = record(ctx, PurchaseOrder, order_id, "order")
    access.touch_subject(ctx, Subject.PURCHASE_ORDER, row.id)
    return row


def changing(ctx: Context, order_id: int, version: int | None = None) -> PurchaseOrder:
    """An order that a step changes: its version moves, whatever of it changes.

    Args:
        ctx: who acts.
        order_id: the order.
        version: as the officer saw it; None: whatever it is now.

    Raises:
        ChangedMeanwhile: somebody else changed it since, and what the last step was.
        UserError: as `order`.
    """
    row = order(ctx, order_id)
    if version is not None and row.version != version:
        last = ctx.session.scalars(
            select(OrderStep).where(OrderStep.order_id == row.id).order_by(OrderStep.id.desc()).limit(1)
        ).first()
        said = f" The last step: {last.event.value}{f', {last.words}' if last.words else ''}." if last else ""
        raise ChangedMeanwhile(
            f"Somebody else worked on {number_of(ctx, row)} while you had it open; nothing was saved.{said}",
            "Look at it again, then do what is still to do.",
        )
    flag_modified(row, "current")
    return row


def lines(ctx: Context, order_id: int) -> list[OrderLine]:
    """The lines of an order, in their places."""
    return list(
        ctx.session.scalars(
            select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.place, OrderLine.id)
        )
    )


def lines_of(ctx: Context, order_ids: Collection[int]) -> dict[int, list[OrderLine]]:
    """The lines of many orders, by order, in their places."""
    found: dict[int, list[OrderLine]] = {order_id: [] for order_id in order_ids}
    for chunk in in_chunks(sorted(order_ids)):
        rows = select(OrderLine).where(OrderLine.order_id.in_(chunk)).order_by(OrderLine.order_id, OrderLine.place)
        for line in ctx.session.scalars(rows):
            found[line.order_id].append(line)
    return found


def splits(ctx: Context, line_ids: Collection[int]) -> dict[int, list[OrderSplit]]:
    """The codes of lines, by line, in their places."""
    found: dict[int, list[OrderSplit]] = {line_id: [] for line_id in line_ids}
    for chunk in in_chunks(sorted(line_ids)):
        rows = select(OrderSplit).where(OrderSplit.line_id.in_(chunk)).order_by(OrderSplit.line_id, OrderSplit.place)
        for row in ctx.session.scalars(rows):
            found[row.line_id].append(row)
    return found


def step(ctx: Context, order_id: int, event: OrderEvent, words: str = "") -> None:
    """Write a step of an order's history."""
    ctx.session.add(
        OrderStep(
            order_id=order_id, at=ctx.clock.now(), officer_id=ctx.officer.id, event=event, words=words[:MOST_WORDS]
        )
    )


def line_words(line: OrderLine | OrderVersionLine) -> str:
    """A line as a sentence: `Lamps, 10 box at £1.25: £12.50`."""
    quantity = f"{amounts.write_quantity(line.quantity)} {line.unit}".strip()
    return f"{line.description}, {quantity} at £{amounts.write_price(line.price)}: {Money(line.net_pence)}"


def settle(ctx: Context, row: PurchaseOrder) -> bool:
    """Close an order of which nothing is left to receive or to invoice, and open one again of which something is.

    To be called after lines moved and before the book is restated. An order that was closed by hand stays closed: what of it
    went back won't come again.

    Returns:
        Whether its state changed.
    """
    if row.kind in NOT_BOUND or row.state not in {OrderState.OPEN, OrderState.CLOSED}:
        return False
    ctx.session.flush()
    if row.state is OrderState.CLOSED and row.settled_why:
        for line in lines(ctx, row.id):
            line.cancelled = max(0, line.quantity - max(line.received, line.invoiced))
        return False
    done = all(is_done(line) for line in lines(ctx, row.id))
    if done and row.state is OrderState.OPEN:
        row.state, row.settled_why = OrderState.CLOSED, ""
        step(ctx, row.id, OrderEvent.CLOSED, "Nothing of it is left")
        return True
    if not done and row.state is OrderState.CLOSED and not row.settled_why:
        row.state = OrderState.OPEN
        step(ctx, row.id, OrderEvent.CHANGED, "Open again: something of it is left")
        return True
    return False


def is_done(line: OrderLine) -> bool:
    """Whether nothing of a line will come, and all that came is invoiced."""
    came = max(line.received, line.invoiced)
    return line.quantity - line.cancelled <= came and line.received <= line.invoiced


def restate(ctx: Context, row: PurchaseOrder, words: str) -> None:
    """Bring the book of budgets to what the order binds and owes now, with the order as the document."""
    budgets.restate(ctx, row.id, booked_on(ctx, row.year), Subject.PURCHASE_ORDER, row.id, words)


def booked_on(ctx: Context, year: int) -> date:
    """The day in whose month a step of an order is reported: today, within the order's financial year."""
    return min(max(ctx.clock.today(), first_day(year)), last_day(year))


def prefix(ctx: Context) -> str:
    """What the numbers of orders begin with."""
    return ctx.policy.value("purchasing.order_number_prefix", ctx.clock.today())


def number_of(ctx: Context, row: PurchaseOrder) -> str:
    """The number of an order as it is written, `PO00012`; of a requisition `RQ00012`."""
    return written(prefix(ctx), row.number, row.requisition)


def written(begins: str, number: int | None, requisition: int) -> str:
    """A number as it is written, by what those of orders begin with."""
    return f"{begins}{number:05}" if number is not None else f"RQ{requisition:05}"


def called_off(ctx: Context, agreement_id: int, but: int | None = None) -> int:
    """What was called off an agreement so far, before VAT, in pence: what was asked for and not refused or cancelled."""
    rest = OrderLine.net_pence * (OrderLine.quantity - OrderLine.cancelled) // OrderLine.quantity
    found = (
        select(func.coalesce(func.sum(rest), 0))
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .where(
            PurchaseOrder.from_id == agreement_id,
            PurchaseOrder.kind == OrderKind.CALL_OFF,
            PurchaseOrder.state.in_((OrderState.WAITING, OrderState.OPEN, OrderState.CLOSED)),
            PurchaseOrder.id != (but or 0),
        )
    )
    return int(ctx.session.scalar(found) or 0)


def index(ctx: Context, row: PurchaseOrder) -> None:
    """Make the words anew by which an order is found."""
    name = ctx.session.scalar(select(Supplier.name).where(Supplier.id == (row.supplier_id or 0)))
    texts = [f"RQ{row.requisition:05}", row.finance_number, row.title, name]
    if row.number is not None:
        texts += [number_of(ctx, row), str(row.number)]
    index_record(ctx, Subject.PURCHASE_ORDER, row.id, *texts)


def said(ctx: Context, typed: str, field: str = "reason", what: str = "why") -> str:
    """A reason as it is kept.

    Raises:
        UserError: it is missing or too long, or holds a card number.
    """
    text = " ".join(typed.split())
    if not text or len(text) > MOST_WORDS:
        raise UserError(f"Say {what}, in up to {MOST_WORDS} characters.", "It stays with the order.", field)
    refuse_card_number(ctx, text, "reason", field)
    return text
