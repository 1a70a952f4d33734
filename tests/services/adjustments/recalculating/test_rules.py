"""What becomes of a charge's history, and how a week is worked out in words."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.values import Money
from app.services.adjustments.recalculating import rules
from app.services.adjustments.recalculating.dto import Rate, Recalculation
from app.services.charges.dto import Element, Span
from app.services.charges.elements.dto import Dated
from app.services.charges.elements.rules import amount_on
from app.services.charges.rules import week_parts

MONDAY = date(2026, 4, 6)
TENANCY = Span(date(2025, 4, 7))


def test_only_the_days_that_were_wrong_are_recorded_otherwise():
    standing = (Dated(Money(100_00), Span(date(2025, 4, 7))),)
    rates = (Rate(date(2026, 4, 6), Money(98_50)), Rate(date(2026, 5, 6), Money(99_00)))
    by = rules.spans(rates, date(2026, 5, 31))
    after = rules.replaced(standing, date(2026, 4, 6), date(2026, 5, 31), by)
    assert after == (
        Dated(Money(100_00), Span(date(2025, 4, 7), date(2026, 4, 5))),
        Dated(Money(98_50), Span(date(2026, 4, 6), date(2026, 5, 5))),
        Dated(Money(99_00), Span(date(2026, 5, 6), date(2026, 5, 31))),
        Dated(Money(100_00), Span(date(2026, 6, 1))),
    )
    kept = rules.inside(standing, date(2026, 4, 6), date(2026, 5, 31))
    assert kept == (Dated(Money(100_00), Span(date(2026, 4, 6), date(2026, 5, 31))),)
    # Put back, it is one amount again.
    assert rules.replaced(after, date(2026, 4, 6), date(2026, 5, 31), kept) == standing


def test_the_working_of_a_week_in_words():
    changing = [
        Element("DBR", Money(98_50), Span(date(2026, 4, 6), date(2026, 4, 8))),
        Element("DBR", Money(99_00), Span(date(2026, 4, 9))),
    ]
    parts = list(week_parts(MONDAY, TENANCY, changing))
    # 98.50 x 3/7 = 42.214..., 99.00 x 4/7 = 56.571...
    words = rules.due_in_words(MONDAY, TENANCY, parts, free=False)
    assert words == "Due: £98.50 x 3/7 = £42.21, and £99.00 x 4/7 = £56.57: £98.78"
    whole = list(week_parts(MONDAY, TENANCY, [Element("DBR", Money(98_50), TENANCY)]))
    assert rules.due_in_words(MONDAY, TENANCY, whole, free=False) == "Due: £98.50 for the whole week"
    assert rules.due_in_words(MONDAY, TENANCY, [], free=True) == "Due: nothing, the week is rent-free"
    gone = Span(date(2025, 4, 7), date(2026, 4, 5))
    assert rules.due_in_words(MONDAY, gone, [], free=False) == "Due: nothing, no day of the tenancy is in the week"
    assert rules.compared_in_words(Money(98_50), Money(100_00), Money(-50)) == (
        "Charged: £100.00, put right already by £0.50 CR",
        "Difference: £98.50 less £99.50 = £1.00 CR",
    )
    assert rules.compared_in_words(Money(98_50), Money(98_50), Money(0))[1] == "Difference: nothing to put right"


def test_the_days_that_are_asked_about_are_looked_at():
    def faults(*rates, to_on=date(2026, 5, 31)):
        wanted = Recalculation(1, "DBR", tuple(Rate(on, Money(98_50)) for on in rates), to_on)
        return [(each.field, str(each)) for each in rules.faults(wanted, TENANCY.first, date(2026, 6, 7))]

    assert faults(MONDAY) == []
    (twice,) = faults(MONDAY, MONDAY)
    assert twice[0] == "rates"
    assert "6 Apr 2026 doesn't come after 6 Apr 2026" in twice[1]
    assert [field for field, _ in faults(date(2025, 4, 6))] == ["rates"]
    assert [field for field, _ in faults(MONDAY, to_on=date(2026, 4, 5))] == ["to_on"]
    (ahead,) = faults(MONDAY, to_on=date(2026, 6, 8))
    assert "Nothing is charged yet after 7 Jun 2026" in ahead[1]


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))
histories = st.lists(
    st.tuples(days, st.integers(min_value=0, max_value=200_00)), max_size=4, unique_by=lambda each: each[0]
)


@settings(max_examples=25)
@given(history=histories, first=days, length=st.integers(min_value=0, max_value=90), pence=st.integers(0, 200_00))
def test_whatever_is_put_right_and_put_back_leaves_every_other_day_alone(history, first, length, pence):
    ordered = sorted(history)
    ends = [on - timedelta(days=1) for on, _ in ordered[1:]] + [None]
    standing = tuple(Dated(Money(each), Span(on, end)) for (on, each), end in zip(ordered, ends, strict=False))
    last = first + timedelta(days=length)
    after = rules.replaced(standing, first, last, (Dated(Money(pence), Span(first, last)),))
    back = rules.replaced(after, first, last, rules.inside(standing, first, last))
    for ahead in range(-100, 480, 7):
        day = date(2026, 1, 1) + timedelta(days=ahead)
        now = amount_on(after, day)
        assert now == (Money(pence) if first <= day <= last else amount_on(standing, day))
        assert amount_on(back, day) == amount_on(standing, day)
