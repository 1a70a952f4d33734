"""A charge that was wrong for some time is put right: worked out, posted, approved, reversed; figures worked by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.adjustments import AdjustmentLine
from app.models.charges import Charge
from app.models.tenancies import Tenancy
from app.models.values import (
    AdjustmentState,
    JournalKind,
    Money,
)
from app.services.adjustments import keeping, posting
from app.services.adjustments.recalculating import commands, queries
from app.services.charges.commands import charge_week
from app.services.charges.differences import differences
from app.services.core.errors import UserError
from app.services.ledger import queries as ledger
from tests.factories import lettings
from tests.services.adjustments.recalculating.estates import SUNDAY, WEEKS, balance, let, wanted


def charges(desk, account_id, code="DBR"):
    def found(ctx):
        of = select(Charge).where(Charge.account_id == account_id, Charge.code == code).order_by(Charge.from_on)
        return [(row.amount_pence, row.from_on, row.to_on) for row in ctx.session.scalars(of)]

    return desk.ask(found)


def test_every_week_is_worked_out_with_free_and_part_weeks(desk, estate):
    home, _ = estate
    # From Thursday 29 October 96.00: the first week is 3/7 of 100.00 = 42.86 and 4/7 of 96.00 = 54.86, 97.72 in all.
    found = desk.ask(queries.work_out, wanted(home.account.id, (date(2026, 10, 29), 96_00)))
    assert [(each.should.pence, each.was.pence, each.difference.pence) for each in found.weeks] == [
        (97_72, 100_00, -2_28),
        (0, 0, 0),
        (96_00, 100_00, -4_00),
        (96_00, 100_00, -4_00),
    ]
    assert found.weeks[0].name == "week 30 of 2026-27, 26 Oct 2026"
    assert found.weeks[0].steps == (
        "Due: £100.00 x 3/7 = £42.86, and £96.00 x 4/7 = £54.86: £97.72",
        "Charged: £100.00",
        "Difference: £97.72 less £100.00 = £2.28 CR",
    )
    assert found.weeks[1].steps[0] == "Due: nothing, the week is rent-free"
    assert found.difference == Money(-10_28)
    assert [line.amount.pence for line in found.lines] == [-2_28, -4_00, -4_00]
    told = {(each.group, each.text): each for each in found.effects}
    assert told["Weeks charged already", "3 of 4 weeks differ, in all"].after == "£10.28 CR"
    # 3 x 104.50 + 4.50... the free week is free of both: 313.50 before, 303.22 after.
    (standing,) = (each for each in found.effects if each.group == "Balances")
    assert (standing.before, standing.after) == ("£313.50 DR", "£303.22 DR")
    assert told["Recorded from now on", "From 23 Nov 2026 on £100.00 is charged, as recorded: is that right?"].warns


def test_week_53_is_charged_and_put_right_like_any_other(desk):
    def start(ctx):
        made, _ = let(ctx)
        ctx.session.get_one(Tenancy, made.tenancy.id).start_on = date(2025, 3, 24)
        ctx.session.get_one(Charge, made.charges[0].id).from_on = date(2025, 3, 24)
        return made

    home = desk.do(start)
    for week in (date(2025, 3, 31), date(2025, 4, 7)):
        desk.do(charge_week, week)
    # 2024-25 began on Monday 1 April 2024, so Monday 31 March 2025 is its 53rd.
    found = desk.ask(queries.work_out, wanted(home.account.id, (date(2025, 3, 31), 96_00), to_on=date(2025, 4, 13)))
    assert [(each.name, each.difference.pence) for each in found.weeks] == [
        ("week 53 of 2024-25, 31 Mar 2025", -4_00),
        ("week 1 of 2025-26, 7 Apr 2025", -4_00),
    ]


def test_what_is_posted_is_recorded_too_and_nothing_is_put_right_twice(desk, estate):
    home, _ = estate
    asked = wanted(home.account.id, (date(2026, 10, 29), 96_00), note="Keyed wrongly")
    saved = desk.do(commands.submit, asked)
    assert saved.state is AdjustmentState.POSTED
    assert balance(desk, home.account.id) == Money(303_22)
    (journal,) = desk.ask(ledger.journals, JournalKind.CHARGE_CORRECTION)
    assert journal.number == saved.journal
    assert charges(desk, home.account.id) == [
        (100_00, lettings.FROM, date(2026, 10, 28)),
        (96_00, date(2026, 10, 29), SUNDAY),
        (100_00, date(2026, 11, 23), None),
    ]
    # The ledger and the records agree, so whatever compares them next finds nothing.
    assert desk.ask(differences, [home.account.id], WEEKS[0]) == ()
    assert desk.do(commands.submit, asked).told == f"Adjustment {saved.number} was entered already."
    again = desk.ask(queries.work_out, wanted(home.account.id, (date(2026, 10, 29), 96_00), key="two"))
    assert (again.lines, again.weeks[2].put_right) == ((), Money(-4_00))
    with pytest.raises(UserError, match="nothing to post"):
        desk.do(commands.submit, wanted(home.account.id, (date(2026, 10, 29), 96_00), key="two"))
    # 95.00 after all: 4/7 of it are 54.29, so 97.15 in the first week, and 1.00 less in the two others.
    more = desk.do(commands.submit, wanted(home.account.id, (date(2026, 10, 29), 95_00), key="three"))
    assert balance(desk, home.account.id) == Money(303_22 - 57 - 2_00)

    def working(ctx):
        of = select(AdjustmentLine).where(AdjustmentLine.adjustment_id == more.adjustment_id)
        return ctx.session.scalars(of.order_by(AdjustmentLine.place)).all()[1].working.splitlines()

    assert desk.ask(working) == [
        "Week 32 of 2026-27, 9 Nov 2026",
        "Due: £95.00 for the whole week",
        "Charged: £100.00, put right already by £4.00 CR",
        "Difference: £95.00 less £96.00 = £1.00 CR",
    ]


def reverse(ctx, adjustment_id):
    return posting.take_back(ctx, keeping.found(ctx, adjustment_id), "It was right after all")


def test_reversed_the_account_and_the_records_are_as_before(desk, estate):
    home, _ = estate
    saved = desk.do(commands.submit, wanted(home.account.id, (date(2026, 10, 29), 96_00)))
    assert desk.do(reverse, saved.adjustment_id).state is AdjustmentState.REVERSED
    assert balance(desk, home.account.id) == Money(313_50)
    assert charges(desk, home.account.id) == [(100_00, lettings.FROM, None)]
    assert desk.ask(differences, [home.account.id], WEEKS[0]) == ()


def test_a_charge_that_was_changed_again_since_is_not_put_back(desk, estate):
    home, _ = estate
    first = desk.do(commands.submit, wanted(home.account.id, (WEEKS[0], 96_00)))
    desk.do(commands.submit, wanted(home.account.id, (WEEKS[2], 95_00), key="two"))
    with pytest.raises(UserError, match="changed again since"):
        desk.do(reverse, first.adjustment_id)
    assert balance(desk, home.account.id) == Money(313_50 - 4_00 - 5_00 - 5_00)


def test_the_vat_inside_is_put_right_with_its_charge(desk, estate):
    _, garage = estate
    # 22.50 has 22.50 / 6 = 3.75 VAT inside, 18.75 without; 21.00 has 3.50, so 17.50: 1.25 and 0.25 less a week, 3 weeks.
    found = desk.ask(queries.work_out, wanted(garage.account.id, (WEEKS[1], 21_00), code="DGA"))
    assert [(each.code, each.difference.pence) for each in found.weeks] == [("DGA", -1_25), ("DVA", -25)] * 3
    assert found.weeks[0].steps[1] == "VAT inside at 20 %, x 20/120: £3.50"
    desk.do(commands.submit, wanted(garage.account.id, (WEEKS[1], 21_00), code="DGA"))
    assert balance(desk, garage.account.id) == Money(4 * 22_50 - 3 * 1_50)
