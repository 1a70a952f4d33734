"""What a credit note may take back, and that nothing of it changes between asking and approval."""

from dataclasses import replace

import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import MatchFault
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.invoices import commands, gathering
from app.services.purchase_orders.invoices.dto import ChangedInvoice
from tests.factories import invoices
from tests.services.purchase_orders.invoices.conftest import differences

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


def test_a_credit_note_takes_back_no_more_of_a_line_than_was_invoiced(desk, bought, approve):
    """10 at £10.00 were invoiced: not 6 twice in one note, nor £101.00; each line counts after the one before it."""
    one = bought.lines[0]
    asked = desk.do(lambda ctx: commands.ask(ctx, _owed(ctx, bought).invoice_id))
    assert approve(asked) == ""
    twice = desk.do(
        commands.log, invoices.credit(bought.supplier, line(6, 10, one), line(6, 10, one), order_id=bought.order)
    )
    found = desk.do(differences, twice.invoice_id)
    assert set(found) == {(MatchFault.QUANTITY, 2), (MatchFault.PRICE, 2)}
    assert found[MatchFault.QUANTITY, 2].words == "Sample line 1: 6 credited, 4 were invoiced."
    assert found[MatchFault.PRICE, 2].words == "Sample line 1: £60.00 credited, £40.00 was invoiced."
    dear = replace(line(1, 101, one), quantity=0)
    more = desk.do(commands.log, invoices.credit(bought.supplier, dear, order_id=bought.order, number="CN-2"))
    with pytest.raises(UserError, match=r"£101\.00 credited, £100\.00 was invoiced"):
        desk.do(commands.ask, more.invoice_id)


def test_a_credit_note_of_nothing_is_said_and_of_a_cancelled_invoice_refused(desk, bought):
    owed = desk.do(_owed, bought)
    desk.do(commands.cancel, owed.invoice_id, "Logged twice")
    with pytest.raises(UserErrors, match="IN00001 is cancelled: nothing of it is owed"):
        desk.do(commands.log, invoices.credit(bought.supplier, line(1, 10), credits_id=owed.invoice_id))
    loose = invoices.credit(bought.supplier, line(1, 10, budgets={bought.code: 10_00}))
    found = desk.do(differences, desk.do(commands.log, loose).invoice_id)[MatchFault.NO_ORDER, 0]
    assert found.acceptable
    assert found.words == "It names neither the invoice nor the order of which it takes £12.00 back."


def _owed(ctx, bought):
    """IN00001: 10 at £10.00, as they were ordered and came."""
    return invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order)
