"""What may stand in a Bacs record, and what is made of what officers type."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.bacs import rules
from app.services.bacs.dto import Destination
from app.services.core.errors import UserError

TO = Destination("200000", "12345678")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Mrs O'Brien-Müller", "MRS O BRIEN-MULLER"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neill", "O NEILL"),
        ("Łukasz Đặng", "LUKASZ DANG"),
        ("Straße, 5", "STRASSE 5"),
        ("Jørgen Æbelø", "JORGEN AEBELO"),
        ("A & B (Trading) Ltd.", "A & B TRADING LTD."),
        ("rent/12-3", "RENT/12-3"),
        ("tab\tand\nline", "TAB AND LINE"),
        ("ﬁne ½ ①", "FINE 1 2 1"),
        ("💷 李", ""),
        ("Ⅷ", "VIII"),
    ],
)
def test_text_in_the_characters_of_bacs(typed, written):
    assert rules.bacs_text(typed) == written


@given(st.text())
def test_any_text_becomes_bacs_text_and_stays_it(typed):
    written = rules.bacs_text(typed)
    assert set(written) <= rules.CHARACTERS
    assert written == written.strip()
    assert rules.bacs_text(written) == written


@pytest.mark.parametrize(
    ("sort_code", "number", "found"),
    [
        ("20-00-00", "5577 9911", ("200000", "55779911")),
        ("20 00\N{EN DASH}00", "557799", ("200000", "00557799")),
        ("200000", "5577991", ("200000", "05577991")),
    ],
)
def test_what_was_typed_is_brought_into_form(sort_code, number, found):
    made = rules.destination(sort_code, number)
    assert (made.sort_code, made.account_number) == found


@given(st.text(), st.text())
def test_whatever_is_typed_is_six_and_eight_digits_or_refused(sort_code, number):
    with suppress(UserError):
        made = rules.destination(sort_code, number)
        assert re.fullmatch("[0-9]{6}", made.sort_code)
        assert re.fullmatch("[0-9]{8}", made.account_number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("123456789", "Santander"),
        ("1234567890", "NatWest"),
        ("٥٥٧٧٩٩١١", "eight digits"),
        ("00000000", "zeros"),
        ("12345", "this has 5"),
        ("", "eight digits"),
    ],
)
def test_numbers_that_no_file_carries(number, words):
    with pytest.raises(UserError, match=words):
        rules.destination("20-00-00", number)


def test_a_credit_carries_18_characters_of_the_name_and_all_of_the_reference():
    made = rules.credit(TO, 100, "Rent 0012/4471", "Mr Bartholomew Featherstonehaugh")
    assert (made.name, made.reference) == ("MR BARTHOLOMEW FEA", "RENT 0012/4471")
    assert rules.credit(Destination("200000", "12345678", "A/12-3"), 1, "Rent", "A").reference == "A/12-3"


@pytest.mark.parametrize(
    ("pence", "reference", "name", "field"),
    [
        (0, "RENT", "A", "amount"),
        (-1, "RENT", "A", "amount"),
        (100_000_000_000, "RENT", "A", "amount"),
        (1, "", "A", "reference"),
        (1, "💷", "A", "reference"),
        (1, "X" * 19, "A", "reference"),
        (1, "Contra 7", "A", "reference"),
        (1, "RENT", "", "payee_name"),
    ],
)
def test_credits_that_no_file_carries(pence, reference, name, field):
    with pytest.raises(UserError) as told:
        rules.credit(TO, pence, reference, name)
    assert told.value.field == field


def test_references_of_direct_debits():
    assert rules.core_reference("rent 0012-4471") == "RENT 0012-4471"
    for wrong in ("AB123", "A" * 19, "AAAAAAA", "-ABCDEF", "DDIC1234", "CONTRA", "", "a & b / c - d"):
        with pytest.raises(UserError) as told:
            rules.core_reference(wrong)
        assert told.value.field == "reference"
