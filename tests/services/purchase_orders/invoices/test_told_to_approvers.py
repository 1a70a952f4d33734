"""What is held without an order, and what whoever approves an invoice reads of it."""

from datetime import date

import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import InvoiceKind, MatchFault
from app.services.approvals.queries import request
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices import commands
from tests.factories import invoices, purchasing
from tests.services.purchase_orders.invoices.conftest import differences
from tests.services.purchase_orders.invoices.test_logging import arrive

line = invoices.line


def details(desk, asked):
    """What an approver reads, by label."""
    return {each.label: each.after for each in desk.do(request, asked.request_id).details}


def test_a_utility_bill_without_an_order_is_held_as_any_invoice_of_its_category(desk, bought):
    """£900.00 as a utility bill of a supplier of materials: held; as electricity: the approver reads that it was chosen."""
    typed = line(1, 900, budgets={bought.code: 900_00})
    held = desk.do(invoices.log, bought.supplier, typed, kind=InvoiceKind.UTILITY)
    assert desk.do(differences, held.invoice_id)[MatchFault.NO_ORDER, 0].words.startswith("It quotes no order")
    with pytest.raises(UserError, match="no order, no pay"):
        desk.do(commands.ask, held.invoice_id)
    power = desk.do(lambda ctx: purchasing.category(ctx, "electricity"))
    more = {"category_id": power, "number": "E-1", "kind": InvoiceKind.UTILITY, "duplicates_why": "A bill"}
    bill = desk.do(invoices.log, bought.supplier, typed, **more)
    shown = details(desk, desk.do(commands.ask, bill.invoice_id))
    assert shown["Kind"] == "Utility bill"
    assert shown["Category"].startswith("Electricity, chosen by hand: the supplier's own is ")
    assert shown["Order"] == "None, because Electricity needs none"
    assert shown["Meters"] == "None is read on this bill"


def test_another_day_than_the_posts_is_told(desk, bought):
    item_id, _ = desk.do(arrive)
    more = {"post_item_id": item_id, "received_on": date(2026, 11, 12), "order_id": bought.order}
    logged = desk.do(invoices.log, bought.supplier, line(10, 10, bought.lines[0]), **more)
    shown = details(desk, desk.do(commands.ask, logged.invoice_id))
    assert shown["Received"] == "12 Nov 2026, though the post has it on 5 Nov 2026 (2026/0041)"
    assert shown["Order"] == "PO00001"
    assert desk.do(lambda ctx: ctx.session.get(SupplierInvoice, logged.invoice_id).post_item_id) == item_id
