"""The credits of the office: how old, what made them, what is kept; and what a credit is made of."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.people import Person
from app.models.tenancies import Tenancy
from app.models.values import CodeKind, ExplainGroup, Money
from app.services.adjustments.refunds import commands, queries, rules
from app.services.adjustments.refunds.dto import Cause, CreditFilter, Shown
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.ledger.credits import standing_credits
from app.services.ledger.dto import CreditLine
from tests.services.adjustments.conftest import paid
from tests.services.adjustments.refunds.conftest import asked


def test_credits_are_listed_with_age_cause_and_what_is_kept(desk, credited, other, garage):
    """£220.00 since 2 November is 19 days old; a clawback and a payment leave £40.00 of Housing Benefit since March."""
    paid(desk, other.account, "DBR", 100_00, date(2026, 3, 2))
    paid(desk, other.account, "RHB", -140_00, date(2026, 3, 9))
    paid(desk, garage, "DGA", 17_80)
    refund_id = asked(desk, credited)
    found = desk.ask(queries.in_credit, CreditFilter())
    assert [(row.reference, row.credit, row.kept, row.days, row.cause) for row in found.rows] == [
        ("70 0001", Money(220_00), Money(100_00), 19, Cause.OVERPAID),
        ("70 0002", Money(40_00), Money(100_00), 257, Cause.HOUSING_BENEFIT),
    ]
    assert [row.refundable for row in found.rows] == [Money(120_00), Money(0)]
    assert (found.rows[0].refund_id, found.total) == (refund_id, Money(260_00))
    assert [(band.count, band.total) for band in found.bands] == [
        (1, Money(220_00)),
        (0, Money(0)),
        (1, Money(40_00)),
        (0, Money(0)),
        (0, Money(0)),
    ]
    assert found.counts == {
        Shown.ALL: 2,
        Shown.LONG: 1,
        Shown.BENEFIT: 1,
        Shown.FORMER: 0,
        Shown.REFUND: 1,
        Shown.UNCLAIMED: 0,
    }
    named = desk.ask(queries.in_credit, CreditFilter(Shown.BENEFIT, "else"))
    assert [row.reference for row in named.rows] == ["70 0002"]


def test_a_credit_begins_anew_after_a_day_without_one(desk, credited):
    paid(desk, credited, "DBR", 220_00, date(2026, 11, 9))
    paid(desk, credited, "RBP", -5_00, date(2026, 11, 12))
    found = desk.ask(standing_credits, [credited.id])[credited.id]
    assert (found.since, [line.amount for line in found.lines]) == (date(2026, 11, 12), [Money(-5_00)])


def test_a_credit_of_years_is_as_old_as_the_day_after_it_was_last_gone(desk, other):
    """£40.00 from 2022, gone on 6 May 2024 and begun again with £10.00 a week later; £5.00 of it is charged in 2025."""
    for code, pence, day in (
        ("RBP", -40_00, date(2022, 5, 2)),
        ("DBR", 40_00, date(2024, 5, 6)),
        ("RBP", -10_00, date(2024, 5, 13)),
        ("DBR", 5_00, date(2025, 8, 4)),
    ):
        paid(desk, other.account, code, pence, day)
    found = desk.ask(standing_credits, [other.account.id])[other.account.id]
    assert (found.since, [line.amount for line in found.lines]) == (date(2024, 5, 13), [Money(-10_00)])
    (row,) = desk.ask(queries.in_credit, CreditFilter(text="else")).rows
    assert (row.credit, row.since, row.cause) == (Money(5_00), date(2024, 5, 13), Cause.OVERPAID)


def test_the_list_takes_the_same_statements_however_long_it_is(desk, credited, other, query_log):
    desk.ask(queries.in_credit, CreditFilter())
    query_log.clear()
    desk.ask(queries.in_credit, CreditFilter())
    few = len(query_log)
    paid(desk, other.account, "RBP", -1_00)
    query_log.clear()
    assert len(desk.ask(queries.in_credit, CreditFilter()).rows) == 2
    assert len(query_log) == few


def test_the_sheet_begins_with_who_may_be_paid_and_how_much(desk, credited):
    desk.do(commands.ask, _new(credited))
    form = desk.ask(queries.form, credited.id)
    assert (form.credit, form.kept, form.promised, form.most) == (
        Money(220_00),
        Money(100_00),
        Money(30_00),
        Money(90_00),
    )
    assert [person.name for person in form.people] == ["Mx Alex Sample"]
    assert form.others == ("Refund 1 of £30.00: in the gate",)


def test_a_cheque_is_not_offered_to_a_home_that_they_left(desk, credited, home):
    assert desk.ask(queries.form, credited.id).address.startswith("1 Sample Close")
    desk.do(lambda ctx: setattr(ctx.session.get_one(Tenancy, home.tenancy.id), "end_on", date(2026, 11, 8)))
    assert desk.ask(queries.form, credited.id).address == ""
    desk.do(lambda ctx: setattr(ctx.session.get_one(Person, 1), "correspondence_address", "9 New Road\nTestford"))
    assert desk.ask(queries.form, credited.id).address == "9 New Road\nTestford"


@pytest.mark.parametrize(("on", "count"), [(date(2032, 11, 1), 0), (date(2032, 11, 2), 1)])
def test_what_nobody_claimed_for_six_years_is_a_choice(desk, credited, on, count):
    """Six years from 2 November 2026 end with 1 November 2032."""
    desk.do(lambda ctx: setattr(ctx.session.get_one(Tenancy, credited.tenancy_id), "end_on", date(2026, 11, 8)))
    later = Desk.sit_down(desk.database, "officer", FixedClock(on))
    assert len(later.ask(queries.in_credit, CreditFilter(Shown.UNCLAIMED)).rows) == count


def _new(account):
    from tests.services.adjustments.refunds.conftest import new

    return new(account, "30.00")


@given(st.lists(st.integers(1, 500_00), max_size=12), st.integers(0, 3_000_00))
@settings(max_examples=25)
def test_the_parts_of_a_credit_are_its_newest_lines_and_add_up(amounts, pence):
    first = date(2026, 1, 5)
    lines = [
        CreditLine(at, first + timedelta(days=at), "RBP", CodeKind.RECEIPT, ExplainGroup.CASH, Money(-amount))
        for at, amount in enumerate(amounts, 1)
    ]
    parts = rules.made_of(lines, Money(pence))
    assert sum(part.pence for _, part in parts) == min(pence, sum(amounts))
    assert [line.journal for line, _ in parts] == list(range(len(amounts), len(amounts) - len(parts), -1))
    assert all(part == -line.amount for line, part in parts[:-1])
