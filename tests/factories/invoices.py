"""Invoices of suppliers, logged by the command; all plainly made up."""

from dataclasses import replace
from datetime import date

from app.models.values import InvoiceKind, Money, PurchaseVat
from app.services.purchase_orders.invoices import commands
from app.services.purchase_orders.invoices.dto import NewInvoice, NewInvoiceLine, NewSplit

TODAY = date(2026, 11, 21)


def line(quantity, price, order_line_id=None, vat=None, budgets=None, **more):
    """A line of so many at a price in pounds, with VAT of 20% where none is said; budgets: {budget: pence}."""
    net = round(quantity * price * 100)
    return NewInvoiceLine(
        more.pop("description", "Sample line"),
        round(quantity * 1_000),
        round(price * 100_000),
        more.pop("vat_kind", PurchaseVat.STANDARD),
        Money(net // 5 if vat is None else vat),
        Money(net),
        order_line_id,
        splits=tuple(NewSplit(each, Money(pence)) for each, pence in (budgets or {}).items()),
        **more,
    )


def new(supplier_id, *lines, number="INV-1001", **more):
    """An invoice of 9 November that came on 11 November 2026 with the sums of its lines."""
    net, vat = sum((each.net for each in lines), Money(0)), sum((each.vat for each in lines), Money(0))
    values = {
        "entry_key": f"invoice:{number}",
        "supplier_id": supplier_id,
        "supplier_number": number,
        "invoice_on": date(2026, 11, 9),
        "received_on": date(2026, 11, 11),
        "net": net,
        "vat": vat,
        "lines": tuple(lines),
    }
    return NewInvoice(**values | more)


def log(ctx, supplier_id, *lines, **more):
    """The same, logged; what the command answers."""
    return commands.log(ctx, new(supplier_id, *lines, **more))


def credit(supplier_id, *lines, **more):
    """A credit note."""
    return new(supplier_id, *lines, **{"kind": InvoiceKind.CREDIT_NOTE, "number": "CN-1"} | more)


def replace_net(of, pence):
    """A line with another amount before VAT, as where a credit note puts a price right."""
    return replace(of, net=Money(pence))
