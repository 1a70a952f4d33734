"""Addresses by the rules of GOV.UK Notify, greetings, numbers, and what speaks against writing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind, FormatNeed
from app.services.letters.dto import Channel, Variant
from app.services.letters.rules import (
    Recipient,
    address_fault,
    address_key,
    form_needed,
    greeting,
    is_email,
    judge,
    may_undo,
    mobile_number,
    postcode,
    tidy_address,
)

GOOD = ("12 Sample Close", "Testford", "ZZ10 1AA")


def to(**more):
    values = {
        "account_id": 1,
        "reference": "0012",
        "kind": AccountKind.RENT,
        "name": "Mx Alex Sample",
        "greeting": "Dear Mx Sample",
        "address": GOOD,
        "about": "12 Sample Close",
        "email": "alex@example.com",
        "mobile": "07700 900123",
    }
    return Recipient(**values | more)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        (GOOD, ""),
        ((), "No address to post to."),
        (("ZZ10 1AA",), "The address is too short: it needs 3 lines with the name."),
        (
            ("1", "2", "3", "4", "5", "6", "ZZ10 1AA"),
            "The address has 8 lines; with the name it may have 7.",
        ),
        (("12 Sample Close", "Testford"), "The last line of the address is not a postcode: Testford"),
        (
            ("(rear) 12 Sample Close", "ZZ10 1AA"),
            "A line of the address begins with a sign that post machines don't read: (rear) 12 Sample Close",
        ),
        (("No fixed abode", "Testford", "ZZ10 1AA"), "The address says that there is none (no fixed abode)."),
    ],
)
def test_an_address_is_one_that_post_reaches(address, fault):
    assert address_fault("Mx Alex Sample", address) == fault


@pytest.mark.parametrize(
    ("text", "printed"),
    [("al10 0aa", "AL10 0AA"), ("AL100AA", "AL10 0AA"), ("m1 1ae", "M1 1AE"), ("SW1A1AA", "SW1A 1AA")],
)
def test_a_postcode_is_printed_as_the_post_reads_it(text, printed):
    assert postcode(text) == printed


@pytest.mark.parametrize("text", ["", "AL10", "12345", "AL10 0CI", "Testford"])
def test_anything_else_is_no_postcode(text):
    assert postcode(text) == ""


def test_an_address_is_tidied():
    assert tidy_address([" 12  Sample Close,", "", " Testford ", "zz101aa"]) == GOOD


def test_letters_lie_in_the_order_of_the_round():
    streets = [("10 Sample Close", "ZZ10 1AA"), ("9 Sample Close", "ZZ10 1AA"), ("1 Abel Row", "ZZ10 1AA")]
    later = ("1 Abel Row", "ZZ9 1AA")
    assert sorted([later, *streets], key=address_key) == [streets[2], streets[1], streets[0], later]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([("Ms", "Ann", "One")], "Dear Ms One"),
        ([("Ms", "Ann", "One"), ("Mr", "Bo", "Two")], "Dear Ms One and Mr Two"),
        ([("Ms", "A", "One"), ("Mr", "B", "Two"), ("", "Cy", "Three")], "Dear Ms One, Mr Two and Cy Three"),
        ([], "Dear The Sample Family"),
    ],
)
def test_a_letter_greets_everybody(people, words):
    assert greeting(people, "The Sample Family") == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("00447700900123", "+447700900123"),
        ("+353 86 123 4567", "+353861234567"),
        ("01632 960001", ""),
        ("0770090012", ""),
        ("+44 1632 960001", ""),
        ("call me", ""),
    ],
)
def test_a_mobile_number_is_read_as_people_write_it(text, number):
    assert mobile_number(text) == number


@given(st.text(max_size=60))
def test_reading_numbers_postcodes_and_addresses_never_fails(text):
    mobile_number(text)
    postcode(text)
    is_email(text)
    address_key(tidy_address(text.splitlines()))
    address_fault(text, tidy_address(text.splitlines()))


def test_what_speaks_against_a_letter():
    def stops(**more):
        return judge(to(**more), Channel.LETTER).stops

    assert stops() == ()
    assert stops(hold="bereaved") == ("Letters are stopped: bereaved",)
    assert stops(do_not_contact=True) == ("Do not contact.",)
    assert stops(address=()) == ("No address to post to.",)
    assert stops(needs=frozenset({FormatNeed.BRAILLE, FormatNeed.AUDIO})) == (
        "Needs audio and braille: make it by hand.",
    )
    assert stops(suspect="post came back") == ("post came back",)
    assert stops(closed=True, hold="x") == ("A restricted record, which you may not open.",)


def test_a_form_chosen_on_purpose_is_not_stopped_by_one_that_is_made_by_hand():
    verdict = judge(to(needs=frozenset({FormatNeed.BRAILLE})), Channel.LETTER, Variant.LARGE_PRINT)
    assert verdict.stops == ()


def test_messages_need_somewhere_to_go():
    assert judge(to(email=""), Channel.EMAIL).stops == ("No e-mail address.",)
    assert judge(to(mobile="01632 960001"), Channel.TEXT).stops == ("'01632 960001' is no mobile number.",)
    assert judge(to(address=()), Channel.TEXT).stops == ()


def test_the_form_suits_everybody():
    assert form_needed({FormatNeed.LARGE_PRINT, FormatNeed.TEXT_ONLY}) is Variant.LARGE_PRINT
    assert form_needed({FormatNeed.TEXT_ONLY}) is Variant.TEXT
    assert form_needed(()) is Variant.STANDARD


def test_a_mark_as_printed_is_taken_back_on_the_same_day_only():
    day = date(2026, 11, 21)
    assert may_undo(day, day)
    assert not may_undo(date(2026, 11, 20), day)
    assert not may_undo(None, day)
