"""What is made up looks like what it stands for, is the same each time, and is nobody's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.moving.anonymous.words import Words, codes_of, parts_of, plain_number

WORDS = Words(b"a secret", frozenset({"smith", "grace", "zz142ab"}))
DIGITS = st.text("0123456789", min_size=1, max_size=19)


@given(st.integers(1, 5), st.data())
def test_digits_are_exchanged_one_for_one(size, data):
    numbers = data.draw(st.lists(st.text("0123456789", min_size=size, max_size=size), unique=True, max_size=50))
    made = [WORDS.exchanged(each) for each in numbers]
    assert len(set(made)) == len(numbers)
    assert {len(each) for each in made} <= {size}


@given(st.text(max_size=30))
def test_any_text_is_taken(text):
    for make in (
        WORDS.name,
        WORDS.address,
        WORDS.postcode,
        WORDS.phone,
        WORDS.email,
        WORDS.reference,
        WORDS.sentence,
        WORDS.tag,
    ):
        assert isinstance(make(text), str)
        assert make(text) == make(text)


def test_one_person_has_one_new_name_wherever_it_stands():
    name = WORDS.name("Mrs Grace Smith")
    assert re.fullmatch(r"Mrs [A-Z][a-z]+ [A-Z][a-z]+", name)
    assert "Grace" not in name
    assert WORDS.name("GRACE SMITH") == name.removeprefix("Mrs ").upper()
    assert WORDS.sentence("Rang Grace Smith on Monday") == f"Rang {name.removeprefix('Mrs ')} on Monday"
    assert len(WORDS.name("Featherstonehaugh")) == len("Featherstonehaugh")
    assert WORDS.name("Smith & Sons Ltd").endswith(" Ltd")


@pytest.mark.parametrize("name", ["Łukasz", "李小龍", "محمد", "Δημήτρης", "ਗੁਰਪ੍ਰੀਤ"])
def test_a_name_stays_in_its_script(name):
    made = WORDS.name(name)
    assert made != name
    assert not made.isascii()


def test_an_address_keeps_its_form():
    made = WORDS.address("Flat 2, 13 Mill Lane\nTestford\nZZ14 2AB")
    assert re.fullmatch(r"Flat \d, \d\d [A-Z][a-z]+ Lane\n[A-Z][a-z]+\nZZ\d\d \d[A-Z]{2}", made)
    assert "ZZ14 2AB" not in made
    assert WORDS.postcode("sw1a1aa") == WORDS.postcode("SW1A1AA").lower()
    assert WORDS.postcode("SW1A 1AA")[:4] == WORDS.postcode("SW1A 9ZZ")[:4]


def test_telephone_numbers_are_those_kept_for_drama():
    assert WORDS.phone("07911 123456").startswith("07700 900")
    assert WORDS.phone("+447911123456") == f"+44{plain_number(WORDS.phone('07911 123456'))[1:]}"
    assert " 496 0" in WORDS.phone("020 7123 4567")
    assert WORDS.email("grace.smith@council.gov.uk") == f"{WORDS.name('grace.smith')}@example.org"


def test_a_reference_in_a_sentence_is_the_one_of_the_account():
    assert WORDS.sentence("Carried to 7000012003") == f"Carried to {WORDS.reference('7000012003')}"
    assert WORDS.sentence("Charge for the week of 06 Apr 2026") == "Charge for the week of 06 Apr 2026"
    assert WORDS.tag("adjustment:12") == "adjustment:12"
    assert WORDS.tag("card:7000007808-9000").startswith("card:x")


def test_what_is_personal_is_found_in_names_and_addresses():
    assert parts_of("Mr O'Neil, 3 Mill Lane SW1A 1AA") >= {"neil", "mill", "sw1a1aa"}
    assert codes_of("ring 01632 960123, SW1A 1AA") == {"01632960123", "sw1a1aa"}
