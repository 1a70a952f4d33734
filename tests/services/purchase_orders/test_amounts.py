"""Quantities, prices, VAT and shares: worked by hand, and always adding up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import PurchaseVat
from app.services.core.policy import Policy
from app.services.purchase_orders import amounts


def test_an_amount_is_rounded_once_half_up():
    """3 at £0.0125 are 3.75 pence: 4. 1.5 at £1.15 are 172.5 pence: 173. VAT of 20 % on 1.73 is 34.6: 35."""
    assert amounts.net(3_000, 1_250) == 4
    assert amounts.net(1_500, 115_000) == 173
    assert amounts.vat(173, Decimal(20)) == 35
    assert amounts.vat(1_000, Decimal("17.5")) == 175
    assert amounts.cost(1_000, 200, recovered=True) == 1_000
    assert amounts.cost(1_000, 200, recovered=False) == 1_200


def test_the_rate_is_that_of_the_tax_point():
    class Asked:
        policy = Policy.as_shipped()

    rate = amounts.vat_rate
    assert rate(Asked, PurchaseVat.STANDARD, date(2010, 6, 1)) == Decimal("17.5")
    assert rate(Asked, PurchaseVat.STANDARD, date(2026, 11, 21)) == 20
    assert rate(Asked, PurchaseVat.REDUCED, date(2026, 11, 21)) == 5
    assert {rate(Asked, each, date(2026, 1, 1)) for each in ("zero", "exempt", "outside")} == {0}


@pytest.mark.parametrize(
    ("text", "found"), [("12", 12_000), ("1.5", 1_500), (" 1,200 ", 1_200_000), (".25", 250), ("2.5000", 2_500)]
)
def test_quantities_are_read(text, found):
    assert amounts.read_quantity(text) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0", "nothing can't be ordered"),
        ("-2", "negative"),
        ("(2)", "negative"),
        ("2-", "negative"),
        ("", "No quantity"),
        ("two", "not a quantity"),
        ("1.2345", "more than 3 decimals"),
        ("12,34", "not a quantity"),
        ("9999999999", "too large"),
    ],
)
def test_no_quantities_are_refused_in_words(text, says):
    with pytest.raises(ValueError, match=says):
        amounts.read_quantity(text)


def test_prices_are_read_to_the_hundredth_of_a_tenth_of_a_penny():
    assert amounts.read_price("£0.0125") == 1_250
    assert amounts.read_price("12.5") == 1_250_000
    assert amounts.read_price("0") == 0
    for text, says in (("-1", "negative"), ("1.123456", "more than 5"), ("", "No price"), ("£", "No price")):
        with pytest.raises(ValueError, match=says):
            amounts.read_price(text)


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_what_is_written_is_read_again(quantity, price):
    assert amounts.read_quantity(amounts.write_quantity(quantity)) == quantity
    assert amounts.read_price(amounts.write_price(price)) == price


def test_figures_are_written_as_officers_read_them():
    assert [amounts.write_quantity(each) for each in (12_000, 1_500, 1_200_000, -250)] == [
        "12",
        "1.5",
        "1,200",
        "-0.25",
    ]
    assert [amounts.write_price(each) for each in (1_250_000, 1_250, 0)] == ["12.50", "0.0125", "0.00"]
    assert [amounts.write_percent(each) for each in (2_500, 3_333, 9_990)] == ["25%", "33.33%", "99.9%"]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any))
def test_shares_always_add_up(cost, weights):
    assert sum(amounts.shares(cost, weights)) == cost


def test_percentages_are_a_hundred_together():
    assert amounts.percent_shares(100, (3_333, 3_333, 3_334)) == (33, 34, 33)
    with pytest.raises(ValueError, match=r"come to 99\.9%: 0\.1% are missing"):
        amounts.percent_shares(100, (5_000, 4_990))
    with pytest.raises(ValueError, match=r"come to 110%: 10% are too much"):
        amounts.percent_shares(100, (6_000, 5_000))
    with pytest.raises(ValueError, match="lies above 0"):
        amounts.percent_shares(100, (10_000, 0))
