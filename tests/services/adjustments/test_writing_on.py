"""A credit that nobody claimed is written on: £20.00 of it, with evidence, by a second officer whatever the limits; and back."""

from datetime import date

import pytest

from app.models.values import AdjustmentState, AttemptOutcome, Money
from app.services.adjustments import commands, queries
from app.services.adjustments.credits.queries import attempts
from app.services.adjustments.refunds import queries as refunds
from app.services.adjustments.refunds.dto import CreditFilter, Shown
from app.services.approvals import commands as approvals
from app.services.approvals.queries import request
from app.services.core.errors import UserError
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance, entry, line, paid
from tests.services.adjustments.credits.conftest import left, tried
from tests.services.adjustments.refunds.conftest import asked
from tests.services.adjustments.test_entering import evidence

BEGAN = date(2020, 11, 20)
"""Six years and a day before today."""


@prepared
def unclaimed(team, home):
    """£20.00 that nobody claimed for six years, looked for twice."""
    desk, _ = team
    left(desk, home.account)
    paid(desk, home.account, "RBP", -20_00, BEGAN)
    tried(desk, home.account, "first", date(2025, 3, 3))
    tried(desk, home.account, "second", date(2026, 3, 3))
    return home.account


def write_on(desk, account, pence=20_00):
    proof = evidence(desk, account)
    return desk.do(commands.enter, entry(line(account, pence, "write_on"), evidence=(proof,)))


def test_a_write_on_always_takes_a_second_officer(team, unclaimed):
    desk, colleague = team
    saved = write_on(desk, unclaimed)
    assert (saved.state, balance(desk, unclaimed)) == (AdjustmentState.WAITING, -20_00)
    _line, detail = colleague.ask(request, saved.request_id).details
    assert detail.label == "To give back the credit of 70 0001"
    assert (
        detail.after
        == "Tried 2 times, last: Telephone call, 3 Mar 2026: no answer, noted on 21 Nov 2026 by Test Officer"
    )
    colleague.do(approvals.approve, [saved.request_id])
    assert desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.POSTED
    assert balance(desk, unclaimed) == 0
    assert "write_on" in [kind.key for kind in desk.ask(queries.entry_form, unclaimed.id).kinds]


def test_who_noted_what_was_tried_does_not_approve_the_write_on(team, unclaimed):
    desk, colleague = team
    tried(colleague, unclaimed, "third", date(2026, 11, 20))
    saved = write_on(desk, unclaimed)
    with pytest.raises(UserError, match="another officer has to decide"):
        colleague.do(approvals.approve, [saved.request_id])
    assert balance(desk, unclaimed) == -20_00


def test_a_credit_that_is_young_or_was_not_tried_to_be_given_back_is_not_written_on(team, home):
    desk, _ = team
    left(desk, home.account)
    paid(desk, home.account, "RBP", -20_00, date(2020, 11, 22))
    with pytest.raises(UserError, match=r"Account 70 0001 isn't written on\. It is a credit since 22 Nov 2020"):
        write_on(desk, home.account)
    paid(desk, home.account, "RBP", -21_00, BEGAN)
    with pytest.raises(UserError, match="2 attempts to give it back, 28 days apart and unanswered: 0 count"):
        write_on(desk, home.account)


def test_no_more_is_written_on_than_stands_there_and_it_is_looked_at_again_when_it_posts(team, unclaimed):
    desk, colleague = team
    with pytest.raises(UserError, match=r"£20\.01 is more than the credit of £20\.00"):
        write_on(desk, unclaimed, 20_01)
    saved = write_on(desk, unclaimed)
    tried(desk, unclaimed, "third", date(2026, 11, 20), outcome=AttemptOutcome.CLAIMED)
    with pytest.raises(UserError, match="They asked for it on 20 Nov 2026: refund it"):
        colleague.do(approvals.approve, [saved.request_id])
    assert balance(desk, unclaimed) == -20_00
    [row] = desk.ask(refunds.in_credit, CreditFilter(Shown.UNCLAIMED)).rows
    assert row.attempts == 3


def test_what_was_asked_for_once_is_refunded_whatever_was_tried_later(team, unclaimed):
    """They asked in 2024, and nobody answered the two letters after it; what was asked of an earlier credit is over."""
    desk, _ = team
    tried(desk, unclaimed, "earlier", date(2020, 11, 19), outcome=AttemptOutcome.CLAIMED)
    assert desk.ask(attempts, unclaimed.id).missing == ""
    tried(desk, unclaimed, "asked", date(2024, 5, 1), outcome=AttemptOutcome.CLAIMED)
    with pytest.raises(UserError, match="They asked for it on 1 May 2024: refund it"):
        write_on(desk, unclaimed)


def test_what_came_in_the_last_six_years_is_not_written_on(team, unclaimed):
    """£20.00 stand there since 20 November 2020; £900.00 came on 20 November 2026."""
    desk, _ = team
    paid(desk, unclaimed, "RBP", -900_00, date(2026, 11, 20))
    with pytest.raises(UserError, match=r"£20\.01 is more than may be written on: only £20\.00 of it is six years old"):
        write_on(desk, unclaimed, 20_01)
    [row] = desk.ask(refunds.in_credit, CreditFilter(Shown.UNCLAIMED)).rows
    assert (row.credit, row.unclaimed) == (Money(920_00), Money(20_00))
    paid(desk, unclaimed, "DBR", 30_00, date(2026, 11, 20))
    with pytest.raises(UserError, match=r"Nothing of the credit of £890\.00 is six years old"):
        write_on(desk, unclaimed, 1)
    assert desk.ask(refunds.in_credit, CreditFilter(Shown.UNCLAIMED)).rows == ()


def test_attempts_count_from_the_newest_of_what_is_written_on(team, unclaimed):
    """Another £5.00 came on 1 May 2019 before it, and £7.00 on 21 November 2020, six years ago to the day."""
    desk, _ = team
    paid(desk, unclaimed, "RBP", -5_00, date(2019, 5, 1))
    tried(desk, unclaimed, "before", date(2020, 11, 20))
    paid(desk, unclaimed, "RBP", -7_00, date(2020, 11, 21))
    found = desk.ask(attempts, unclaimed.id)
    assert (found.since, found.counted, found.missing) == (date(2019, 5, 1), 2, "")
    write_on(desk, unclaimed, 32_00)


def test_nothing_is_written_on_where_the_tenancy_goes_on(team, unclaimed):
    desk, _ = team
    left(desk, unclaimed, None)
    with pytest.raises(UserError, match="Its tenancy goes on: what stands to its credit is rent in advance"):
        write_on(desk, unclaimed)
    assert desk.ask(refunds.in_credit, CreditFilter(Shown.UNCLAIMED)).rows == ()


def test_nothing_is_written_on_that_a_refund_on_its_way_takes(team, unclaimed):
    """Of the £20.00 refund 1 takes £15.00, begun after the write-on was put forward."""
    desk, colleague = team
    saved = write_on(desk, unclaimed)
    asked(desk, unclaimed, "15.00", "refund")
    with pytest.raises(UserError, match=r"Refund 1 takes £15\.00 of the credit of £20\.00, and only £5\.00 is left"):
        colleague.do(approvals.approve, [saved.request_id])
    assert balance(desk, unclaimed) == -20_00
