"""Bands of standing orders, what they want, likeness, and when an amendment needs approval; figures by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money
from app.services.purchase_orders.orders import rules
from app.services.purchase_orders.orders.dto import Band
from app.services.purchase_orders.orders.rules import Quoted, StandingOrders

BANDS = (
    Band(1, Money(5_000_00), 1, written=False, tender=False),
    Band(2, Money(25_000_00), 3, written=True, tender=False),
    Band(3, None, 3, written=True, tender=True),
)
GOODS = StandingOrders(BANDS, with_vat=False, threshold_pence=207_720_00, works=False)


@pytest.mark.parametrize(
    ("net", "vat", "number", "wants"),
    [(5_000_00, 1_000_00, 1, 0), (5_000_01, 0, 2, 3), (25_000_00, 5_000_00, 2, 3), (25_000_01, 0, 3, 3)],
)
def test_the_end_of_a_band_belongs_to_it(net, vat, number, wants):
    found = rules.band_of(GOODS, net, vat)
    assert (found.number, found.quotations) == (number, wants)


def test_with_vat_where_policy_says_so_and_always_for_the_threshold():
    """£4,500.00 and £900.00 VAT are £5,400.00: band 2 with VAT. £173,100.00 with VAT are £207,720.00: the threshold."""
    with_vat = StandingOrders(BANDS, with_vat=True, threshold_pence=207_720_00, works=False)
    assert rules.band_of(with_vat, 4_500_00, 900_00).number == 2
    wide = (Band(1, None, 1, written=False, tender=False),)
    orders = StandingOrders(wide, with_vat=False, threshold_pence=207_720_00, works=False)
    assert rules.band_of(orders, 173_100_00, 34_620_00).tender
    assert not rules.band_of(orders, 173_099_00, 34_619_80).tender
    assert "reaches the statutory threshold" in rules.band_of(orders, 173_100_00, 34_620_00).reasons[1]


def test_what_was_procured_itself_wants_no_quotations():
    found = rules.band_of(GOODS, 30_000_00, 0, "It is called off.")
    assert (found.number, found.quotations, found.tender) == (3, 0, False)
    assert rules.wanting(found, (), waived=False, papers=0) == ()


def quoted(net=100, **more):
    return Quoted(**{"name": "A", "net": net, "written": True, "kept": True, "explained": True, "chosen": False} | more)


def test_refusals_to_quote_count_once_they_are_explained():
    band = rules.band_of(GOODS, 6_000_00, 0)
    two = (quoted(chosen=True), quoted(None, name="B"))
    assert rules.wanting(band, two, waived=False, papers=0)[0].startswith("Band 2 wants 3 quotations; 2 are recorded.")
    assert rules.wanting(band, (*two, quoted(None, name="C")), waived=False, papers=0) == ()
    assert len(rules.wanting(band, (*two, quoted(None, explained=False, name="C")), waived=False, papers=0)) == 1
    assert rules.wanting(band, two, waived=True, papers=0) == ()


def test_written_ones_have_their_document_and_one_is_chosen():
    band = rules.band_of(GOODS, 6_000_00, 0)
    three = (quoted(), quoted(kept=False, name="B"), quoted(written=False, name="C"))
    assert rules.wanting(band, three, waived=False, papers=0) == (
        "Choose the quotation that the order is for.",
        "The quotation of B is to be in writing and attached.",
        "The quotation of C is to be in writing and attached.",
    )
    tender = rules.band_of(GOODS, 30_000_00, 0)
    bare = tuple(quoted(None, kept=False, name=name) for name in "ABC")
    assert rules.wanting(tender, bare, waived=False, papers=0) == ("Attach the report of the tender.",)
    assert rules.wanting(tender, bare, waived=False, papers=1) == ()
    assert rules.wanting(tender, (), waived=True, papers=0) == ("Attach the report of the tender.",)


def test_three_prices_of_one_supplier_are_one_quotation():
    band = rules.band_of(GOODS, 6_000_00, 0)
    ours = {"name": "Sample Paints Limited", "supplier_id": 1}
    one = (quoted(**ours, chosen=True), quoted(110, **ours), quoted(120, name="Sample Paints Ltd"))
    assert rules.wanting(band, one, waived=False, papers=0, supplier_id=1)[0].startswith(
        "Band 2 wants 3 quotations; 1 is recorded."
    )
    others = (quoted(110, name="Sample Paints", supplier_id=2), quoted(120, name="Other Paints"))
    assert rules.wanting(band, (*one, *others), waived=False, papers=0, supplier_id=1) == ()


def test_what_is_chosen_is_of_the_orders_supplier_and_the_lowest_or_has_a_reason():
    band = rules.band_of(GOODS, 6_000_00, 0)
    every = (quoted(supplier_id=1, chosen=True), quoted(90, name="B"), quoted(None, name="C"))
    assert rules.wanting(band, every, waived=False, papers=0, supplier_id=1) == (
        "A is chosen at £1.00, and £0.90 was quoted: choose again and say why.",
    )
    said = (quoted(supplier_id=1, chosen=True, why="In a week"), *every[1:])
    assert rules.wanting(band, said, waived=False, papers=0, supplier_id=1) == ()
    assert rules.wanting(band, said, waived=True, papers=0, supplier_id=2) == (
        "The quotation of A is chosen, and the order is for another supplier: choose again.",
    )


def test_the_lowest_is_told_from_the_chosen():
    assert rules.not_lowest([quoted(100), quoted(90), quoted(None)], 100) == 90
    assert rules.not_lowest([quoted(100), quoted(100)], 100) is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (["LED lamps E27 10W"], ["Lamps, LED, warm white"], True),
        (["Emulsion paint 10 l"], ["Emulsion paint 5 l", "Brushes"], True),
        (["Emulsion paint"], ["Boiler service"], False),
        (["12 x 34"], ["56 x 78"], False),
        ([], ["Paint"], False),
    ],
)
def test_orders_are_alike_by_the_words_of_a_line(one, other, alike):
    assert rules.alike(one, other) is alike
    assert rules.alike(other, one) is alike


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**6))
def test_what_lowers_an_order_needs_no_approval(approved, after, allowed):
    assert rules.needs_approval(approved, after, allowed) == (after - approved > allowed)
    assert not rules.needs_approval(approved, min(after, approved), allowed)


def test_the_less_of_percent_and_pounds_is_allowed():
    """5 % of £1,000.00 is £50.00; of £10,000.00 it would be £500.00, and £250.00 is the most."""
    assert rules.allowed_rise(1_000_00, Decimal(5), Money(250_00)) == 50_00
    assert rules.allowed_rise(10_000_00, Decimal(5), Money(250_00)) == 250_00


@pytest.mark.parametrize(
    ("text", "number"),
    [("PO00012", 12), ("po 12", 12), ("PO-0012", 12), ("12", 12), ("RQ12", 12), ("12a", None), ("", None)],
)
def test_numbers_are_read_however_they_are_written(text, number):
    assert rules.number_key(text) == number
