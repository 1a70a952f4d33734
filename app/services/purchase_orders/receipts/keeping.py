"""Recording what came of an order, for commands that have asked for a permission of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.officers import Officer
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.values import OrderEvent, OrderState, ReceiptKind, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.records import record as found_record
from app.services.documents import checking
from app.services.documents import keeping as documents
from app.services.documents.dto import NewFile, NewLink
from app.services.documents.recognising import safe_name
from app.services.ledger import numbering
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import LineFacts, cost_of
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.orders import separation
from app.services.purchase_orders.receipts.dto import LineQuantity
from app.services.purchase_orders.receipts.rules import Standing, said

AREAS: Final = frozenset({"purchase_orders", "home"})
_EVENTS: Final = {
    ReceiptKind.RECEIVED: (OrderEvent.RECEIVED, "received"),
    ReceiptKind.RETURNED: (OrderEvent.RETURNED, "went back"),
    ReceiptKind.CORRECTED: (OrderEvent.RECEIVED, "put right"),
}
_MOST_WORDS: Final = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """What a receipt says of itself; `moves` of each line in thousandths, negative where it went back.

    `order_version` is that of the order before it.
    """

    entry_key: str
    order_version: int
    kind: ReceiptKind
    received_on: date
    moves: Mapping[int, int]
    delivery_note: str = ""
    reason: str = ""
    corrects_id: int | None = None
    file: NewFile | None = None


def number(row: GoodsReceipt) -> str:
    """A receipt's number as it is written: `GR00012`."""
    return f"GR{row.number:05}"


def receipt(ctx: Context, receipt_id: int) -> GoodsReceipt:
    """A receipt by its id.

    Raises:
        UserError: there is none.
    """
    return found_record(ctx, GoodsReceipt, receipt_id, "receipt")


def before(ctx: Context, entry_key: str) -> GoodsReceipt | None:
    """The receipt that the same key made before."""
    return ctx.session.scalar(select(GoodsReceipt).where(GoodsReceipt.entry_key == entry_key))


def standing(line: OrderLine) -> Standing:
    """A line as the rules read it."""
    return Standing(line.description, line.unit, line.quantity, line.cancelled, line.received, line.invoiced)


def refuse_meanwhile(ctx: Context, order: PurchaseOrder, version: int) -> None:
    """Refuse what was filled from an older version of the order, and say what colleagues recorded since.

    Raises:
        ChangedMeanwhile: somebody changed the order since.
    """
    if order.version == version:
        return
    rows = ctx.session.execute(
        select(GoodsReceipt, Officer.name)
        .join(Officer, Officer.id == GoodsReceipt.received_by)
        .where(GoodsReceipt.order_id == order.id, GoodsReceipt.order_version >= version)
        .order_by(GoodsReceipt.number)
    ).all()
    told = "; ".join(f"{who} recorded {number(row)}, {_words(ctx, row)}" for row, who in rows)
    raise ChangedMeanwhile(
        f"{told}; nothing was saved." if told else "The order was changed meanwhile; nothing was saved.",
        "What is left is shown anew: look at it, then record what else came.",
    )


def refuse_received_by(ctx: Context, order: PurchaseOrder) -> None:
    """Refuse that whoever asked for an order, or approved it, records what came of it, where policy wants somebody else.

    Raises:
        UserError: they are the same.
    """
    part = separation.part(ctx, order)
    if part:
        raise UserError(
            f"You {part} {orders.number_of(ctx, order)}, so somebody else records what came of it.",
            "Ask a colleague who saw it come. An office too small for that sets the policy 'Somebody else receives' to No.",
        )


def why_not(ctx: Context, order: PurchaseOrder) -> str:
    """Why nothing can come of an order in its state; empty: it can.

    One that was invoiced whole before it came closed by itself, and what was paid in advance is received all the same.
    """
    paid_before = order.state is OrderState.CLOSED and not order.settled_why
    if order.state is OrderState.OPEN or paid_before:
        return ""
    return f"{orders.number_of(ctx, order)} is {order.state.value}: nothing can be recorded as received."


def record(ctx: Context, order: PurchaseOrder, entry: Entry) -> GoodsReceipt:
    """Keep a receipt of an order whose version has moved, move its lines, close or open it, and bring the book up to date."""
    lines = {line.id: line for line in orders.lines(ctx, order.id)}
    row = GoodsReceipt(
        entry_key=entry.entry_key,
        number=numbering.take(ctx, "goods_receipt"),
        order_id=order.id,
        order_version=entry.order_version,
        kind=entry.kind,
        received_on=entry.received_on,
        received_by=ctx.officer.id,
        delivery_note=entry.delivery_note.strip(),
        reason=entry.reason.strip(),
        corrects_id=entry.corrects_id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    if entry.file is not None:
        row.document_sha256 = _note(ctx, row, entry.file)
    for line_id, moved in entry.moves.items():
        line = lines[line_id]
        pence = _cost(line, line.received + moved) - _cost(line, line.received)
        line.received += moved
        ctx.session.add(GoodsReceiptLine(receipt_id=row.id, line_id=line_id, quantity=moved, pence=pence))
    ctx.session.flush()
    _tell_order(ctx, order, row)
    return row


def moves(lines: Iterable[LineQuantity], known: Mapping[int, OrderLine]) -> dict[int, int]:
    """Quantities by line, each line named once.

    Raises:
        UserError: a line isn't of the order, or is named twice.
    """
    found: dict[int, int] = {}
    for each in lines:
        if each.line_id not in known:
            raise UserError("One of the lines isn't on the order any more.", "Open the order again.", "lines")
        if each.line_id in found:
            raise UserError(f"{known[each.line_id].description} is there twice.", "Give it one quantity.", "lines")
        found[each.line_id] = each.quantity
    return found


def words_of(ctx: Context, receipt_ids: Sequence[int]) -> dict[int, str]:
    """What receipts say of their lines, in words: `2 hours Labour, 1 Boiler`."""
    found: dict[int, list[str]] = {}
    for chunk in in_chunks(receipt_ids):
        rows = (
            select(GoodsReceiptLine.receipt_id, GoodsReceiptLine.quantity, OrderLine.unit, OrderLine.description)
            .join(OrderLine, OrderLine.id == GoodsReceiptLine.line_id)
            .where(GoodsReceiptLine.receipt_id.in_(chunk))
            .order_by(GoodsReceiptLine.receipt_id, OrderLine.place)
        )
        for row in ctx.session.execute(rows):
            found.setdefault(row.receipt_id, []).append(f"{said(row.quantity, row.unit)} {row.description}")
    return {receipt_id: ", ".join(each) for receipt_id, each in found.items()}


def booked_on(ctx: Context, year: int) -> date:
    """The day in whose month a step is reported on budgets of a financial year: today, or the nearest that is open."""
    return budgets.day_in(ctx, ctx.clock.today(), year)


def _words(ctx: Context, row: GoodsReceipt) -> str:
    return words_of(ctx, [row.id]).get(row.id, "")


def _tell_order(ctx: Context, order: PurchaseOrder, row: GoodsReceipt) -> None:
    event, what = _EVENTS[row.kind]
    words = f"{number(row)} {what}: {_words(ctx, row)}"
    orders.step(ctx, order.id, event, words[:_MOST_WORDS])
    orders.settle(ctx, order)
    budgets.restate(ctx, order.id, booked_on(ctx, order.year), Subject.GOODS_RECEIPT, row.id, number(row))


def _cost(line: OrderLine, quantity: int) -> int:
    whole = amounts.cost(line.net_pence, line.vat_pence, line.vat_recovered)
    return cost_of(LineFacts(whole, line.quantity), quantity)


def _note(ctx: Context, row: GoodsReceipt, file: NewFile) -> str:
    """Keep the delivery note and link it to the receipt."""
    recognised = checking.check(ctx, file.file_name, file.content, checking.limits(ctx))
    sha256 = documents.put(ctx, file.content, recognised.media_type)
    title = file.title or f"Delivery note {row.delivery_note}".strip()
    new = NewLink(Subject.GOODS_RECEIPT, row.id, "delivery note", title, safe_name(file.file_name))
    documents.link(ctx, sha256, new)
    return sha256
