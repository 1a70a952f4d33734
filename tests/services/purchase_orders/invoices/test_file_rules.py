"""Dates whose order isn't said, and amounts that don't add up; worked by hand."""

from datetime import date

import pytest

from app.services.purchase_orders.invoices.loading.dto import DateOrder
from app.services.purchase_orders.invoices.loading.rules import amounts_of, day_of, order_of, together


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["13/04/2026", "03/04/2026"], DateOrder.DMY),
        (["04/13/2026", "03/04/2026"], DateOrder.MDY),
        (["2026-04-13", "13 April 2026", "04/04/2026"], DateOrder.DMY),
        (["03/04/2026"], None),
        (["13/04/2026", "04/13/2026"], None),
    ],
)
def test_the_order_of_dates_is_known_or_asked_for(texts, order):
    found, question = order_of(texts)
    assert found is order
    assert bool(question) is (order is None)


def test_a_date_is_read_in_its_order():
    assert day_of("03/04/2026", DateOrder.MDY) == date(2026, 3, 4)
    assert day_of("03/04/26", DateOrder.DMY) == date(2026, 4, 3)
    assert day_of("2026-04-13", DateOrder.MDY) == date(2026, 4, 13)
    with pytest.raises(ValueError, match="no month 13"):
        day_of("13/04/2026", DateOrder.MDY)
    with pytest.raises(ValueError, match="is not a date"):
        day_of("soon", DateOrder.DMY)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ((10_00, 2_00, None), (10_00, 2_00)),
        ((None, 2_00, 12_00), (10_00, 2_00)),
        ((-10_00, None, -12_00), (-10_00, -2_00)),
    ],
)
def test_two_amounts_give_the_third(said, found):
    assert amounts_of(*said) == found


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((10_00, 2_00, 12_01), "don't make £12.01"),
        ((10_00, None, None), "one amount alone"),
        ((None, None, 12_00), "one amount alone"),
        ((None, 2_00, None), "neither"),
        ((10_00, -2_00, None), "different signs"),
        ((0, 0, None), "comes to nothing"),
    ],
)
def test_what_is_missing_or_does_not_add_up_is_said(said, why):
    with pytest.raises(ValueError, match=why):
        amounts_of(*said)


def test_rows_of_one_number_below_each_other_are_one_invoice():
    assert together([("a", "1"), ("a", "1"), ("b", "1"), ("a", "1")]) == [[0, 1], [2], [3]]
