"""The provider's day held against ours: every difference found, told in words, posted once or explained."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.diary import Task
from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.receipts import Receipt
from app.models.values import CardGap, CardProvider, CardState, Money
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.ledger import checks
from app.services.ledger.queries import balance
from app.services.reception_payments.cards import jobs as payments
from app.services.reception_payments.cards import reconciling
from app.services.reception_payments.cards.days import commands, daily, jobs, queries, rules
from app.services.reception_payments.cards.dto.answers import PaymentAnswer
from app.services.reception_payments.cards.dto.days import Ours
from tests.services.reception_payments.cards.conftest import begun
from tests.services.reception_payments.conftest import TODAY, control

UNKNOWN = {"amount": 25_00, "reference": "70 0002", "description": "Typed at the provider", "moto": True}


@pytest.fixture
def paid(desk, reach, pay):
    """A card payment of £100.00 that went through and is posted; its id."""
    payment_id = begun(desk, reach)
    payments.start(desk, payment_id)
    pay.become("success")
    payments.look(desk, payment_id)
    return payment_id


def count(desk, table):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(table)))


def theirs(pay, status="success", **body):
    """A payment that somebody took at the provider without Rentbook."""
    payment_id = pay.make(UNKNOWN | body)
    pay.become(status, payment_id=payment_id)
    return payment_id


def test_a_day_on_which_both_agree_is_green(desk, paid, pay):
    read = jobs.reconcile(desk, TODAY)
    assert (read.row.agrees, read.differences, read.told) == (True, (), "21 Nov 2026: the provider and Rentbook agree.")
    assert (read.row.their_count, read.row.theirs, read.row.ours) == (1, Money(100_00), Money(100_00))
    assert read.row.fees == Money(35)
    assert desk.ask(queries.day, TODAY) == read.row
    assert [each.day for each in desk.ask(queries.days)] == [TODAY]


def test_every_page_of_the_search_is_read(desk, reach, pay):
    pay.page_size = 2
    for at in range(5):
        theirs(pay, amount=1_00 + at, reference=f"X{at}")
    assert jobs.reconcile(desk, TODAY).row.their_count == 5
    assert sum("page=" in path for _method, path in pay.calls if path.startswith("/v1/payments?")) == 3


def test_another_day_is_another_day(desk, paid, pay):
    pay.make(UNKNOWN, created="2026-11-19T10:00:00.000Z")
    assert jobs.reconcile(desk, date(2026, 11, 20)).row.their_count == 0


def test_a_success_that_nobody_heard_of_is_posted_by_the_reading(desk, reach, pay):
    payment_id = begun(desk, reach)
    payments.start(desk, payment_id)
    pay.become("success")
    read = jobs.reconcile(desk, TODAY)
    assert (read.row.agrees, read.row.our_count) == (True, 1)
    assert desk.ask(balance, reach.rent) == Money(-100_00)


def test_a_payment_that_counted_as_lost_and_went_through_after_all_is_posted(desk, reach, pay):
    payment_id = begun(desk, reach)
    pay.plan.append("taken, no answer")
    payments.start(desk, payment_id)

    def lose(ctx):
        row = ctx.session.get(CardPayment, payment_id)
        row.state, row.next_look_at = CardState.LOST, None

    desk.do(lose)
    pay.become("success")
    assert jobs.reconcile(desk, TODAY).row.agrees
    assert desk.ask(balance, reach.rent) == Money(-100_00)


def test_theirs_alone_is_posted_on_the_account_of_its_reference_once(desk, reach, pay):
    theirs(pay, reference="70 0002-0123456789AB")
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert (gap.words, gap.postable) == ("The provider has a payment of £25.00 that isn't here.", True)
    done = desk.do(commands.post_theirs, gap.difference_id, reach.counter)
    assert done.told == "Posted: receipt WGC000001."
    assert desk.ask(balance, reach.other) == Money(-25_00)
    with pytest.raises(UserError, match="settled already"):
        desk.do(commands.post_theirs, gap.difference_id, reach.counter)
    again = jobs.reconcile(desk, TODAY)
    assert (again.row.agrees, again.row.our_count, count(desk, Receipt)) == (True, 1, 1)
    assert desk.ask(checks.check) == ()


def test_theirs_with_a_reference_that_nobody_has_goes_to_suspense(desk, reach, pay):
    theirs(pay, reference="Garage rent Smith")
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert desk.do(commands.post_theirs, gap.difference_id, reach.counter).told == "Posted in suspense."
    assert control(desk, "suspense") == -25_00
    assert jobs.reconcile(desk, TODAY).row.agrees


def test_a_reference_that_holds_a_card_number_is_not_kept(desk, reach, pay):
    theirs(pay, reference="4000058260000005")
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert gap.reference == ""


def test_ours_alone_and_other_states_are_told(desk, paid, pay):
    row = pay.payments[pay.only()]
    row["status"] = "failed"
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert gap.words == "The payment is 'paid' here and 'declined' at the provider."
    pay.payments.clear()
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert (gap.gap, gap.words) == (
        CardGap.OURS_ONLY,
        "A payment of £100.00 is posted here, and the provider has none.",
    )


def test_another_amount_at_the_provider_is_told(desk, paid, pay):
    pay.payments[pay.only()]["amount"] = 90_00
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert gap.words == "The payment is £100.00 here and £90.00 at the provider."


def test_a_difference_that_is_explained_stays_so_while_it_is_the_same(desk, paid, pay):
    pay.payments[pay.only()]["amount"] = 90_00
    (gap,) = jobs.reconcile(desk, TODAY).differences
    with pytest.raises(UserError, match="Say what it is"):
        desk.do(commands.explain, gap.difference_id, " ")
    desk.do(commands.explain, gap.difference_id, "Their fault, ticket 12")
    again = jobs.reconcile(desk, TODAY)
    assert (again.row.agrees, again.row.differences) == (True, 1)
    assert again.differences[0].explained == "Their fault, ticket 12 (Test Officer)"
    assert desk.ask(queries.differences) == ()
    pay.payments[pay.only()]["amount"] = 80_00
    assert jobs.reconcile(desk, TODAY).row.open == 1


def test_a_refund_that_was_made_at_the_provider_is_debited_once(desk, reach, paid, pay):
    pay.give_back(pay.only(), 30_00, "success")
    (gap,) = jobs.reconcile(desk, TODAY).differences
    assert gap.words == "The provider has a refund of £30.00 that isn't here."
    done = desk.do(commands.post_theirs, gap.difference_id, reach.counter)
    assert done.told == "Posted: £30.00 back to the card."
    assert desk.ask(balance, reach.rent) == Money(-70_00)
    again = jobs.reconcile(desk, TODAY)
    assert (again.row.agrees, again.row.our_refunds, again.row.their_refunds) == (True, Money(30_00), Money(30_00))
    assert control(desk, "cash:card") == 70_00


def test_a_refund_of_a_payment_that_is_not_here_cannot_be_posted(desk, reach, pay):
    other = theirs(pay)
    pay.give_back(other, 10_00)
    gaps = jobs.reconcile(desk, TODAY).differences
    refund = next(each for each in gaps if each.refund)
    with pytest.raises(UserError, match="isn't here as a receipt"):
        desk.do(commands.post_theirs, refund.difference_id, reach.counter)


@pytest.mark.parametrize("word", ["down", "no answer", "nonsense"])
def test_a_provider_that_is_down_changes_nothing(desk, reach, pay, word):
    pay.looking.append(word)
    with pytest.raises(UserError, match="Read the day again later"):
        jobs.reconcile(desk, TODAY)
    assert desk.ask(queries.days) == ()


def test_a_day_to_come_is_refused(desk, reach):
    with pytest.raises(UserError, match="still to come"):
        jobs.reconcile(desk, date(2026, 11, 22))


def answer(at, pence, state=CardState.SUCCESS):
    return PaymentAnswer(f"id{at}", f"ref{at}", state, pence, None)


@given(st.lists(st.tuples(st.integers(30, 10_000), st.booleans(), st.booleans()), max_size=8))
def test_the_day_s_difference_is_the_sum_of_what_differs(drawn):
    """Each payment is at the provider, here, or on both sides; what is told apart explains the whole difference."""
    there = [answer(at, pence) for at, (pence, theirs, _ours) in enumerate(drawn) if theirs]
    here = [
        Ours(at + 1, f"id{at}", f"ref{at}", pence, CardState.SUCCESS.value, True)
        for at, (pence, _theirs, ours) in enumerate(drawn)
        if ours
    ]
    gaps = list(rules.payments(there, here))
    assert {each.gap for each in gaps} <= {CardGap.OURS_ONLY, CardGap.THEIRS_ONLY}
    told = sum((each.their_pence or 0) - (each.our_pence or 0) for each in gaps)
    assert told == sum(each.pence for each in there) - sum(each.pence for each in here)


def test_the_provider_of_an_adopted_payment_is_govuk_pay(desk, reach, pay):
    theirs(pay)
    (gap,) = jobs.reconcile(desk, TODAY).differences
    desk.do(commands.post_theirs, gap.difference_id, reach.counter)
    (row,) = desk.ask(lambda ctx: ctx.session.scalars(select(CardPayment)).all())
    assert (row.provider, row.taken_on, row.pence) == (CardProvider.GOVUK_PAY, TODAY, 25_00)


def test_a_day_that_nobody_read_makes_a_task_once_and_reading_it_finishes_that(desk, paid, pay):
    morning = Desk(desk.database, desk.officer, FixedClock(date(2026, 11, 22)))
    for _ in range(2):
        morning.do(daily.each_day)
    title = "Hold the card payments of 21 Nov 2026 against the provider"
    assert morning.ask(tasks) == [(title, "open")]
    jobs.reconcile(morning, TODAY)
    assert morning.ask(tasks) == [(title, "done")]
    morning.do(daily.each_day)
    assert len(morning.ask(tasks)) == 1


def tasks(ctx):
    return [(row.title, row.state) for row in ctx.session.scalars(select(Task).order_by(Task.id))]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"receipt_id": None}, "went through and isn't posted."),
        ({"pence": 90_00}, "is £90.00, and its receipt £100.00."),
        ({"state": CardState.FAILED}, "didn't go through and is posted."),
    ],
)
def test_rentbook_check_finds_a_card_payment_that_is_not_as_it_is_posted(desk, paid, change, words):
    assert desk.ask(checks.check) == ()

    def spoil(ctx):
        row = ctx.session.get(CardPayment, paid)
        for name, value in change.items():
            setattr(row, name, value)

    desk.do(spoil)
    assert any(fault.endswith(words) for fault in desk.ask(lambda ctx: tuple(reconciling.check(ctx))))
