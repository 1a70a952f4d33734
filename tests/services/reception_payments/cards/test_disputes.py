"""Payments that payers challenged at their bank: read with the day, told as tasks, taken back by an officer."""

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.reception_payments.cards import CardDispute, CardPayment
from app.models.values import DisputeState, Money, MoneyReceiptState
from app.services.core.errors import UserError
from app.services.reception_payments.cards import jobs as payments
from app.services.reception_payments.cards import reconciling
from app.services.reception_payments.cards.days import jobs
from app.services.reception_payments.cards.refunds import keeping as refunding
from app.services.reception_payments.figures import queries as figures
from app.services.reception_payments.receipts import commands, queries
from app.services.reception_payments.receipts.dto.asked import CameBack
from tests.services.reception_payments.cards.conftest import begun
from tests.services.reception_payments.conftest import TODAY, control, of_yesterday


@pytest.fixture
def paid(desk, reach, pay):
    """A card payment of 100.00 that went through; its receipt."""
    payment_id = begun(desk, reach)
    payments.start(desk, payment_id)
    pay.become("success")
    return payments.look(desk, payment_id).receipt_id


def challenge(pay, payment_id=None, status="needs_response", **rest):
    """The payer's bank asks for the money back."""
    body = {
        "dispute_id": "hu20sqlact5260q2nanm0q8u93",
        "payment_id": payment_id or pay.only(),
        "amount": 100_00,
        "created_date": "2026-11-20T16:43:00.000Z",
        "evidence_due_date": "2026-12-03T16:43:00.000Z",
        "reason": "fraudulent",
        "status": status,
    }
    pay.challenged[:] = [body | rest]


def tasks(desk):
    rows = select(Task.title, Task.state, Task.due_on).where(Task.kind.in_(("card_dispute", "card_charged_back")))
    return [tuple(each) for each in desk.ask(lambda ctx: ctx.session.execute(rows.order_by(Task.id)).all())]


def test_a_challenge_asks_for_an_answer_in_time_and_once(desk, paid, pay):
    challenge(pay)
    jobs.reconcile(desk, TODAY)
    jobs.reconcile(desk, TODAY)
    ((title, state, due),) = tasks(desk)
    assert title == "Answer the challenge of a card payment of £100.00 by 3 Dec 2026"
    assert (state, due.isoformat()) == ("open", "2026-12-03")
    challenge(pay, status="won")
    jobs.reconcile(desk, TODAY)
    assert [each[1] for each in tasks(desk)] == ["done"]
    assert control(desk, "cash:card") == 100_00


def test_a_lost_one_asks_for_its_receipt_to_be_taken_back(desk, paid, pay):
    """The provider keeps 15.00 for it, which comes off its next payment as a fee."""
    challenge(pay)
    jobs.reconcile(desk, TODAY)
    challenge(pay, status="lost", fee=15_00, settlement_summary={"settled_date": "2026-11-21"})
    jobs.reconcile(desk, TODAY)
    assert [(title, state) for title, state, _ in tasks(desk)] == [
        ("Answer the challenge of a card payment of £100.00 by 3 Dec 2026", "done"),
        ("Take receipt WGC000001 back: £100.00 were charged back", "open"),
    ]
    kept = desk.ask(lambda ctx: ctx.session.scalars(select(CardDispute)).one())
    assert (kept.state, kept.fee_pence, kept.settled_on) == (DisputeState.LOST, 15_00, TODAY)
    of_yesterday(desk, paid)
    desk.do(commands.came_back, CameBack(paid, TODAY, "Challenge lost"))
    assert [each[1] for each in tasks(desk)] == ["done", "done"]
    assert control(desk, "cash:card") == 0
    assert desk.ask(lambda ctx: ctx.session.scalars(select(CardPayment.id)).one()) == kept.card_payment_id


def test_a_challenge_of_a_payment_that_is_not_here_is_told_all_the_same(desk, paid, pay):
    challenge(pay, payment_id="elsewhere")
    jobs.reconcile(desk, TODAY)
    rows = select(Task.details).where(Task.kind == "card_dispute")
    assert "The payment isn't in Rentbook." in desk.ask(lambda ctx: ctx.session.scalars(rows).one())


def test_an_answer_that_can_not_be_read_changes_nothing(desk, paid, pay):
    challenge(pay, status="unheard of")
    with pytest.raises(UserError, match="can't be read"):
        jobs.reconcile(desk, TODAY)
    assert tasks(desk) == []


def lost(pay, *amounts):
    """The payer's bank took these parts of the payment, each by a dispute of its own."""
    pay.challenged[:] = [
        {
            "dispute_id": f"lost{place}",
            "payment_id": pay.only(),
            "amount": pence,
            "created_date": "2026-11-20T16:43:00.000Z",
            "reason": "fraudulent",
            "status": "lost",
        }
        for place, pence in enumerate(amounts)
    ]


def test_a_part_that_was_lost_comes_off_and_the_rest_stays(desk, paid, pay):
    """Of 100.00 the bank takes 40.00: 60.00 stays. Pressed twice it takes no more; the next one, of 35.00, leaves 25.00 to refund."""
    lost(pay, 40_00)
    jobs.reconcile(desk, TODAY)
    of_yesterday(desk, paid)
    assert desk.ask(queries.detail, paid).lost == Money(40_00)
    desk.do(commands.came_back, CameBack(paid, TODAY, "Challenge lost"))
    assert control(desk, "cash:card") == 60_00
    with pytest.raises(UserError, match=r"£40.00 of receipt WGC000001 was challenged and lost, and is off"):
        desk.do(commands.came_back, CameBack(paid, TODAY, "Challenge lost"))
    lost(pay, 40_00, 35_00)
    jobs.reconcile(desk, TODAY)
    desk.do(commands.came_back, CameBack(paid, TODAY, "Another"))
    assert control(desk, "cash:card") == 25_00
    shown = desk.ask(queries.detail, paid)
    assert (shown.row.state, shown.lost) == (MoneyReceiptState.TAKEN, None)
    assert "£75.00 of it was challenged and lost" in shown.challenged
    assert sum(desk.ask(refunding.left_of, paid).values()) == 25_00
    assert all(state == "done" for _, state, _ in tasks(desk))
    assert list(desk.ask(reconciling.check)) == []
    undone = desk.ask(figures.report, TODAY, TODAY).undone
    assert [(each.amount, each.why) for each in undone] == [(Money(35_00), "Another"), (Money(40_00), "Challenge lost")]


def test_parts_that_come_to_all_of_it_take_the_receipt_back(desk, paid, pay):
    """Both are read at once: 70.00 and 50.00 of 100.00; no more than is left comes off."""
    lost(pay, 70_00, 50_00)
    jobs.reconcile(desk, TODAY)
    of_yesterday(desk, paid)
    done = desk.do(commands.came_back, CameBack(paid, TODAY, "Both lost"))
    assert done.told.startswith("£100.00 of receipt WGC000001 is off the accounts again")
    assert control(desk, "cash:card") == 0
    assert desk.ask(queries.detail, paid).row.state is MoneyReceiptState.RETURNED
