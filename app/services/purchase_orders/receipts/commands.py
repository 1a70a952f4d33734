"""What officers do with what arrives: receive it, send it back, and put a wrong receipt right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.receipts import GoodsReceipt, GoodsReceiptLine
from app.models.values import BlockScope, OrderKind, OrderState, ReceiptKind, Subject
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.purchase_orders.budgets.rules import spelt_year, year_of
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.receipts import keeping, rules
from app.services.purchase_orders.receipts.dto import NewCorrection, NewReceipt, NewReturn, Received
from app.services.purchase_orders.receipts.keeping import Entry
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.works import keeping as works

CREDIT_NOTE_DUE: Final = "credit_note_due"
"""The kind of task that waits for a supplier's credit note."""
_LONGEST: Final = 400
_DAYS_FOR_CREDIT: Final = 10
"""Working days after which a credit note that hasn't come is asked for."""


@requires(Permission.RECEIVE_GOODS)
def receive(ctx: Context, new: NewReceipt) -> Received:
    """Record what came of an order: the lines named, or all that is left. The same key gives the receipt that it made before.

    Raises:
        UserErrors: lines of which more came than policy allows.
        UserError: the order isn't open, nothing is left, the officer asked for the order and policy wants somebody else, or a
            colleague recorded something meanwhile (`ChangedMeanwhile`, with what).
    """
    again = keeping.before(ctx, new.entry_key)
    if again is not None:
        return _received(ctx, again, ())
    order = _opened(ctx, new.order_id, new.order_version)
    keeping.refuse_received_by(ctx, order)
    _refuse_day(ctx, new.received_on, "received_on")
    _refuse_year(ctx, order, new.received_on)
    known = {line.id: line for line in orders.lines(ctx, order.id)}
    moved = keeping.moves(new.lines, known) if new.lines else _all_left(known)
    percent = Decimal(ctx.policy.value("purchasing.over_receipt", new.received_on))
    _refuse_each(rules.too_many(keeping.standing(known[each]), quantity, percent) for each, quantity in moved.items())
    warnings = [rules.above(keeping.standing(known[each]), quantity) for each, quantity in moved.items()]
    warnings.append(_blocked(ctx, order))
    _check_texts(ctx, new.delivery_note, new.note)
    entry = Entry(
        new.entry_key,
        new.order_version,
        ReceiptKind.RECEIVED,
        new.received_on,
        moved,
        new.delivery_note,
        new.note,
        file=new.file,
    )
    row = keeping.record(ctx, order, entry)
    if not any(keeping.standing(line).left for line in known.values()):
        works.completed(ctx, order.id, new.received_on, new.note)
    return _received(ctx, row, tuple(each for each in warnings if each))


@requires(Permission.RECEIVE_GOODS)
def give_back(ctx: Context, new: NewReturn) -> Received:
    """Record what went back to the supplier; of what was invoiced already a credit note is to come, which is a task.

    Raises:
        UserErrors: lines of which less came.
        UserError: no reason is given, nothing is named, or as `receive`.
    """
    again = keeping.before(ctx, new.entry_key)
    if again is not None:
        return _received(ctx, again, ())
    order = _opened(ctx, new.order_id, new.order_version, closed=True)
    _refuse_day(ctx, new.returned_on, "returned_on")
    reason = _reason(ctx, new.reason, "why it went back")
    known = {line.id: line for line in orders.lines(ctx, order.id)}
    back = keeping.moves(new.lines, known)
    if not back:
        raise UserError("Nothing is said to have gone back.", "Give the quantity of a line.", "lines")
    _refuse_each(rules.too_few(keeping.standing(known[each]), quantity) for each, quantity in back.items())
    owed = _owed(known, back)
    _check_texts(ctx, new.delivery_note, "")
    moved = {each: -quantity for each, quantity in back.items()}
    entry = Entry(
        new.entry_key, new.order_version, ReceiptKind.RETURNED, new.returned_on, moved, new.delivery_note, reason
    )
    row = keeping.record(ctx, order, entry)
    return _received(ctx, row, _awaited_credit(ctx, order, row, owed))


@requires(Permission.RECEIVE_GOODS)
def correct(ctx: Context, new: NewCorrection) -> Received:
    """Put a wrong receipt right by another one that carries the difference; the wrong one stays as it was.

    Raises:
        UserErrors: lines of which then more came than policy allows, or less than nothing.
        UserError: no reason is given, it says nothing else, it is itself a correction, or as `receive`.
    """
    again = keeping.before(ctx, new.entry_key)
    if again is not None:
        return _received(ctx, again, ())
    wrong = keeping.receipt(ctx, new.receipt_id)
    if wrong.kind is not ReceiptKind.RECEIVED:
        raise UserError(f"{keeping.number(wrong)} is no receipt of goods.", "Record what came, or what went back.")
    order = _opened(ctx, wrong.order_id, new.order_version, closed=True)
    keeping.refuse_received_by(ctx, order)
    reason = _reason(ctx, new.reason, "what was wrong")
    known = {line.id: line for line in orders.lines(ctx, order.id)}
    moved = _put_right(ctx, wrong, new, known)
    if not moved:
        raise UserError("That is what the receipt says already.", "Give the quantities as they were.", "lines")
    percent = Decimal(ctx.policy.value("purchasing.over_receipt", wrong.received_on))
    _refuse_each(
        rules.too_many(keeping.standing(known[each]), by, percent)
        if by > 0
        else rules.too_few(keeping.standing(known[each]), -by)
        for each, by in moved.items()
    )
    today = ctx.clock.today()
    owed = _owed(known, {each: -by for each, by in moved.items() if by < 0})
    row = keeping.record(
        ctx,
        order,
        Entry(new.entry_key, new.order_version, ReceiptKind.CORRECTED, today, moved, "", reason, corrects_id=wrong.id),
    )
    return _received(ctx, row, _awaited_credit(ctx, order, row, owed))


def _opened(ctx: Context, order_id: int, version: int, *, closed: bool = False) -> PurchaseOrder:
    order = orders.order(ctx, order_id)
    if order.kind in {OrderKind.TEMPLATE, OrderKind.AGREEMENT}:
        raise UserError(
            f"{orders.number_of(ctx, order)} is not an order of its own.", "Receive on what was called off from it."
        )
    keeping.refuse_meanwhile(ctx, order, version)
    words = "" if closed and order.state is OrderState.CLOSED else keeping.why_not(ctx, order)
    if words:
        raise UserError(words, "Only what is approved and open is received.")
    return orders.changing(ctx, order_id, version)


def _all_left(known: Mapping[int, OrderLine]) -> dict[int, int]:
    found = {each: left for each, line in known.items() if (left := keeping.standing(line).left)}
    if not found:
        raise UserError("Nothing of this order is still to come.", "Look at its receipts.")
    return found


def _put_right(ctx: Context, wrong: GoodsReceipt, new: NewCorrection, known: Mapping[int, OrderLine]) -> dict[int, int]:
    """By how much each line moves: what it should have said less what it and its corrections say."""
    family = select(GoodsReceipt.id).where((GoodsReceipt.id == wrong.id) | (GoodsReceipt.corrects_id == wrong.id))
    rows = select(GoodsReceiptLine).where(GoodsReceiptLine.receipt_id.in_(family))
    moved = dict.fromkeys(known, 0)
    for row in ctx.session.scalars(rows):
        moved[row.line_id] -= row.quantity
    for each in new.lines:
        if each.quantity < 0:
            raise UserError("A receipt of less than nothing is a return.", "Record it as one.", "lines")
        if each.line_id not in moved:
            raise UserError("One of the lines isn't on the order any more.", "Open the order again.", "lines")
        moved[each.line_id] += each.quantity
    return {each: by for each, by in moved.items() if by}


def _blocked(ctx: Context, order: PurchaseOrder) -> str:
    if order.supplier_id is None:
        return ""
    found = suppliers.blocked(ctx, (order.supplier_id,), BlockScope.ORDERS, ctx.clock.today())
    words = found.get(order.supplier_id, "")
    return f"{words} What it delivers is received all the same." if words else ""


def _owed(known: Mapping[int, OrderLine], fewer: Mapping[int, int]) -> str:
    """What of it was invoiced already, in words; empty for nothing. To be asked before the lines move."""
    due = {each: rules.credit_due(keeping.standing(known[each]), quantity) for each, quantity in fewer.items()}
    return ", ".join(
        f"{rules.said(due[each], known[each].unit)} {known[each].description}" for each in due if due[each]
    )


def _awaited_credit(ctx: Context, order: PurchaseOrder, row: GoodsReceipt, owed: str) -> tuple[str, ...]:
    """The task that waits for the credit note, and what is said of it; nothing where nothing is owed."""
    if not owed:
        return ()
    title = f"A credit note is to come on {orders.number_of(ctx, order)}: {keeping.number(row)}"
    words = f"{owed} didn't come, or went back, and is invoiced. Ask the supplier for a credit note if none has come."
    due = diary.due_in(ctx, _DAYS_FOR_CREDIT)
    about = (Subject.PURCHASE_ORDER, order.id, CREDIT_NOTE_DUE)
    diary.add_task(ctx, NewTask(title[:200], due, words, *about, officer_id=ctx.officer.id))
    return (f"Invoiced already: {owed}. A credit note is to come.",)


def _refuse_day(ctx: Context, on: date, field: str) -> None:
    if on > ctx.clock.today():
        raise UserError("That day is to come.", "Give the day on which it happened.", field)


def _refuse_year(ctx: Context, order: PurchaseOrder, on: date) -> None:
    """What came belongs to the financial year in which it came, and so does its order by then."""
    number, year = orders.number_of(ctx, order), year_of(on)
    if year > order.year:
        raise UserError(
            f"{number} is on the budgets of {spelt_year(order.year)}, and this came in {spelt_year(year)}.",
            "Have the orders rolled into the new year first: whoever keeps the budgets does that.",
            "received_on",
        )
    if year < order.year:
        raise UserError(
            f"{number} is on the budgets of {spelt_year(order.year)}, which began after that day.",
            "Check the day. What came before the order was rolled is put right by whoever keeps the budgets.",
            "received_on",
        )


def _refuse_each(said: Iterable[str]) -> None:
    errors = [UserError(words, "Look at the order again, or have it amended.", "lines") for words in said if words]
    if errors:
        raise UserErrors(errors)


def _reason(ctx: Context, typed: str, what: str) -> str:
    said = typed.strip()
    if not said or len(said) > _LONGEST:
        raise UserError(f"Say {what}, in up to {_LONGEST} characters.", field="reason")
    refuse_card_number(ctx, said, "reason", "reason")
    return said


def _check_texts(ctx: Context, delivery_note: str, note: str) -> None:
    if len(delivery_note.strip()) > 40:
        raise UserError("The number of the delivery note is longer than 40 characters.", field="delivery_note")
    if len(note.strip()) > _LONGEST:
        raise UserError(f"The note is longer than {_LONGEST} characters.", field="note")
    refuse_card_number(ctx, delivery_note, "delivery note", "delivery_note")
    refuse_card_number(ctx, note, "note", "note")


def _received(ctx: Context, row: GoodsReceipt, warnings: tuple[str, ...]) -> Received:
    words = keeping.words_of(ctx, [row.id]).get(row.id, "")
    return Received(row.id, keeping.number(row), f"{keeping.number(row)}: {words}.", warnings, Changes(keeping.AREAS))
