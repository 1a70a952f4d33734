"""Which transaction of the finance system is which document of ours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.purchase_orders.finance.transactions.rules import (
    Found,
    OurFacts,
    TheirFacts,
    folded,
    names_in,
    pairs,
)

ON = date(2026, 11, 10)


def our(number, *names, budget=1, pence=100_00, on=ON):
    return OurFacts(("supplier_invoice", number, budget), tuple(folded(each) for each in names), budget, on, pence)


def their(line_id, reference="", description="", budget=1, pence=100_00, on=ON):
    return TheirFacts(line_id, budget, on, pence, names_in(reference, description))


@pytest.mark.parametrize(
    ("one", "other"), [("INV-0042", "inv 42"), ("IN00012", "in12"), ("A/001/7", "a 001 7"), ("000", "0")]
)
def test_numbers_are_one_whatever_their_marks_and_zeros(one, other):
    assert folded(one) == folded(other)


def test_a_number_in_common_with_the_amount_goes_before_one_with_another_amount():
    found = pairs([our(1, "SI-7", pence=90_00), our(2, "SI-7")], [their(10, "SI7"), their(11, "si 7")])
    assert set(found) == {Found(10, ("supplier_invoice", 2, 1), True), Found(11, ("supplier_invoice", 1, 1), False)}


def test_the_number_may_stand_in_the_description_in_two_words():
    assert pairs([our(1, "IN00042")], [their(10, "JNL9", "Sample Paints IN 00042 paint")]) == (
        Found(10, ("supplier_invoice", 1, 1), True),
    )


def test_another_code_is_another_thing():
    assert pairs([our(1, "SI-7")], [their(10, "SI-7", budget=2)]) == ()


def test_what_has_no_number_in_common_is_matched_only_where_it_is_alone():
    assert pairs([our(1)], [their(10)]) == (Found(10, ("supplier_invoice", 1, 1), True),)
    assert pairs([our(1), our(2)], [their(10)]) == ()
    assert pairs([our(1)], [their(10), their(11)]) == ()
    assert pairs([our(1)], [their(10, on=date(2026, 12, 12))]) == ()


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 2), st.integers(1, 3)), max_size=8),
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 2), st.integers(1, 3)), max_size=8),
)
def test_nothing_is_matched_twice_and_every_pair_is_of_one_code(mine, others):
    ours = [our(at, f"{name}100", budget=code, pence=pence) for at, (name, code, pence) in enumerate(mine)]
    theirs = [their(at, f"{name}100", budget=code, pence=pence) for at, (name, code, pence) in enumerate(others)]
    found = pairs(ours, theirs)
    assert len({each.line_id for each in found}) == len({each.key for each in found}) == len(found)
    for each in found:
        other = theirs[each.line_id]
        mine_one = ours[each.key[1]]
        assert other.budget_id == mine_one.budget_id
        assert each.exact == (other.pence == mine_one.pence)
