"""Orders as they are listed and opened, what a requisition comes to, and whether an invoice is paid."""

from datetime import date

from app.models.values import InvoiceState, Money, OrderState
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import Act, OrderFilter, OrderSort, OrderView
from tests.factories import purchasing


def listed(office, view=OrderView.ALL, **more):
    """The numbers that a filter lists."""

    def ask(ctx):
        ids = queries.ids(ctx, OrderFilter(view, **more), OrderSort.NUMBER, descending=False)
        return [row.number for row in queries.rows(ctx, ids)]

    return office.desk.ask(ask)


def test_each_order_is_in_the_views_it_waits_in(office):
    draft = office.draft(title="Brushes")
    office.asked(title="Paint")
    one = office.made(wanted_on=date(2026, 11, 20))
    two = office.made(wanted_on=date(2026, 11, 21))
    office.came(two.id, received=10)
    assert listed(office) == [one.number, two.number, draft.number, "RQ00002"]
    assert listed(office, OrderView.MINE) == listed(office)
    assert listed(office, OrderView.AWAITING_APPROVAL) == ["RQ00002"]
    assert listed(office, OrderView.TO_SEND) == [one.number, two.number]
    assert listed(office, OrderView.AWAITING_RECEIPT) == [one.number]
    assert listed(office, OrderView.AWAITING_INVOICE) == [two.number]
    assert listed(office, OrderView.OVERDUE) == [one.number]
    assert listed(office, text="po2") == [two.number]
    assert listed(office, text="sample brush") == [draft.number]
    assert listed(office, budget_id=office.other) == []
    counts = office.desk.ask(queries.counts)
    assert (counts[OrderView.ALL], counts[OrderView.OVERDUE], counts[OrderView.TEMPLATES]) == (4, 1, 0)
    totals = office.desk.ask(queries.totals, OrderFilter())
    assert (totals.count, totals.net, totals.left) == (4, Money(500_00), Money(125_00))


def test_a_list_is_the_same_queries_however_long(office, query_log):
    for _ in range(2):
        office.made()
    query_log.clear()
    assert len(listed(office)) == 2
    first = len(query_log)
    for _ in range(2):
        office.made()
    query_log.clear()
    assert len(listed(office)) == 4
    assert len(query_log) == first


def test_an_order_as_it_is_opened(office):
    order = office.ordered(title="Lamps")
    office.came(order.id, received=4)
    found = office.desk.ask(queries.detail, order.id)
    line = found.lines[0]
    assert (line.to_come, line.received, line.codes[0].code) == (6_000, 4_000, "HR100 4120")
    assert (found.row.left, found.row.to_invoice) == (Money(75_00), Money(50_00))
    assert line.codes[0].left == Money(9_875_00)
    assert [each.event for each in found.steps] == ["approved", "asked", "drafted"]
    assert found.versions[0].lines[0].codes == "HR100 4120 £125.00"
    assert Act.AMEND in found.may
    assert found.why_not == {Act.RECEIVE: "You asked for this order: somebody else says what came of it."}


def test_what_a_requisition_comes_to(office):
    """£5,100.00 are in band 2, which wants three quotations; £4,900.00 are left of the code."""
    new = office.new(office.line(quantity=408))
    found = office.desk.ask(queries.check, new)
    assert (found.net, found.vat) == (Money(5_100_00), Money(1_020_00))
    assert found.band is not None
    assert (found.band.number, found.band.quotations) == (2, 3)
    assert found.wanting == (
        "Band 2 wants 3 quotations; 0 are recorded. Record the others, or give the reason for fewer.",
    )
    assert [(each.code, each.takes, each.after) for each in found.codes] == [
        ("HR100 4120", Money(5_100_00), Money(4_900_00))
    ]
    assert found.approvers == ("Test Colleague",)


def test_is_it_paid(office):
    order = office.made()

    def invoices(ctx):
        purchasing.invoice(
            ctx, {office.budget: 50_00}, supplier_id=office.supplier, order_id=order.id, supplier_number="A-1"
        )
        purchasing.invoice(
            ctx,
            {office.budget: 25_00},
            supplier_id=office.supplier,
            order_id=order.id,
            state=InvoiceState.PAID,
            paid_on=date(2026, 11, 18),
        )

    assert office.desk.ask(queries.is_paid, "po 1")[0].words == "No invoice for PO00001 has come; the order is open."
    office.desk.do(invoices)
    words = {each.number: each.words for each in office.desk.ask(queries.is_paid, "PO-00001")}
    assert words == {
        "IN00001": "Not yet: it is to be matched and approved. To be paid by 3 Dec 2026.",
        "IN00002": "Paid on 18 Nov 2026.",
    }
    assert [each.number for each in office.desk.ask(queries.is_paid, "A-1")] == ["IN00001"]
    assert [each.number for each in office.desk.ask(queries.is_paid, "in2")] == ["IN00002"]
    assert len(office.desk.ask(queries.is_paid, "sample paints")) == 2
    assert office.desk.ask(queries.is_paid, " ") == ()


def test_a_form_begins_with_the_codes_of_its_year(office):
    form = office.desk.ask(queries.form)
    assert (form.year, form.years) == (2026, (2026, 2027))
    assert [(each.code, each.left) for each in form.codes] == [
        ("HR100 4120", Money(10_000_00)),
        ("HR100 4300", Money(500_00)),
    ]
    assert office.desk.ask(queries.form, 2027).codes == ()


def test_closed_orders_are_listed_with_nothing_left(office):
    order = office.made()
    office.came(order.id, received=10, invoiced=10)
    assert office.seen(order.id).state is OrderState.CLOSED
    assert listed(office, OrderView.MINE) == []
    assert office.stands() == (0, 0, 0)
