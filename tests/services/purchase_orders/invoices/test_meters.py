"""Meters, what is odd about a bill, and consumption by month; the figures are worked by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.diary import Task
from app.models.purchase_orders.budgets import CostCentre, SubjectiveCode
from app.models.values import DisputeReason, InvoiceKind, Money, UtilityKind
from app.services.approvals.queries import request
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.invoices import commands as invoice_commands
from app.services.purchase_orders.invoices import daily, queries
from app.services.purchase_orders.invoices.disputes import commands as disputes
from app.services.purchase_orders.invoices.dto import NewDispute, NewMeter, NewReading
from app.services.purchase_orders.invoices.meters import commands
from app.services.purchase_orders.invoices.meters import queries as meters
from app.services.purchase_orders.invoices.meters.rules import Read, by_month, faults, used_between
from tests.factories import invoices


def read(from_on, to_on, used, opening=None, closing=None, estimated=False):
    return Read(from_on, to_on, opening, closing, used, estimated)


JANUARY = read(date(2026, 1, 1), date(2026, 1, 31), 310_000, 1_000_000, 1_310_000)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (read(date(2026, 2, 1), date(2026, 2, 28), 280_000, 1_310_000, 1_590_000), ()),
        (
            read(date(2026, 2, 1), date(2026, 2, 28), 280_000, 1_311_000, 1_591_000),
            ("It opens at 1,311, and the last bill closed at 1,310.",),
        ),
        (read(date(2026, 2, 3), date(2026, 2, 28), 1_000), ("Nothing is billed from 1 Feb 2026 to 2 Feb 2026.",)),
        (
            read(date(2026, 1, 30), date(2026, 2, 28), 1_000),
            ("2 days from 30 Jan 2026 were billed already, up to 31 Jan 2026.",),
        ),
        (
            read(date(2026, 2, 1), date(2026, 2, 28), 2_000, 1_310_000, 1_311_000),
            ("2 units are billed, the readings say 1.",),
        ),
        (
            read(date(2026, 2, 1), date(2026, 2, 28), 1_000, 1_310_000, 1_300_000),
            ("It closes at 1,300, below its opening 1,310.",),
        ),
        (
            read(date(2026, 1, 1), date(2026, 1, 31), 310_000),
            ("31 days from 1 Jan 2026 were billed already, up to 31 Jan 2026.",),
        ),
        (
            read(date(2025, 12, 31), date(2026, 1, 31), 310_000),
            ("31 days from 1 Jan 2026 were billed already, up to 31 Jan 2026.",),
        ),
        (
            read(date(2027, 1, 1), date(2027, 1, 31), 500_000),
            ("500 units, 61% more than the 310 of the same days last year.",),
        ),
    ],
)
def test_what_is_odd_about_a_bill_is_said_with_its_figures(now, said):
    found = faults(now, [JANUARY])
    assert found[-len(said) :] == said if said else found == ()


def test_three_estimates_running_are_one_too_many():
    bills = [read(date(2026, month, 1), date(2026, month, 28), 1_000, estimated=True) for month in (1, 2, 3)]
    assert "Estimated 3 times running: read the meter." in faults(bills[2], bills[:2])
    assert not [said for said in faults(bills[1], bills[:1]) if "Estimated" in said]


def test_a_bill_over_two_months_is_spread_by_its_days():
    """31 units from 16 January to 15 February are 16 in January and 15 in February."""
    bill = read(date(2026, 1, 16), date(2026, 2, 15), 31_000, estimated=True)
    months = by_month([bill, read(date(2025, 2, 1), date(2025, 2, 28), 28_000)], date(2026, 2, 20), 2)
    assert [(each.month, each.used, each.before, each.estimated) for each in months] == [
        (date(2026, 1, 1), 16_000, 0, True),
        (date(2026, 2, 1), 15_000, 28_000, True),
    ]
    assert used_between([bill], date(2026, 1, 16), date(2026, 1, 20)) == 5_000
    assert used_between([bill], date(2026, 1, 15), date(2026, 1, 20)) is None


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(1, 120), st.integers(0, 10**6))
def test_the_months_of_a_bill_add_up_to_it(from_on, days, used):
    last = date.fromordinal(from_on.toordinal() + days - 1)
    assert sum(each.used for each in by_month([read(from_on, last, used)], last, 6)) == used


def test_a_bill_by_meter_is_kept_with_what_is_odd_and_the_register_sums_the_year(desk, bought):
    def steps(ctx):
        centre, code = ctx.session.scalars(select(CostCentre)).one(), ctx.session.scalars(select(SubjectiveCode)).one()
        new = NewMeter(bought.supplier, "A 77", "M 1001", UtilityKind.GAS, "Sample Hostel", centre.id, code.id)
        meter_id, _ = commands.keep(ctx, new)
        with pytest.raises(UserError, match="has meter M 1001 already"):
            commands.keep(ctx, new)
        with pytest.raises(UserErrors, match="Give the site"):
            commands.keep(ctx, NewMeter(bought.supplier, "A 77", "M 2", UtilityKind.GAS, " ", centre.id, code.id))
        assert meters.budget_of(ctx, meter_id) == bought.code
        for number, first, last, opening in (("G-1", 1, 31, 100_000), ("G-2", 1, 30, 151_000)):
            month = 8 if number == "G-1" else 9
            reading = NewReading(
                meter_id,
                date(2026, month, first),
                date(2026, month, last),
                opening,
                opening + 50_000,
                50_000,
                Money(100_00),
            )
            typed = invoices.line(1, 100, budgets={bought.code: 100_00})
            more = {"kind": InvoiceKind.UTILITY, "readings": (reading,), "duplicates_why": "Next month"}
            invoices.log(ctx, bought.supplier, typed, number=number, **more)
        return meter_id

    meter_id = desk.do(steps)
    shown = desk.ask(queries.detail, 2).readings
    assert shown[0].faults == ("It opens at 151, and the last bill closed at 150.",)
    row = desk.ask(meters.meters, text="hostel")[0]
    assert (row.used, row.cost, row.last_on, row.estimated) == (100_000, Money(200_00), date(2026, 9, 30), False)
    assert [each.used for each in desk.ask(meters.months, meter_id, 4)] == [50_000, 50_000, 0, 0]
    assert len(desk.ask(meters.readings, meter_id)) == 2


def test_each_day_makes_a_task_once_of_what_is_near_its_last_day_and_of_a_quiet_dispute(desk, bought):
    """Received on 23 October: last day 21 November, today. The dispute of 3 November is over ten working days old."""

    def steps(ctx):
        early = {"received_on": date(2026, 10, 23), "invoice_on": date(2026, 10, 22)}
        near = invoices.log(ctx, bought.supplier, invoices.line(2, 25), number="OLD-7", **early)
        other = invoices.log(ctx, bought.supplier, invoices.line(1, 10), number="OLD-8", **early)
        found = date(2026, 11, 3)
        disputes.dispute(ctx, NewDispute(other.invoice_id, DisputeReason.PRICE, "Too much", found, found, "Telephone"))
        for _ in range(2):
            daily.each_day(ctx)
        tasks = ctx.session.scalars(select(Task).where(Task.kind.in_(("invoice_last_day", "dispute_untouched"))))
        return near, [(each.kind, each.subject_id, each.title) for each in tasks.all()]

    near, tasks = desk.do(steps)
    assert tasks == [
        ("invoice_last_day", near.invoice_id, "IN00001 of Sample Paints Limited has to be paid by 21 Nov 2026"),
        (
            "dispute_untouched",
            near.invoice_id + 1,
            "Dispute of IN00002 since 3 Nov 2026: the supplier was told on 3 Nov 2026",
        ),
    ]


def test_days_the_wrong_way_and_negative_figures_are_refused_and_the_approver_reads_what_is_odd(desk, bought):
    """The same month billed twice: the match warns, and the approver reads it beside the meter."""

    def steps(ctx):
        centre, code = ctx.session.scalars(select(CostCentre)).one(), ctx.session.scalars(select(SubjectiveCode)).one()
        new = NewMeter(bought.supplier, "A 77", "M 1001", UtilityKind.GAS, "Sample Hostel", centre.id, code.id)
        meter_id, _ = commands.keep(ctx, new)
        month = NewReading(meter_id, date(2026, 10, 1), date(2026, 10, 31), None, None, 50_000, Money(100_00))
        more = {"kind": InvoiceKind.UTILITY, "order_id": bought.order, "duplicates_why": "Another meter"}
        for wrong in (replace(month, to_on=date(2026, 9, 30)), replace(month, net=Money(-1)), replace(month, used=-1)):
            with pytest.raises(UserErrors) as refused:
                invoices.log(ctx, bought.supplier, invoices.line(1, 100), readings=(wrong,), **more)
            assert {each.field for each in refused.value.errors} == {"readings"}
        for number, quantity in (("G-1", 1), ("G-2", 2)):
            typed = invoices.line(quantity, 10, bought.lines[0])
            said = invoices.log(ctx, bought.supplier, typed, number=number, readings=(month,), **more)
        return said, invoice_commands.ask(ctx, said.invoice_id)

    said, asked = desk.do(steps)
    assert said.warnings == ("Meter M 1001: 31 days from 1 Oct 2026 were billed already, up to 31 Oct 2026.",)
    shown = {each.label: each.after for each in desk.do(request, asked.request_id).details}
    words = "50 used, £100.00. 31 days from 1 Oct 2026 were billed already, up to 31 Oct 2026."
    assert shown["Meter M 1001, 1 Oct 2026 to 31 Oct 2026"] == words
