"""Works on a property by keyboard: raised from an account, done, and handed to Adjustments to be recharged."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.accounts import Account
from app.models.purchase_orders.orders import WorksOrder
from app.models.tenancies import Tenancy
from app.models.values import OrderKind, Subject
from app.services.purchase_orders.works import queries
from app.views.common.begin_work import BeginWork
from app.views.purchase_orders.controller import PurchaseOrdersController
from app.views.purchase_orders.works_order import DoneSheet, WorksSheet
from tests.factories import purchasing
from tests.views.desktop import press, sheet_of, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def tab(office, qtbot):
    """The tab by itself; the account that is opened is noted."""
    opened = []
    office = replace(office, open_record=lambda *record: opened.append(record))
    made = PurchaseOrdersController(office)
    made.opened = opened
    qtbot.addWidget(made.page)
    made.page.resize(1400, 860)
    made.page.show()
    wait(qtbot, lambda: not office.tasks.busy)
    return made


def _order(ctx, account_id):
    """An open works order of £50.00 on the property of an account, whoever raised it."""
    tenancy = ctx.session.get(Tenancy, ctx.session.get(Account, account_id).tenancy_id)
    purchasing.policy(ctx, "purchasing.receiver_not_orderer", "no")
    code = purchasing.budget(ctx)
    row = purchasing.order(ctx, (1, 50, {code: 50_00}), kind=OrderKind.WORKS, made_by=ctx.officer.id)
    ctx.session.add(
        WorksOrder(
            order_id=row.id,
            property_id=tenancy.property_id,
            account_id=account_id,
            trade="Plumbing",
            priority="urgent",
            reported_on=date(2026, 11, 12),
            target_on=date(2026, 11, 19),
        )
    )
    ctx.session.flush()
    return row.id


def test_works_are_raised_on_the_property_of_an_account_and_the_officer_is_back_there(office, tab, accounts, qtbot):
    code, supplier = office.desk.do(lambda ctx: (purchasing.budget(ctx), purchasing.supplier(ctx).id))
    tab.show_only(BeginWork(accounts["Testerton"], "works_order"))
    sheet = sheet_of(qtbot, WorksSheet)
    assert "0012 4471 03" in sheet._there.text()
    # routine works are to be done within 28 days of 21 November 2026
    assert sheet._target.text() == "To be done by Sat 19 Dec 2026."
    sheet.retype({**sheet.typed(), "ask": False, "trade": "Plumbing", "supplier_id": [str(supplier), "Sample", ""]})
    sheet.lines.set_value(
        [{"description": "Mend the tap", "quantity": "1", "price": "80", "code": [str(code), "c", ""]}]
    )
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: sheet.over or sheet.messages.text)
    assert sheet.over, sheet.messages.text
    wait(qtbot, lambda: tab.opened and not office.tasks.busy)
    assert set(tab.opened) == {(Subject.ACCOUNT, accounts["Testerton"])}
    (row,) = office.desk.ask(queries.of_account, accounts["Testerton"])
    assert (row.trade, row.priority, row.target_on) == ("Plumbing", "Routine", date(2026, 12, 19))


def test_works_that_are_late_say_so_and_are_done_and_handed_on_to_be_recharged(office, tab, accounts, qtbot):
    order_id = office.desk.do(_order, accounts["Testerton"])
    tab.refresh()
    tab.open_record(Subject.PURCHASE_ORDER, order_id)
    wait(qtbot, lambda: "2 days late" in tab.page.card._works.text() and not office.tasks.busy)
    press(tab.page, Qt.Key.Key_D, CTRL | SHIFT)
    sheet = sheet_of(qtbot, DoneSheet)
    sheet.fields.fill({"words": "Tap renewed"})
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: sheet.over or sheet.messages.text)
    assert sheet.over, sheet.messages.text
    wait(qtbot, lambda: office.desk.ask(queries.detail, order_id).row.completed_on == date(2026, 11, 21))
    tab.refresh()
    wait(qtbot, lambda: "Tap renewed" in tab.page.card._works.text() and not office.tasks.busy)
    handed = []
    tab.office = replace(tab.office, show_only=lambda area, wanted: handed.append((area, wanted)))
    press(tab.page, Qt.Key.Key_H, CTRL | SHIFT)
    wait(qtbot, lambda: bool(handed))
    area, wanted = handed[0]
    assert (area, wanted.work, wanted.account_id) == ("adjustments", "recharging", accounts["Testerton"])
    assert (wanted.known["net"].pence, wanted.known["job"]) == (50_00, tab.page.detail.row.number)


def test_a_property_is_found_as_it_is_typed(office, tab, qtbot):
    press(tab.page, Qt.Key.Key_W, CTRL | SHIFT)
    sheet = sheet_of(qtbot, WorksSheet)
    type_text(sheet, "a")
    wait(qtbot, lambda: sheet._property.completer_popup().isVisible() or not office.tasks.busy)
    assert sheet.works() is None
    sheet.reject()
