"""Entering invoices into the log, with what follows from each."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceAccepted, SupplierInvoice
from app.models.values import InvoiceKind, InvoiceState, MatchFault, Money
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import numbering
from app.services.purchase_orders.invoices import copies, gathering, keeping, writing
from app.services.purchase_orders.invoices.dto import Logged, NewInvoice
from app.services.purchase_orders.invoices.rules import matching
from app.services.purchase_orders.invoices.rules.clock import left_words
from app.services.purchase_orders.invoices.rules.matching import MOST_DIFFERENCE

KINDS: Final = {
    InvoiceKind.INVOICE: "Invoice",
    InvoiceKind.CREDIT_NOTE: "Credit note",
    InvoiceKind.UTILITY: "Utility bill",
}


def enter(ctx: Context, new: NewInvoice) -> Logged:
    """Log an invoice; the same key gives the one that it logged before.

    Every other desk that logs one waits from when copies are looked for, so that of two the second meets the first.

    Raises:
        UserErrors: fields have faults.
        UserError: the same invoice is there already, or one is suspected to be the same and no reason is given.
    """
    before = ctx.session.scalar(select(SupplierInvoice).where(SupplierInvoice.entry_key == new.entry_key))
    if before is not None:
        return keeping.told(before, f"{keeping.number(before)} is logged already.")
    writing.refuse_faults(ctx, new)
    numbering.move(ctx, "supplier_invoice", 0)
    refuse_copies(ctx, new)
    row = SupplierInvoice(
        entry_key=new.entry_key,
        number=numbering.take(ctx, "supplier_invoice"),
        kind=new.kind,
        state=InvoiceState.LOGGED,
        logged_by=ctx.officer.id,
        logged_at=ctx.clock.now(),
    )
    return keep(ctx, row, new, "is logged")


def keep(ctx: Context, row: SupplierInvoice, new: NewInvoice, did: str) -> Logged:
    """Write an invoice, new or changed, and work out what follows from it."""
    writing.write(ctx, row, new)
    keeping.work_out(ctx, row)
    if row.cis_pence + row.retention_pence > row.net_pence:
        words = f"{Money(row.retention_pence)} kept back and {Money(row.cis_pence)} of CIS are more than {new.net}."
        raise UserError(words, "Keep less back.", "retention")
    keeping.index(ctx, row)
    match = gathering.match(ctx, row)
    if new.duplicates_why:
        suspected = next((each for each in match.differences if each.fault is MatchFault.DUPLICATE), None)
        if suspected is not None:
            accept(ctx, row, MatchFault.DUPLICATE, 0, suspected.words, new.duplicates_why)
    if row.kind is InvoiceKind.CREDIT_NOTE:
        then = f"{Money(row.gross_pence)} less is paid"
    else:
        then = f"{left_words(keeping.clock(ctx, row)).lower()} to pay it"
    return keeping.told(row, f"{KINDS[row.kind]} {keeping.number(row)} {did}: {then}.", match.warnings)


def refuse_copies(ctx: Context, new: NewInvoice, row: SupplierInvoice | None = None) -> None:
    """Refuse an invoice that is there already, and a new one that may be, unless a reason is given.

    Raises:
        UserError: it is, or may be; each is named.
    """
    refuse_card_number(ctx, new.duplicates_why, "reason", "duplicates_why")
    suspects = copies.of_new(ctx, new, row.id if row else None)
    same = next((each for each in suspects if each.exact), None)
    if same is not None:
        raise UserError(
            f"This is {same.number} again: {same.supplier_number}, {same.gross}, {same.state.value}.",
            "Look at that one. If it was logged wrongly, cancel it first.",
            "supplier_number",
        )
    if row is not None or not suspects:
        return
    if not new.duplicates_why.strip():
        listed = " ".join(copies.words(each) for each in suspects)
        raise UserError(listed, "If it is another invoice, say why it is logged.", "duplicates_why")


def accept(ctx: Context, row: SupplierInvoice, fault: MatchFault, place: int, words: str, why: str) -> None:
    """Keep that a difference is accepted as it is, in the place of an earlier acceptance."""
    kept = ctx.session.get(InvoiceAccepted, (row.id, fault, place))
    if kept is None:
        kept = InvoiceAccepted(invoice_id=row.id, fault=fault, line_place=place)
        ctx.session.add(kept)
    kept.digest = matching.digest(words)
    kept.difference, kept.reason = words[:MOST_DIFFERENCE], " ".join(why.split())[: keeping.MOST_WORDS]
    kept.officer_id, kept.at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
