"""What a line binds and owes, by hand and by properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.purchase_orders.budgets.rules import (
    LineFacts,
    Position,
    cost_of,
    position,
    shares,
    spelt_year,
    year_of,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (LineFacts(100_00, 10_000), Position(100_00, 0)),
        (LineFacts(100_00, 10_000, received=4_000), Position(60_00, 40_00)),
        (LineFacts(100_00, 10_000, received=4_000, invoiced=4_000), Position(60_00, 0)),
        (LineFacts(100_00, 10_000, received=4_000, invoiced=3_000), Position(60_00, 10_00)),
        (LineFacts(100_00, 10_000, received=0, invoiced=3_000), Position(70_00, 0)),
        (LineFacts(100_00, 10_000, received=4_000, cancelled=6_000), Position(0, 40_00)),
        (LineFacts(100_00, 10_000, received=12_000), Position(0, 120_00)),
        (LineFacts(100_00, 10_000, received=10_000, invoiced=10_000), Position(0, 0)),
        # A pound over three: 33p a unit, but two thirds are 67p, so what is left to come is 33p.
        (LineFacts(1_00, 3_000, received=2_000), Position(33, 67)),
    ],
)
def test_a_line_binds_what_did_not_come_and_owes_what_was_not_invoiced(line, expected):
    assert position(line) == expected


AMOUNT = st.integers(0, 10**9)
QUANTITY = st.integers(1, 10**7)


@given(AMOUNT, QUANTITY, st.data())
def test_bound_owed_and_invoiced_are_the_line_together_however_it_is_cut(cost, quantity, data):
    """In the order of the trade: cancelled is never more than what didn't come, and nothing is invoiced before it came."""
    received = data.draw(st.integers(0, quantity))
    invoiced = data.draw(st.integers(0, received))
    cancelled = data.draw(st.integers(0, quantity - received))
    line = LineFacts(cost, quantity, received, invoiced, cancelled)
    stands = position(line)
    assert stands.commitment >= 0
    assert stands.accrual >= 0
    whole = cost_of(line, quantity - cancelled)
    assert stands.commitment + stands.accrual + cost_of(line, invoiced) == whole
    assert whole <= cost


@given(AMOUNT, QUANTITY, st.lists(st.integers(-(10**7), 2 * 10**7), min_size=3, max_size=3))
def test_nothing_is_ever_bound_or_owed_below_nothing(cost, quantity, moved):
    stands = position(LineFacts(cost, quantity, *moved))
    assert stands.commitment >= 0
    assert stands.accrual >= 0


@given(AMOUNT, st.lists(st.integers(0, 10**9), min_size=1, max_size=6).filter(sum))
def test_the_shares_of_codes_add_up(pence, weights):
    assert sum(shares(pence, weights)) == pence


def test_nothing_is_shared_over_a_line_that_costs_nothing():
    assert shares(0, (0, 0)) == (0, 0)


@pytest.mark.parametrize(
    ("day", "year", "words"),
    [(date(2026, 3, 31), 2025, "2025/26"), (date(2026, 4, 1), 2026, "2026/27"), (date(2099, 6, 1), 2099, "2099/00")],
)
def test_the_financial_year_begins_on_1_april(day, year, words):
    assert (year_of(day), spelt_year(year)) == (year, words)
