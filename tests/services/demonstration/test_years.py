from datetime import date

from app.models.values import Money
from app.services.demonstration.rules.years import FreeWeeks, charge_amount, free_weeks, rents, years_to


def test_three_years_to_november_2026_hold_one_of_53_weeks():
    years = years_to(date(2026, 11, 21), 3)
    assert [(year.name, year.weeks, year.first_week_on) for year in years.all] == [
        ("2024-25", 53, date(2024, 4, 1)),
        ("2025-26", 52, date(2025, 4, 7)),
        ("2026-27", 52, date(2026, 4, 6)),
    ]
    assert years.weeks(years.current)[-1] == date(2026, 11, 16)


def test_rents_rose_by_the_limits_of_2025_and_2026():
    found = rents(Money(110_00), years_to(date(2026, 11, 21), 3).all)
    # 110.00 / 1.048 = 104.96; / 1.027 = 102.20; and up again: 102.20 x 1.027 = 104.96, x 1.048 = 110.00
    assert [rent.pence for rent in found] == [102_20, 104_96, 110_00]


def test_a_charge_week_spreads_the_year_over_the_weeks_charged():
    years = years_to(date(2026, 11, 21), 3)
    # 100.00 x 52 / 50, and x 53 / 51
    assert charge_amount(Money(100_00), years.current, FreeWeeks.TWO) == Money(104_00)
    assert charge_amount(Money(100_00), years.all[0], FreeWeeks.TWO) == Money(103_92)
    assert charge_amount(Money(100_00), years.current, FreeWeeks.NONE) == Money(100_00)


def test_free_weeks():
    year = years_to(date(2026, 11, 21), 1).current
    assert free_weeks(year, FreeWeeks.TWO) == (date(2027, 3, 22), date(2027, 3, 29))
    assert free_weeks(year, FreeWeeks.FOUR) == (
        date(2026, 8, 31),
        date(2026, 12, 21),
        date(2027, 3, 22),
        date(2027, 3, 29),
    )


def test_earlier_years_are_posted_in_halves_the_latest_first():
    halves = years_to(date(2026, 11, 21), 3).earlier()
    assert [(half.year.name, half.first, half.last) for half in halves] == [
        ("2025-26", date(2025, 10, 6), date(2026, 4, 5)),
        ("2025-26", date(2025, 4, 7), date(2025, 10, 5)),
        ("2024-25", date(2024, 9, 30), date(2025, 4, 6)),
        ("2024-25", date(2024, 4, 1), date(2024, 9, 29)),
    ]
