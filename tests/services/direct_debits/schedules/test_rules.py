"""The sum of an instalment, in figures worked by hand (rules.md 1.1 and 1.2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import ZERO, Frequency, Money, PartKind
from app.services.core.calendars import rent_year
from app.services.core.errors import UserError
from app.services.direct_debits.schedules import days, rules
from app.services.direct_debits.schedules.dto import Part, Share, Terms

YEAR_52 = rent_year(date(2026, 6, 1))
YEAR_53 = rent_year(date(2024, 6, 1))


def worked(year, pence, frequency=Frequency.MONTHLY, day=1, least=ZERO):
    terms = Terms(frequency, day, year.first_week_on.replace(day=1))
    found = days.days(year, terms, year.first_week_on.replace(day=1))
    span = rules.Span(year.first_week_on, year.ends_on, found, least)
    return rules.work(terms, span, [Part(PartKind.CHARGES, 1, Money(pence))])


@pytest.mark.parametrize(
    ("year", "weeks", "weekly", "frequency", "usual", "first"),
    [
        (YEAR_52, 52, "100.00", Frequency.MONTHLY, "433.33", "433.37"),  # 5,200.00 / 12; 11 x 433.33 = 4,766.63
        (YEAR_53, 53, "100.00", Frequency.MONTHLY, "441.67", "441.63"),  # 5,300.00 / 12; 11 x 441.67 = 4,858.37
        (YEAR_53, 51, "100.00", Frequency.MONTHLY, "425.00", "425.00"),  # two free weeks of 53: 5,100.00 / 12
        (YEAR_52, 48, "100.00", Frequency.MONTHLY, "400.00", "400.00"),  # four free weeks of 52: 4,800.00 / 12
        (YEAR_53, 53, "95.00", Frequency.MONTHLY, "419.58", "419.62"),  # 5,035.00 / 12: never 419.88
        (YEAR_53, 53, "100.00", Frequency.FOUR_WEEKLY, "407.69", "407.72"),  # 5,300.00 / 13; 12 x 407.69 = 4,892.28
        (YEAR_52, 52, "100.00", Frequency.WEEKLY, "100.00", "100.00"),
    ],
)
def test_instalments_of_a_whole_year(year, weeks, weekly, frequency, usual, first):
    found = worked(year, Money.parse(weekly).pence * weeks, frequency, 1 if frequency is Frequency.MONTHLY else 0)
    assert (found.usual, found.first) == (Money.parse(usual), Money.parse(first))
    assert sum(each.amount.pence for each in found.planned) == found.total.pence
    assert found.forecast == ZERO


def test_worked_out_again_after_the_first_it_comes_to_the_same():
    """5,300.00 less the first of 441.63 leaves 4,858.37: eleven of 441.67 exactly."""
    whole = worked(YEAR_53, 530_000)
    span = rules.Span(
        YEAR_53.first_week_on, YEAR_53.ends_on, tuple((p.planned_on, p.due_on) for p in whole.planned[1:])
    )
    rest = rules.work(whole.terms, span, [Part(PartKind.CHARGES, 1, Money(530_000 - 441_63))])
    assert {each.amount for each in rest.planned} == {Money(441_67)}


def test_nothing_is_collected_of_a_credit_and_the_forecast_tells_it():
    found = worked(YEAR_52, -250_00)
    assert (found.planned, found.usual, found.forecast) == ((), ZERO, Money(-250_00))
    assert found.why == "Nothing is collected: without it its accounts will be £250.00 in credit by 4 Apr 2027."


def test_nothing_is_collected_below_the_least_instalment():
    """6.00 over twelve is 0.50."""
    found = worked(YEAR_52, 6_00, least=Money(1_00))
    assert found.why == "Nothing is collected: an instalment would be £0.50, less than the least of £1.00."
    assert (found.count, found.forecast) == (0, Money(6_00))


def test_what_stays_out_of_the_sum_is_owed_at_the_end():
    terms = Terms(Frequency.MONTHLY, 1, date(2026, 4, 1))
    span = rules.Span(YEAR_52.first_week_on, YEAR_52.ends_on, days.days(YEAR_52, terms, date(2026, 4, 1)))
    parts = [Part(PartKind.CHARGES, 1, Money(5_200_00)), Part(PartKind.BALANCE, 1, ZERO)]
    found = rules.work(terms, span, parts, [Share(1, Money(300_00))])
    assert (found.total, found.forecast) == (Money(5_200_00), Money(300_00))


def test_each_account_gets_what_its_parts_come_to():
    """Of 600.00 an account that needs 500.00 gets 500.00, one that needs 100.00 the rest, one in credit nothing."""
    shares = rules.shared([200_00, 200_00, 200_00], [(7, 500_00), (8, 100_00), (9, -40_00)])
    assert shares[0] == (Share(7, Money(166_67)), Share(8, Money(33_33)))
    assert sum(each.amount.pence for part in shares for each in part if each.account_id == 7) == 500_00
    assert all(each.account_id != 9 for part in shares for each in part)


def test_weeks_are_told_with_what_they_cost():
    costs = (rules.WeekCost(100_00, 17), rules.WeekCost(0, 2, free=True))
    assert (rules.charge_words(costs), rules.charged(costs)) == ("17 weeks of £100.00, 2 rent-free", 1_700_00)
    two = (rules.WeekCost(100_00, 1), rules.WeekCost(104_80, 18))
    assert rules.charge_words(two) == "1 week of £100.00 and 18 of £104.80"


def test_a_day_that_is_none_of_the_policy_is_refused():
    with pytest.raises(UserError, match="Nothing is collected on day 2 of the month"):
        rules.refuse_terms(Terms(Frequency.MONTHLY, 2, date(2026, 4, 1)), (1, 8))
    with pytest.raises(UserError, match="at the weekend"):
        rules.refuse_terms(Terms(Frequency.WEEKLY, 5, date(2026, 4, 1)), (1, 8))
    rules.refuse_terms(Terms(Frequency.MONTHLY, 8, date(2026, 4, 1)), (1, 8))


@given(
    st.lists(st.tuples(st.sampled_from((1, 2, 3)), st.integers(-900_000, 900_000)), min_size=1, max_size=8),
    st.sampled_from(Frequency),
    st.integers(0, 300),
)
def test_the_planned_collections_add_up_and_the_forecast_is_what_is_left(parts, frequency, least):
    terms = Terms(frequency, 1, date(2026, 4, 6))
    span = rules.Span(YEAR_52.first_week_on, YEAR_52.ends_on, days.days(YEAR_52, terms, date(2026, 9, 1)), Money(least))
    found = rules.work(terms, span, [Part(PartKind.CHARGES, each, Money(pence)) for each, pence in parts])
    total = sum(pence for _, pence in parts)
    collected = sum(each.amount.pence for each in found.planned)
    assert found.total.pence == total
    assert collected == (total if found.planned else 0)
    assert found.forecast.pence == total - collected
    assert bool(found.why) is not bool(found.planned)
    for each in found.planned:
        assert each.amount.pence >= 0
        assert sum(share.amount.pence for share in each.shares) == each.amount.pence
        assert all(share.amount.pence >= 0 for share in each.shares)
