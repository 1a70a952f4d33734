"""When holds overlap, which lasts longer, and how they are said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import HoldKind, Stop
from app.services.holds.dto import KINDS, STOPS
from app.services.holds.rules import USUAL, banner, in_order, is_live, lasts_longer, listed, overlaps, said, why

DAY = date(2026, 11, 21)
PLACES = st.integers(-6, 6)


def day(number):
    return None if number is None else DAY + timedelta(days=number)


@given(PLACES, st.none() | st.integers(0, 6), PLACES, st.none() | st.integers(0, 6))
def test_two_holds_overlap_if_a_day_is_held_by_both(one, length, other, other_length):
    first = day(one), None if length is None else day(one + length)
    second = day(other), None if other_length is None else day(other + other_length)
    both = any(is_live(*first, day(at)) and is_live(*second, day(at)) for at in range(-6, 20))
    assert overlaps(*first, *second) is both
    assert overlaps(*second, *first) is both


@given(st.none() | PLACES, st.none() | PLACES)
def test_of_two_ends_at_most_one_is_later(one, other):
    longer, shorter = lasts_longer(day(one), day(other)), lasts_longer(day(other), day(one))
    assert not (longer and shorter)
    assert (longer or shorter) is (one != other)


@given(st.frozensets(st.sampled_from(Stop)))
def test_what_is_stopped_is_listed_in_one_order(stops):
    assert set(in_order(stops)) == stops
    assert all(STOPS[stop].lower() in listed(stops).lower() for stop in stops)


def test_every_kind_and_stop_has_its_words_and_its_usual_stops():
    assert set(KINDS) == set(USUAL) == set(HoldKind)
    assert set(STOPS) == set(Stop)
    assert [kind for kind, stops in USUAL.items() if not stops] == [HoldKind.OTHER]


def test_a_breathing_space_leaves_statements_and_write_off_alone():
    assert USUAL[HoldKind.BREATHING_SPACE] == frozenset(Stop) - {Stop.STATEMENTS, Stop.WRITE_OFF}


@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [
        (HoldKind.OTHER, "Refund in question", "Refund in question"),
        (HoldKind.DISPUTE, "Heating charge.", "dispute (Heating charge)"),
        (HoldKind.DISPUTE, "Dispute", "dispute"),
        (HoldKind.IVA, "", "IVA"),
    ],
)
def test_why_it_is_stopped(kind, reason, words):
    assert why(kind, reason) == words


def test_the_banner_of_an_account():
    stops = frozenset({Stop.RECOVERY, Stop.LETTERS})
    until = date(2027, 1, 9)
    words = "Letters and recovery stopped until 9 Jan 2027: breathing space"
    assert banner(stops, HoldKind.BREATHING_SPACE, "Case BS-1", until) == words
    assert banner({Stop.LETTERS}, HoldKind.COURT, "Claim 12", None) == "Letters stopped: court proceedings"
    assert said(HoldKind.COURT, "claim 12", until) == "court proceedings (claim 12), until 9 Jan 2027"
