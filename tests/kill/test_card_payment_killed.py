"""A card payment and a refund to the card that are killed at every step: nothing is lost, nothing is taken or posted twice."""

import os
import signal
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.models.ledger import Journal
from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.receipts import Receipt
from app.models.values import CardRefundState, CardState, Money, TakenBy
from app.services.ledger import checks
from app.services.ledger.queries import balance
from app.services.reception_payments.cards import commands, jobs, queries
from app.services.reception_payments.cards.dto.asked import NewCardPayment
from app.services.reception_payments.cards.govuk_pay import GovukPay
from app.services.reception_payments.cards.refunds import queries as refund_queries
from tests.processes import killed_before
from tests.services.reception_payments.cards.conftest import begun, cards, later, pay, reach
from tests.services.reception_payments.cards.test_refunding import approve, ask, limits
from tests.services.reception_payments.conftest import clerk, payment, reception

__all__ = ["cards", "clerk", "limits", "pay", "reach", "reception"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


def dying(name, *, after):
    """What kills the process when it asks the provider: before the call goes out, or as soon as its answer is there."""
    real = getattr(GovukPay, name)

    def call(self, *arguments):
        if after:
            real(self, *arguments)
        die()

    return call


def made(desk):
    tables = (CardPayment, Receipt, Journal)
    return desk.ask(lambda ctx: tuple(ctx.session.scalar(select(func.count()).select_from(each)) for each in tables))


def one(reception, key="one"):
    return NewCardPayment(key, replace(payment(reception), taken_by=TakenBy.CARD))


def test_a_killed_payment_is_taken_once_and_posted_once(desk, reach, pay, monkeypatch):
    nothing = made(desk)

    def begin(own):
        own.do(commands.begin, one(reach))

    for step in ("INSERT INTO card_payment", "INSERT INTO card_share"):
        killed_before(desk, "officer", begin, step)
        assert made(desk) == nothing, step
    killed_before(desk, "officer", begin)
    payment_id = begun(desk, reach)  # the same click again
    assert made(desk) == (1, *nothing[1:])

    def start(own):
        jobs.start(own, payment_id)

    killed_before(desk, "officer", start, "UPDATE card_payment")
    assert pay.payments == {}
    with monkeypatch.context() as patch:
        patch.setattr(GovukPay, "begin", dying("begin", after=True))
        killed_before(desk, "officer", start)
    assert len(pay.payments) == 1
    assert desk.ask(queries.standing, payment_id).state is CardState.ASKED
    assert jobs.start(desk, payment_id).page == f"{pay.url}/secure/{pay.only()}"
    assert len(pay.posts()) == 1

    pay.become("success")

    def poll(own):
        jobs.poll(own, everything=True)

    for step in ("INSERT INTO journal", "INSERT INTO receipt ", "INSERT INTO receipt_share", "UPDATE account"):
        killed_before(desk, "officer", poll, step)
        assert made(desk) == (1, *nothing[1:]), step
    killed_before(desk, "officer", poll)
    poll(desk)
    assert made(desk) == (1, nothing[1] + 1, nothing[2] + 1)
    assert desk.ask(balance, reach.rent) == Money(-100_00)
    assert desk.ask(checks.check) == ()


def test_one_killed_before_the_provider_heard_of_it_is_lost_and_taken_anew(desk, reach, pay, monkeypatch):
    payment_id = begun(desk, reach)
    with monkeypatch.context() as patch:
        patch.setattr(GovukPay, "begin", dying("begin", after=False))
        killed_before(desk, "officer", lambda own: jobs.start(own, payment_id))
    assert pay.payments == {}
    assert jobs.start(desk, payment_id).state is CardState.ASKED
    assert jobs.look(later(desk, 10), payment_id).state is CardState.LOST
    second = begun(desk, reach, key="two")
    jobs.start(desk, second)
    pay.become("success")
    jobs.poll(desk, everything=True)
    assert desk.ask(balance, reach.rent) == Money(-100_00)


def test_a_killed_refund_goes_back_once_and_is_posted_once(clerk, limits, reach, pay, monkeypatch):
    payment_id = begun(clerk, reach)
    jobs.start(clerk, payment_id)
    pay.become("success")
    refund_id = approve(limits, ask(clerk, jobs.look(clerk, payment_id).receipt_id, (1, 40_00)))

    def poll(own):
        jobs.poll(own, everything=True)

    def state():
        return clerk.ask(refund_queries.standing, refund_id).state

    killed_before(clerk, "clerk", poll, "UPDATE card_refund")
    assert (state(), pay.given_back) == (CardRefundState.APPROVED, {})
    with monkeypatch.context() as patch:
        patch.setattr(GovukPay, "refund", dying("refund", after=True))
        killed_before(clerk, "clerk", poll)
    assert (state(), len(pay.given_back)) == (CardRefundState.SENDING, 1)
    for step in ("INSERT INTO journal", "UPDATE account"):
        killed_before(clerk, "clerk", poll, step)
        assert clerk.ask(balance, reach.rent) == Money(-100_00), step
    killed_before(clerk, "clerk", poll)
    poll(clerk)
    assert (state(), len(pay.given_back)) == (CardRefundState.SUBMITTED, 1)
    assert clerk.ask(balance, reach.rent) == Money(-60_00)
    assert clerk.ask(checks.check) == ()
