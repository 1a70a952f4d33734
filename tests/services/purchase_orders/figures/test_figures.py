"""How soon suppliers are paid, the half years of the compliance notice, spending, and what is bound: worked by hand."""

from datetime import date

import pytest

from app.models.purchase_orders.suppliers import SupplierContract
from app.models.values import InvoiceKind, InvoiceState, Money
from app.services.core.errors import UserError
from app.services.home import paying
from app.services.purchase_orders.figures import queries, rules
from tests.factories import approving, purchasing


def paid(ctx, supplier_id, pounds, received_on, pay_by_on, paid_on, **columns):
    values = {"state": InvoiceState.PAID, "net_pence": pounds * 100, "paid_on": paid_on} | columns
    dates = {"received_on": received_on, "pay_by_on": pay_by_on, "invoice_on": received_on}
    return purchasing.invoice(ctx, supplier_id=supplier_id, **dates | values).id


def a_half_year(ctx):
    """Paid in October and November 2026 after 10, 30, 31, 60 and 61 days; the third had a later due day."""
    one, other = purchasing.supplier(ctx, "Sample Paints").id, purchasing.supplier(ctx, "Sample Tools").id
    paid(ctx, one, 100, date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 11))
    paid(ctx, one, 200, date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 31))
    paid(ctx, one, 300, date(2026, 10, 1), date(2026, 11, 10), date(2026, 11, 1))
    paid(ctx, other, 400, date(2026, 9, 10), date(2026, 10, 10), date(2026, 11, 9))
    paid(ctx, other, 500, date(2026, 9, 10), date(2026, 10, 10), date(2026, 11, 10))
    paid(ctx, other, 50, date(2026, 10, 5), date(2026, 11, 5), date(2026, 11, 1), kind=InvoiceKind.CREDIT_NOTE)
    late = {"state": InvoiceState.APPROVED, "paid_on": None}
    paid(ctx, other, 60, date(2026, 10, 5), date(2026, 11, 4), **late)
    paid(ctx, other, 70, date(2026, 11, 1), date(2026, 12, 1), **late)


def test_the_half_year_of_the_notice(desk):
    desk.do(a_half_year)
    found = desk.ask(queries.compliance, date(2026, 10, 1), date(2027, 3, 31))
    assert (found.as_at, found.paid.count, found.paid.total) == (date(2026, 11, 21), 5, Money(1_500_00))
    # (10 + 30 + 31 + 60 + 61) / 5
    assert found.paid.average_days == pytest.approx(38.4)
    assert (found.paid.within_30, found.paid.to_60, found.paid.over_60) == (2, 2, 1)
    assert found.paid.share(found.paid.within_30) == 40
    # by the clock the first three; the last two were late, and £60.00 is late and unpaid
    assert (found.late_paid, found.late_unpaid, found.late_unpaid_total) == (2, 1, Money(60_00))
    assert found.not_in_time == 50


def test_months_spending_and_who_was_paid_late(desk):
    desk.do(a_half_year)
    found = desk.ask(queries.report, date(2026, 10, 1), date(2026, 11, 21))
    assert [(each.month_on, each.paid.count, each.paid.average_days) for each in found.months] == [
        (date(2026, 11, 1), 3, pytest.approx(152 / 3)),
        (date(2026, 10, 1), 2, 20),
    ]
    assert [(each.supplier, each.invoices, each.total) for each in found.spend] == [
        ("Sample Paints", 3, Money(600_00)),
        ("Sample Tools", 3, Money(80_00)),
    ]
    assert [each.number for each in found.owed] == ["IN00005", "IN00004"]
    assert [(each.from_on, each.to_on) for each in found.halves] == [
        (date(2026, 10, 1), date(2027, 3, 31)),
        (date(2026, 4, 1), date(2026, 9, 30)),
        (date(2025, 10, 1), date(2026, 3, 31)),
    ]
    with pytest.raises(UserError, match="before the first"):
        desk.ask(queries.report, date(2026, 11, 21), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 3, 31), date(2025, 10, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 9, 30), date(2026, 4, 1)),
        (date(2026, 10, 1), date(2026, 10, 1)),
    ],
)
def test_half_years(day, first):
    assert rules.half_year(day)[0] == first


def test_what_is_bound_ends_and_is_overdue(desk):
    def make(ctx):
        budget = purchasing.budget(ctx, pence=1_000_00)
        supplier_id = purchasing.supplier(ctx).id
        order = purchasing.order(ctx, (10, 30, {budget: 300_00}), supplier_id=supplier_id, wanted_on=date(2026, 11, 11))
        purchasing.lines(ctx, order.id)[0].received = 4_000
        purchasing.order(ctx, (1, 30, {budget: 30_00}), supplier_id=supplier_id, wanted_on=date(2026, 11, 21))
        with approving.carried_out(ctx, "supplier_contract", supplier_id):
            for number, ends_on in (("C1", date(2026, 12, 1)), ("C2", date(2027, 6, 1))):
                ctx.session.add(
                    SupplierContract(
                        supplier_id=supplier_id,
                        number=number,
                        title="Sample contract",
                        starts_on=date(2025, 12, 2),
                        ends_on=ends_on,
                        value_pence=5_000_00,
                        made_by=ctx.officer.id,
                        made_at=ctx.clock.now(),
                    )
                )

    desk.do(make)
    found = desk.ask(queries.report, date(2026, 11, 1), date(2026, 11, 21))
    # ten at £30.00, four of them received: £180.00 is still to come, ten days late
    assert [(each.number, each.days, each.waiting) for each in found.overdue] == [("PO00001", 10, Money(180_00))]
    (code,) = found.bound
    assert (code.code, code.commitment, code.left) == ("HR100 4120", Money(330_00), Money(670_00))
    assert [(each.number, each.days) for each in found.contracts] == [("C1", 10)]


def test_home_says_what_is_late(desk):
    desk.do(a_half_year)
    lines = desk.ask(paying.payments)
    assert [(line.title, line.words) for line in lines] == [("Invoices late", "1, £60.00")]
