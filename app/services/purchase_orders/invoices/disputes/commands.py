"""What officers do about an invoice that can't be paid as it is: dispute it, tell the supplier, settle it."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.purchase_orders.invoices import InvoiceDispute, SupplierInvoice
from app.models.values import InvoiceState, OrderEvent, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.diary import keeping as diary
from app.services.letters.dto import Channel
from app.services.letters.keeping import make_to
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.disputes import telling
from app.services.purchase_orders.invoices.dto import Logged, NewDispute, Settlement
from app.services.purchase_orders.invoices.rules import clock as clocks
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.suppliers.rules import spelt

_MAY: Final = frozenset({InvoiceState.LOGGED, InvoiceState.APPROVED})


@requires(Permission.LOG_INVOICES)
def dispute(ctx: Context, new: NewDispute) -> Logged:
    """Dispute an invoice: it isn't approved or paid until that is settled. Its time to pay stops once the supplier is told.

    Raises:
        UserError: it waits for approval, is paid or cancelled, is disputed already, a day is to come, or nothing is said.
    """
    row = keeping.invoice(ctx, new.invoice_id)
    if row.state not in _MAY:
        hint = "Withdraw the request first." if row.state is InvoiceState.WAITING else "Ask for a credit note."
        raise UserError(f"{keeping.number(row)} is {row.state.value.replace('_', ' ')}.", hint)
    if any(each.closed_on is None for each in keeping.disputes(ctx, [row.id])[row.id]):
        raise UserError(f"{keeping.number(row)} is disputed already.", "Settle that first, or add a note.")
    _refuse_day(ctx, new.found_on, row.received_on, "found_on")
    made = InvoiceDispute(
        invoice_id=row.id,
        reason=new.reason,
        words=keeping.reason(ctx, new.words, "what is wrong", "words"),
        found_on=new.found_on,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    if new.notified_on is not None:
        _told(ctx, row, made, new.notified_on, new.notified_how)
    if row.order_id is not None:
        orders.step(ctx, row.order_id, OrderEvent.CHANGED, f"{keeping.number(row)} disputed: {made.words}")
    return _answer(ctx, row, f"{keeping.number(row)} is disputed.", made)


@requires(Permission.LOG_INVOICES)
def told(ctx: Context, dispute_id: int, notified_on: date, how: str) -> Logged:
    """Note that the supplier was told of a dispute by telephone or in person: when, and whom.

    Raises:
        UserError: they were told already, it is settled, the day is to come, or nobody is named.
    """
    made, row = _open(ctx, dispute_id)
    _refuse_told(made)
    made.outgoing_id = None
    _told(ctx, row, made, notified_on, how)
    return _answer(ctx, row, f"The supplier was told about {keeping.number(row)}.", made)


@requires(Permission.LOG_INVOICES)
def write(ctx: Context, dispute_id: int, channel: Channel = Channel.EMAIL) -> Logged:
    """Tell the supplier of a dispute by e-mail or letter: its time to pay stands still from the day on which that goes.

    Raises:
        UserError: they were told already, something to them is on its way, it is settled, or there is no address.
    """
    made, row = _open(ctx, dispute_id)
    _refuse_told(made)
    before = telling.going(ctx, (made,)).get(made.id)
    if before is not None and before.under_way:
        raise UserError(before.words, "Cancel it in Letters first, or note what you said on the telephone.")
    made.outgoing_id = make_to(ctx, telling.letter(ctx, row, made, channel), telling.recipient(ctx, row)).id
    return _answer(ctx, row, f"The supplier is written to about {keeping.number(row)}.", made)


@requires(Permission.LOG_INVOICES)
def settle(ctx: Context, settlement: Settlement) -> Logged:
    """Settle a dispute, with how it ended: the days for which the time stood are added.

    Raises:
        UserError: it is settled already, the day is to come or before it began, or nothing is said.
    """
    made, row = _open(ctx, settlement.dispute_id)
    began = max(made.found_on, made.notified_on or made.found_on)
    _refuse_day(ctx, settlement.closed_on, began, "closed_on")
    made.outcome = keeping.reason(ctx, settlement.outcome, "how it ended", "outcome")
    made.closed_on, made.closed_by = settlement.closed_on, ctx.officer.id
    keeping.work_out(ctx, row)
    for kind in (keeping.UNTOUCHED, keeping.UNTOLD):
        diary.finish_for(ctx, Subject.SUPPLIER_INVOICE, row.id, kind, made.outcome)
    return _answer(ctx, row, f"The dispute of {keeping.number(row)} is settled.", made)


def _told(ctx: Context, row: SupplierInvoice, made: InvoiceDispute, on: date, how: str) -> None:
    _refuse_day(ctx, on, made.found_on, "notified_on")
    said = keeping.reason(ctx, how, "how and whom you told", "notified_how")
    if len(said) > telling.LONGEST_HOW:
        raise UserError(f"Say how and whom you told, in up to {telling.LONGEST_HOW} characters.", field="notified_how")
    made.notified_on, made.notified_how = on, said
    keeping.work_out(ctx, row)
    diary.finish_for(ctx, Subject.SUPPLIER_INVOICE, row.id, keeping.UNTOLD, said)


def _open(ctx: Context, dispute_id: int) -> tuple[InvoiceDispute, SupplierInvoice]:
    made = record(ctx, InvoiceDispute, dispute_id, "dispute")
    row = keeping.invoice(ctx, made.invoice_id)
    if made.closed_on is not None:
        raise UserError(
            f"This dispute of {keeping.number(row)} is settled.", "Open another if something else is wrong."
        )
    return made, row


def _refuse_told(made: InvoiceDispute) -> None:
    if made.notified_on is not None:
        raise UserError("The supplier was told already.", "Add a note for what was said since.")


def _refuse_day(ctx: Context, day: date, first: date, field: str) -> None:
    if day > ctx.clock.today():
        raise UserError("That day is to come.", "Give the day on which it happened.", field)
    if day < first:
        raise UserError(f"That is before {first.day} {first:%b %Y}, when it began.", "Look at the days again.", field)


def _answer(ctx: Context, row: SupplierInvoice, said: str, made: InvoiceDispute) -> Logged:
    stands = clocks.Stand(made.id, made.reason, made.found_on, made.notified_on, made.closed_on)
    timing = keeping.timing(ctx, row, keeping.disputes(ctx, [row.id])[row.id])
    by = spelt(clocks.told_by(timing, stands))
    going = telling.going(ctx, (made,)).get(made.id)
    if made.closed_on is not None:
        still = " Cancel it in Letters." if going is not None and going.under_way else ""
        said += f" {going.words}{still}" if going is not None and still else ""
        said += f" {clocks.left_words(keeping.clock(ctx, row))}."
    elif going is not None and going.under_way:
        said += f" {going.words} The time to pay goes on until it goes, which has to be by {by}."
    elif made.notified_on is None:
        said += f" The time to pay goes on until the supplier is told: tell them by {by}."
    elif not clocks.in_time(timing, stands):
        said += f" They were told after {by}, so the time to pay goes on."
    return keeping.told(row, said)
