"""What officers do with invoices: log and change them, match them, ask for approval, cancel what was logged wrongly."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import InvoiceKind, InvoiceState, Money, PurchaseVat, Subject
from app.services.approvals import commands as approvals
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.purchase_orders import amounts
from app.services.purchase_orders.invoices import entering, gathering, keeping, requests, writing
from app.services.purchase_orders.invoices.dto import Acceptance, ChangedInvoice, Logged, NewInvoice, NewInvoiceLine
from app.services.purchase_orders.suppliers.rules import spelt


@requires(Permission.LOG_INVOICES)
def log(ctx: Context, new: NewInvoice) -> Logged:
    """Log an invoice on arrival; its time to pay runs from then. The same key gives the one that it logged before.

    Raises:
        UserErrors: fields have faults.
        UserError: the same invoice is there already, or one is suspected to be the same and no reason to log it is given.
    """
    return entering.enter(ctx, new)


@requires(Permission.LOG_INVOICES)
def change(ctx: Context, changed: ChangedInvoice) -> Logged:
    """Change an invoice that isn't asked for yet; lines and readings only where some are given.

    Raises:
        UserErrors: fields have faults.
        ChangedMeanwhile: somebody changed it since.
        UserError: it has been asked for, it should become another kind, or as `log`.
    """
    row = keeping.logged(ctx, changed.invoice_id, changed.version)
    if changed.new.kind is not row.kind:
        kinds = (entering.KINDS[each].lower() for each in (row.kind, changed.new.kind))
        words = "{} was logged as {}, which can't become {}.".format(keeping.number(row), *map(keeping.a, kinds))
        raise UserError(words, "Cancel it, and log it anew as what it is.", "kind")
    writing.refuse_faults(ctx, changed.new)
    entering.refuse_copies(ctx, changed.new, row)
    return entering.keep(ctx, row, changed.new, "is changed")


@requires(Permission.LOG_INVOICES)
def take_lines(ctx: Context, invoice_id: int, version: int) -> Logged:
    """Take the order's lines over in the place of the invoice's: what came and isn't invoiced, at the order's prices.

    Where the invoice says as much as all that is ordered and not invoiced, that is taken. Labour that was typed stays.

    Raises:
        ChangedMeanwhile: somebody changed it since.
        UserError: it has no order, or nothing of the order is left to invoice.
    """
    row = keeping.logged(ctx, invoice_id, version)
    facts = gathering.facts(ctx, row)
    if facts.order is None:
        raise UserError("The invoice has no order to take lines from.", "Choose the order first.", "order_id")
    came = [(line, min(line.received, line.quantity - line.cancelled) - line.before) for line in facts.order.lines]
    left = [(line, line.quantity - line.cancelled - line.before) for line in facts.order.lines]
    if row.kind is InvoiceKind.CREDIT_NOTE:
        came = [(line, line.before - line.received) for line in facts.order.lines]
        left = [(line, line.before) for line in facts.order.lines]
    fits = sum(amounts.net(q, line.price) for line, q in left if q > 0) == row.net_pence
    taken = left if fits or not any(q > 0 for _, q in came) else came
    lines = tuple(
        NewInvoiceLine(
            line.description,
            quantity,
            line.price,
            line.vat_kind,
            _vat(ctx, amounts.net(quantity, line.price), line.vat_kind, row.invoice_on),
            order_line_id=line.line_id,
            vat_recovered=line.vat_recovered,
        )
        for line, quantity in taken
        if quantity > 0
    )
    if not lines:
        raise UserError(f"Nothing of {facts.order.number} is left to invoice.", "Type the lines of the invoice.")
    _put(ctx, row, lines)
    count = f"{len(lines)} line" + ("" if len(lines) == 1 else "s")
    return keeping.told(row, f"{count} of {facts.order.number} taken over.")


@requires(Permission.LOG_INVOICES)
def accept(ctx: Context, acceptance: Acceptance) -> Logged:
    """Accept a difference that the match found, with the reason, which whoever approves the invoice reads.

    Raises:
        ChangedMeanwhile: somebody changed the invoice, or the difference is another by now.
        UserError: it can't be accepted but has to be put right, or no reason is given.
    """
    row = keeping.logged(ctx, acceptance.invoice_id, acceptance.version)
    said = keeping.reason(ctx, acceptance.reason, "why the difference is accepted")
    at = (acceptance.fault, acceptance.line_place)
    found = gathering.match(ctx, row).differences
    difference = next((each for each in found if (each.fault, each.line_place) == at), None)
    if difference is None or difference.words != acceptance.difference:
        raise ChangedMeanwhile("The difference is another by now; nothing was saved.", "Look at the match again.")
    if not difference.acceptable:
        raise UserError(f"{difference.words} This can't be accepted.", "Put it right, or dispute the invoice.")
    entering.accept(ctx, row, acceptance.fault, acceptance.line_place, difference.words, said)
    flag_modified(row, "note")
    ctx.session.flush()
    return keeping.told(row, f"Accepted: {difference.words}")


@requires(Permission.LOG_INVOICES)
def ask(ctx: Context, invoice_id: int, reason: str = "") -> Logged:
    """Ask a second officer to approve an invoice that matches, or whose differences were accepted.

    Raises:
        UserError: a difference stands, a dispute is open, the supplier is blocked for invoices, it is a credit note of an invoice
            that isn't approved, or the office has one officer.
    """
    row = keeping.logged(ctx, invoice_id)
    requests.refuse_unready(ctx, row)
    requests.refuse_unready_notes(ctx, row)
    keeping.work_out(ctx, row)
    row.request_id = requests.ask(ctx, row, reason)
    row.state = InvoiceState.WAITING
    ctx.session.flush()
    return keeping.told(row, f"{keeping.number(row)} of {Money(row.gross_pence)} waits for approval.")


@requires(Permission.LOG_INVOICES)
def withdraw(ctx: Context, invoice_id: int, reason: str) -> Logged:
    """Take back the request to approve an invoice, by whoever asked: it can be changed again.

    Raises:
        UserError: it doesn't wait, somebody else asked, or no reason is given.
    """
    row = keeping.invoice(ctx, invoice_id)
    if row.state is not InvoiceState.WAITING or row.request_id is None:
        raise UserError(f"{keeping.number(row)} doesn't wait for approval.", "Look at it in the list.")
    approvals.withdraw(ctx, row.request_id, keeping.reason(ctx, reason, "why it is taken back"))
    return keeping.told(row, f"{keeping.number(row)} can be changed again.")


@requires(Permission.LOG_INVOICES)
def cancel(ctx: Context, invoice_id: int, reason: str) -> Logged:
    """Cancel an invoice that was logged wrongly; it stays in the list with the reason, and its number may be logged anew.

    Raises:
        UserError: it has been asked for or approved, a credit note is for it, or no reason is given.
    """
    row = keeping.logged(ctx, invoice_id)
    notes = gathering.credited_by(ctx, row.id)
    if notes:
        raise UserError(
            f"{keeping.number(notes[0])} is a credit note for it.",
            "Cancel that first, or choose another invoice there.",
        )
    row.settled_why = keeping.reason(ctx, reason, "why it is cancelled")
    row.state = InvoiceState.CANCELLED
    for dispute in keeping.disputes(ctx, [row.id])[row.id]:
        if dispute.closed_on is None:
            dispute.closed_on, dispute.closed_by = ctx.clock.today(), ctx.officer.id
            dispute.outcome = "The invoice was cancelled."
    for kind in (keeping.NEAR, keeping.UNTOUCHED):
        diary.finish_for(ctx, Subject.SUPPLIER_INVOICE, row.id, kind, "The invoice was cancelled")
    ctx.session.flush()
    return keeping.told(row, f"{keeping.number(row)} is cancelled.")


@requires(Permission.LOG_INVOICES)
def release_on(ctx: Context, invoice_id: int, day: date, why: str) -> Logged:
    """Set another day on which what was kept back is paid; why stays with the invoice.

    Raises:
        UserError: nothing is kept back, it is paid already, it is that day already, or no reason is given.
    """
    row = keeping.invoice(ctx, invoice_id)
    if not row.retention_pence or row.retention_paid_on is not None:
        raise UserError(f"Nothing of {keeping.number(row)} is kept back any more.", "Look at it in the list.")
    if row.retention_on == day:
        raise UserError(f"It is paid on {spelt(day)} already.", "Give another day.", "on")
    row.retention_why = keeping.reason(ctx, why, "why it is paid on another day", "why")
    row.retention_on = day
    ctx.session.flush()
    return keeping.told(row, f"The retention of {keeping.number(row)} is paid on {spelt(day)}.")


def _put(ctx: Context, row: SupplierInvoice, lines: tuple[NewInvoiceLine, ...]) -> None:
    """Put the order's lines in the place of an invoice's; labour follows them unless another sum was typed."""
    typed = row.labour_pence != keeping.labour_of(ctx, row)
    writing.write_lines(ctx, row, lines)
    if not typed:
        row.labour_pence = min(keeping.labour_of(ctx, row), row.net_pence)
    keeping.work_out(ctx, row)


def _vat(ctx: Context, net: int, kind: PurchaseVat, on: date) -> Money:
    return Money(amounts.vat(net, amounts.vat_rate(ctx, kind, on)))
