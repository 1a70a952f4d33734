"""Refunds sent on screen: the cheque of £50.00 is posted, its list saved with a PDF beside it, and put back when it returns."""

import pytest

from app.models.values import Money, RefundMethod, RefundState
from app.services.adjustments.payments.dto import Shown
from app.views.adjustments.controller.payments import PaymentsController
from app.views.adjustments.payments import ReturnedSheet, SendSheet
from tests.services.adjustments.conftest import balance, home, team
from tests.services.adjustments.payments.conftest import approved
from tests.services.adjustments.refunds.conftest import credited
from tests.views.desktop import answer_file, wait


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@pytest.fixture
def page(desk, colleague, credited, office, qtbot):
    """The page of payments, with one cheque to pay."""
    approved(desk, colleague, credited, "50.00", "one", RefundMethod.CHEQUE)
    controller = PaymentsController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1300, 800)
    controller.page.show()
    controller.refresh()
    wait(qtbot, lambda: controller.page.model.rows and not office.tasks.busy)
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
    back = open_by(page, "Came back", ReturnedSheet, qtbot, office)
    back.fields.fill({"why": "Not presented, stopped"})
    back.confirm_action.trigger()
    wait(qtbot, lambda: balance(desk, credited) == -220_00 and not office.tasks.busy)
    pressed(page, "Came back", qtbot, office)
    assert [each.returned_why for each in page.model.rows] == ["Not presented, stopped"]


__all__ = ["credited", "home", "team"]
