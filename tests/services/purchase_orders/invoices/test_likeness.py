"""Which invoices may be copies of one another."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import InvoiceKind, InvoiceState, Money
from app.services.purchase_orders.invoices.rules import likeness
from app.services.purchase_orders.invoices.rules.whole import quoted_numbers

ONE = likeness.Known(
    1,
    "IN00001",
    InvoiceKind.INVOICE,
    InvoiceState.LOGGED,
    7,
    "Sample Ltd",
    "INV-0012",
    date(2026, 11, 2),
    Money(120_00),
)


@pytest.mark.parametrize("typed", ["inv-0012", "INV 12", "INV/012", "1NV-OO12", "Inv0012"])
def test_one_number_in_many_spellings_has_one_key(typed):
    assert likeness.number_key(typed) == likeness.number_key("INV-0012")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("12345", "12346", True),
        ("12345", "12354", True),
        ("12345", "1245", True),
        ("12345", "12345", False),
        ("12345", "13254", False),
        ("123", "124", False),
        ("12345", "54321", False),
        ("12345", "123456", True),
    ],
)
def test_one_sign_off_or_two_neighbours_changed(one, other, alike):
    assert likeness.near(one, other) is likeness.near(other, one) is alike


def test_the_same_again_is_refused_and_what_is_like_it_suspected():
    assert likeness.exact(replace(ONE, supplier_number="inv 0012", gross=Money(1)), ONE)
    assert likeness.exact(replace(ONE, supplier_number="INV-O12"), ONE)
    elsewhen = replace(ONE, supplier_number="11/2", invoice_on=date(2026, 11, 3), gross=Money(30_00))
    assert not likeness.exact(elsewhen, replace(ONE, supplier_number="1/12"))
    assert (
        likeness.why_suspected(elsewhen, replace(ONE, supplier_number="1/12"), 60)
        == "the same number with another amount"
    )
    assert likeness.exact(replace(elsewhen, supplier_number="1 / 12"), replace(ONE, supplier_number="1/12"))
    other_amount = replace(ONE, supplier_number="INV-O12", gross=Money(99), invoice_on=date(2026, 11, 3))
    assert not likeness.exact(other_amount, ONE)
    assert likeness.why_suspected(other_amount, ONE, 60) == "the same number with another amount"
    near = replace(ONE, supplier_number="INV-0021", invoice_on=date(2026, 1, 2))
    assert "two changed places" in likeness.why_suspected(near, ONE, 60)
    same_amount = replace(ONE, supplier_number="A7", invoice_on=date(2026, 11, 9))
    assert likeness.why_suspected(same_amount, ONE, 60) == "the same amount, 7 days apart"
    assert likeness.why_suspected(same_amount, ONE, 5) == ""
    elsewhere = replace(ONE, supplier_id=8)
    assert likeness.why_suspected(elsewhere, ONE, 60) == "the same number and amount, logged for Sample Ltd"


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("Your order PO00012, thank you", (12,)),
        ("P.O. No: 12 and po-00013", (12, 13)),
        ("Purchase Order Number PO/00012", (12,)),
        ("ORDER 12", (12,)),
        ("depot 12, £12.00", ()),
    ],
)
def test_order_numbers_are_read_however_they_are_spelt(said, numbers):
    assert quoted_numbers(said, "PO") == numbers


def test_without_a_prefix_a_number_alone_is_no_order():
    assert quoted_numbers("£12.00 for order no. 7, 3 lamps", "") == (7,)


@given(st.text("OI01LA9-/ ", max_size=12))
def test_a_key_stays_itself(typed):
    key = likeness.number_key(typed)
    assert likeness.number_key(key) == key
