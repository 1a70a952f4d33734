"""What is paid for being late is spent on the codes of the invoice, and given back where it comes back."""

from dataclasses import replace
from datetime import date

from app.models.values import InvoiceState, Money, NotPaid, PaidBy
from app.services.core.clock import FixedClock
from app.services.purchase_orders.budgets.reconciling import check
from app.services.purchase_orders.payments import commands, daily, keeping, queries
from app.services.purchase_orders.payments.dto import CameBack, RunQuestion
from tests.factories import purchasing
from tests.prepared import prepared
from tests.services.purchase_orders.payments.conftest import DUE, PAY_ON, TODAY, bank, made


@prepared
def late(desk, office):
    """An invoice of £40.00, a quarter of it on one code and the rest on another, paid eleven days late: (it, budgets)."""

    def make(ctx):
        supplier_id = purchasing.supplier(ctx).id
        bank(ctx, supplier_id)
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        paid = {"state": InvoiceState.PAID, "pay_by_on": date(2026, 11, 1), "paid_on": date(2026, 11, 12)}
        row = purchasing.invoice(ctx, {one: 10_00, two: 30_00}, supplier_id=supplier_id, **paid)
        return row.id, (one, two)

    return desk.do(make)


def spent(desk, budgets):
    return [desk.ask(purchasing.stands, each)[2] for each in budgets]


def faults(desk):
    """What is said of late payments; the invoice of the set-up stands in no book."""
    return [words for words in desk.ask(lambda ctx: list(check(ctx))) if "paid late" in words]


def test_it_goes_to_the_codes_by_what_each_bears_and_comes_back(desk, office, late):
    """Compensation of £40.00 is £10.00 and £30.00; interest, £40.00 x 11.75% x 11 days / 365, is 14p: a quarter is 3.5p."""
    desk.do(rate)
    invoice_id, budgets = late
    run = made(desk, office, late_ids=(invoice_id,))
    desk.do(commands.mark_sent, run.run_id, "4711")
    assert spent(desk, budgets) == [0, 0]
    then = replace(desk, clock=FixedClock(PAY_ON))
    then.do(daily.each_day)
    assert (run.total, spent(desk, budgets)) == (Money(40_14), [10_04, 30_10])
    assert faults(desk) == []
    (payment,) = desk.ask(queries.detail, run.run_id).payments
    then.do(commands.came_back, CameBack(payment.payment_id, PAY_ON, "Account closed"))
    assert (spent(desk, budgets), faults(desk)) == ([0, 0], [])


def test_a_reply_of_the_finance_system_spends_it_once(desk, office, late):
    desk.do(rate)
    invoice_id, budgets = late
    run = made(desk, office, by=PaidBy.FINANCE, late_ids=(invoice_id,))
    for _ in range(2):
        desk.do(keeping.invoices_paid, {invoice_id: TODAY}, "FIN-1")
    assert (sum(spent(desk, budgets)), faults(desk)) == (run.total.pence, [])


def test_interest_of_a_half_year_without_a_base_rate_is_no_figure_and_no_payment(desk, late):
    """The invoice became late in November 2026 and the shipped rates end with that of January: £40.00 is owed, and more."""
    (row,) = desk.ask(queries.late_open)
    assert (row.percent, row.interest, row.compensation, row.total) == ("", None, Money(40_00), None)
    said = (
        "No base rate is entered for the half year from 1 Jul 2026: in Admin, Policy values, enter the Bank of England's "
        "rate of 30 Jun 2026 from 1 Jul 2026."
    )
    assert row.explained == f"{said} Compensation is £40.00."
    found = desk.ask(queries.preview, RunQuestion(DUE, PAY_ON, PaidBy.FINANCE, late_ids=(late[0],)))
    assert found.total == Money(0)
    assert {(each.reason, each.words) for each in found.left_out} == {(NotPaid.NO_RATE, said)}


def test_a_base_rate_that_is_entered_is_that_of_its_half_year_alone(desk, late):
    """£40.00 x (4% + 8%) x 11 days / 365 is 14.47p; a rate from any other day is not that of the half year."""
    desk.do(rate, date(2026, 9, 1))
    assert desk.ask(queries.late_open)[0].interest is None
    desk.do(rate, date(2026, 7, 1), "4")
    (row,) = desk.ask(queries.late_open)
    assert (row.percent, row.interest, row.total) == ("12", Money(14), Money(40_14))


def rate(ctx, on=date(2026, 7, 1), value="3.75"):
    ctx.session.add(purchasing.PolicyValue(key="purchasing.base_rate", scope="", effective_from=on, value=value))
    ctx.session.flush()
