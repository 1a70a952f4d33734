"""Orders by keyboard: a requisition typed, asked for, found again; what may be done with one."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values import Money, OrderState, Subject
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import OrderFilter, OrderSort, OrderView
from app.views.purchase_orders.controller import PurchaseOrdersController
from app.views.purchase_orders.handed import ReceiveOrder
from app.views.purchase_orders.order_sheets import WhySheet
from app.views.purchase_orders.paid import PaidSheet
from app.views.purchase_orders.requisition import RequisitionSheet
from tests.factories import purchasing
from tests.views.desktop import press, sheet_of, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BUDGET = 30
"""Keys for a requisition of one line, all that is typed among them."""


def _bought(ctx):
    """£10,000.00 on HR100 4120; Sample Paints Limited sells."""
    return purchasing.budget(ctx), purchasing.supplier(ctx).id


@pytest.fixture
def bought(landlord_desk):
    """The code and the supplier."""
    return landlord_desk.do(_bought)


@pytest.fixture
def tab(office, bought, qtbot):
    """The tab by itself, with nothing ordered yet."""
    made = PurchaseOrdersController(office)
    qtbot.addWidget(made.page)
    made.page.resize(1400, 860)
    made.page.show()
    office.bus.changed.connect(lambda _changes: made.refresh())
    wait(qtbot, lambda: not office.tasks.busy)
    return made


def draft(office, bought, **other):
    """A draft of £200.00, 20 units of £10.00."""
    budget_id, supplier_id = bought
    return office.desk.do(
        lambda ctx: (
            purchasing.order(
                ctx,
                (20, 10, {budget_id: 200_00}),
                supplier_id=supplier_id,
                state=OrderState.DRAFT,
                restate=False,
                made_by=ctx.officer.id,
                **other,
            ).id
        )
    )


def test_a_requisition_of_one_line_is_asked_for_without_the_mouse_within_its_budget(office, tab, bought, qtbot):
    keys = 0

    def typed(words):
        nonlocal keys
        keys += len(words)
        type_text(sheet, words)

    def pressed(key, held=Qt.KeyboardModifier.NoModifier, on=None):
        nonlocal keys
        keys += 1
        if on is None:
            press(sheet, key, held)
        else:
            QTest.keyClick(on, key)

    press(tab.page, Qt.Key.Key_Return, CTRL)
    keys += 1
    sheet = sheet_of(qtbot, RequisitionSheet)
    sheet.retype({**sheet.typed(), "ask": False})
    typed("pai")
    wait(qtbot, lambda: sheet._supplier.completer_popup().isVisible())
    pressed(Qt.Key.Key_Return, on=sheet._supplier.completer_popup())
    wait(qtbot, lambda: sheet._supplier.value() == bought[1])
    table = sheet.lines.table
    wait(qtbot, lambda: table.state() is table.State.EditingState)
    for words in ("Paint", "12", "9.5", "41"):
        typed(words)
        pressed(Qt.Key.Key_Return)
    pressed(Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: tab.page.detail is not None and not office.tasks.busy)
    row = tab.page.detail.row
    # 12 at £9.50 are £114.00, and 20% VAT of it £22.80; the title is that of the line
    assert (row.title, row.net, row.vat, row.state) == ("Paint", Money(114_00), Money(22_80), OrderState.DRAFT)
    assert tab.page.detail.lines[0].codes[0].budget_id == bought[0]
    assert keys <= BUDGET, keys


def test_what_it_comes_to_stands_beside_what_is_typed(office, tab, bought, qtbot):
    press(tab.page, Qt.Key.Key_Return, CTRL)
    sheet = sheet_of(qtbot, RequisitionSheet)
    # 2,000 at £10.00 are £20,000.00 and £4,000.00 VAT; the code has £10,000.00
    sheet.lines.set_value(
        [{"description": "Boilers", "quantity": "2000", "price": "10", "code": [str(bought[0]), "x", ""]}]
    )
    wait(qtbot, lambda: "in all" in sheet.effects.text())
    said = sheet.effects.text()
    assert "£24,000.00 in all" in said
    assert "£10,000.00 over" in said
    assert "wants 3 quotations" in said
    sheet.reject()


def test_a_draft_is_withdrawn_with_a_reason_and_found_no_more_among_what_waits(office, tab, bought, qtbot):
    order_id = draft(office, bought)
    tab.refresh()
    tab.open_record(Subject.PURCHASE_ORDER, order_id)
    wait(qtbot, lambda: tab.page.detail is not None and not office.tasks.busy)
    press(tab.page, Qt.Key.Key_F7)
    sheet = sheet_of(qtbot, WhySheet)
    type_text(sheet, "Not needed")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: tab.page.detail.row.state is OrderState.WITHDRAWN and not office.tasks.busy)
    assert "Not needed" in tab.page.card._standing.text()
    mine = office.desk.ask(queries.ids, OrderFilter(view=OrderView.MINE), OrderSort.NUMBER, descending=False)
    assert order_id not in mine


def test_views_say_how_many_they_have_and_a_filter_is_taken_away_again(office, tab, bought, qtbot):
    draft(office, bought)
    tab.refresh()
    wait(qtbot, lambda: tab.page.list.model.rowCount() == 1 and not office.tasks.busy)
    tab.show_only(OrderFilter(view=OrderView.TO_SEND))
    wait(qtbot, lambda: tab.page.list.model.rowCount() == 0 and not office.tasks.busy)
    tab.page.list.bar.quick["view", OrderView.TO_SEND].click()
    wait(qtbot, lambda: tab.page.list.model.rowCount() == 1 and not office.tasks.busy)


def test_is_it_paid_is_asked_with_one_key_and_says_what_it_does_not_know(office, tab, qtbot):
    press(tab.page, Qt.Key.Key_F8)
    sheet = sheet_of(qtbot, PaidSheet)
    type_text(sheet, "nobody")
    wait(qtbot, lambda: "Nothing is known of 'nobody'" in sheet.answer.text())
    sheet.reject()


def test_what_is_not_the_officers_is_said_in_words(office, tab, qtbot):
    tab.page.offered = replace(tab.page.offered, sections=())
    tab.show_only(ReceiveOrder(1, "PO00001"))
    assert "a colleague's" in office.messages.text
