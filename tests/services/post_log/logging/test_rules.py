"""What in a text may name an account."""

from hypothesis import given
from hypothesis import strategies as st

from app.services.post_log import rules


def test_a_reference_is_read_however_it_is_spaced():
    found = rules.numbers_in("My ref. 0012 4471-03, for 12 Made Street")
    assert "0012447103" in found
    assert "RENT00417" in rules.numbers_in("(RENT 00417)")
    assert "0012447103" not in rules.numbers_in("0012\n4471 03")


@given(st.from_regex(r"\A[0-9]{8,12}\Z"), st.sampled_from(" -./"), st.text(max_size=40), st.text(max_size=40))
def test_any_split_of_a_reference_is_put_together(number, gap, before, after):
    shown = f"{number[:4]}{gap}{number[4:]}"
    assert number in rules.numbers_in(f"{before} \n{shown}\n {after}")


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    for number in rules.numbers_in(text):
        assert 5 <= len(number) <= 24
    rules.postcodes_in(text)
    rules.telephones_in(text)
    rules.emails_in(text)


def test_only_a_number_with_wrong_check_digits_may_be_a_slip():
    # 7 0000001 0 and its check digit: weights 2 to 7 from the right give 0*2 + 1*3 + 0*4 ... + 7*4 = 31, 33 - 31 = 2
    assert rules.misread_numbers(("7000000102", "7000000103", "12345"), "mod11") == ("7000000103",)
    assert rules.misread_numbers(("7000000102",), "none") == ("7000000102",)


def test_postcodes_telephones_and_addresses():
    text = "Ring 0191 498 0123 or 07700 900123; I live at 4 Sample Close, al100aa. Write to me.too@example.org"
    assert rules.postcodes_in(text) == ("AL10 0AA",)
    assert rules.telephones_in(text) == ("+441914980123", "+447700900123")
    assert rules.emails_in(text) == ("me.too@example.org",)


def test_names_and_addresses_are_words_of_their_own():
    assert rules.is_named("O'Sample", "mx a osample writes")
    assert not rules.is_named("Ann", "the annual bill")
    assert rules.is_addressed("4 Sample Close", "at 4 sample close, testford")
    assert not rules.is_addressed("4 Sample Close", "at 14 sample close")
    assert not rules.is_addressed("Sample House", "at sample house")
