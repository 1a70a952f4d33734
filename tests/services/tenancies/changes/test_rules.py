"""What the law allows of a change, and first days that are put right and back again."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money, Tenure
from app.services.charges.dto import Element, Span
from app.services.tenancies.changes import dates, rules
from app.services.tenancies.changes.dto import Ground, Relation

DAYS = st.dates(date(1980, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("ends_on", "months", "extended"),
    [
        (date(2026, 11, 15), 6, date(2027, 5, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
    ],
)
def test_a_trial_is_longer_by_months_that_begin_the_day_after_it(ends_on, months, extended):
    assert rules.extended_to(ends_on, months) == extended


@given(DAYS)
def test_a_trial_of_its_months_was_not_extended_and_a_longer_one_was(start_on):
    from app.services.tenancies.starting.rules import months_on

    ends_on = months_on(start_on, 12)
    assert not rules.was_extended(start_on, ends_on, 12)
    assert rules.was_extended(start_on, rules.extended_to(ends_on, 6), 12)


def faults(relation, start_on=date(2005, 5, 2), lived_from=None, *, tenure=Tenure.SECURE, used=False):
    died_on = date(2026, 11, 8)
    return [str(each) for each in rules.succession_faults(tenure, start_on, died_on, relation, lived_from, used=used)]


@given(DAYS, st.sampled_from(sorted(rules.SUCCEEDED_TENURES)))
def test_a_partner_may_always_succeed_once(start_on, tenure):
    assert faults(Relation.PARTNER, start_on, tenure=tenure) == []
    assert len(faults(Relation.PARTNER, start_on, tenure=tenure, used=True)) == 1


@given(st.integers(0, 3_000))
def test_family_of_an_old_tenancy_must_have_lived_there_for_a_year(days):
    lived_from = date(2026, 11, 8) - timedelta(days=days)
    # from 9 November 2025 to 8 November 2026 is a year: 364 days before the last of them
    assert bool(faults(Relation.FAMILY, lived_from=lived_from)) == (days < 364)


def test_family_of_a_tenancy_since_april_2012_has_no_right():
    assert "passes to a partner only" in faults(Relation.FAMILY, date(2012, 4, 1), date(2000, 1, 1))[0]
    assert faults(Relation.FAMILY, date(2012, 3, 31), date(2000, 1, 1)) == []


@pytest.mark.parametrize("tenure", [Tenure.LICENCE, Tenure.NON_SECURE, Tenure.USE_AND_OCCUPATION, Tenure.GARAGE])
def test_what_is_no_secure_tenancy_is_neither_succeeded_to_nor_assigned(tenure):
    assert len(faults(Relation.PARTNER, tenure=tenure)) == 1
    assert len(list(rules.assignment_faults(tenure, Ground.COURT, used=False))) == 1


@given(st.sampled_from(Ground), st.booleans())
def test_an_assignment_to_a_successor_counts_and_one_by_court_only_where_one_was_used(ground, used):
    assert rules.counts_as_succession(ground, used=used) == (used or ground is Ground.WOULD_SUCCEED)


def element(first, last=None):
    return Element("DBR", Money(100_00), Span(first, last))


@given(DAYS, st.integers(-2_000, 2_000), st.lists(st.integers(1, 400), max_size=4))
def test_moved_charges_never_begin_before_the_first_day_and_lose_no_day_after_it(start_on, by, lengths):
    """Amounts one after another from the first day, the last without an end."""
    spans, first = [], start_on
    for length in lengths:
        spans.append(element(first, first + timedelta(days=length - 1)))
        first += timedelta(days=length)
    spans.append(element(first))
    on = start_on + timedelta(days=by)
    moved = list(dates.moved(spans, start_on, on))
    assert moved[0].span.first == on
    assert moved[-1].span.last is None
    for one, other in itertools.pairwise(moved):
        assert one.span.last + timedelta(days=1) == other.span.first
