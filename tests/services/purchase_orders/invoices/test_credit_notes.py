"""What a credit note may take back, and that nothing of it changes between asking and approval."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceSplit, SupplierInvoice
from app.models.values import MatchFault, Money
from app.services.approvals.queries import request
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.invoices import commands, gathering, queries
from app.services.purchase_orders.invoices.dto import Acceptance, ChangedInvoice
from app.services.purchase_orders.invoices.rules.credit import price_alone
from tests.factories import invoices, purchasing
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


def test_a_credit_note_stands_still_once_its_invoice_is_asked_for(desk, colleague, bought, approve):
    """£12.00 off as the approver reads it; neither that note nor another one moves before it is approved."""
    one = bought.lines[0]
    owed = desk.do(_owed, bought)
    taken = invoices.credit(bought.supplier, line(1, 10, one, vat=2_50), credits_id=owed.invoice_id)
    note = desk.do(commands.log, taken)
    with pytest.raises(UserError, match=r"Its credit note IN00002: .*VAT of £2\.50 where 20% of £10\.00 is £2\.00"):
        desk.do(commands.ask, owed.invoice_id)
    colleague.do(_accept, note.invoice_id)
    asked = desk.do(commands.ask, owed.invoice_id)
    shown = {each.label: each.before for each in desk.do(request, asked.request_id).details}
    assert shown["Credit note IN00002 approved with it"] == "£12.50"
    for step in (
        lambda ctx: change(ctx, note.invoice_id, replace(taken, lines=(line(9, 10, one),))),
        lambda ctx: commands.cancel(ctx, note.invoice_id, "Wrong"),
        lambda ctx: commands.log(ctx, replace(taken, entry_key="other", supplier_number="CN-7")),
    ):
        with pytest.raises(UserError, match="IN00001 waits for approval, and its credit notes are approved with it"):
            desk.do(step)
    assert approve(asked, colleague) != ""


def _accept(ctx, invoice_id):
    """Accept every difference of an invoice."""
    for at, each in differences(ctx, invoice_id).items():
        version = ctx.session.get(SupplierInvoice, invoice_id).version
        commands.accept(ctx, Acceptance(invoice_id, version, *at, each.words, "Agreed with the supplier"))


def _owed(ctx, bought):
    """IN00001: 10 at £10.00, as they were ordered and came."""
    return invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order)


def test_a_credit_note_is_borne_by_the_codes_that_bear_its_invoice_now(desk, bought, approve):
    """£100.00 of the first line were moved to another code, all but £25.00: £40.00 credited are £30.00 and £10.00."""
    one = bought.lines[0]
    owed = desk.do(_owed, bought)
    assert approve(desk.do(commands.ask, owed.invoice_id)) == ""

    def move(ctx):
        there = purchasing.budget(ctx, subjective="4130")
        split = ctx.session.scalars(select(InvoiceSplit)).one()
        split.pence = 25_00
        ctx.session.add(InvoiceSplit(line_id=split.line_id, place=2, budget_id=there, pence=75_00))
        return there

    there = desk.do(move)
    note = invoices.credit(
        bought.supplier, line(4, 10, one), order_id=bought.order, number="CN-8", credits_id=owed.invoice_id
    )
    made = desk.do(commands.log, note)

    def borne(ctx):
        shown = gathering.match(ctx, ctx.session.get(SupplierInvoice, made.invoice_id)).lines[0]
        return {each.budget_id: each.amount.pence for each in shown.codes}

    assert desk.ask(borne) == {bought.code: 10_00, there: 30_00}


def test_where_only_the_price_differs_a_credit_note_begins_with_the_price_alone(desk, bought):
    """10 at £11.00 where £10.00 was ordered: £10.00 and £2.00 of VAT come back and nothing of what came; then it matches."""
    dear, right = line(10, 11, bought.lines[0]), line(2, 25, bought.lines[1])
    owed = desk.do(invoices.log, bought.supplier, dear, right, order_id=bought.order)
    found = desk.ask(queries.detail, owed.invoice_id).match
    (only,) = price_alone(found)
    assert (only.quantity, only.net, only.vat, only.order_line_id) == (0, Money(10_00), Money(2_00), bought.lines[0])
    note = desk.do(
        commands.log, invoices.credit(bought.supplier, only, order_id=bought.order, credits_id=owed.invoice_id)
    )
    assert set(desk.do(differences, note.invoice_id)) == set()
    assert set(desk.do(differences, owed.invoice_id)) == set()
    assert price_alone(desk.ask(queries.detail, owed.invoice_id).match) == ()


def test_where_more_than_the_price_differs_or_nothing_does_it_begins_with_all_of_the_invoice(desk, bought):
    """12 at £11.00 where 10 came; and 10 at £10.00."""
    for at, charged in enumerate((line(12, 11, bought.lines[0]), line(2, 25, bought.lines[1]))):
        owed = desk.do(invoices.log, bought.supplier, charged, order_id=bought.order, number=f"M-{at}")
        assert price_alone(desk.ask(queries.detail, owed.invoice_id).match) == ()
