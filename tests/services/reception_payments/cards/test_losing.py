"""Answers that are lost, officers who leave, providers that are slow or down: nothing is lost, and nothing is posted twice."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.diary import Task
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import CardState
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.ledger import checks
from app.services.ledger.queries import balance
from app.services.reception_payments.cards import govuk_pay, jobs, queries
from app.services.reception_payments.receipts.dto.new import NewShare
from tests.services.reception_payments.cards.conftest import begun, later
from tests.services.reception_payments.conftest import TODAY, control


def receipts(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Receipt).order_by(Receipt.id)).all())


def tasks(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Task.title).order_by(Task.id)).all())


def owes(desk, account_id):
    return desk.ask(balance, account_id).pence


def test_a_provider_that_asks_to_go_slower_is_asked_again_after_a_wait(desk, reach, pay):
    payment_id = begun(desk, reach)
    pay.plan.extend(["rate", "rate"])
    waits = []
    assert jobs.start(desk, payment_id, sleep=waits.append).state is CardState.CREATED
    assert (waits, len(pay.payments)) == ([1.0, 2.0], 1)


def test_one_that_stays_too_busy_is_given_up(desk, reach, pay):
    payment_id = begun(desk, reach)
    pay.plan.extend(["rate"] * 4)
    done = jobs.start(desk, payment_id, sleep=lambda _: None)
    assert (done.state, pay.payments) == (CardState.ERROR, {})
    assert done.words == "GOV.UK Pay asks us to go slower. Nothing was taken."


@pytest.mark.parametrize("word", ["taken, no answer", "taken, fault", "nonsense"])
def test_a_payment_whose_answer_is_lost_is_found_and_never_made_again(desk, reach, pay, word):
    payment_id = begun(desk, reach)
    pay.plan.append(word)
    started = jobs.start(desk, payment_id)
    assert (started.state, started.page) == (CardState.ASKED, "")
    assert started.trouble
    pay.hidden = True  # the search lags behind
    assert jobs.look(desk, payment_id).state is CardState.ASKED
    pay.hidden = False
    assert jobs.start(desk, payment_id).page == f"{pay.url}/secure/{pay.only()}"
    pay.become("success")
    assert jobs.look(desk, payment_id).receipt == "WGC000001"
    assert len(pay.posts()) == 1


@pytest.mark.parametrize("word", ["no answer", "fault", "down"])
def test_one_that_never_reached_the_provider_is_lost_after_ten_minutes(desk, reach, pay, word):
    payment_id = begun(desk, reach)
    pay.plan.append(word)
    assert jobs.start(desk, payment_id).state is CardState.ASKED
    assert jobs.poll(later(desk, 9)).left == 1
    gone = jobs.poll(later(desk, 10), everything=True)
    assert (gone.ended, gone.left) == (1, 0)
    assert desk.ask(queries.standing, payment_id).words.startswith("The provider never heard of it.")
    assert len(pay.posts()) == 1


def test_the_provider_can_be_down_half_way(desk, reach, pay):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.become("success")
    pay.looking.extend(["down", "no answer", "nonsense", "key"])
    for _ in range(4):
        waiting = jobs.look(desk, payment_id)
        assert (waiting.state, waiting.finished) == (CardState.CREATED, False)
        assert waiting.trouble
    assert jobs.look(desk, payment_id).receipt == "WGC000001"


def test_a_success_after_the_officer_gave_up_is_posted_and_told(desk, reach, pay):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.plan.append("no answer")  # the cancel is lost
    left = jobs.leave(desk, payment_id)
    assert (left.finished, left.left) == (False, True)
    pay.become("success")
    assert jobs.poll(desk, everything=True).paid == 1
    assert owes(desk, reach.rent) == -100_00
    assert tasks(desk) == ["Card payment of £100.00 went through after you left it"]


def test_a_payment_that_is_left_is_cancelled_at_the_provider(desk, reach, pay):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    left = jobs.leave(desk, payment_id)
    assert (left.state, left.words) == (CardState.CANCELLED, "The office cancelled it. Nothing was taken.")
    assert pay.payments[pay.only()]["status"] == "cancelled"
    assert tasks(desk) == []


def test_a_payment_that_went_through_while_it_was_left_is_posted(desk, reach, pay):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.become("success")
    assert jobs.leave(desk, payment_id).receipt == "WGC000001"
    assert tasks(desk) == ["Card payment of £100.00 went through after you left it"]


def test_one_that_is_left_before_the_provider_heard_of_it_asks_nobody(desk, reach, pay):
    payment_id = begun(desk, reach)
    assert jobs.leave(desk, payment_id).state is CardState.CANCELLED
    assert jobs.start(desk, payment_id).finished
    assert pay.posts() == []


def test_what_went_through_and_cannot_be_posted_is_in_suspense(desk, reach, pay):
    stream = (NewShare(100_00, stream_id=reach.income, words="PN 12"),)
    payment_id = begun(desk, reach, *stream)
    jobs.start(desk, payment_id)

    def close(ctx):
        from app.models.reception_payments.desks import IncomeStream

        ctx.session.get(IncomeStream, reach.income).active = False

    desk.do(close)
    pay.become("success")
    done = jobs.look(desk, payment_id)
    assert (done.state, done.held, done.receipt) == (CardState.SUCCESS, True, "")
    assert done.words == "It went through and is in suspense: This income isn't taken any more."
    (item,) = desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem)).all())
    assert (item.pence, item.code, item.received_on) == (100_00, "RCP", TODAY)
    assert control(desk, "suspense") == -100_00
    assert tasks(desk) == ["Card payment of £100.00 is in suspense"]
    jobs.poll(desk, everything=True)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(SuspenseItem))) == 1
    assert desk.ask(checks.check) == ()


def test_another_amount_than_was_asked_is_in_suspense(desk, reach, pay):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.payments[pay.only()]["amount"] = 101_00
    pay.become("success")
    done = jobs.look(desk, payment_id)
    assert done.words == "It went through and is in suspense: £101.00 was taken, and £100.00 was asked for."
    assert control(desk, "suspense") == -101_00


def test_whoever_hears_of_it_posts_it_in_the_name_of_whoever_took_it(desk, colleague, clerk, reach, pay):
    payment_id = begun(clerk, reach)
    jobs.start(clerk, payment_id)
    pay.become("success")
    jobs.poll(colleague, everything=True)
    (receipt,) = receipts(desk)
    assert receipt.officer_id == clerk.officer.id


def test_a_payment_begun_before_midnight_counts_for_its_day(desk, reach, pay):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.become("success")
    morning = Desk(desk.database, desk.officer, FixedClock(date(2026, 11, 22)))
    jobs.poll(morning, everything=True)
    (receipt,) = receipts(desk)
    assert receipt.taken_on == TODAY


def test_an_answer_that_is_too_slow_is_found_later(desk, reach, pay, monkeypatch):
    monkeypatch.setattr(govuk_pay, "_TIMEOUT_SECONDS", (5, 0.1))
    payment_id = begun(desk, reach)
    pay.plan.append("slow")
    started = jobs.start(desk, payment_id)
    assert (started.state, pay.payments) == (CardState.ASKED, {})
    pay.hurry.set()
    while not pay.payments:
        jobs.look(desk, payment_id)
    assert jobs.look(desk, payment_id).state is CardState.CREATED
    assert len(pay.posts()) == 1
