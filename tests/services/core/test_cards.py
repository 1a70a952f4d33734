import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.cards import holds_card_number, luhn


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "paid by 4111 1111 1111 1111 in May",
        "5555-5555-5555-4444",
        "378282246310005",
        "2223003122003222",
        "6011111111111117",
        "card 3530111333300000.",
        "4111 1111 1111 1111 05 28",
        "ref.4111111111111111",
    ],
)
def test_card_numbers_are_found_in_text(text):
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4111111111111112",
        "9826111111111111",
        "07700 900123",
        "100000000001",
        "1234567890123456",
        "41111111111111111111111",
        "0.4111111111111111",
        "2026-11-21 10:00",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not holds_card_number(text)


@given(st.text("0123456789", min_size=1, max_size=18))
def test_one_digit_in_ten_makes_a_number_pass(body):
    assert sum(luhn(f"{body}{digit}") for digit in range(10)) == 1
