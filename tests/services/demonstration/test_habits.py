"""How people pay, worked by hand or by rule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.calendars import BACS, WEEK, rent_year
from app.services.demonstration.rules.dice import Dice
from app.services.demonstration.rules.habits import Due, Habit, receipts

YEAR = rent_year(date(2026, 11, 21))


def due_of(weekly=100_00, eligible=100_00, year=YEAR, free=2):
    charged = year.mondays()[: year.weeks - free]
    weeks = tuple((monday, weekly) for monday in charged)
    return Due(year, year.first_week_on, year.ends_on, weeks, weekly, eligible, len(weeks))


def test_full_benefit_is_a_weekly_rebate_on_each_charged_monday():
    due = due_of()
    got = receipts(Habit.REBATE, due, 0, Dice("a"))
    assert [(line.day, line.code, line.pence) for line in got] == [(day, "RHB", -100_00) for day, _ in due.weeks]


def test_direct_debits_are_twelve_on_working_days_and_come_to_the_year():
    tried = [receipts(Habit.DIRECT_DEBIT, due_of(), 0, Dice("collected", throw)) for throw in range(20)]
    assert all(line.day.weekday() < 5 for got in tried for line in got)
    clean = [got for got in tried if all(line.code == "RDD" for line in got)]
    assert len(clean) > 10
    assert {len(got) for got in clean} == {12}
    assert {sum(line.pence for line in got) for got in clean} == {-50 * 100_00}


def test_a_collection_that_comes_back_is_taken_back_three_working_days_later():
    tried = [receipts(Habit.DIRECT_DEBIT, due_of(), 0, Dice("unpaid", throw)) for throw in range(60)]
    got = next(got for got in tried if any(line.code == "RDN" for line in got))
    back = next(line for line in got if line.code == "RDN")
    collected = [line for line in got if line.code == "RDD" and line.day < back.day][-1]
    assert back.pence == -collected.pence
    assert BACS.between(collected.day, back.day) == 3


def test_a_collection_on_new_years_day_waits_for_the_bank():
    dates = {
        line.day
        for throw in range(40)
        for line in receipts(Habit.DIRECT_DEBIT, due_of(), 0, Dice("day", throw))
        if line.code == "RDD"
    }
    assert date(2027, 1, 1) not in dates
    assert date(2027, 1, 4) in dates


def test_universal_credit_pays_weekly_x_52_over_12_in_a_year_of_53_weeks():
    year = rent_year(date(2024, 6, 3))
    assert year.weeks == 53
    weeks = tuple((monday, 100_00) for monday in year.mondays())
    due = Due(year, year.first_week_on, year.ends_on, weeks, 100_00, 100_00, 53)
    paid = [line for line in receipts(Habit.UC_MANAGED, due, 0, Dice("uc", 3)) if line.code == "RUC"]
    # 100 x 52 / 12, less 14% or 25% for a spare room
    assert {line.pence for line in paid} <= {-433_33, -372_66, -325_00}


@pytest.mark.parametrize("habit", list(Habit))
@given(
    weekly=st.integers(40_00, 250_00), part=st.integers(0, 100), balance=st.integers(-500_00, 3000_00), seed=st.text()
)
def test_receipts_lie_in_the_year_in_order_and_are_whole(habit, weekly, part, balance, seed):
    due = due_of(weekly, weekly * part // 100)
    got = receipts(habit, due, balance, Dice(seed))
    assert got == sorted(got)
    assert all(isinstance(line.pence, int) for line in got)
    assert all(line.pence < 0 or line.code == "RDN" for line in got if line.pence)
    assert all(YEAR.first_week_on <= line.day < YEAR.ends_on + 4 * WEEK for line in got)


def test_the_same_dice_fall_the_same():
    throws = [[Dice("x", 1).between(1, 6) for _ in range(3)], [Dice("x", 1).between(1, 6) for _ in range(3)]]
    assert throws[0] == throws[1]
    assert Dice("x", 1).below(10**6) != Dice("x", 2).below(10**6)
