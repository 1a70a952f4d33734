"""A Bacs file of £70.00 is sent, cancelled before that or refused by the bank: its refund is paid once, or to be paid again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.models.bacs import BankDetail, PaymentFile
from app.models.diary import Task
from app.models.officers import Officer
from app.models.values import BenefitKind, ClaimState, PaymentFileState, RefundMethod, RefundState
from app.services.adjustments.payments import commands, queries, settling
from app.services.adjustments.payments.dto import PaidFilter, Returned, Shown
from app.services.adjustments.refunds import queries as refunds
from app.services.bacs import queries as bank
from app.services.benefits.commands import keep_claim
from app.services.benefits.dto import KeepClaim
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.ledger import checks
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance
from tests.services.adjustments.payments.conftest import approved
from tests.services.adjustments.payments.test_returns import item
from tests.services.adjustments.payments.test_sending import PAY_ON, payment
from tests.services.bacs.test_arucs import report


@prepared
def filed(desk, colleague, credited, council):
    """The payment of a refund of £70.00 by a Bacs file; and the refund."""
    council(credit_files="yes")
    refund_id = approved(desk, colleague, credited, "70.00", "one", RefundMethod.BACS)
    return desk.do(commands.send, payment(RefundMethod.BACS)).payment_id, refund_id


def paid_on(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(BankDetail.last_paid_on)).one())


def file_of(desk, shown=Shown.PAID):
    [row] = desk.ask(queries.listed, PaidFilter(shown))
    return row.file, row.file_state


def test_bank_details_are_known_as_paid_once_the_file_was_sent(desk, filed):
    payment_id, _ = filed
    assert (file_of(desk), paid_on(desk)) == (("Bacs file 1", PaymentFileState.MADE), None)
    assert desk.do(settling.mark_sent, payment_id, "A1B2").told == "Bacs file 1 is marked as sent."
    assert (file_of(desk), paid_on(desk)) == (("Bacs file 1", PaymentFileState.SENT), PAY_ON)
    for again in (settling.mark_sent, settling.cancel):
        with pytest.raises(UserError, match="was sent already"):
            desk.do(again, payment_id, "No")


def test_a_file_that_is_cancelled_gives_its_refunds_back_to_be_paid_once(desk, colleague, credited, filed):
    payment_id, refund_id = filed
    with pytest.raises(UserError, match="reason is missing"):
        colleague.do(settling.cancel, payment_id, " ")
    assert balance(desk, credited) == -150_00
    done = colleague.do(settling.cancel, payment_id, "The wrong day")
    assert (done.numbers, done.told) == ((1,), "Bacs file 1 is cancelled: 1 refund of £70.00 in all to be paid again.")
    found = desk.ask(refunds.detail, refund_id)
    assert (found.state, found.payment_id, found.journal, found.approved_by) == (
        RefundState.APPROVED,
        None,
        None,
        "Test Colleague",
    )
    assert (balance(desk, credited), paid_on(desk)) == (-220_00, None)
    with pytest.raises(UserError, match="was cancelled: it isn't opened any more"):
        desk.do(commands.open_files, payment_id)
    with pytest.raises(UserError, match="was cancelled already"):
        colleague.do(settling.cancel, payment_id, "Again")

    second = desk.do(commands.send, payment(RefundMethod.BACS, "second"))
    assert (second.count, balance(desk, credited)) == (1, -150_00)
    assert [row.serial for row in desk.ask(bank.files)] == [2, 1]
    with pytest.raises(UserError, match="was cancelled already"):
        desk.do(settling.mark_sent, payment_id)
    assert file_of(desk) == ("Bacs file 2", PaymentFileState.MADE)
    assert desk.ask(checks.check) == ()


def test_a_file_that_the_bank_refuses_is_paid_again_but_what_came_back_stays_back(desk, colleague, credited, filed):
    payment_id, refund_id = filed
    with pytest.raises(UserError, match="is made, not sent"):
        colleague.do(settling.refused, payment_id, "Unbalanced")
    desk.do(settling.mark_sent, payment_id)
    done = colleague.do(settling.refused, payment_id, "Unbalanced")
    assert (done.state, done.numbers, paid_on(desk)) == (PaymentFileState.REFUSED, (1,), None)
    assert balance(desk, credited) == -220_00
    again = desk.do(commands.send, payment(RefundMethod.BACS, "second")).payment_id
    desk.do(settling.mark_sent, again)
    desk.do(commands.came_back, Returned(refund_id, date(2026, 11, 21), "The account is closed"))
    assert colleague.do(settling.refused, again, "Unbalanced").numbers == ()
    assert desk.ask(refunds.detail, refund_id).state is RefundState.RETURNED
    assert balance(desk, credited) == -220_00


def test_nothing_comes_back_by_hand_of_a_file_that_is_only_made(desk, credited, filed):
    payment_id, refund_id = filed
    returned = Returned(refund_id, date(2026, 11, 21), "The account is closed")
    with pytest.raises(UserError, match=r"Bacs file 1 isn't marked as sent: mark it, or cancel it\."):
        desk.do(commands.came_back, returned)
    assert (balance(desk, credited), tasks(desk)[0][2]) == (-150_00, "open")
    desk.do(settling.mark_sent, payment_id)
    assert desk.do(commands.came_back, returned).numbers == (1,)


def test_a_file_of_which_some_came_back_was_sent(desk, credited, filed):
    """The report of the bank knows better than the mark: the file is marked, its task done, its details are new again."""
    done = desk.do(commands.read_returns, report(item("REFUND 1", "70.00")))
    assert (done.numbers, balance(desk, credited), paid_on(desk)) == ((1,), -220_00, None)
    assert file_of(desk, Shown.RETURNED) == ("Bacs file 1", PaymentFileState.SENT)
    assert tasks(desk)[0][2:] == ("done", "Marked as sent")


def test_one_officer_alone_neither_cancels_a_file_nor_says_that_it_was_refused(desk, colleague, credited, filed):
    payment_id, _ = filed
    with pytest.raises(UserError, match=r"You made this file, so somebody else cancels it\."):
        desk.do(settling.cancel, payment_id, "The wrong day")
    colleague.do(settling.mark_sent, payment_id)
    for own, what in ((desk, "made this file"), (colleague, "marked this file as sent")):
        with pytest.raises(UserError, match=rf"You {what}, so somebody else says that it was refused\."):
            own.do(settling.refused, payment_id, "Unbalanced")
    assert (file_of(desk), balance(desk, credited)) == (("Bacs file 1", PaymentFileState.SENT), -150_00)


def test_where_nobody_else_is_here_it_says_so(desk, filed):
    everybody_but(desk, "officer")
    with pytest.raises(UserError, match=r"somebody else cancels it\. Nobody else is here: add an officer"):
        desk.do(settling.cancel, filed[0], "The wrong day")


def everybody_but(desk, name):
    desk.do(lambda ctx: ctx.session.execute(update(Officer).where(Officer.username != name).values(active=False)))


def test_a_file_may_have_been_paid_from_its_processing_day_on(desk, filed):
    then = Desk.sit_down(desk.database, "colleague", FixedClock(PAY_ON))
    with pytest.raises(UserError, match="to be processed on 24 Nov 2026: it may have been paid"):
        then.do(settling.cancel, filed[0], "The wrong day")


def test_a_long_reason_stays_whole_with_the_file(desk, colleague, filed):
    reason = "The day was wrong. " * 10 + "So it goes"
    colleague.do(settling.cancel, filed[0], reason)
    assert desk.ask(lambda ctx: ctx.session.scalar(select(PaymentFile.reason))) == reason


def test_whoever_pays_benefit_is_told_once_the_file_was_sent_and_when_it_was_never_paid(
    desk, colleague, credited, home, filed
):
    told = select(Task.details).where(Task.kind == "benefit_refund").order_by(Task.id)

    def said():
        return [words.split(". ")[0] for words in desk.ask(lambda ctx: ctx.session.scalars(told).all())]

    claim = (BenefitKind.HOUSING_BENEFIT, ClaimState.LIVE, desk.clock.today() - timedelta(30))
    desk.do(keep_claim, KeepClaim(credited.id, home.person.id, *claim))
    colleague.do(settling.cancel, filed[0], "The wrong account")
    again = desk.do(commands.send, payment(RefundMethod.BACS, "second")).payment_id
    assert said() == []
    desk.do(settling.mark_sent, again)
    colleague.do(settling.refused, again, "Unbalanced")
    assert said() == ["Refund 1 of £70.00 is paid", "Refund 1 of £70.00 was never paid"]


def tasks(desk):
    wanted = select(Task.title, Task.due_on, Task.state, Task.outcome).where(Task.kind == "bacs_file").order_by(Task.id)
    return [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(wanted).all())]


def test_whoever_made_the_file_has_a_task_to_send_it_by_its_last_day(desk, colleague, filed):
    """It is processed on Tuesday 24 November, so Monday is the last day to send it."""
    payment_id, _ = filed
    monday = date(2026, 11, 23)
    assert tasks(desk) == [("Send Bacs file 1 of refunds, £70.00 in all", monday, "open", "")]
    colleague.do(settling.cancel, payment_id, "The wrong account")
    again = desk.do(commands.send, payment(RefundMethod.BACS, "second")).payment_id
    desk.do(settling.mark_sent, again)
    assert [row[2:] for row in tasks(desk)] == [("done", "Cancelled"), ("done", "Marked as sent")]


def test_only_a_bacs_file_is_settled(desk, credited, two):
    paid = desk.do(commands.send, payment()).payment_id
    with pytest.raises(UserError, match="no such payment by a Bacs file"):
        desk.do(settling.cancel, paid, "No")
    assert file_of(desk) == ("", None)
