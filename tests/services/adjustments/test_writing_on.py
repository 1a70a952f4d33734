"""A credit that nobody claimed is written on: £20.00 of it, with evidence, by a second officer whatever the limits; and back."""

from datetime import date

import pytest

from app.models.values import AdjustmentState, AttemptOutcome
from app.services.adjustments import commands, queries
from app.services.adjustments.refunds import queries as refunds
from app.services.adjustments.refunds.dto import CreditFilter, Shown
from app.services.approvals import commands as approvals
from app.services.approvals.queries import request
from app.services.core.errors import UserError
from tests.services.adjustments.conftest import balance, entry, line, paid
from tests.services.adjustments.credits.conftest import tried
from tests.services.adjustments.test_entering import evidence

BEGAN = date(2020, 11, 20)
"""Six years and a day before today."""


@pytest.fixture
def unclaimed(team, home):
    """£20.00 that nobody claimed for six years, looked for twice."""
    desk, _ = team
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
    assert detail.after == "Tried 2 times, last: Telephone call, 3 Mar 2026: no answer"
    colleague.do(approvals.approve, [saved.request_id])
    assert desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.POSTED
    assert balance(desk, unclaimed) == 0
    assert "write_on" in [kind.key for kind in desk.ask(queries.entry_form, unclaimed.id).kinds]


def test_a_credit_that_is_young_or_was_not_tried_to_be_given_back_is_not_written_on(team, home):
    desk, _ = team
    paid(desk, home.account, "RBP", -20_00, date(2020, 11, 22))
    with pytest.raises(UserError, match=r"Account 70 0001 isn't written on\. It is a credit since 22 Nov 2020"):
        write_on(desk, home.account)
    paid(desk, home.account, "RBP", -1_00, BEGAN)
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
