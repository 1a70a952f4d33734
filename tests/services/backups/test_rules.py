"""Which backups stay."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.services.backups.dto import Keep
from app.services.backups.rules import Standing, to_remove

TODAY = date(2026, 11, 21)
NUMBERS = st.lists(st.tuples(st.integers(0, 800), st.booleans()), max_size=60)
KEEPS = st.builds(Keep, st.integers(0, 20), st.integers(0, 10), st.integers(0, 15))


def made(drawn):
    return [Standing(TODAY - timedelta(days), number, good) for number, (days, good) in enumerate(drawn)]


@given(NUMBERS, KEEPS)
def test_the_last_good_one_always_stays_and_nothing_is_removed_twice(drawn, keep):
    backups = made(drawn)
    gone = to_remove(backups, keep, TODAY)
    left = [each for each in backups if each.number not in gone]
    good = [each for each in backups if each.good]
    assert not good or max(good) in left
    assert to_remove(left, keep, TODAY) == frozenset()


@given(NUMBERS, KEEPS)
def test_one_that_is_not_good_never_displaces_a_good_one(drawn, keep):
    backups = made(drawn)
    good = [each for each in backups if each.good]
    gone = to_remove(backups, keep, TODAY)
    assert {each.number for each in good} & gone == to_remove(good, keep, TODAY)


def test_of_a_day_the_last_stays():
    two = [Standing(TODAY, 1, True), Standing(TODAY, 2, True)]
    assert to_remove(two, Keep(3, 0, 0), TODAY) == {1}


def test_weeks_and_months_keep_their_last():
    days = [Standing(TODAY - timedelta(each), 100 - each, True) for each in range(100)]
    left = {each.day for each in days} - {
        each.day for each in days if each.number in to_remove(days, Keep(1, 3, 3), TODAY)
    }
    # Saturday 21 November; the Sundays 15 and 8; the last of October and of September.
    assert left == {TODAY, date(2026, 11, 15), date(2026, 11, 8), date(2026, 10, 31), date(2026, 9, 30)}
