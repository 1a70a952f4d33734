"""Writing invoices down: what may be logged, the order found by what is quoted, lines, readings, and the paper itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.documents import Document
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.meters import UtilityReading
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import ZERO, InvoiceKind, InvoiceState, Money, OrderState, Subject
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.documents import checking
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.documents.recognising import safe_name
from app.services.purchase_orders import amounts
from app.services.purchase_orders.invoices import keeping
from app.services.purchase_orders.invoices.dto import NewInvoice, NewInvoiceLine
from app.services.purchase_orders.invoices.rules import cis
from app.services.purchase_orders.invoices.rules.likeness import number_key
from app.services.purchase_orders.invoices.rules.whole import quoted_numbers
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.orders.rules import number_key as order_key
from app.services.purchase_orders.suppliers import keeping as suppliers

_AHEAD: Final = timedelta(31)
_LONGEST: Final = 40
_LIVE: Final = (OrderState.OPEN, OrderState.CLOSED, OrderState.CANCELLED)
"""Orders that have a number."""


def refuse_faults(ctx: Context, new: NewInvoice) -> None:
    """Refuse what can't be an invoice.

    Raises:
        UserErrors: every fault with its field.
        UserError: there is no such supplier, or a text holds a card number.
    """
    suppliers.supplier(ctx, new.supplier_id)
    more: list[UserError] = []
    if new.credits_id is not None:
        keeping.refuse_asked(ctx, new.credits_id)
        more += _credit_faults(ctx, new)
    refuse_typed(ctx, new, more)


def refuse_typed(ctx: Context, new: NewInvoice, more: Sequence[UserError] = ()) -> None:
    """Refuse what is typed or read of an invoice and can't be; `more` faults are told with those. Nothing is read for it.

    Raises:
        UserErrors: every fault with its field.
        UserError: a text holds a card number.
    """
    faults = [
        *_number_faults(new),
        *_date_faults(ctx, new),
        *_amount_faults(new),
        *_line_faults(new),
        *_reading_faults(new),
        *more,
    ]
    if faults:
        raise UserErrors(faults)
    texts = [(new.supplier_number, "number"), (new.order_quoted, "order number"), (new.note, "note")]
    texts += [(line.description, "line") for line in new.lines]
    for text, what in texts:
        refuse_card_number(ctx, text, what, what.replace(" ", "_"))


def write(ctx: Context, row: SupplierInvoice, new: NewInvoice) -> None:
    """Put what was given into an invoice; its lines and readings only where some are given."""
    supplier = ctx.session.get_one(Supplier, new.supplier_id)
    order = order_of(ctx, new)
    row.supplier_id, row.supplier_number = new.supplier_id, " ".join(new.supplier_number.split())
    row.number_key = number_key(row.supplier_number)
    row.invoice_on, row.received_on, row.due_on = new.invoice_on, new.received_on, new.due_on
    row.order_id, row.order_quoted = (order.id if order else None), " ".join(new.order_quoted.split())
    row.category_id = new.category_id or (order.category_id if order else supplier.category_id)
    row.credits_id, row.note = new.credits_id, new.note.strip()
    row.net_pence, row.vat_pence = new.net.pence, new.vat.pence
    kept_back = cis.retention(new.net, new.retention_percent) if new.retention_percent else new.retention
    row.retention_pence, row.retention_on = kept_back.pence, new.retention_on if kept_back else None
    if new.post_item_id is not None:
        row.post_item_id = new.post_item_id
    row.pay_by_on = new.received_on
    ctx.session.add(row)
    ctx.session.flush()
    if new.lines:
        write_lines(ctx, row, new.lines)
    _let_go(ctx, row)
    if new.readings:
        write_readings(ctx, row, new)
    _paper(ctx, row, new)
    row.labour_pence = new.labour.pence if new.labour is not None else keeping.labour_of(ctx, row)


def order_of(ctx: Context, new: NewInvoice) -> PurchaseOrder | None:
    """The order that an invoice is of: as chosen, else its supplier's that it quotes; of a credit note its invoice's.

    Raises:
        UserError: there is no such order, or it is about an account that the officer may not work on.
    """
    if new.order_id is not None:
        return orders.order(ctx, new.order_id)
    if new.credits_id is not None:
        credited = keeping.invoice(ctx, new.credits_id)
        return orders.order(ctx, credited.order_id) if credited.order_id is not None else None
    found = orders_quoted(ctx, (new,))[0]
    return orders.order(ctx, found.id) if found is not None else None


def orders_quoted(ctx: Context, many: Sequence[NewInvoice]) -> list[PurchaseOrder | None]:
    """Of each invoice the order of its supplier that it quotes; a statement for hundreds. Who may work on it isn't asked."""
    numbers = [numbers_in(ctx, new.order_quoted) for new in many]
    there: dict[int, PurchaseOrder] = {}
    for chunk in in_chunks(sorted({number for each in numbers for number in each})):
        rows = ctx.session.scalars(select(PurchaseOrder).where(PurchaseOrder.number.in_(chunk)))
        there |= {row.number: row for row in rows if row.number is not None}
    return [
        next((row for at in quoted if (row := there.get(at)) and row.supplier_id == new.supplier_id), None)
        for new, quoted in zip(many, numbers, strict=True)
    ]


def numbers_in(ctx: Context, quoted: str) -> tuple[int, ...]:
    """The numbers of orders in what an invoice quotes, however they are spelt; a requisition's is none."""
    if quoted.strip().upper().startswith("RQ"):
        return ()
    alone = order_key(quoted)
    return (alone,) if alone is not None else quoted_numbers(quoted, orders.prefix(ctx))


def write_lines(ctx: Context, row: SupplierInvoice, lines: tuple[NewInvoiceLine, ...]) -> None:
    """Put other lines in the place of an invoice's."""
    standing = select(InvoiceLine.id).where(InvoiceLine.invoice_id == row.id)
    for split in ctx.session.scalars(select(InvoiceSplit).where(InvoiceSplit.line_id.in_(standing))).all():
        ctx.session.delete(split)
    ctx.session.flush()
    for old in ctx.session.scalars(select(InvoiceLine).where(InvoiceLine.invoice_id == row.id)).all():
        ctx.session.delete(old)
    ctx.session.flush()
    for place, each in enumerate(lines, 1):
        net = each.net if each.net is not None else Money(amounts.net(each.quantity, each.price))
        line = InvoiceLine(
            invoice_id=row.id,
            place=place,
            order_line_id=each.order_line_id,
            description=each.description.strip()[:200],
            quantity=each.quantity,
            price=each.price,
            vat=each.vat_kind,
            vat_recovered=each.vat_recovered,
            net_pence=net.pence,
            vat_pence=each.vat.pence,
        )
        ctx.session.add(line)
        ctx.session.flush()
        ctx.session.add_all(
            InvoiceSplit(line_id=line.id, place=at, budget_id=split.budget_id, pence=split.amount.pence)
            for at, split in enumerate(each.splits, 1)
        )
    ctx.session.flush()


def _let_go(ctx: Context, row: SupplierInvoice) -> None:
    """Part the invoice's lines from lines of another order than its own, as where another one is chosen."""
    own = {line.id for line in orders.lines(ctx, row.order_id)} if row.order_id is not None else set()
    for line in keeping.lines(ctx, [row.id])[row.id]:
        if line.order_line_id not in own:
            line.order_line_id = None
    ctx.session.flush()


def write_readings(ctx: Context, row: SupplierInvoice, new: NewInvoice) -> None:
    """Put other readings in the place of a bill's."""
    for old in ctx.session.scalars(select(UtilityReading).where(UtilityReading.invoice_id == row.id)).all():
        ctx.session.delete(old)
    ctx.session.add_all(
        UtilityReading(
            meter_id=each.meter_id,
            invoice_id=row.id,
            from_on=each.from_on,
            to_on=each.to_on,
            opening=each.opening,
            closing=each.closing,
            used=each.used,
            estimated=each.estimated,
            net_pence=each.net.pence,
        )
        for each in new.readings
    )
    ctx.session.flush()


def _paper(ctx: Context, row: SupplierInvoice, new: NewInvoice) -> None:
    """Keep the invoice itself, and show it with the record."""
    name = f"{keeping.number(row)}.pdf"
    if new.file is not None:
        found = checking.check(ctx, new.file.file_name, new.file.content, checking.limits(ctx))
        sha256, name = documents.put(ctx, new.file.content, found.media_type), safe_name(new.file.file_name)
    elif new.document_sha256 and ctx.session.get(Document, new.document_sha256) is not None:
        sha256 = new.document_sha256
    else:
        return
    if sha256 != row.document_sha256:
        row.document_sha256 = sha256
        title = f"{keeping.number(row)} {row.supplier_number}"
        documents.link(ctx, sha256, NewLink(Subject.SUPPLIER_INVOICE, row.id, "invoice", title, name))


def _number_faults(new: NewInvoice) -> Iterator[UserError]:
    if not number_key(new.supplier_number):
        yield UserError("The invoice has no number.", "Type the supplier's own number as printed.", "supplier_number")
    for text, what, field in (
        (new.supplier_number, "supplier's number", "supplier_number"),
        (new.order_quoted, "order number", "order_quoted"),
    ):
        if len(" ".join(text.split())) > _LONGEST:
            yield UserError(f"The {what} is longer than {_LONGEST} characters.", field=field)
    if len(new.note.strip()) > keeping.MOST_WORDS:
        yield UserError(f"The note is longer than {keeping.MOST_WORDS} characters.", field="note")


def _date_faults(ctx: Context, new: NewInvoice) -> Iterator[UserError]:
    today = ctx.clock.today()
    if new.received_on > today:
        yield UserError("It can't have been received on a day to come.", "Give the day that it came.", "received_on")
    if new.invoice_on > today + _AHEAD:
        yield UserError("Its date is over a month ahead.", "Look at the date on the invoice.", "invoice_on")
    if new.due_on is not None and new.due_on < new.invoice_on:
        yield UserError("It is due before its own date.", "Look at both dates.", "due_on")


def _amount_faults(new: NewInvoice) -> Iterator[UserError]:
    if new.net < ZERO or new.vat < ZERO:
        yield UserError("Amounts are never negative.", "What a supplier gives back is a credit note.", "net")
    elif new.net + new.vat == ZERO:
        yield UserError("The invoice comes to nothing.", "Type the amounts as printed.", "net")
    if new.labour is not None and not ZERO <= new.labour <= new.net:
        yield UserError("Labour is at most the amount before VAT.", "Type the labour as printed.", "labour")
    kept_back = bool(new.retention or new.retention_percent)
    if new.retention < ZERO or new.retention > new.net:
        yield UserError("What is kept back is at most the amount before VAT.", field="retention")
    if kept_back and new.kind is InvoiceKind.CREDIT_NOTE:
        yield UserError("Nothing is kept back of a credit note.", field="retention")
    if kept_back and new.retention_on is None:
        yield UserError("Say on which day the retention is paid.", field="retention_on")


def _line_faults(new: NewInvoice) -> Iterator[UserError]:
    credit = new.kind is InvoiceKind.CREDIT_NOTE
    for place, line in enumerate(new.lines, 1):
        if not line.description.strip():
            yield UserError(f"Line {place} has no description.", field="lines")
        if line.quantity < 0 or (line.quantity == 0 and not credit):
            hint = "A credit note of a price alone has a quantity of 0." if credit else "Leave the line out."
            yield UserError(f"Line {place}: a quantity lies above 0.", hint, "lines")
        if line.price < 0 or line.vat < ZERO or (line.net is not None and line.net < ZERO):
            yield UserError(f"Line {place}: amounts are never negative.", "Log what is given back apart.", "lines")
        if any(split.amount <= ZERO for split in line.splits):
            yield UserError(f"Line {place}: each code bears more than nothing.", "Leave the code out.", "lines")
        if line.quantity == 0 and line.net is None:
            yield UserError(f"Line {place} has neither quantity nor amount.", field="lines")


def _reading_faults(new: NewInvoice) -> Iterator[UserError]:
    for place, each in enumerate(new.readings, 1):
        if each.to_on < each.from_on:
            yield UserError(f"Meter {place}: it is billed to a day before its first.", "Swap the days.", "readings")
        if each.net < ZERO or min(each.used, each.opening or 0, each.closing or 0) < 0:
            hint = "What the supplier gives back is a credit note."
            yield UserError(f"Meter {place}: readings, use and amounts are never negative.", hint, "readings")


def _credit_faults(ctx: Context, new: NewInvoice) -> Iterator[UserError]:
    credited = keeping.invoice(ctx, new.credits_id or 0)
    if new.kind is not InvoiceKind.CREDIT_NOTE:
        yield UserError("Only a credit note is for another invoice.", field="credits_id")
    elif credited.kind is InvoiceKind.CREDIT_NOTE or credited.supplier_id != new.supplier_id:
        yield UserError(f"{keeping.number(credited)} is no invoice of this supplier.", field="credits_id")
    elif credited.state is InvoiceState.CANCELLED:
        words = f"{keeping.number(credited)} is cancelled: nothing of it is owed."
        yield UserError(words, "Choose the invoice that it is of.", "credits_id")
    elif new.net + new.vat > Money(credited.gross_pence):
        words = f"{new.net + new.vat} is more than {keeping.number(credited)} of {Money(credited.gross_pence)}."
        yield UserError(words, "Log the rest against the invoice that it is of.", "net")
