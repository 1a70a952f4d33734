"""Refunds sent on screen: the cheque of £50.00 is posted, its list saved with a PDF beside it, and put back when it returns."""

from dataclasses import replace

import pytest

from app.models.values import Money, PaymentFileState, RefundMethod, RefundState
from app.services.adjustments.payments import commands, settling
from app.services.adjustments.payments.dto import Shown
from app.views.adjustments.controller.payments import PaymentsController
from app.views.adjustments.gate import GateSheet
from app.views.adjustments.payments import Became, BecameSheet, SendSheet
from tests.services.adjustments.conftest import balance, home, team
from tests.services.adjustments.payments.conftest import approved
from tests.services.adjustments.payments.test_sending import PAY_ON, payment
from tests.services.adjustments.payments.test_settling import filed
from tests.services.adjustments.refunds.conftest import credited
from tests.services.bacs.conftest import council
from tests.views.desktop import answer_file, wait


def offered(sheet):
    return list(sheet._what._values)


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@pytest.fixture
def page(desk, colleague, credited, office, qtbot):
    """The page of payments, with one cheque to pay."""
    approved(desk, colleague, credited, "50.00", "one", RefundMethod.CHEQUE)
    made = shown(office, qtbot)
    wait(qtbot, lambda: made.model.rows and not office.tasks.busy)
    return made


def shown(office, qtbot):
    controller = PaymentsController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1300, 800)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    return controller.page


def open_by(page, words, kind, qtbot, office):
    next(each for each in page.actions() if each.text() == words).trigger()
    wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)) and not office.tasks.busy)
    return next(each for each in page.findChildren(kind) if each.isVisible())


def pressed(page, words, qtbot, office):
    next(button for button in page._buttons if button.text().startswith(words)).click()
    wait(qtbot, lambda: page.model.rows and not office.tasks.busy)


def test_a_cheque_is_sent_saved_and_put_back(page, desk, credited, office, qtbot, tmp_path):
    (row,) = page.model.rows
    assert (row.amount, row.state, page.choice) == (Money(50_00), RefundState.APPROVED, Shown.TO_PAY)
    sheet = open_by(page, "Send", SendSheet, qtbot, office)
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: balance(desk, credited) == -170_00 and not office.tasks.busy)
    answer_file(qtbot, page, tmp_path / "cheques.xlsx")
    wait(qtbot, lambda: (tmp_path / "cheques.request.pdf").exists() and not office.tasks.busy)
    assert (tmp_path / "cheques.xlsx").read_bytes().startswith(b"PK")

    pressed(page, "Paid", qtbot, office)
    back = open_by(page, "What became of it", BecameSheet, qtbot, office)
    back.fields.fill({"why": "Not presented, stopped"})
    back.confirm_action.trigger()
    wait(qtbot, lambda: balance(desk, credited) == -220_00 and not office.tasks.busy)
    pressed(page, "Came back", qtbot, office)
    assert [each.returned_why for each in page.model.rows] == ["Not presented, stopped"]
    gate = open_by(page, "Refund it again", GateSheet, qtbot, office)
    assert (gate.found.amount, gate.found.state) == (Money(50_00), RefundState.DRAFT)
    gate.done(0)


def test_a_bacs_file_is_marked_as_sent(desk, filed, office, qtbot):
    page = shown(office, qtbot)
    pressed(page, "Paid", qtbot, office)
    sheet = open_by(page, "What became of it", BecameSheet, qtbot, office)
    assert sheet.fields.isRowVisible(sheet.fields.labels["reference"])
    assert offered(sheet) == [Became.FILE_SENT, Became.FILE_CANCELLED]
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: page.model.rows[0].file_state is PaymentFileState.SENT and not office.tasks.busy)
    late = BecameSheet(page, replace(page.model.rows[0], file_state=PaymentFileState.MADE), PAY_ON)
    assert offered(late) == [Became.FILE_SENT]


def test_a_bacs_file_of_a_colleague_was_refused_by_the_bank(desk, colleague, credited, council, office, qtbot):
    council(credit_files="yes")
    approved(desk, colleague, credited, "70.00", "one", RefundMethod.BACS)
    colleague.do(settling.mark_sent, colleague.do(commands.send, payment(RefundMethod.BACS)).payment_id)
    page = shown(office, qtbot)
    pressed(page, "Paid", qtbot, office)
    sheet = open_by(page, "What became of it", BecameSheet, qtbot, office)
    sheet.fields.fill({"what": Became.FILE_REFUSED, "why": "Its header was wrong"})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: "1 refund of £70.00" in office.messages.text and not office.tasks.busy)
    pressed(page, "To pay", qtbot, office)
    assert [each.state for each in page.model.rows] == [RefundState.APPROVED]


__all__ = ["council", "credited", "filed", "home", "team"]
