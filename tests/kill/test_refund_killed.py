"""A refund that is killed between approval and posting, or while its Bacs file is made, is paid once: nothing lost, nothing twice."""

import os

import pytest
from sqlalchemy import func, select

from app.models.bacs import PaymentFile
from app.models.documents import Document
from app.models.ledger import Journal
from app.models.refunds import RefundPayment
from app.models.values import RefundMethod, RefundState
from app.services.adjustments.payments import commands, settling
from app.services.adjustments.refunds import commands as refunds
from app.services.adjustments.refunds import queries
from app.services.adjustments.refunds.dto import NewBank, Waiver
from app.services.approvals import commands as approvals
from app.services.ledger import checks
from tests.processes import killed_before
from tests.services.adjustments.conftest import balance, home, team  # noqa: F401  fixtures
from tests.services.adjustments.payments.test_sending import payment
from tests.services.adjustments.refunds.conftest import asked, credited, stops  # noqa: F401  fixtures
from tests.services.adjustments.refunds.test_bank import details
from tests.services.bacs.conftest import council  # noqa: F401  a fixture

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")
MADE = (RefundPayment, PaymentFile, Document, Journal)
SENDING = (
    "UPDATE counter",
    "INSERT INTO refund_payment",
    "INSERT INTO journal",
    "INSERT INTO payment_file",
    "INSERT INTO document",
    "UPDATE refund_payment",
)


@pytest.fixture
def waiting(desk, colleague, credited, council):  # noqa: F811  fixtures
    """A refund of £70.00 of £220.00, by Bacs, that waits for approval; its id."""
    council(credit_files="yes")
    refund_id = asked(desk, credited, "70.00", method=RefundMethod.BACS)
    desk.do(refunds.give_bank, NewBank(refund_id, details()))
    for check in stops(desk, refund_id):
        desk.do(refunds.waive, Waiver(refund_id, check, "Rang the number on the tenancy file"))
    desk.do(refunds.submit, refund_id)
    return refund_id


def stands(desk, refund_id):
    """Its state, and how many payments, Bacs files, documents and journals there are."""

    def count(ctx):
        return tuple(ctx.session.scalar(select(func.count()).select_from(each)) for each in MADE)

    return desk.ask(queries.detail, refund_id).state, desk.ask(count)


def test_a_killed_refund_is_paid_once(desk, colleague, credited, waiting):  # noqa: F811
    begun, made = stands(desk, waiting)
    request_id = desk.ask(queries.detail, waiting).request_id

    def approve(own):
        own.do(approvals.approve, [request_id])

    killed_before(desk, "colleague", approve, "UPDATE refund")
    assert stands(desk, waiting) == (begun, made)
    killed_before(desk, "colleague", approve)
    assert stands(desk, waiting) == (RefundState.APPROVED, made)

    def send(own):
        own.do(commands.send, payment(RefundMethod.BACS))

    for step in SENDING:
        killed_before(desk, "officer", send, step)
        assert stands(desk, waiting) == (RefundState.APPROVED, made), step
    assert balance(desk, credited) == -220_00
    killed_before(desk, "officer", send)
    payments, files, documents, journals = made
    paid = (RefundState.SENT, (payments + 1, files + 1, documents + 2, journals + 1))
    assert stands(desk, waiting) == paid
    sent = desk.do(commands.send, payment(RefundMethod.BACS))
    assert stands(desk, waiting) == paid

    def cancel(own):
        own.do(settling.cancel, sent.payment_id, "The wrong day")

    for step in ("UPDATE payment_file", "INSERT INTO journal", "UPDATE refund "):
        killed_before(desk, "colleague", cancel, step)
        assert stands(desk, waiting) == paid, step
    killed_before(desk, "colleague", cancel)
    assert (desk.ask(queries.detail, waiting).state, balance(desk, credited)) == (RefundState.APPROVED, -220_00)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(PaymentFile.serial)).all()) == [1]
    assert desk.ask(checks.check) == ()
