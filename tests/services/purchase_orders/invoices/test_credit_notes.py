"""What a credit note may take back, and that nothing of it changes between asking and approval."""


import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices import commands, gathering
from app.services.purchase_orders.invoices.dto import ChangedInvoice
from tests.factories import invoices

line = invoices.line


def change(ctx, invoice_id, new):
    """Change an invoice as it stands now."""
    version = ctx.session.get(SupplierInvoice, invoice_id).version
    return commands.change(ctx, ChangedInvoice(invoice_id, version, new))


def test_what_was_logged_as_an_invoice_never_becomes_a_credit_note(desk, bought):
    one = bought.lines[0]
    owed = desk.do(invoices.log, bought.supplier, line(10, 10, one), order_id=bought.order)
    wrong = desk.do(invoices.log, bought.supplier, line(2, 10, one), order_id=bought.order, number="CN-9")
    note = invoices.credit(bought.supplier, line(2, 10, one), number="CN-9", credits_id=owed.invoice_id)
    with pytest.raises(UserError, match=r"IN00002 was logged as an invoice, which can't become a credit note"):
        desk.do(change, wrong.invoice_id, note)

    def by_hand(ctx):
        ctx.session.get(SupplierInvoice, wrong.invoice_id).credits_id = owed.invoice_id
        ctx.session.flush()
        return gathering.credited_by(ctx, owed.invoice_id)

    assert desk.do(by_hand) == []
