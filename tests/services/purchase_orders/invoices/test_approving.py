"""From an invoice on arrival to its approval, and what that does to the order and to the book of budgets."""

import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import BlockScope, InvoiceKind, InvoiceState, MatchFault, OrderState
from app.services.approvals.queries import request
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.purchase_orders.invoices import commands
from app.services.purchase_orders.invoices.dto import Acceptance
from tests.factories import invoices, purchasing
from tests.factories.purchasing import stands
from tests.services.purchase_orders.invoices.conftest import differences, standing

line = invoices.line


def test_what_came_is_invoiced_approved_by_a_second_officer_and_spent(desk, bought, approve):
    """10 at £10.00 and 2 at £25.00: £150.00 spent, £50.00 of £200.00 still bound, nothing owed; the order stays open.

    Then the last 2 come and are invoiced: £200.00 spent, and the order closes by itself.
    """
    one, two = bought.lines
    logged = desk.do(invoices.log, bought.supplier, line(10, 10, one), line(2, 25, two), order_id=bought.order)
    assert desk.do(stands, bought.code) == (50_00, 150_00, 0)
    assert logged.told == "Invoice IN00001 is logged: 19 days left to pay it."
    asked = desk.do(commands.ask, logged.invoice_id)
    assert "Nobody decides on what they asked for" in approve(asked, desk)
    assert approve(asked) == ""
    assert desk.do(stands, bought.code) == (50_00, 0, 150_00)
    assert desk.do(standing, bought) == ([(10_000, 10_000, 100_00), (2_000, 2_000, 50_00)], "open")

    def rest(ctx):
        purchasing.lines(ctx, bought.order)[1].received = 4_000
        ctx.session.flush()
        more = invoices.log(ctx, bought.supplier, line(2, 25, two), order_id=bought.order, number="INV-1002")
        return commands.ask(ctx, more.invoice_id)

    assert approve(desk.do(rest)) == ""
    assert desk.do(stands, bought.code) == (0, 0, 200_00)
    assert desk.do(standing, bought)[1] == OrderState.CLOSED.value


def test_a_price_above_the_order_stands_in_the_way_until_it_is_accepted_as_it_is(desk, bought, approve):
    """10 at £11.00 are £10.00 above £100.00; 1 % or £5.00, the less of both, is £1.00.

    Accepted at £11.00, a price of £12.00 isn't.
    """
    one = bought.lines[0]
    logged = desk.do(invoices.log, bought.supplier, line(10, 11, one), order_id=bought.order)
    with pytest.raises(
        UserError, match=r"£11\.00 a each where £10\.00 was ordered, £10\.00 too much \(£1\.00 is allowed\)"
    ):
        desk.do(commands.ask, logged.invoice_id)
    found = desk.do(differences, logged.invoice_id)[MatchFault.PRICE, 1]
    taken = Acceptance(logged.invoice_id, 3, MatchFault.PRICE, 1, found.words, "Agreed with the supplier")
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.accept, taken)

    def accept(ctx, words=found.words):
        version = ctx.session.get(SupplierInvoice, logged.invoice_id).version
        return commands.accept(ctx, Acceptance(logged.invoice_id, version, MatchFault.PRICE, 1, words, "Agreed"))

    with pytest.raises(ChangedMeanwhile, match="another by now"):
        desk.do(accept, "£9.00 too much")
    desk.do(accept)

    def dearer(ctx):
        row = ctx.session.get(SupplierInvoice, logged.invoice_id)
        new = invoices.new(bought.supplier, line(10, 12, one), order_id=bought.order)
        commands.change(ctx, commands.ChangedInvoice(row.id, row.version, new))

    desk.do(dearer)
    assert desk.do(differences, logged.invoice_id)[MatchFault.PRICE, 1].open
    with pytest.raises(UserError, match=r"£20\.00 too much"):
        desk.do(commands.ask, logged.invoice_id)


def test_an_approver_reads_the_match_and_what_was_accepted(desk, colleague, bought, approve):
    def steps(ctx):
        logged = invoices.log(ctx, bought.supplier, line(10, 11, bought.lines[0]), order_id=bought.order)
        row = ctx.session.get(SupplierInvoice, logged.invoice_id)
        words = differences(ctx, row.id)[MatchFault.PRICE, 1].words
        commands.accept(ctx, Acceptance(row.id, row.version, MatchFault.PRICE, 1, words, "Price list of May"))
        return commands.ask(ctx, row.id)

    asked = desk.do(steps)
    shown = {each.label: (each.before, each.after) for each in colleague.ask(request, asked.request_id).details}
    assert shown["Line 1: Sample line"] == (
        "10 ordered at £10.00, 10 received",
        "10 at £11.00: £110.00, VAT £22.00 (HR100 4120 £110.00)",
    )
    accepted = next(label for label in shown if label.startswith("Accepted: Sample line 1"))
    assert shown[accepted][1] == "Test Officer: Price list of May"
    assert approve(asked) == ""
    assert desk.do(stands, bought.code) == (50_00 + 50_00 - 50_00, 50_00, 110_00)


def test_a_credit_note_nets_in_the_match_and_is_approved_with_its_invoice(desk, bought, approve):
    """£110.00 less £10.00 of price alone is what was ordered: nothing stands, and £100.00 is spent."""

    def steps(ctx):
        logged = invoices.log(ctx, bought.supplier, line(10, 11, bought.lines[0]), order_id=bought.order)
        off = line(0, 0, bought.lines[0], vat=2_00, description="Price put right")
        off = invoices.replace_net(off, 10_00)
        note = commands.log(ctx, invoices.credit(bought.supplier, off, credits_id=logged.invoice_id))
        assert not [each for each in differences(ctx, logged.invoice_id).values() if each.open]
        with pytest.raises(UserError, match="approved with it"):
            commands.ask(ctx, note.invoice_id)
        return note, commands.ask(ctx, logged.invoice_id)

    note, asked = desk.do(steps)
    assert approve(asked) == ""
    assert desk.do(lambda ctx: ctx.session.get(SupplierInvoice, note.invoice_id).state) is InvoiceState.APPROVED
    assert desk.do(stands, bought.code) == (50_00, 50_00, 100_00)
    assert desk.do(standing, bought)[0][0] == (10_000, 10_000, 100_00)


def test_a_credit_note_after_approval_moves_what_was_invoiced_back(desk, bought, approve):
    """3 of 10 at £10.00 went back: 7 came, 10 are invoiced, and the credit note of 3 brings that to 7 and £70.00."""

    def first(ctx):
        logged = invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order)
        return commands.ask(ctx, logged.invoice_id)

    asked = desk.do(first)
    assert approve(asked) == ""

    def second(ctx):
        purchasing.lines(ctx, bought.order)[0].received = 7_000
        ctx.session.flush()
        more = line(11, 10, bought.lines[0])
        with pytest.raises(UserError, match=r"£132\.00 is more than IN00001 of £120\.00"):
            commands.log(ctx, invoices.credit(bought.supplier, more, credits_id=asked.invoice_id))
        three = line(3, 10, bought.lines[0])
        note = commands.log(
            ctx, invoices.credit(bought.supplier, three, credits_id=asked.invoice_id, order_id=bought.order)
        )
        return commands.ask(ctx, note.invoice_id)

    assert approve(desk.do(second)) == ""
    assert desk.do(standing, bought)[0][0] == (7_000, 7_000, 70_00)
    assert desk.do(stands, bought.code)[2] == 70_00


def test_a_refused_invoice_can_be_changed_again_and_a_blocked_supplier_is_not_approved(
    desk, colleague, bought, approve
):
    def steps(ctx):
        logged = invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order)
        return commands.ask(ctx, logged.invoice_id)

    asked = desk.do(steps)
    with pytest.raises(UserError, match="IN00001 is waiting: it can't be changed"):
        desk.do(commands.cancel, asked.invoice_id, "Wrong")
    colleague.do(lambda ctx: purchasing.block(ctx, bought.supplier, BlockScope.INVOICES))
    assert "is blocked for invoices since" in approve(asked)
    desk.do(commands.withdraw, asked.invoice_id, "Looked at again")
    gone = desk.do(commands.cancel, asked.invoice_id, "Logged twice")
    assert gone.state is InvoiceState.CANCELLED
    again = desk.do(invoices.log, bought.supplier, line(10, 10, bought.lines[0]), entry_key="another")
    assert again.number == "IN00002"
    assert "blocked for invoices" in again.warnings[0]


def test_what_invoices_charge_of_one_line_counts_together(desk, bought, approve):
    """10 came: 6 and 4 at £10.09 are 0.9 % above each, 4 more came never. Of £60.54 and £40.36 the £0.90 stay under £1.00."""
    one = bought.lines[0]

    def steps(ctx):
        made = [
            invoices.log(
                ctx, bought.supplier, line(quantity, 10.09, one, vat=vat), order_id=bought.order, number=number
            )
            for quantity, number, vat in ((6, "S-1", 12_11), (4, "S-2", 8_07))
        ]
        first = commands.ask(ctx, made[0].invoice_id)
        assert not differences(ctx, made[1].invoice_id)
        third = invoices.log(ctx, bought.supplier, line(5, 10, one), order_id=bought.order, number="S-3")
        words = differences(ctx, third.invoice_id)[MatchFault.QUANTITY, 1].words
        assert words == "Sample line 1: 5 each invoiced, 4 came and aren't invoiced; 1 too many."
        return first, made[1].invoice_id, third.invoice_id

    first, second, third = desk.do(steps)
    assert approve(first) == ""
    assert approve(desk.do(commands.ask, second)) == ""
    words = desk.do(differences, third)[MatchFault.NOT_RECEIVED, 1].words
    assert words == "Sample line 1: 5 each invoiced, 10 each came and were invoiced already."


def test_without_an_order_it_takes_a_category_that_needs_none_or_a_reason(desk, bought, approve):
    """£500.00 on one code: 'no order, no pay' unless it is for electricity."""
    typed = line(1, 500, budgets={bought.code: 500_00})
    logged = desk.do(invoices.log, bought.supplier, typed, order_quoted="PO 99")
    found = desk.do(differences, logged.invoice_id)[MatchFault.NO_ORDER, 0]
    said = "It quotes 'PO 99', which is no order of ours: no order, no pay. £600.00 of Sample Paints Limited. Band 1, up to £5,000.00"
    assert found.words == said
    power = desk.do(lambda ctx: purchasing.category(ctx, "electricity"))
    bill = desk.do(
        invoices.log,
        bought.supplier,
        typed,
        category_id=power,
        number="E-7",
        kind=InvoiceKind.UTILITY,
        duplicates_why="A bill",
    )
    assert approve(desk.do(commands.ask, bill.invoice_id)) == ""
    assert desk.do(stands, bought.code)[2] == 500_00


def test_the_orders_lines_are_taken_over_with_one_key(desk, bought):
    """10 and 2 came: £150.00 with £30.00 of VAT."""

    def steps(ctx):
        logged = invoices.log(
            ctx, bought.supplier, net=invoices.Money(150_00), vat=invoices.Money(30_00), order_quoted="p.o. 1"
        )
        row = ctx.session.get(SupplierInvoice, logged.invoice_id)
        assert row.order_id == bought.order
        told = commands.take_lines(ctx, row.id, row.version).told
        return told, differences(ctx, row.id)

    assert desk.do(steps) == ("2 lines of PO00001 taken over.", {})
