import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind
from app.services.core import folding
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
    assert folding.fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text):
    assert folding.fold(folding.fold(text)) == folding.fold(text)


def test_words_are_parted_by_spaces_and_commas():
    assert folding.words("Sample,  12 Close 12") == ("sample", "12", "close")
    assert folding.words(" , ") == ()


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


def test_what_a_reference_may_have_been_meant_to_be():
    near = rules.misread("12 345")
    assert {"22345", "12346", "21345", "12354"} <= near
    assert "12345" not in near
    # nine other digits at each of five places, and four swaps
    assert len(near) == 49
    assert rules.misread("1234") == rules.misread("smith") == rules.misread("1" * 41) == frozenset()


@given(st.text("0123456789AB", max_size=45))
def test_what_may_be_meant_is_never_more_than_a_database_is_asked_for(text):
    assert len(rules.misread(text)) <= 400
