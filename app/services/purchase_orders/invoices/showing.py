"""What whoever approves an invoice reads: who is paid what and why, the match, the meters, what was accepted, and the codes."""

from __future__ import annotations

from collections.abc import Iterator

from app.models.post_log import PostItem
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import InvoiceKind, InvoiceState, Money
from app.services.approvals.dto import Detail, Payload
from app.services.core.context import Context
from app.services.purchase_orders.amounts import write_price, write_quantity
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.invoices import gathering, keeping, posting
from app.services.purchase_orders.invoices.dto import Match
from app.services.purchase_orders.invoices.entering import KINDS
from app.services.purchase_orders.invoices.meters.readings import of_invoice
from app.services.purchase_orders.orders import bands
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt


def details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Who is paid what and for what, the match line by line, meters, what was accepted and why, and what each code bears."""
    row = ctx.session.get(SupplierInvoice, payload["invoice_id"])
    if row is None:
        return ()
    match = gathering.match(ctx, row)
    shown = [*_head(ctx, row), *_sums(ctx, row), *_lines(match), *_meters(ctx, row)]
    shown += [
        Detail(f"Accepted: {each.words}", "", f"{each.accepted_by}: {each.accepted_why}")
        for each in match.differences
        if not each.open
    ]
    for note in gathering.credited_by(ctx, row.id, InvoiceState.LOGGED, InvoiceState.WAITING):
        label = f"Credit note {keeping.number(note)} approved with it"
        shown.append(Detail(label, str(Money(note.gross_pence)), f"{note.supplier_number}: that much less is paid"))
    shown += [Detail("Over budget", "", each.words) for each in budgets.over(ctx, posting.beyond_order(match))]
    return tuple(shown)


def _head(ctx: Context, row: SupplierInvoice) -> Iterator[Detail]:
    supplier = ctx.session.get_one(Supplier, row.supplier_id)
    category = keeping.category(ctx, row)
    yield Detail("Supplier", "", f"{supplier.name} ({suppliers.number(supplier)})")
    yield Detail("Kind", "", KINDS[row.kind])
    chosen = category.name
    if row.order_id is None and category.id != supplier.category_id:
        own = ctx.session.get_one(PurchaseCategory, supplier.category_id)
        chosen += f", chosen by hand: the supplier's own is {own.name}"
    yield Detail("Category", "", chosen)
    yield Detail("Order", "", _order(ctx, row, category))
    yield Detail("Received", "", _received(ctx, row))


def _sums(ctx: Context, row: SupplierInvoice) -> Iterator[Detail]:
    yield Detail("Their number", "", f"{row.supplier_number}, {Money(row.net_pence)} and VAT {Money(row.vat_pence)}")
    yield Detail("Last day to pay", "", spelt(row.pay_by_on))
    yield Detail("Band", "", bands.of_amount(ctx, row.category_id, row.net_pence, row.vat_pence).title)
    now = keeping.cis_of(ctx, row)
    if now.deducted or row.cis_pence or (keeping.category(ctx, row).cis and now.rate):
        yield Detail("CIS", str(now.deducted), keeping.cis_kept(ctx, row).words)
    if row.retention_pence:
        yield Detail("Kept back", "", str(Money(row.retention_pence)))


def _order(ctx: Context, row: SupplierInvoice, category: PurchaseCategory) -> str:
    """The order, or why there is none."""
    if row.order_id is not None:
        return orders.number_of(ctx, ctx.session.get_one(PurchaseOrder, row.order_id))
    if row.kind is InvoiceKind.CREDIT_NOTE:
        if row.credits_id is None:
            return "None"
        return f"None: it takes back {keeping.number(ctx.session.get_one(SupplierInvoice, row.credits_id))}"
    if category.no_order_needed:
        return f"None, because {category.name} needs none"
    return (
        "None, though its category needs one" if gathering.order_needed(ctx, row) else "None: the policy asks for none"
    )


def _received(ctx: Context, row: SupplierInvoice) -> str:
    """The day that it reached the council, and the day that the post has where that is another."""
    item = ctx.session.get(PostItem, row.post_item_id) if row.post_item_id is not None else None
    said = spelt(row.received_on)
    if item is None or item.received_on == row.received_on:
        return said
    return f"{said}, though the post has it on {spelt(item.received_on)} ({item.year}/{item.number:04})"


def _meters(ctx: Context, row: SupplierInvoice) -> Iterator[Detail]:
    if row.kind is not InvoiceKind.UTILITY:
        return
    found = of_invoice(ctx, row.id)
    if not found:
        yield Detail("Meters", "", "None is read on this bill")
    for each in found:
        how = ", estimated" if each.estimated else ""
        said = f"{write_quantity(each.used)} used{how}, {each.net}. {' '.join(each.faults)}".strip()
        yield Detail(f"Meter {each.meter}, {spelt(each.from_on)} to {spelt(each.to_on)}", "", said)


def _lines(match: Match) -> Iterator[Detail]:
    for line in match.lines:
        if line.place is None:
            continue
        order = ""
        if line.order_price is not None:
            order = f"{write_quantity(line.ordered)} ordered at £{write_price(line.order_price)}, {write_quantity(line.received)} received"
        price = f" at £{write_price(line.price or 0)}" if line.invoiced else ""
        invoiced = f"{write_quantity(line.invoiced)}{price}: {line.net}, VAT {line.vat}"
        codes = ", ".join(f"{code.code} {code.amount}" for code in line.codes)
        yield Detail(f"Line {line.place}: {line.description}", order, f"{invoiced} ({codes})")
