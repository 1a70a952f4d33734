"""A credit that was written on is asked for: £20.00 goes back on its account, and its refund is begun in the same step."""

from datetime import date

import pytest

from app.models.adjustments import AdjustmentKind
from app.models.people import Person
from app.models.values import AdjustmentState, GateState, Money, Payee, RefundMethod, RefundState
from app.services.adjustments import commands as adjustments
from app.services.adjustments.credits import claims, queries
from app.services.adjustments.credits.dto import Claimed
from app.services.adjustments.refunds import commands as refunds
from app.services.adjustments.refunds import keeping
from app.services.adjustments.refunds import queries as gates
from app.services.approvals import commands as approvals
from app.services.approvals.dto import View
from app.services.approvals.queries import queue
from app.services.core.errors import UserError
from app.services.ledger import checks
from tests.factories import approving
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance, entry, line, paid, set_limits
from tests.services.adjustments.credits.conftest import left, tried
from tests.services.adjustments.refunds.conftest import check, stops
from tests.services.adjustments.test_entering import evidence

BEGAN = date(2020, 11, 20)
TODAY = date(2026, 11, 21)


@prepared
def written_on(team, home, other):
    """One write-on of two credits, £20.00 and £7.50, posted; its id."""
    return write_on(team, home, other)


def write_on(team, home, other, code="RBP"):
    """Both credits came by this code."""
    desk, colleague = team
    for letting in (home, other):
        left(desk, letting.account)
        desk.do(
            lambda ctx, letting=letting: setattr(
                ctx.session.get_one(Person, letting.person.id), "correspondence_address", "9 New Road"
            )
        )
    for account, pence in ((home.account, -20_00), (other.account, -7_50)):
        paid(desk, account, code, pence, BEGAN)
        for key, on in (("first", date(2025, 3, 3)), ("second", date(2026, 3, 3))):
            tried(desk, account, f"{account.id} {key}", on)
    both = (line(home.account, 20_00, "write_on"), line(other.account, 7_50, "write_on"))
    saved = desk.do(adjustments.enter, entry(*both, evidence=(evidence(desk, home.account),)))
    colleague.do(approvals.approve, [saved.request_id])
    assert (balance(desk, home.account), balance(desk, other.account)) == (0, 0)
    return saved.adjustment_id


def claimed(adjustment_id, account, key="claim"):
    return Claimed(key, adjustment_id, account.id, TODAY, "Wrote from a new address")


def test_it_is_put_back_and_the_refund_stands_in_the_gate_with_what_is_known(team, home, other, written_on):
    desk, _ = team
    saved = desk.do(claims.claim, claimed(written_on, home.account))
    assert desk.do(claims.claim, claimed(written_on, home.account)).refund_id == saved.refund_id
    assert (balance(desk, home.account), balance(desk, other.account)) == (-20_00, 0)
    found = desk.ask(gates.detail, saved.refund_id)
    assert (found.amount, found.payee, found.method, found.state) == (
        Money(20_00),
        Payee.TENANT,
        RefundMethod.CHEQUE,
        RefundState.DRAFT,
    )
    assert found.payee_name == "Mx Alex Sample"
    assert stops(desk, saved.refund_id) == ["evidence"]
    rows = {row.reference: row for row in desk.ask(queries.written_on)}
    mine, others = rows["70 0001"], rows["70 0002"]
    assert (mine.amount, mine.back, mine.refund_number) == (Money(20_00), AdjustmentState.POSTED, 1)
    assert (others.amount, others.back, others.refund_id) == (Money(7_50), None, None)
    assert [row.reference for row in desk.ask(queries.written_on, "0002")] == ["70 0002"]
    assert desk.ask(checks.check) == ()


def test_benefit_made_the_credit_that_was_written_on(team, home, other):
    """£5.00 came by bank since it was put back: the £20.00 below it are what Housing Benefit had paid in 2020."""
    desk, _ = team
    saved = desk.do(claims.claim, claimed(write_on(team, home, other, "RHB"), home.account))
    assert stops(desk, saved.refund_id) == ["benefit_cause", "evidence"]
    paid(desk, home.account, "RBP", -5_00, TODAY)
    desk.do(refunds.look_again, saved.refund_id)
    assert check(desk, saved.refund_id, "benefit_cause").words == "Of the credit £20.00 came from Housing Benefit."


def test_it_is_never_put_back_twice(team, home, written_on):
    desk, _ = team
    saved = desk.do(claims.claim, claimed(written_on, home.account))
    desk.do(refunds.withdraw, saved.refund_id, "Not theirs after all")
    with pytest.raises(UserError, match="reversed already, by adjustment 2"):
        desk.do(claims.claim, claimed(written_on, home.account, "another click"))
    assert balance(desk, home.account) == -20_00


def test_above_the_officers_limit_the_gate_waits_for_the_second_officer(team, home, written_on):
    desk, colleague = team
    set_limits(desk, 10_00, 10_00, "officer")
    saved = desk.do(claims.claim, claimed(written_on, home.account))
    assert "waits for approval" in saved.told
    credit = check(desk, saved.refund_id, "credit")
    assert credit.words == (
        "£0.00 stands to the credit of the account. Adjustment 2, which takes the write-on back, isn't posted yet."
    )
    assert desk.ask(queries.written_on)[0].back is AdjustmentState.WAITING
    [waiting] = colleague.ask(queue, View.FOR_ME).rows
    colleague.do(approvals.approve, [waiting.request_id])
    assert "credit" not in stops(desk, saved.refund_id)


def test_once_putting_it_back_was_refused_it_is_begun_again(team, home, written_on):
    desk, colleague = team
    set_limits(desk, 10_00, 10_00, "officer")
    first = desk.do(claims.claim, claimed(written_on, home.account)).refund_id
    [waiting] = colleague.ask(queue, View.FOR_ME).rows
    colleague.do(approvals.refuse, [waiting.request_id], "Who asks?")
    paid(desk, home.account, "RBP", -50_00, TODAY)
    credit = check(desk, first, "credit")
    assert credit.state is GateState.STOP
    assert credit.words.endswith("Putting the written-on credit back was refused, by adjustment 2.")
    assert credit.todo == "Withdraw this, and begin again under Written on."
    mine = next(row for row in desk.ask(queries.written_on) if row.reference == "70 0001")
    assert (mine.back, mine.begun, mine.claimable) == (None, True, False)
    with pytest.raises(UserError, match="Refund 1 was begun for it, and isn't withdrawn"):
        desk.do(claims.claim, claimed(written_on, home.account, "again"))
    desk.do(refunds.withdraw, first, "Begun again")
    assert next(row for row in desk.ask(queries.written_on) if row.reference == "70 0001").claimable
    second = desk.do(claims.claim, claimed(written_on, home.account, "again")).refund_id
    assert check(desk, second, "credit").words.endswith(
        "Adjustment 3, which takes the write-on back, isn't posted yet."
    )
    [waiting] = colleague.ask(queue, View.FOR_ME).rows
    colleague.do(approvals.approve, [waiting.request_id])
    assert balance(desk, home.account) == -70_00


def test_the_whole_is_not_reversed_once_a_part_was_claimed(team, home, written_on):
    desk, colleague = team
    desk.do(claims.claim, claimed(written_on, home.account))
    asked = desk.do(adjustments.reverse, written_on, "All of it")
    with pytest.raises(UserError, match="put right by adjustment 2"):
        colleague.do(approvals.approve, [asked.request_id])


def by_another_code(ctx):
    """Write-ons post otherwise from now on, as two officers agreed."""
    with approving.carried_out(ctx, "adjustment_kind", 1):
        ctx.session.get_one(AdjustmentKind, "write_on").code = "ADJ"


def test_it_is_put_back_by_the_code_that_it_was_written_on_by(team, home, written_on):
    """The code of the kind was changed since."""
    desk, _ = team
    desk.do(by_another_code)
    desk.do(claims.claim, claimed(written_on, home.account))
    assert balance(desk, home.account) == -20_00
    assert desk.ask(checks.check) == ()


def test_what_was_not_written_on_there_is_not_put_back(team, home, written_on):
    desk, _ = team
    with pytest.raises(UserError, match="No credit of this account is written on there"):
        desk.do(claims.claim, claimed(written_on + 1, home.account))
    assert desk.ask(lambda ctx: keeping.find(ctx.session, "claim")) is None
