"""£70.00 that finance paid comes back: by the report of Bacs, or told by hand; once, with a task for who asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.refunds import Refund
from app.models.values import AttemptOutcome, AttemptWay, BenefitKind, ClaimState, Money, RefundMethod, RefundState
from app.services.adjustments.credits import queries as credits_
from app.services.adjustments.payments import commands, queries
from app.services.adjustments.payments.dto import PaidFilter, Returned, Shown
from app.services.adjustments.refunds import asking
from app.services.adjustments.refunds import commands as refunding
from app.services.adjustments.refunds import queries as refunds
from app.services.benefits.commands import keep_claim
from app.services.benefits.dto import KeepClaim
from app.services.core.errors import UserError
from tests.services.adjustments.conftest import balance, paid
from tests.services.adjustments.payments.test_sending import payment
from tests.services.bacs.test_arucs import ITEM, report


def tasks(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Task.title).where(Task.kind == "refund_returned")).all())


def item(reference, amount):
    return ITEM.replace("RENT 00124471", reference).replace("123.45", amount)


def test_a_report_puts_refunds_back_once(desk, credited, two):
    desk.do(commands.send, payment())
    content = report(item("REFUND 1", "70.00") + item("REFUND 1", "70.01") + item("RENT 4471", "70.00"))
    found = desk.do(commands.read_returns, content)
    assert (found.numbers, found.before) == ((1,), ())
    assert found.unknown == (
        "REFUND 1, £70.01: The account is closed",
        "RENT 4471, £70.00: The account is closed",
    )
    assert found.told == "1 of £70.00 put back on their accounts. 2 in the report are not refunds that are known here."
    assert balance(desk, credited) == -220_00
    assert tasks(desk) == ["Refund 1 of £70.00 came back"]
    [attempt] = desk.ask(credits_.attempts, credited.id).rows
    assert (attempt.way, attempt.outcome) == (AttemptWay.CAME_BACK, AttemptOutcome.RETURNED)
    assert attempt.note == "Refund 1 of £70.00: The account is closed"
    (row,) = desk.ask(queries.listed, PaidFilter(Shown.RETURNED))
    assert (row.number, row.returned_why) == (1, "The account is closed")
    assert desk.do(commands.read_returns, content).before == (1,)
    assert balance(desk, credited) == -220_00


def test_a_stopped_cheque_is_put_back_by_hand(desk, credited, two):
    _, cheque = two
    today = desk.clock.today()
    with pytest.raises(UserError, match="approved, not paid"):
        desk.do(commands.came_back, Returned(cheque, today, "Stopped"))
    desk.do(commands.send, payment(RefundMethod.CHEQUE))
    for wrong in (Returned(cheque, today, " "), Returned(cheque, today + timedelta(1), "Stopped")):
        with pytest.raises(UserError):
            desk.do(commands.came_back, wrong)
    assert desk.do(commands.came_back, Returned(cheque, today, "Stopped")).numbers == (2,)
    assert desk.do(commands.came_back, Returned(cheque, today, "Stopped")).before == (2,)
    assert desk.ask(refunds.detail, cheque).state is RefundState.RETURNED
    assert balance(desk, credited) == -220_00


def test_whoever_pays_benefit_is_told_that_it_was_paid_and_that_it_came_back(desk, credited, home, two):
    _, cheque = two
    claim = KeepClaim(
        credited.id, home.person.id, BenefitKind.HOUSING_BENEFIT, ClaimState.LIVE, desk.clock.today() - timedelta(30)
    )
    desk.do(keep_claim, claim)
    desk.do(commands.send, payment(RefundMethod.CHEQUE))
    desk.do(commands.came_back, Returned(cheque, desk.clock.today(), "Stopped"))
    told = select(Task.title, Task.details).where(Task.kind == "benefit_refund").order_by(Task.id)
    assert [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(told).all())] == [
        (
            "Tell the benefit office of the refund of 70 0001",
            f"Refund 2 of £50.00 {what}. Say what was paid and when: if benefit made the credit, it may have to come back.",
        )
        for what in ("is paid", "came back")
    ]


def test_what_came_back_is_asked_for_again_with_the_same_payee_and_evidence(desk, credited, two):
    """£70.00 came back, and £40.00 of credit is left beside the £50.00 that is to be paid: so much is asked for, once."""
    first, _ = two
    with pytest.raises(UserError, match="is approved, not returned"):
        desk.do(asking.again, first)
    desk.do(commands.send, payment())
    desk.do(commands.came_back, Returned(first, desk.clock.today(), "The account is closed"))
    paid(desk, credited, "DBR", 130_00)
    saved = desk.do(asking.again, first)
    before, found = desk.ask(refunds.detail, first), desk.ask(refunds.detail, saved.refund_id)
    assert (found.amount, found.reason) == (Money(40_00), "Refund 1 came back: The account is closed")
    assert (found.payee_name, found.method, found.evidence) == (before.payee_name, before.method, before.evidence)
    assert [check.key for check in found.gate.stops][-2:] == ["bank", "same"]


def test_what_came_back_is_begun_again_once_until_that_is_over(desk, credited, two):
    """£70.00 came back, and £170.00 of credit is free: there is enough for a second click, which is refused all the same."""
    first, _ = two
    desk.do(commands.send, payment())
    desk.do(commands.came_back, Returned(first, desk.clock.today(), "The account is closed"))
    saved = desk.do(asking.again, first)
    with pytest.raises(UserError, match=r"Refund 1 was begun again before: refund 3 is draft\."):
        desk.do(asking.again, first)
    desk.do(refunding.withdraw, saved.refund_id, "The account was the right one")
    second = desk.do(asking.again, first)
    assert second.number == 4

    def returned(ctx):
        ctx.session.get_one(Refund, second.refund_id).state = RefundState.RETURNED

    desk.do(returned)
    third = desk.do(asking.again, second.refund_id)
    for each in (first, second.refund_id):
        with pytest.raises(UserError, match="was begun again before: refund 5 is draft"):
            desk.do(asking.again, each)
    desk.do(refunding.withdraw, third.refund_id, "Begun from the first instead")
    assert desk.do(asking.again, first).number == 6
    with pytest.raises(UserError, match="Refund 4 was begun again before: refund 6 is draft"):
        desk.do(asking.again, second.refund_id)


def test_nothing_is_begun_again_of_a_credit_that_is_gone(desk, credited, two):
    first, _ = two
    desk.do(commands.send, payment())
    desk.do(commands.came_back, Returned(first, desk.clock.today(), "The account is closed"))
    paid(desk, credited, "DBR", 170_00)
    with pytest.raises(UserError, match="Nothing of its credit is left"):
        desk.do(asking.again, first)
