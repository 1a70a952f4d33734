"""How orders end: taken back before they were approved, cancelled as far as nothing came, closed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt
from app.models.values import OrderEvent, OrderKind, OrderState, OrderVersionState, ReceiptKind
from app.services.approvals import commands as approvals
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import in_force, keeping, planning, versions
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.works import keeping as works


def withdraw(ctx: Context, row: PurchaseOrder, reason: str) -> str:
    """Take back what isn't approved: what waits is a draft again, a draft is withdrawn for good. As a sentence.

    Raises:
        UserError: it is approved or over, or somebody else asked for it.
    """
    number = keeping.number_of(ctx, row)
    if row.state is OrderState.WAITING and row.request_id is not None:
        approvals.withdraw(ctx, row.request_id, reason)
        return f"{number} is taken back: it is a draft again."
    if row.state is not OrderState.DRAFT:
        raise UserError(f"{number} is {row.state.value}.", "What isn't wanted of an order is cancelled.")
    row.state, row.settled_why = OrderState.WITHDRAWN, reason
    keeping.step(ctx, row.id, OrderEvent.WITHDRAWN, reason)
    ctx.session.flush()
    return f"{number} is withdrawn."


def cancel_rest(ctx: Context, row: PurchaseOrder, line_ids: Sequence[int], reason: str) -> str:
    """Cancel what hasn't come of some lines, or of all; an order of which nothing came is cancelled. As a sentence.

    What is left of it is a new version, for less: the supplier is to be sent that one. Works of which all that is left came are
    done.

    Raises:
        UserError: it isn't open, an amendment of it waits, a line isn't its own, or nothing is left to cancel.
    """
    _refuse(ctx, row)
    number, lines = keeping.number_of(ctx, row), keeping.lines(ctx, row.id)
    if row.kind in keeping.NOT_BOUND:
        row.state, row.settled_why = OrderState.CANCELLED, reason
        keeping.step(ctx, row.id, OrderEvent.CANCELLED, reason)
        ctx.session.flush()
        return f"{number} is cancelled: nothing more is called off."
    if set(line_ids) - {line.id for line in lines}:
        raise UserError("A line of it isn't one of the order's.", "Look at the order again.", "lines")
    done: list[str] = []
    for line in lines:
        rest = line.quantity - line.cancelled - max(line.received, line.invoiced)
        if rest > 0 and (not line_ids or line.id in line_ids):
            line.cancelled += rest
            done.append(f"{amounts.write_quantity(rest)} {line.unit}".strip() + f" of {line.description}")
    if not done:
        raise UserError(
            "Nothing is left to cancel: all of it came.", "What goes back is recorded as a return.", "lines"
        )
    keeping.step(ctx, row.id, OrderEvent.CANCELLED, f"{'; '.join(done)}. {reason}")
    if all(line.cancelled == line.quantity for line in lines):
        row.state, row.settled_why = OrderState.CANCELLED, reason
        told = f"{number} is cancelled."
    else:
        _lowered(ctx, row, reason)
        if not keeping.settle(ctx, row):
            row.sent_by = row.sent_at = row.outgoing_id = None
        told = f"{number}: {_spelt(done)} cancelled."
    keeping.restate(ctx, row, "Cancelled")
    ctx.session.flush()
    return told


def close(ctx: Context, row: PurchaseOrder, reason: str) -> str:
    """Close an order by hand: what hasn't come won't, and what came stays owed until it is invoiced. As a sentence.

    What came of it is a new version, where that is less than was ordered. Works of which a part came are done with that.

    Raises:
        UserError: it isn't open, an amendment of it waits, or nothing of it came, so that it is cancelled instead.
    """
    _refuse(ctx, row)
    number, lines = keeping.number_of(ctx, row), keeping.lines(ctx, row.id)
    if not closes(row, lines):
        raise UserError(f"Nothing of {number} came.", "Cancel it instead.")
    less = [line for line in lines if line.cancelled < line.quantity - _came(line)]
    for line in less:
        line.cancelled = line.quantity - _came(line)
    if less:
        _lowered(ctx, row, reason)
    row.state, row.settled_why = OrderState.CLOSED, reason
    keeping.step(ctx, row.id, OrderEvent.CLOSED, reason)
    keeping.restate(ctx, row, "Closed")
    ctx.session.flush()
    return f"{number} is closed."


def closes(row: PurchaseOrder, lines: Sequence[OrderLine]) -> bool:
    """Whether an order can be closed by hand: one of which nothing came is cancelled instead."""
    return row.kind in keeping.NOT_BOUND or any(_came(line) for line in lines)


def to_tell(ctx: Context, row: PurchaseOrder) -> str:
    """That the supplier of an order that was sent has it as it was, as a sentence, and what to do."""
    name = suppliers.supplier(ctx, row.supplier_id or 0).name
    return f"{name} has the order as it was: {'send it again' if row.state is OrderState.OPEN else 'tell them'}."


def _lowered(ctx: Context, row: PurchaseOrder, reason: str) -> None:
    """Keep what is left of an order as its new version, to be sent; nobody has to approve what is less."""
    lines = keeping.lines(ctx, row.id)
    row.current = versions.next_number(ctx, row)
    in_force.come_to(row, lines)
    made = versions.write(ctx, row, OrderVersionState.APPROVED, f"Cancelled: {reason}"[: keeping.MOST_WORDS])
    made.approved_at = ctx.clock.now()
    if row.kind is OrderKind.WORKS and all(line.quantity - line.cancelled <= _came(line) for line in lines):
        works.completed(ctx, row.id, _last_came(ctx, row.id), "What was left of it was cancelled")
    ctx.session.flush()


def _last_came(ctx: Context, order_id: int) -> date:
    """The day on which the last part of an order came; today, where none was received."""
    came = GoodsReceipt.kind == ReceiptKind.RECEIVED
    last = select(func.max(GoodsReceipt.received_on)).where(GoodsReceipt.order_id == order_id, came)
    return ctx.session.scalar(last) or ctx.clock.today()


def _refuse(ctx: Context, row: PurchaseOrder) -> None:
    number = keeping.number_of(ctx, row)
    if row.state is not OrderState.OPEN:
        raise UserError(f"{number} is {row.state.value}, not open.", "A requisition is withdrawn.")
    if planning.waiting(ctx, row.id) is not None:
        raise UserError(f"An amendment of {number} waits for approval.", "Withdraw it first.")


def _came(line: OrderLine) -> int:
    return max(line.received, line.invoiced)


def _spelt(parts: Sequence[str]) -> str:
    return " and ".join(parts) if len(parts) < 3 else f"{len(parts)} lines"
