"""Invoices for the commands that change them: found, numbered, their time to pay and CIS worked out anew at each step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceDispute, InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import OrderLine
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import CisStatus, InvoiceKind, InvoiceState, Money, Subject
from app.services.core import access
from app.services.core.calendars import WorkingDays
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.core.versions import refuse_old
from app.services.diary.calendar import office_days
from app.services.purchase_orders.invoices.dto import CisSum, Clock, Logged
from app.services.purchase_orders.invoices.dto.listed import CHANGED
from app.services.purchase_orders.invoices.rules import cis
from app.services.purchase_orders.invoices.rules import clock as clocks
from app.services.purchase_orders.invoices.rules.clock import Stand, Timing
from app.services.purchase_orders.suppliers import cis_before

MOST_WORDS: Final = 400
NEAR: Final = "invoice_last_day"
"""The kind of task that says that the last day to pay is near."""
UNTOUCHED: Final = "dispute_untouched"
"""The kind of task that says that nobody has touched a dispute for long."""
UNTOLD: Final = "dispute_untold"
"""The kind of task that says that what was to tell a supplier of a dispute didn't go."""


def number(row: SupplierInvoice) -> str:
    """Our own number as it is written: `IN00012`."""
    return written(row.number)


def written(number_of_ours: int) -> str:
    """An own number as it is written."""
    return f"IN{number_of_ours:05}"


def invoice(ctx: Context, invoice_id: int) -> SupplierInvoice:
    """An invoice by its id, if the officer may work on what its order is about.

    Raises:
        UserError: there is none, or its order is about an account that they may not work on.
    """
    row = record(ctx, SupplierInvoice, invoice_id, "invoice")
    if row.order_id is not None:
        access.touch_subject(ctx, Subject.PURCHASE_ORDER, row.order_id)
    return row


def logged(ctx: Context, invoice_id: int, version: int | None = None) -> SupplierInvoice:
    """An invoice that may still be changed.

    Raises:
        ChangedMeanwhile: somebody changed it since.
        UserError: it has been asked for, approved or cancelled, it is a credit note of an invoice that was asked for and is
            approved with it, or as `invoice`.
    """
    row = invoice(ctx, invoice_id)
    if version is not None:
        refuse_old(row.version, version)
    if row.state is not InvoiceState.LOGGED:
        hint = "Withdraw the request first." if row.state is InvoiceState.WAITING else "Look at it in the list."
        raise UserError(f"{number(row)} is {row.state.value.replace('_', ' ')}: it can't be changed.", hint)
    refuse_asked(ctx, row.credits_id)
    return row


def refuse_asked(ctx: Context, credits_id: int | None) -> None:
    """Refuse a step of a credit note that is approved with its invoice, while that waits for approval.

    Raises:
        UserError: it does.
    """
    credited = ctx.session.get(SupplierInvoice, credits_id) if credits_id is not None else None
    if credited is not None and credited.state is InvoiceState.WAITING:
        words = f"{number(credited)} waits for approval, and its credit notes are approved with it."
        raise UserError(words, "Withdraw that request first, then ask again.", "credits_id")


def lines(ctx: Context, invoice_ids: Collection[int]) -> dict[int, list[InvoiceLine]]:
    """The lines of invoices, by invoice, in their places."""
    found: dict[int, list[InvoiceLine]] = {each: [] for each in invoice_ids}
    for chunk in in_chunks(sorted(invoice_ids)):
        rows = select(InvoiceLine).where(InvoiceLine.invoice_id.in_(chunk)).order_by(InvoiceLine.place)
        for row in ctx.session.scalars(rows):
            found[row.invoice_id].append(row)
    return found


def splits(ctx: Context, line_ids: Sequence[int]) -> dict[int, list[InvoiceSplit]]:
    """The codes of lines as typed or as approved, by line, in their places."""
    found: dict[int, list[InvoiceSplit]] = {}
    for chunk in in_chunks(line_ids):
        rows = select(InvoiceSplit).where(InvoiceSplit.line_id.in_(chunk)).order_by(InvoiceSplit.place)
        for row in ctx.session.scalars(rows):
            found.setdefault(row.line_id, []).append(row)
    return found


def disputes(ctx: Context, invoice_ids: Collection[int]) -> dict[int, list[InvoiceDispute]]:
    """The disputes of invoices, by invoice, the oldest first."""
    found: dict[int, list[InvoiceDispute]] = {each: [] for each in invoice_ids}
    for chunk in in_chunks(sorted(invoice_ids)):
        rows = select(InvoiceDispute).where(InvoiceDispute.invoice_id.in_(chunk)).order_by(InvoiceDispute.id)
        for row in ctx.session.scalars(rows):
            found[row.invoice_id].append(row)
    return found


def timing(
    ctx: Context, row: SupplierInvoice, stood: Sequence[InvoiceDispute], office: WorkingDays | None = None
) -> Timing:
    """What its time to pay depends on, by the policy of the day on which it was received; `office`: its days, if they are read."""
    stands = tuple(Stand(each.id, each.reason, each.found_on, each.notified_on, each.closed_on) for each in stood)
    return Timing(
        row.received_on,
        row.due_on,
        ctx.policy.number("purchasing.pay_days", row.received_on),
        ctx.policy.number("purchasing.dispute_days", row.received_on),
        office or office_days(ctx),
        stands,
        order_missing=row.order_id is None and not row.order_quoted and row.kind is InvoiceKind.INVOICE,
    )


def clock(ctx: Context, row: SupplierInvoice) -> Clock:
    """Its time to pay as it stands today."""
    return clocks.clock(timing(ctx, row, disputes(ctx, [row.id])[row.id]), ctx.clock.today())


def cis_of(ctx: Context, row: SupplierInvoice) -> CisSum:
    """What is deducted of its labour for HMRC, by the supplier's status and the rate of today, or of the day that it was paid on.

    A run of payments works it out anew for the day of payment (`payments/labour`).
    """
    on = row.paid_on or ctx.clock.today()
    status = cis_before.status_on(ctx, (row.supplier_id,), on)[row.supplier_id]
    rate = Decimal(0)
    if status is not CisStatus.OUTSIDE:
        rate = Decimal(ctx.policy.value("purchasing.cis_rate", on, f"cis:{status.value}"))
    return cis.deduction(status, rate, Money(row.labour_pence), Money(row.net_pence))


def cis_kept(ctx: Context, row: SupplierInvoice) -> CisSum:
    """What is deducted as it was when it was asked for, though the supplier's status may be another since."""
    now, kept = cis_of(ctx, row), Money(row.cis_pence)
    if now.deducted == kept:
        return now
    words = f"{kept} of labour {now.labour} for HMRC, by the supplier's status when it was asked for."
    return CisSum(now.labour, now.materials, "", kept, words)


def work_out(ctx: Context, row: SupplierInvoice) -> None:
    """Work its last day to pay out anew after a step that may have moved it, whether a dispute holds it, and its CIS until it is asked for."""
    ctx.session.flush()
    if row.state is InvoiceState.LOGGED:
        row.cis_pence = cis_of(ctx, row).deducted.pence
    now = clock(ctx, row)
    row.pay_by_on = now.last_on
    for dispute in disputes(ctx, [row.id])[row.id]:
        if dispute.closed_on is None:
            dispute.holds_from = dispute.notified_on if now.held else None
    ctx.session.flush()


def labour_of(ctx: Context, row: SupplierInvoice) -> int:
    """Of its net amount, in pence, what is on the order's lines of labour."""
    ctx.session.flush()
    nets = ctx.session.scalars(
        select(InvoiceLine.net_pence)
        .join(OrderLine, OrderLine.id == InvoiceLine.order_line_id)
        .where(InvoiceLine.invoice_id == row.id, OrderLine.labour)
    )
    return sum(nets)


def category(ctx: Context, row: SupplierInvoice) -> PurchaseCategory:
    """What it is for."""
    return ctx.session.get_one(PurchaseCategory, row.category_id)


def index(ctx: Context, row: SupplierInvoice) -> None:
    """Make the words anew by which it is found."""
    name = ctx.session.scalar(select(Supplier.name).where(Supplier.id == row.supplier_id))
    index_record(ctx, Subject.SUPPLIER_INVOICE, row.id, number(row), row.supplier_number, name)


def reason(ctx: Context, typed: str, what: str, field: str = "reason") -> str:
    """A reason as it is kept.

    Raises:
        UserError: it is missing or too long, or holds a card number.
    """
    said = " ".join(typed.split())
    if not said or len(said) > MOST_WORDS:
        raise UserError(f"Say {what}, in up to {MOST_WORDS} characters.", "It stays with the invoice.", field)
    refuse_card_number(ctx, said, "reason", field)
    return said


def a(noun: str) -> str:
    """A noun with its article: `an invoice`."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def told(row: SupplierInvoice, words: str, warnings: Sequence[str] = ()) -> Logged:
    """What a command answers."""
    return Logged(
        row.id, number(row), row.state, words, CHANGED, row.request_id, tuple(each for each in warnings if each)
    )
