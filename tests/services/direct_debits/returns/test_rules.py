"""Reason codes and days, by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import ReportKind, ReturnEffect
from app.services.core.calendars import BACS, months_after
from app.services.direct_debits.returns import rules

CODES = "0123456789ABCDEFGHIKLMNOPQRZ"
STEPS = {
    ReportKind.ARUDD: dict(zip("0123456789AB", "none cancel death suspend suspend suspend suspend none none none none suspend".split(), strict=True)),
    ReportKind.ADDACS: {"0": "cancel", "1": "cancel", "2": "death", "3": "transfer", "B": "cancel", "C": "amend", "D": "suspend", "E": "amend", "R": "reinstate"},
    ReportKind.AUDDIS_RETURNED: {**dict.fromkeys("1357BCFGIKLMNOPQ", "reject"), "H": "expire", "2": "death", "6": "none"},
}  # fmt: skip


@pytest.mark.parametrize("kind", STEPS)
def test_every_reason_does_what_the_scheme_says_and_nothing_where_it_isnt_known(kind):
    found = {code: rules.rule_for(kind, code).step.value for code in CODES}
    assert found == {code: STEPS[kind].get(code, "none") for code in CODES}
    unknown = [code for code in CODES if code not in STEPS[kind]]
    said = "A bank report gives a reason that isn't known: look at it"
    if kind is ReportKind.ARUDD:
        said = "A Direct Debit came back for a reason that isn't known: look at it"
    assert {rules.rule_for(kind, code).task for code in unknown} == {said}


def test_whatever_an_arudd_tells_is_a_payment_that_came_back():
    assert {rules.rule_for(ReportKind.ARUDD, code).effect for code in CODES} == {ReturnEffect.REVERSE}


def test_only_refer_to_payer_is_presented_again():
    assert [code for code in CODES if rules.rule_for(ReportKind.ARUDD, code).again] == ["0"]


def test_nobody_writes_to_the_dead():
    dead = [rules.rule_for(kind, "2") for kind in STEPS]
    assert [(rule.step, rule.letter) for rule in dead] == [(ReturnEffect.DEATH, "")] * 3


def test_without_new_details_nothing_is_collected_until_they_are_here():
    for code in "3CE":
        rule = rules.without_details(rules.rule_for(ReportKind.ADDACS, code))
        assert (rule.effect, rule.letter) == (ReturnEffect.SUSPEND, rules.NEW_MANDATE)
        assert rules.kept(ReportKind.ADDACS, code, ReturnEffect.SUSPEND) == rule


@pytest.mark.parametrize(
    ("original", "returned", "today", "on"),
    [
        # Tue 17 Nov, back Thu 19 Nov: ten working days on is Thu 3 Dec.
        (date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 3)),
        # Fri 18 Dec, back Tue 22 Dec: Christmas Day, the 28th (for Boxing Day) and New Year's Day don't count; ten on is Fri 8 Jan.
        (date(2026, 12, 18), date(2026, 12, 22), date(2026, 12, 22), date(2027, 1, 8)),
        # Looked at late: seven working days of notice and post from Mon 7 Dec are Wed 16 Dec.
        (date(2026, 11, 17), date(2026, 11, 19), date(2026, 12, 7), date(2026, 12, 16)),
        # Later still: the notice ends on Fri 18 Dec, the last entry day (processed on the 17th, a month after).
        (date(2026, 11, 17), date(2026, 11, 19), date(2026, 12, 9), date(2026, 12, 18)),
        # A day more, and the month is over.
        (date(2026, 11, 17), date(2026, 11, 19), date(2026, 12, 10), None),
    ],
)
def test_presented_again_when_funds_are_likely_and_never_after_the_month(original, returned, today, on):
    assert rules.again_on(BACS, original, returned, today, 10, 7) == on


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(0, 40), st.integers(1, 20), st.integers(0, 12))
def test_any_new_presentation_is_a_working_day_within_the_month_with_its_notice(original, later, wait, notice):
    original = BACS.on_or_after(original)
    returned = BACS.add(original, 2)
    today = returned + timedelta(days=later)
    on = rules.again_on(BACS, original, returned, today, wait, notice)
    if on is None:
        return
    assert BACS.is_working(on)
    assert BACS.add(on, -1) <= months_after(original, 1)
    assert on >= BACS.add(today, max(notice, 2))
