"""Refunds on screen: begun in the credit list, waived, given bank details and changed at the gate, and withdrawn.

Specimen has 60.00 to its credit and is charged 80.00 a week, so all of it is rent in advance.
"""

import pytest

from app.models.values import GateState, Money, NameCheck, RefundMethod, RefundState
from app.services.adjustments.refunds import queries
from app.views.adjustments.bank import BankSheet
from app.views.adjustments.controller.credits import CreditsController
from app.views.adjustments.gate import GateSheet
from app.views.adjustments.refund import RefundSheet
from tests.views.desktop import wait


@pytest.fixture
def page(office, qtbot):
    """The page of the credit list."""
    controller = CreditsController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1300, 800)
    controller.page.show()
    controller.refresh()
    wait(qtbot, lambda: controller.page.model.rows and not office.tasks.busy)
    return controller.page


@pytest.fixture
def sheet_of(office, page, qtbot):
    """The sheet of a kind that is open."""

    def find(kind):
        wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)) and not office.tasks.busy)
        return next(each for each in page.findChildren(kind) if each.isVisible())

    return find


@pytest.fixture
def gate(page, sheet_of, qtbot):
    """The gate of a refund of £60.00 by finance."""
    assert [(row.name, row.credit, row.refundable) for row in page.model.rows] == [
        ("Mx Sam Specimen", Money(60_00), Money(0))
    ]
    action(page, "New refund").trigger()
    sheet = sheet_of(RefundSheet)
    sheet.fields.fill({"reason": "Moving away", "method": RefundMethod.FINANCE})
    sheet.confirm_action.trigger()
    made = sheet_of(GateSheet)
    yield made
    if not made.over:
        made.done(0)


def action(widget, words):
    return next(each for each in widget.actions() if each.text() == words)


def choose(gate, key):
    gate.table.go_to(next(at for at, check in enumerate(gate.found.gate.checks) if check.key == key))


def test_a_stop_is_waived_with_a_reason_and_bank_details_are_given(gate, office, sheet_of, qtbot):
    assert [check.key for check in gate.found.gate.stops] == ["advance", "direct_debit", "evidence", "bank"]
    choose(gate, "evidence")
    assert not action(gate, "Waive").isEnabled()
    choose(gate, "advance")
    gate._reason.set_value("They leave on Monday")
    action(gate, "Waive").trigger()
    wait(qtbot, lambda: len(gate.found.gate.stops) == 3 and not office.tasks.busy)
    waived = next(check for check in gate.found.gate.checks if check.state is GateState.WAIVED)
    assert (waived.key, waived.cleared_why) == ("advance", "They leave on Monday")

    action(gate, "Bank details").trigger()
    bank = sheet_of(BankSheet)
    bank.fields.fill({"sort_code": "08-99-99", "account_number": "12"})
    bank.confirm_action.trigger()
    wait(qtbot, lambda: bank.fields.error_of("account_number") and not office.tasks.busy)
    bank.fields.fill({"account_number": "66374958", "name_check": NameCheck.MATCH})
    bank.confirm_action.trigger()
    wait(qtbot, lambda: "ending 58" in gate.found.bank and not office.tasks.busy)
    assert [check.key for check in gate.found.gate.stops] == ["direct_debit", "evidence", "new_details"]
    assert not gate.confirm_action.isEnabled()


def test_a_refund_is_changed_and_withdrawn(gate, office, sheet_of, qtbot):
    action(gate, "Change").trigger()
    sheet = sheet_of(RefundSheet)
    assert sheet.fields.values()["amount"] == Money(60_00)
    sheet.fields.fill({"amount": Money(20_00)})
    sheet.confirm_action.trigger()
    again = sheet_of(GateSheet)
    assert again.found.amount == Money(20_00)
    again._reason.set_value("They stay after all")
    action(again, "Withdraw").trigger()
    wait(qtbot, lambda: again.over and not office.tasks.busy)
    found = office.desk.ask(queries.detail, again.found.refund_id)
    assert (found.state, found.returned_why) == (RefundState.WITHDRAWN, "They stay after all")
