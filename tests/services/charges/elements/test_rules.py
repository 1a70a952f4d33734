"""Setting an amount from a day on, worked by hand and for any history by Hypothesis."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money
from app.services.charges.dto import Span
from app.services.charges.elements.dto import Dated
from app.services.charges.elements.rules import amount_on, set_from

APRIL = date(2026, 4, 6)
NOVEMBER = date(2026, 11, 30)
NEXT_APRIL = date(2027, 4, 5)
RENT = (Dated(Money(100_00), Span(APRIL)),)


def test_a_new_amount_closes_the_one_before_the_day_before():
    assert set_from(RENT, NOVEMBER, Money(104_00)) == (
        Dated(Money(100_00), Span(APRIL, date(2026, 11, 29))),
        Dated(Money(104_00), Span(NOVEMBER)),
    )


def test_an_ending_takes_out_what_was_entered_for_later():
    standing = set_from(RENT, NEXT_APRIL, Money(104_80))
    assert set_from(standing, NOVEMBER, None) == (Dated(Money(100_00), Span(APRIL, date(2026, 11, 29))),)


def test_a_later_amount_that_was_entered_stays():
    standing = set_from(RENT, NEXT_APRIL, Money(104_80))
    assert set_from(standing, NOVEMBER, Money(98_00)) == (
        Dated(Money(100_00), Span(APRIL, date(2026, 11, 29))),
        Dated(Money(98_00), Span(NOVEMBER, date(2027, 4, 4))),
        Dated(Money(104_80), Span(NEXT_APRIL)),
    )


def test_the_same_day_is_another_amount_not_a_second_one():
    assert set_from(RENT, APRIL, Money(90_00)) == (Dated(Money(90_00), Span(APRIL)),)
    assert set_from(RENT, APRIL, None) == ()


def test_a_charge_with_a_last_day_keeps_it_and_may_be_given_one():
    support = (Dated(Money(5_00), Span(APRIL, NEXT_APRIL)),)
    assert set_from(support, NOVEMBER, Money(6_00))[-1] == Dated(Money(6_00), Span(NOVEMBER, NEXT_APRIL))
    given_one = set_from(support, NOVEMBER, Money(6_00), date(2026, 12, 27))
    assert given_one[-1] == Dated(Money(6_00), Span(NOVEMBER, date(2026, 12, 27)))


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 3, 31))
amounts = st.integers(min_value=0, max_value=50_000).map(Money)


@given(
    steps=st.lists(st.tuples(days, amounts | st.none()), min_size=1, max_size=6),
    last=st.tuples(days, amounts),
)
def test_whatever_was_set_a_day_has_one_amount_and_earlier_days_keep_theirs(steps, last):
    standing: tuple[Dated, ...] = ()
    for on, weekly in steps:
        standing = set_from(standing, on, weekly)
    on, weekly = last
    now = set_from(standing, on, weekly)
    for ahead in range(-5, 100):
        day = date(2026, 1, 1) + timedelta(days=ahead)
        assert sum(each.span.first <= day and (each.span.last is None or day <= each.span.last) for each in now) <= 1
        if day < on:
            assert amount_on(now, day) == amount_on(standing, day)
    assert amount_on(now, on) == weekly
    assert all(each.span.last is None or each.span.first <= each.span.last for each in now)
