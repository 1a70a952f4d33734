"""Money: read as officers type it, never lost in rounding, shown the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money, MoneyError, divide_half_up

pence = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1,234.50", 123450),
        ("1234.5", 123450),
        ("1234", 123400),
        (".5", 50),
        ("0", 0),
        ("(12.00)", -1200),
        ("-12", -1200),
        ("12.00-", -1200),
        ("\N{MINUS SIGN}3.10", -310),
        ("£-3.10", -310),
        ("5.00 CR", -500),
        ("5.00cr", -500),
        ("412.86 DR", 41286),
        (" £ 7.05 ", 705),
        ("118.420", 11842),
        ("1,000,000.00", 100000000),
    ],
)
def test_an_amount_is_read_as_typed(text, expected):
    assert Money.parse(text) == Money(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "No amount"),
        ("   ", "No amount"),
        ("abc", "not an amount"),
        ("1.234,50", "not an amount"),
        ("1,23", "not an amount"),
        ("12,34.50", "not an amount"),
        ("1.005", "more than two decimals"),
        ("(5.00) CR", "not an amount"),
        ("-5.00 CR", "two signs"),
        ("--5", "not an amount"),
        (".", "not an amount"),
        ("£", "not an amount"),
        ("1e5", "not an amount"),
        ("NaN", "not an amount"),
        ("9999999999999.00", "too large"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_the_reason(text, reason):
    with pytest.raises(MoneyError, match=reason):
        Money.parse(text)


@given(pence)
def test_what_is_shown_reads_back(amount):
    money = Money(amount)
    assert Money.parse(str(money)) == money
    assert Money.parse(money.plain()) == money
    assert Money.parse(money.dr_cr()) == money


def test_a_balance_says_its_side_in_words():
    assert [Money(p).dr_cr() for p in (41286, -500, 0)] == ["£412.86 DR", "£5.00 CR", "£0.00"]
    assert [Money(p).plain() for p in (123456789, -7)] == ["1,234,567.89", "0.07 CR"]
    assert str(Money(-500)) == "-£5.00"


@pytest.mark.parametrize(
    ("amount", "numerator", "denominator", "expected"),
    [
        (10000, 53, 12, 44167),  # 100.00 x 53 / 12 = 441.666..., Bolsover's own example
        (9500, 53, 12, 41958),  # 95.00 x 53 / 12 = 419.583...
        (11842, 3, 7, 5075),  # 118.42 x 3 / 7 = 50.751...
        (5, 1, 2, 3),  # 2.5 rounds up
        (-5, 1, 2, -3),  # and away from zero
        (1780, 1, 6, 297),  # VAT inside 17.80: 2.9666...
    ],
)
def test_times_multiplies_first_and_rounds_once(amount, numerator, denominator, expected):
    assert Money(amount).times(numerator, denominator) == Money(expected)


@given(pence, st.integers(1, 10**6))
def test_half_up_is_never_more_than_half_away(amount, denominator):
    rounded = divide_half_up(amount, denominator)
    assert abs(2 * (rounded * denominator - amount)) <= denominator
    assert divide_half_up(-amount, denominator) == -rounded
    assert divide_half_up(amount, -denominator) == -rounded


@given(pence, st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any))
def test_the_parts_of_a_split_add_up(amount, weights):
    parts = Money(amount).split(weights)
    assert sum(part.pence for part in parts) == amount
    assert all(not part for part, weight in zip(parts, weights, strict=True) if weight == 0)
    total = sum(weights)
    assert all(abs(p.pence * total - amount * w) <= total for p, w in zip(parts, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 3]])
def test_a_split_needs_weights(weights):
    with pytest.raises(ValueError, match="Weights"):
        Money(100).split(weights)


def test_arithmetic():
    assert Money(5) + Money(7) - Money(2) == Money(10)
    assert -Money(5) == Money(-5)
    assert abs(Money(-5)) == Money(5)
    assert 3 * Money(5) == Money(5) * 3 == Money(15)
    assert not Money(0)
    assert Money(1) > Money(0)
