"""Telephone numbers: read however they are typed, compared as one, extensions kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.phones import in_words, is_landline, is_number, same_number, spellings


@pytest.mark.parametrize(
    "typed", ["0191 498 0123", "(0191) 498-0123", "+44 191 498 0123", "0044 191 4980123", "+44 (0)191 498 0123"]
)
def test_one_number_however_it_is_typed(typed):
    assert same_number(typed) == "+441914980123"
    assert in_words(typed) == "0191 498 0123"


@pytest.mark.parametrize("typed", ["0191 498 0123 ext 12", "0191 498 0123 x12", "01914980123 Ext. 12"])
def test_an_extension_is_another_telephone(typed):
    assert same_number(typed) == "+441914980123;ext=12"


@pytest.mark.parametrize("typed", ["", "12", "999", "by and by", "07700 900 1234 5678", "0191"])
def test_what_nobody_can_be_called_by(typed):
    assert not is_number(typed)
    assert same_number(typed) == ""


def test_a_landline_is_told_from_a_mobile_and_numbers_of_fiction_are_taken():
    assert is_landline("0191 498 0123")
    assert not is_landline("07700 900123")
    assert is_number("07700 900123")
    assert is_number("+48 22 123 45 67")
    assert in_words("+48 22 123 45 67") == "+48 22 123 45 67"


@given(st.integers(0, 999_999), st.sampled_from(["0{}", "+44{}", "0044{}", "44{}", "+440{}"]))
def test_every_spelling_is_looked_for(number, written):
    digits = f"7700{number:06}"
    assert written.format(digits) in spellings(f"0{digits}")
