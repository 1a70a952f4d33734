"""What is accepted is the difference as it was: not that of another supplier or amount, however long its words are."""

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import MatchFault
from app.services.purchase_orders.invoices import commands
from app.services.purchase_orders.invoices.dto import Acceptance, ChangedInvoice
from tests.factories import invoices, purchasing
from tests.services.purchase_orders.invoices.conftest import differences

line = invoices.line


def accept(ctx, invoice_id, fault, place):
    """Accept a difference as it stands, and change the invoice afterwards by what this gives back."""
    version = ctx.session.get(SupplierInvoice, invoice_id).version
    words = differences(ctx, invoice_id)[fault, place].words
    commands.accept(ctx, Acceptance(invoice_id, version, fault, place, words, "Agreed"))
    assert not differences(ctx, invoice_id)[fault, place].open

    def change(new):
        now = ctx.session.get(SupplierInvoice, invoice_id).version
        commands.change(ctx, ChangedInvoice(invoice_id, now, new))
        return differences(ctx, invoice_id)[fault, place]

    return change


def test_that_an_invoice_has_no_order_is_accepted_of_its_supplier_and_amount_alone(desk, bought):
    def steps(ctx):
        small = invoices.new(bought.supplier, line(1, 100, budgets={bought.code: 100_00}))
        logged = commands.log(ctx, small)
        change = accept(ctx, logged.invoice_id, MatchFault.NO_ORDER, 0)
        other = purchasing.supplier(ctx, name="Other Supplier Ltd").id
        assert change(invoices.new(other, *small.lines)).open
        assert not change(small).open
        assert change(invoices.new(bought.supplier, line(1, 4_500, budgets={bought.code: 4_500_00}))).open

    desk.do(steps)


def test_a_difference_with_long_words_is_told_from_another_by_all_of_them(desk, bought):
    """The words of a line of 200 letters go on after what is kept: £11.00 for £10.00 isn't £90.00."""

    def steps(ctx):
        purchasing.lines(ctx, bought.order)[0].description = "D" * 200
        ctx.session.flush()
        logged = invoices.log(ctx, bought.supplier, line(10, 11, bought.lines[0]), order_id=bought.order)
        change = accept(ctx, logged.invoice_id, MatchFault.PRICE, 1)
        assert change(invoices.new(bought.supplier, line(10, 90, bought.lines[0]), order_id=bought.order)).open

    desk.do(steps)


def test_one_that_waits_meets_a_later_one_that_is_further_on(desk, bought):
    """The earlier is changed to the amount of a later one that waits for approval: it may be a copy of that."""
    one, two = bought.lines

    def steps(ctx):
        first = invoices.log(ctx, bought.supplier, line(1, 10, one), order_id=bought.order)
        later = invoices.log(ctx, bought.supplier, line(1, 25, two), order_id=bought.order, number="B-77")
        commands.ask(ctx, later.invoice_id)
        assert not differences(ctx, first.invoice_id)
        version = ctx.session.get(SupplierInvoice, first.invoice_id).version
        new = invoices.new(bought.supplier, line(1, 25, two), order_id=bought.order)
        commands.change(ctx, ChangedInvoice(first.invoice_id, version, new))
        return differences(ctx, first.invoice_id)[MatchFault.DUPLICATE, 0].words

    assert desk.do(steps).startswith("Like IN00002 (B-77, £30.00 of 9 Nov 2026): the same amount on the same day")


def test_vat_that_is_got_back_otherwise_than_by_the_order_is_a_difference(desk, bought):
    def steps(ctx):
        purchasing.lines(ctx, bought.order)[0].vat_recovered = False
        ctx.session.flush()
        logged = invoices.log(ctx, bought.supplier, line(10, 10, bought.lines[0]), order_id=bought.order)
        return differences(ctx, logged.invoice_id)[MatchFault.VAT, 1]

    found = desk.do(steps)
    assert found.acceptable
    assert found.words == "Sample line: its VAT can be got back here, and by the order it can't."
