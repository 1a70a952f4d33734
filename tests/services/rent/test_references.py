import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.cards import luhn
from app.services.rent.references import check_digits, new_reference


@pytest.mark.parametrize(
    ("scheme", "body", "check"),
    [
        ("none", "1000001", ""),
        ("mod10", "7992739871", "3"),
        ("mod11", "1000001", "7"),  # 1 x 2 + 1 x 2 = 4; 11 - 4
        ("mod11", "0000005", "1"),  # 5 x 2 = 10; 11 - 10
        ("mod11", "0000006", None),  # 6 x 2 = 12, remainder 1; 11 - 1 = 10 has no digit
        ("mod97", "12345", "20"),  # 1234520 leaves 1 when divided by 97
    ],
)
def test_check_digits_by_hand(scheme, body, check):
    assert check_digits(scheme, body) == check


@given(st.sampled_from(["none", "mod10", "mod11", "mod97"]), st.integers(1, 9_999_999), st.integers(1, 9_999_999))
def test_two_accounts_never_get_the_same_reference(scheme, one, other):
    first = new_reference(scheme, one, ())
    assert first.isdigit()
    assert (new_reference(scheme, other, ()) == first) == (one == other)
    assert new_reference(scheme, one, {first}) != first


@given(st.integers(1, 9_999_999))
def test_references_check(number):
    assert luhn(new_reference("mod10", number, ()))
    assert int(new_reference("mod97", number, ())) % 97 == 1


def test_a_scheme_that_is_none_of_these():
    with pytest.raises(ValueError, match="'mod12' is not a reference scheme"):
        check_digits("mod12", "1")
