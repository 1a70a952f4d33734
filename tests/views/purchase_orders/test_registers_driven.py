"""Suppliers and budgets by keyboard, to what they leave in the database: kept, changed, held, paid elsewhere, money moved."""

import pytest

from app.models.purchase_orders.budgets import Budget, BudgetMove
from app.models.values import BlockScope, BudgetMoveState, DetailState
from app.services.approvals import commands as approvals
from app.services.purchase_orders.suppliers import queries
from app.services.purchase_orders.suppliers.bank import queries as banks
from app.views.purchase_orders.budget_sheets import MoveSheet
from app.views.purchase_orders.controller.budgets import BudgetsController
from app.views.purchase_orders.controller.suppliers import SuppliersController
from app.views.purchase_orders.supplier_bank import BankSheet, RevealSheet
from app.views.purchase_orders.supplier_sheets import BlockSheet, NewSupplierSheet, ReleaseSheet, SupplierSheet
from tests.factories import purchasing
from tests.factories.debits import OLD
from tests.prepared import prepared
from tests.views.purchase_orders.hands import BOTH, CTRL, SHIFT, Hands, Key


@prepared
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def leader(colleague):
    """A team leader whose limit covers what is asked for."""
    colleague.do(purchasing.order_limit)
    return colleague


@prepared
def made(landlord_desk, leader):
    """A supplier, and two codes with £100.00 and £900.00."""

    def make(ctx):
        purchasing.budget(ctx, pence=100_00)
        purchasing.budget(ctx, subjective="4130", pence=900_00)
        return purchasing.supplier(ctx).id

    return landlord_desk.do(make)


@pytest.fixture
def opened(office, qtbot):
    """Open a section by itself; its controller, and the hands of the officer at it."""

    def open_(kind):
        section = kind(office)
        qtbot.addWidget(section.page)
        section.page.resize(1400, 860)
        section.page.show()
        office.bus.changed.connect(lambda _changes: section.refresh())
        section.refresh()
        hands = Hands(office, section.page, qtbot)
        hands.until(lambda: True)
        return section, hands

    return open_


def test_a_supplier_is_kept_changed_held_and_released(opened, made, office):
    section, hands = opened(SuppliersController)
    sheet = hands.opens(NewSupplierSheet, Key.Key_Return, CTRL)
    hands.types(sheet, name="Third Roofing Limited", vat_number="123")
    sheet.fields.fill({"category_id": office.desk.ask(purchasing.category)})
    hands.refused(sheet, "vat_number")
    hands.types(sheet, vat_number="", phone="01632 960300")
    hands.saves(sheet)
    hands.until(lambda: section.page.list.model.rowCount() == 2)

    section.open_record(None, made)
    hands.until(lambda: section.page.detail is not None and section.page.detail.row.supplier_id == made)
    sheet = hands.opens(SupplierSheet, Key.Key_F2)
    hands.until(lambda: sheet.record.version > 0)
    sheet.record.form.fill({"terms_days": 14})
    hands.press(Key.Key_S, CTRL, on=sheet)
    hands.until(lambda: section.page.detail.fields.terms_days == 14)

    sheet = hands.opens(BlockSheet, Key.Key_F7)
    hands.refused(sheet, "reason")
    hands.types(sheet, reason="Insurance lapsed")
    hands.saves(sheet)
    hands.until(lambda: BlockScope.ORDERS in section.page.detail.row.blocked)
    sheet = hands.opens(ReleaseSheet, Key.Key_F7, SHIFT)
    hands.refused(sheet, "reason")
    hands.types(sheet, reason="Renewed")
    hands.saves(sheet)
    hands.until(lambda: not section.page.detail.row.blocked)
    assert office.desk.ask(queries.detail, made).fields.terms_days == 14


def test_bank_details_are_asked_for_after_a_call_approved_and_looked_at(opened, made, office, leader):
    section, hands = opened(SuppliersController)
    section.open_record(None, made)
    hands.until(lambda: section.page.detail is not None)
    sheet = hands.opens(BankSheet, Key.Key_B, BOTH)
    hands.types(sheet, sort_code=OLD[0], account_number=OLD[1], asked_how="Letter of 18 November")
    sheet.fields.fill({"called_number": "01632 960999", "called_whom": "Their accounts desk"})
    assert "isn't the number" in hands.refused(sheet, "called_number")
    assert sheet.fields.values()["called_whom"] == "Their accounts desk"
    sheet.fields.fill({"called_number": "01632 960100"})
    hands.saves(sheet)
    [waits] = office.desk.ask(banks.of_supplier, made)
    assert waits.state is DetailState.PROPOSED
    leader.do(approvals.approve, [waits.request_id])
    section.refresh()
    hands.until(lambda: [each.state for each in section.page.detail.banks] == [DetailState.IN_FORCE])
    sheet = hands.opens(RevealSheet, Key.Key_V, BOTH)
    assert OLD[1] in sheet.numbers.text()
    hands.press(Key.Key_Escape, on=sheet)


def test_money_is_moved_between_codes_once_another_officer_approves(opened, made, office, leader):
    _, hands = opened(BudgetsController)
    sheet = hands.opens(MoveSheet, Key.Key_M, CTRL)
    hands.until(lambda: sheet.grid.table.state() is sheet.grid.table.State.EditingState)
    hands.fills(sheet, "4120", "50", "", "4130", "", "40")
    hands.types(sheet, reason="More paint")
    hands.tries(sheet)
    hands.until(lambda: "out by £10.00" in sheet.messages.text or hands.wrong(sheet))
    hands.writes(sheet, "40", row=0, column=1)
    hands.saves(sheet)
    [move] = office.desk.ask(lambda ctx: ctx.session.query(BudgetMove).all())
    assert move.state is BudgetMoveState.WAITING
    leader.do(approvals.approve, [move.request_id])
    left = office.desk.ask(lambda ctx: [each.revised_pence for each in ctx.session.query(Budget).order_by(Budget.id)])
    assert left == [40_00, -40_00]
