"""Money that goes back to the card: never more than was paid, never by one person alone, never twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.reception_payments.receipts import Receipt
from app.models.values import CardProvider, CardRefundState, LimitKind, MoneyReceiptState, TakenBy
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.ledger.queries import balance
from app.services.reception_payments.cards import commands as payments
from app.services.reception_payments.cards import jobs
from app.services.reception_payments.cards.dto.asked import CardSettings
from app.services.reception_payments.cards.dto.refunds import NewCardRefund
from app.services.reception_payments.cards.refunds import commands, queries
from app.services.reception_payments.receipts import recording, undoing
from app.services.reception_payments.receipts.commands import ask_void
from app.services.reception_payments.receipts.dto.asked import AskVoid
from app.services.reception_payments.receipts.dto.new import NewShare
from tests.prepared import prepared
from tests.services.reception_payments.cards.conftest import begun, later
from tests.services.reception_payments.conftest import TODAY, control, payment


@prepared
def limits(desk, colleague):
    """The team leader may approve refunds of £500.00."""

    def give(ctx):
        officer = ctx.session.scalars(select(Officer.id).where(Officer.username == "colleague")).one()
        row = OfficerLimit(officer_id=officer, kind=LimitKind.REFUND, line_pence=500_00, batch_pence=500_00)
        ctx.session.add(row)

    desk.do(give)
    return colleague


@pytest.fixture
def paid(clerk, limits, reach, pay):
    """£100.00 paid by card, £60.00 for the rent and £40.00 for the garage; the receipt."""
    shares = (NewShare(60_00, reach.rent), NewShare(40_00, reach.garage))
    payment_id = begun(clerk, reach, *shares)
    jobs.start(clerk, payment_id)
    pay.become("success")
    return jobs.look(clerk, payment_id).receipt_id


@pytest.fixture
def approved(limits, clerk, paid):
    """£30.00 of the rent and £40.00 of the garage are to go back, approved; the refund."""
    return approve(limits, ask(clerk, paid))


def ask(desk, receipt_id, *shares, key="back", why="Paid twice"):
    shares = shares or ((1, 30_00), (2, 40_00))
    return desk.do(commands.ask, NewCardRefund(key, receipt_id, shares, why))


def approve(colleague, asked):
    decided = colleague.do(approvals.approve, [asked.request_id])
    assert not decided.refused, decided.refused
    return asked.refund_id


def state(desk, refund_id):
    return desk.ask(queries.standing, refund_id).state


def owes(desk, reach):
    return desk.ask(balance, reach.rent).pence, desk.ask(balance, reach.garage).pence


def tasks(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Task.title)).all())


def test_a_refund_is_approved_sent_and_debited_where_the_payment_was_credited(clerk, limits, reach, paid, pay):
    asked = ask(clerk, paid)
    assert ask(clerk, paid).refund_id == asked.refund_id
    assert asked.told == "£70.00 back to the card waits for a second officer."
    jobs.poll(clerk, everything=True)
    assert pay.given_back == {}
    refund_id = approve(limits, asked)
    assert owes(clerk, reach) == (-60_00, -40_00)
    result = jobs.poll(clerk, everything=True)
    assert (result.sent, result.back) == (1, 0)
    (there,) = pay.given_back.values()
    assert (there["amount"], state(clerk, refund_id)) == (70_00, CardRefundState.SUBMITTED)
    assert owes(clerk, reach) == (-30_00, 0)
    assert control(clerk, "cash:card") == 30_00
    there["status"] = "success"
    assert jobs.poll(clerk, everything=True).back == 1
    assert state(clerk, refund_id) is CardRefundState.SUCCESS
    jobs.poll(clerk, everything=True)
    assert (len(pay.given_back), owes(clerk, reach)) == (1, (-30_00, 0))
    assert clerk.ask(checks.check) == ()


def test_no_more_goes_back_than_was_paid(clerk, limits, reach, paid, approved, pay):
    with pytest.raises(UserError, match=r"At most £30\.00 of this can go back"):
        ask(clerk, paid, (1, 30_01), key="more")
    jobs.poll(clerk, everything=True)
    ask(clerk, paid, (1, 30_00), key="rest")
    with pytest.raises(UserError, match="All of it went back to the card already"):
        ask(clerk, paid, (1, 1), key="again")


def test_whoever_asked_does_not_approve(limits, paid):
    asked = ask(limits, paid)
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        limits.do(approvals.approve, [asked.request_id])


def test_whoever_took_the_payment_does_not_approve(clerk, limits, reach, pay):
    payment_id = begun(limits, reach)
    jobs.start(limits, payment_id)
    pay.become("success")
    asked = ask(clerk, jobs.look(limits, payment_id).receipt_id, (1, 5_00))
    with pytest.raises(UserError, match="took an earlier step of this"):
        limits.do(approvals.approve, [asked.request_id])


def test_a_refund_that_is_refused_leaves_the_money_to_be_given_back(clerk, limits, paid):
    asked = ask(clerk, paid)
    limits.do(approvals.refuse, [asked.request_id], "The right amount")
    assert state(clerk, asked.refund_id) is CardRefundState.REFUSED
    assert ask(clerk, paid, key="two").refund_id != asked.refund_id


def test_one_that_fails_at_the_card_s_bank_is_posted_back_and_told(clerk, reach, approved, pay):
    jobs.poll(clerk, everything=True)
    next(iter(pay.given_back.values()))["status"] = "error"
    assert jobs.poll(clerk, everything=True).failed == 1
    assert state(clerk, approved) is CardRefundState.FAILED
    assert owes(clerk, reach) == (-60_00, -40_00)
    assert tasks(clerk) == ["Refund of £70.00 to a card failed"]
    assert clerk.ask(checks.check) == ()


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("unrefundable", "GOV.UK Pay can't give this payment back to the card."),
        ("mismatch", "At GOV.UK Pay another amount is left of this payment: something of it was given back there."),
    ],
)
def test_one_that_the_provider_refuses_posts_nothing(clerk, reach, approved, pay, word, words):
    pay.plan.append(word)
    jobs.poll(clerk, everything=True)
    (row,) = clerk.ask(queries.listed)
    assert (row.state, row.words) == (CardRefundState.FAILED, words)
    assert owes(clerk, reach) == (-60_00, -40_00)


def test_what_was_given_back_at_the_provider_already_is_not_given_back_again(clerk, reach, approved, pay):
    pay.give_back(pay.only(), 50_00)
    jobs.poll(clerk, everything=True)
    (row,) = clerk.ask(queries.listed)
    assert row.words == "The provider can give back no more than £50.00 of this payment."
    assert len(pay.given_back) == 1


@pytest.mark.parametrize("word", ["taken, no answer", "taken, fault", "nonsense"])
def test_a_refund_whose_answer_is_lost_is_found_and_never_sent_again(clerk, reach, approved, pay, word):
    pay.plan.append(word)
    jobs.poll(clerk, everything=True)
    assert state(clerk, approved) is CardRefundState.SENDING
    assert owes(clerk, reach) == (-60_00, -40_00)
    jobs.poll(clerk, everything=True)
    assert (state(clerk, approved), len(pay.given_back)) == (CardRefundState.SUBMITTED, 1)
    assert owes(clerk, reach) == (-30_00, 0)


def test_one_that_never_reached_the_provider_is_sent_again_once_that_is_sure(clerk, reach, approved, pay):
    pay.plan.append("no answer")
    jobs.poll(clerk, everything=True)
    jobs.poll(clerk, everything=True)
    assert (state(clerk, approved), pay.given_back) == (CardRefundState.SENDING, {})
    jobs.poll(later(clerk, 5), everything=True)
    assert state(clerk, approved) is CardRefundState.APPROVED
    jobs.poll(later(clerk, 6), everything=True)
    assert (state(clerk, approved), len(pay.given_back)) == (CardRefundState.SUBMITTED, 1)


def test_a_refund_of_the_same_amount_made_before_is_not_taken_for_the_lost_one(clerk, limits, reach, paid, pay):
    first = approve(limits, ask(clerk, paid, (1, 20_00), key="first"))
    jobs.poll(clerk, everything=True)
    second = approve(limits, ask(clerk, paid, (1, 20_00), key="second"))
    pay.plan.append("taken, no answer")
    jobs.poll(clerk, everything=True)
    jobs.poll(clerk, everything=True)
    assert [state(clerk, each) for each in (first, second)] == [CardRefundState.SUBMITTED] * 2
    assert (len(pay.given_back), owes(clerk, reach)) == (2, (-20_00, -40_00))


def test_a_provider_that_asks_to_go_slower_is_asked_at_the_next_turn(clerk, reach, approved, pay):
    pay.plan.extend(["rate"] * 4)
    jobs.poll(clerk, everything=True, sleep=lambda _: None)
    assert (state(clerk, approved), pay.given_back) == (CardRefundState.APPROVED, {})
    jobs.poll(clerk, everything=True)
    assert state(clerk, approved) is CardRefundState.SUBMITTED


def charge_back(desk, receipt_id):
    def back(ctx):
        undoing.undo(ctx, ctx.session.get(Receipt, receipt_id), TODAY, MoneyReceiptState.RETURNED, "Charged back")

    desk.do(back)


def test_what_is_charged_back_is_what_no_refund_gave_back(clerk, reach, paid, approved, pay):
    """100.00 paid, 70.00 given back: the bank takes the other 30.00, all of them of the rent, and cards stand at nothing."""
    with pytest.raises(UserError, match="asked for and not given yet"):
        charge_back(clerk, paid)
    jobs.poll(clerk, everything=True)
    charge_back(clerk, paid)
    assert (owes(clerk, reach), control(clerk, "cash:card")) == ((0, 0), 0)
    assert clerk.ask(checks.check) == ()
    with pytest.raises(UserError, match="was taken back already"):
        charge_back(clerk, paid)


def test_of_a_payment_that_was_all_given_back_nothing_is_charged_back(clerk, limits, reach, paid, pay):
    approve(limits, ask(clerk, paid, (1, 60_00), (2, 40_00)))
    jobs.poll(clerk, everything=True)
    with pytest.raises(UserError, match="went back to the card already"):
        charge_back(clerk, paid)
    assert owes(clerk, reach) == (0, 0)


def test_a_card_payment_is_never_void_the_provider_has_the_money(clerk, paid):
    with pytest.raises(UserError, match="the provider has the money, so it can't be void"):
        clerk.do(ask_void, AskVoid(paid, "Wrong account"))


def test_a_card_at_the_terminal_gets_its_money_back_there_with_the_reference_of_the_slip(clerk, limits, reach):
    def take(ctx):
        return recording.record(ctx, payment(reach, by=TakenBy.TERMINAL, slip="T 0001")).id

    receipt_id = clerk.do(take)
    refund_id = approve(limits, ask(clerk, receipt_id, (1, 25_00)))
    with pytest.raises(UserError, match="The slip has a reference"):
        clerk.do(commands.note_slip, refund_id, "")
    assert clerk.do(commands.note_slip, refund_id, "T 0002").state is CardRefundState.SUCCESS
    clerk.do(commands.note_slip, refund_id, "T 0002")
    assert owes(clerk, reach) == (-75_00, 0)
    assert control(clerk, "cash:card") == 75_00


def test_cash_never_goes_back_to_a_card(clerk, limits, reach):
    receipt_id = clerk.do(lambda ctx: recording.record(ctx, payment(reach)).id)
    assert clerk.ask(queries.form, receipt_id).stops.startswith("It wasn't paid by card")
    with pytest.raises(UserError, match="It wasn't paid by card"):
        ask(clerk, receipt_id, (1, 1_00))


def test_the_sheet_shows_what_may_go_back(clerk, approved, paid):
    found = clerk.ask(queries.form, paid)
    assert (found.receipt, found.last_four, found.stops) == ("WGC000001", "1111", "")
    assert [(each.words, each.paid.pence, each.left.pence) for each in found.shares] == [
        ("70 0001", 60_00, 30_00),
        (found.shares[1].words, 40_00, 0),
    ]


def test_changing_who_takes_cards_loses_no_payment_that_is_under_way(desk, clerk, limits, reach, paid, approved, pay):
    limits.do(payments.set_settings, CardSettings(CardProvider.TERMINAL))
    assert jobs.poll(clerk, everything=True).sent == 1


@pytest.mark.parametrize("why", ["", " ", "x" * 201, "Card 4000 0582 6000 0005"])
def test_the_reason_is_a_sentence_without_a_card_number(clerk, paid, why):
    with pytest.raises(UserError):
        ask(clerk, paid, why=why)


def test_times_are_waited_for(clerk, approved, pay):
    jobs.poll(clerk)
    next(iter(pay.given_back.values()))["status"] = "success"
    assert jobs.poll(clerk).looked == 0
    assert jobs.poll(later(clerk, timedelta(minutes=31).seconds // 60)).back == 1
