"""A Bacs file of £70.00 is sent, cancelled before that or refused by the bank: its refund is paid once, or to be paid again."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.bacs import BankDetail
from app.models.diary import Task
from app.models.values import PaymentFileState, RefundMethod, RefundState
from app.services.adjustments.payments import commands, queries, settling
from app.services.adjustments.payments.dto import PaidFilter, Returned, Shown
from app.services.adjustments.refunds import queries as refunds
from app.services.bacs import queries as bank
from app.services.core.errors import UserError
from app.services.ledger import checks
from tests.services.adjustments.conftest import balance
from tests.services.adjustments.payments.conftest import approved
from tests.services.adjustments.payments.test_sending import PAY_ON, payment


@pytest.fixture
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


def test_a_file_that_is_cancelled_gives_its_refunds_back_to_be_paid_once(desk, credited, filed):
    payment_id, refund_id = filed
    with pytest.raises(UserError, match="reason is missing"):
        desk.do(settling.cancel, payment_id, " ")
    assert balance(desk, credited) == -150_00
    done = desk.do(settling.cancel, payment_id, "The wrong day")
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
        desk.do(settling.cancel, payment_id, "Again")

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
        desk.do(settling.refused, payment_id, "Unbalanced")
    desk.do(settling.mark_sent, payment_id)
    done = desk.do(settling.refused, payment_id, "Unbalanced")
    assert (done.state, done.numbers, paid_on(desk)) == (PaymentFileState.REFUSED, (1,), None)
    assert balance(desk, credited) == -220_00
    again = desk.do(commands.send, payment(RefundMethod.BACS, "second")).payment_id
    desk.do(settling.mark_sent, again)
    desk.do(commands.came_back, Returned(refund_id, date(2026, 11, 21), "The account is closed"))
    assert desk.do(settling.refused, again, "Unbalanced").numbers == ()
    assert desk.ask(refunds.detail, refund_id).state is RefundState.RETURNED
    assert balance(desk, credited) == -220_00


def test_a_file_of_which_some_came_back_was_sent(desk, filed):
    payment_id, refund_id = filed
    desk.do(commands.came_back, Returned(refund_id, date(2026, 11, 21), "The account is closed"))
    with pytest.raises(UserError, match="Refund 1 of it came back, so Bacs file 1 was sent"):
        desk.do(settling.cancel, payment_id, "The wrong day")


def tasks(desk):
    wanted = select(Task.title, Task.due_on, Task.state, Task.outcome).where(Task.kind == "bacs_file").order_by(Task.id)
    return [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(wanted).all())]


def test_whoever_made_the_file_has_a_task_to_send_it_by_its_last_day(desk, filed):
    """It is processed on Tuesday 24 November, so Monday is the last day to send it."""
    payment_id, _ = filed
    monday = date(2026, 11, 23)
    assert tasks(desk) == [("Send Bacs file 1 of refunds, £70.00 in all", monday, "open", "")]
    desk.do(settling.cancel, payment_id, "The wrong account")
    again = desk.do(commands.send, payment(RefundMethod.BACS, "second")).payment_id
    desk.do(settling.mark_sent, again)
    assert [row[2:] for row in tasks(desk)] == [("done", "Cancelled"), ("done", "Marked as sent")]


def test_only_a_bacs_file_is_settled(desk, credited, two):
    paid = desk.do(commands.send, payment()).payment_id
    with pytest.raises(UserError, match="no such payment by a Bacs file"):
        desk.do(settling.cancel, paid, "No")
    assert file_of(desk) == ("", None)
