"""What was tried to give a credit back: noted, answered, shown in the list, and asked for before it is written on."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.values import AttemptOutcome, AttemptWay, Money
from app.services.adjustments.credits import commands, queries, rules
from app.services.adjustments.credits.dto import Answered, AttemptRow, NewAttempt, said
from app.services.adjustments.refunds import queries as refunds
from app.services.adjustments.refunds.dto import CreditFilter, Shown
from app.services.adjustments.refunds.rules import unclaimed_from
from app.services.core.errors import UserError, UserErrors
from tests.services.adjustments.credits.conftest import later, left, tried

SINCE = date(2026, 11, 2)
OLD = date(2032, 11, 2)
"""Six years after the credit began."""


def test_an_attempt_is_noted_answered_and_shown_in_the_list(desk, credited):
    first = tried(desk, credited, "one", date(2026, 11, 10), AttemptWay.NO_ADDRESS, note="Moved; nobody knows where")
    attempt = tried(desk, credited, "two", date(2026, 11, 20), outcome=AttemptOutcome.WAITING)
    assert tried(desk, credited, "two", date(2026, 11, 20)) == attempt
    row = desk.ask(refunds.in_credit, CreditFilter()).rows[0]
    assert (row.attempts, row.tried) == (2, "Telephone call, 20 Nov 2026: no answer yet")

    told = desk.do(commands.answer, Answered(attempt, 1, AttemptOutcome.CLAIMED, "Sends bank details")).told
    assert told == "Telephone call: they ask for it."
    found = desk.ask(queries.attempts, credited.id)
    assert [(each.attempt_id, each.outcome, each.note, each.by) for each in found.rows] == [
        (attempt, AttemptOutcome.CLAIMED, "Sends bank details", "Test Officer"),
        (first, AttemptOutcome.NO_ANSWER, "Moved; nobody knows where", "Test Officer"),
    ]
    assert (found.credit, found.since, found.needed) == (Money(220_00), SINCE, 2)
    with pytest.raises(UserError):
        desk.do(commands.answer, Answered(attempt, 1, AttemptOutcome.NO_ANSWER))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tried_on": date(2026, 11, 22)}, "tried_on"),
        ({"note": " "}, "note"),
        ({"note": "x" * 401}, "note"),
        ({"way": AttemptWay.CAME_BACK}, "way"),
    ],
)
def test_an_attempt_that_can_not_be_is_refused(fields, field):
    values = {"way": AttemptWay.TELEPHONE, "tried_on": date(2026, 11, 20), "note": "Rang"} | fields
    with pytest.raises(UserErrors) as refused:
        rules.refuse_faults(NewAttempt("one", 1, **values), date(2026, 11, 21))
    assert [error.field for error in refused.value.errors] == [field]


def test_the_unclaimed_list_says_what_a_write_on_lacks(desk, credited):
    """Two attempts, 28 days apart, since the credit began on 2 November 2026; six years end on 1 November 2032."""
    left(desk, credited)
    young = later(desk, date(2032, 11, 1))
    assert young.ask(refunds.in_credit, CreditFilter(Shown.UNCLAIMED)).rows == ()
    assert "written on from 2 Nov 2032" in young.ask(queries.attempts, credited.id).missing
    old = later(desk, OLD)
    [row] = old.ask(refunds.in_credit, CreditFilter(Shown.UNCLAIMED)).rows
    assert row.tried == ""
    tried(old, credited, "one", date(2031, 5, 1))
    tried(old, credited, "two", date(2031, 5, 28))
    found = old.ask(queries.attempts, credited.id)
    assert (found.counted, found.missing) == (
        1,
        "Policy asks for 2 attempts to give it back, 28 days apart and unanswered: 1 counts.",
    )
    tried(old, credited, "three", date(2031, 5, 29))
    assert old.ask(queries.attempts, credited.id).missing == ""
    tried(old, credited, "four", date(2032, 10, 30), outcome=AttemptOutcome.CLAIMED)
    assert old.ask(queries.attempts, credited.id).missing == "They asked for it on 30 Oct 2032: refund it."


def test_the_list_takes_the_same_statements_however_much_was_tried(desk, credited, query_log):
    query_log.clear()
    desk.ask(refunds.in_credit, CreditFilter())
    before = len(query_log)
    for key in "abc":
        tried(desk, credited, key, date(2026, 11, 20))
    query_log.clear()
    desk.ask(refunds.in_credit, CreditFilter())
    assert len(query_log) == before


def row(at, on, outcome=AttemptOutcome.NO_ANSWER, *, stands=True):
    return AttemptRow(at, 1, 1, AttemptWay.LETTER, on, outcome, "", "", stands=stands)


TODAY = date(2033, 1, 31)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([row(1, date(2026, 11, 1))], 0),
        ([row(1, date(2026, 11, 2))], 1),
        ([row(1, date(2033, 1, 3), AttemptOutcome.WAITING)], 1),
        ([row(1, date(2033, 1, 4), AttemptOutcome.WAITING)], 0),
        ([row(1, date(2030, 1, 1), stands=False)], 0),
        ([row(1, date(2030, 1, 1), AttemptOutcome.CLAIMED)], 0),
        ([row(2, date(2030, 1, 29)), row(1, date(2030, 1, 1)), row(3, date(2030, 2, 1))], 2),
    ],
)
def test_which_attempts_count(rows, count):
    assert rules.counted(rows, SINCE, TODAY, 28) == count


@given(st.lists(st.dates(date(2027, 1, 1), date(2032, 1, 1)), max_size=12), st.integers(0, 90))
@settings(max_examples=30)
def test_attempts_count_so_far_apart_in_whatever_order_they_were_noted(days, apart):
    rows = [row(at, day) for at, day in enumerate(days)]
    count = rules.counted(rows, SINCE, TODAY, apart)
    assert count == rules.counted(rows[::-1], SINCE, TODAY, apart)
    assert (count > 0) == bool(days)
    if days and apart:
        assert count <= (max(days) - min(days)).days // apart + 1


@pytest.mark.parametrize(
    ("noted_on", "late"),
    [(date(2026, 11, 10), ""), (date(2026, 11, 11), ", noted on 11 Nov 2026 by Test Officer")],
)
def test_an_attempt_noted_over_a_week_later_says_when_and_by_whom(noted_on, late):
    made = replace(row(1, date(2026, 11, 3)), noted_on=noted_on, by="Test Officer")
    assert said(made) == f"Letter, 3 Nov 2026: no answer{late}"


def test_six_years_end_on_the_same_day_of_the_year():
    assert unclaimed_from(date(2026, 11, 2)) == OLD
    assert unclaimed_from(date(2024, 2, 29)) == date(2030, 3, 1)
