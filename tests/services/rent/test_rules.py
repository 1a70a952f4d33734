import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind
from app.services.rent import rules


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zoë", "zoe"),
        ("O\u2019Brien", "obrien"),
        ("O'BRIEN", "obrien"),
        ("Łącka", "lacka"),
        ("Weiß", "weiss"),
        ("Søren  Ærø", "soren aero"),
        ("  Two\tparts ", "two parts"),
    ],
)
def test_folding(typed, folded):
    assert rules.fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text):
    assert rules.fold(rules.fold(text)) == rules.fold(text)


def test_words_are_parted_by_spaces_and_commas():
    assert rules.words("Sample,  12 Close 12") == ("sample", "12", "close")
    assert rules.words(" , ") == ()


def test_search_text_begins_with_the_last_name():
    text = rules.search_text(
        [("Mrs", "Zoë", "O'Brien"), ("", "Al", "Sample")],
        ["70 0012", None, "T 1"],
        ["1 Sample Close", "", "Testford"],
        "AL7 1AA",
        ["07700 900 123", ""],
    )
    assert text == "obrien zoe mrs sample al 700012 t1 1 sample close testford al7 1aa al71aa 07700900123"


def test_search_text_keeps_within_its_column():
    assert len(rules.search_text([("", "", "x" * 900)], [], [], "", [])) == rules.SEARCH_LENGTH


def test_the_rent_account_is_the_main_one():
    kinds = sorted(AccountKind, key=rules.main_kind_order)
    assert kinds[:3] == [AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD]


def test_references_and_addresses():
    assert rules.reference_key(" ab 12\u00a034 ") == "AB1234"
    assert rules.one_line("1 Sample Close", "", "Testford") == "1 Sample Close, Testford"
    assert rules.full_name("", "Alex", "Sample") == "Alex Sample"
