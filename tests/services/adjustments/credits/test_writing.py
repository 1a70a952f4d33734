"""Letters about credits and refunds: drafted with what is known, and an attempt to give the credit back once they are sent."""

from datetime import date

import pytest

from app.models.letters import Outgoing
from app.models.values import AttemptOutcome, AttemptWay, RefundMethod, Subject
from app.services.adjustments.credits import queries, writing
from app.services.adjustments.credits.dto import CreditLetter
from app.services.adjustments.payments import commands as payments
from app.services.adjustments.payments import settling
from app.services.adjustments.payments.dto import Returned
from app.services.adjustments.refunds import commands as refunds
from app.services.core.errors import UserError
from app.services.letters.commands import queue
from app.services.letters.dto import Returned as CameBack
from tests.services.adjustments.payments.conftest import approved
from tests.services.adjustments.payments.test_sending import payment
from tests.services.adjustments.refunds.conftest import asked


def body(desk, outgoing_id):
    return desk.ask(lambda ctx: ctx.session.get_one(Outgoing, outgoing_id).body)


def test_a_letter_that_a_credit_is_theirs_is_an_attempt_once_it_has_gone(desk, credited):
    form = desk.ask(writing.form, credited.id)
    assert (form.proposed, form.about) == ("credit_yours", "£220.00 in credit")
    letter = CreditLetter("one", credited.id, form.proposed)
    seen = desk.ask(writing.preview, letter)
    assert (seen.problems, seen.stops, seen.addressee) == ((), (), "Mx Alex Sample")
    assert seen.pdf.startswith(b"%PDF")
    made = desk.do(writing.write, letter)
    assert desk.do(writing.write, letter).outgoing_id == made.outgoing_id
    assert "is **£220.00** in credit, since 2 November 2026." in body(desk, made.outgoing_id)

    [attempt] = desk.ask(queries.attempts, credited.id).rows
    assert (attempt.way, attempt.letter, attempt.stands) == (AttemptWay.LETTER, "Your account is in credit", False)
    desk.do(queue.mark_printed, [made.outgoing_id])
    [attempt] = desk.ask(queries.attempts, credited.id).rows
    assert (attempt.outcome, attempt.stands) == (AttemptOutcome.WAITING, True)
    desk.do(queue.returned, made.outgoing_id, CameBack(desk.clock.today(), "Gone away"))
    [attempt] = desk.ask(queries.attempts, credited.id).rows
    assert (attempt.outcome, attempt.stands) == (AttemptOutcome.RETURNED, True)


def test_what_is_still_needed_is_what_stops_it_at_the_gate(desk, credited):
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE, evidence=False)
    assert desk.ask(writing.form, credited.id, refund_id).proposed == "refund_more_needed"
    letter = CreditLetter("one", credited.id, "refund_more_needed", refund_id, {"anything_else": "Please sign it."})
    made = desk.do(writing.write, letter)
    said = body(desk, made.outgoing_id)
    assert "- your request in writing, signed\n- the name on your bank account" in said
    assert "Please sign it." in said
    assert made.attempt_id is not None
    with pytest.raises(UserError, match="doesn't fit any more"):
        desk.do(writing.write, CreditLetter("two", credited.id, "refund_made", refund_id))


def test_a_paid_refund_is_told_and_one_that_came_back_asks_for_other_details(desk, colleague, credited):
    refund_id = approved(desk, colleague, credited, "70.00", "one", RefundMethod.FINANCE)
    with pytest.raises(UserError, match="nothing to write about it yet"):
        desk.ask(writing.form, credited.id, refund_id)
    desk.do(payments.send, payment())
    made = desk.do(writing.write, CreditLetter("paid", credited.id, "refund_made", refund_id))
    said = body(desk, made.outgoing_id)
    for line in ("Paid | to the bank account ending 58", "Day | 24 November 2026", "says | REFUND 1"):
        assert line in said
    assert made.attempt_id is None
    desk.do(payments.came_back, Returned(refund_id, date(2026, 11, 21), "The account is closed"))
    asks = desk.do(writing.write, CreditLetter("back", credited.id, "refund_more_needed", refund_id))
    assert "- a bank statement of the last three months" in body(desk, asks.outgoing_id)


def test_a_refund_in_a_bacs_file_is_told_once_the_file_was_sent(desk, colleague, council, credited):
    """Processed on Tuesday 24 November, the money is there on Wednesday; a file that the bank refused paid nothing."""
    council(credit_files="yes")
    refund_id = approved(desk, colleague, credited, "70.00", "one", RefundMethod.BACS)
    payment_id = desk.do(payments.send, payment(RefundMethod.BACS)).payment_id
    letter = CreditLetter("paid", credited.id, "refund_made", refund_id)
    for does in (writing.form, writing.preview, writing.write):
        asks = (letter,) if does is not writing.form else (credited.id, refund_id)
        with pytest.raises(UserError, match="The Bacs file of refund 1 isn't marked as sent: nothing is paid yet"):
            desk.do(does, *asks)
    desk.do(settling.mark_sent, payment_id)
    made = desk.do(writing.write, letter)
    assert "Day | 25 November 2026" in body(desk, made.outgoing_id)
    colleague.do(settling.refused, payment_id, "Unbalanced")
    with pytest.raises(UserError, match="nothing to write about it yet"):
        desk.ask(writing.form, credited.id, refund_id)


def test_a_refused_refund_is_told_with_the_reason_after_a_second_person_read_it(desk, credited):
    refund_id = asked(desk, credited)
    desk.do(refunds.withdraw, refund_id, "The garage first")
    letter = CreditLetter("one", credited.id, "refund_refused", refund_id)
    with pytest.raises(UserError, match="'Why' is not filled in"):
        desk.do(writing.write, letter)
    why = {"why": "You owe more than that for your garage."}
    made = desk.do(writing.write, CreditLetter("one", credited.id, "refund_refused", refund_id, why))
    assert made.told == "Refund refused to Mx Alex Sample waits to be read by a second person."
    row = desk.ask(lambda ctx: ctx.session.get_one(Outgoing, made.outgoing_id))
    assert (row.subject, row.subject_id) == (Subject.REFUND, refund_id)
    assert "You owe more than that for your garage." in row.body


def test_nothing_is_written_about_an_account_that_is_not_in_credit(desk, credited, garage):
    with pytest.raises(UserError, match="isn't in credit"):
        desk.ask(writing.form, garage.id)
    with pytest.raises(UserError, match="no such refund of this account"):
        desk.ask(writing.form, garage.id, asked(desk, credited))
