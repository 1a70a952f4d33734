"""Receiving on screen: what is awaited, received by one key or in part, and what a colleague recorded meanwhile."""

from datetime import date

import pytest

from app.services.purchase_orders.receipts import commands, queries
from app.services.purchase_orders.receipts.dto import LineQuantity, NewReceipt
from app.views.purchase_orders.controller.receiving import ReceivingController
from app.views.purchase_orders.handed import ReceiveOrder
from app.views.purchase_orders.receiving_accruals import AccrualsSheet
from app.views.purchase_orders.receiving_sheets import CorrectSheet, ReceiveSheet, ReturnSheet
from tests.factories import purchasing
from tests.prepared import prepared
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def order_id(desk):
    """Ten at £20.00, wanted ten days ago, by an order that another officer raised."""

    def make(ctx):
        purchasing.policy(ctx, "purchasing.receiver_not_orderer", "no")
        budget = purchasing.budget(ctx)
        return purchasing.order(ctx, (10, 20, {budget: 200_00}), wanted_on=date(2026, 11, 11)).id

    return desk.do(make)


@pytest.fixture
def page(order_id, office, qtbot):
    controller = ReceivingController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1400, 800)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    controller.take(ReceiveOrder(order_id, "PO00001"))
    wait(qtbot, lambda: controller.page.form is not None and not office.tasks.busy)
    return controller.page


def sheet_of(page, kind, qtbot):
    wait(qtbot, lambda: bool(page.findChildren(kind)))
    return page.findChildren(kind)[-1]


def received(desk, order_id):
    return desk.ask(lambda ctx: queries.form(ctx, order_id)).lines[0].received


def test_one_key_receives_all_that_is_left_and_a_second_press_nothing(page, order_id, desk, qtbot, office):
    """Ten came; the line isn't awaited any more, and its day was ten days ago."""
    (row,) = page.list.model.held()
    assert (row.late_days, row.left) == (10, 10_000)
    page.every.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    assert received(desk, order_id) == 10_000
    assert not page.every.isEnabled()
    assert [each.number for each in page.receipts.rows] == ["GR00001"]


def test_part_is_received_and_what_a_colleague_recorded_meanwhile_is_said_beside_what_is_typed(
    page, order_id, desk, qtbot, office
):
    """I type 6 of 10 while a colleague records 4: mine are refused, stay typed, and fit: 4 and 6 are 10."""
    page.part.trigger()
    sheet = sheet_of(page, ReceiveSheet, qtbot)
    line = sheet.shown.lines[0]
    name = f"line{line.line_id}"
    assert sheet.fields.values()[name] == 10_000
    sheet.fields.fill({name: 12_000})
    assert "At most 10 may be received" in sheet._said[line.line_id].text()
    sheet.fields.fill({name: 6_000, "delivery_note": "DN-1"})
    theirs = NewReceipt(
        "theirs", order_id, sheet.shown.version, date(2026, 11, 21), (LineQuantity(line.line_id, 4_000),)
    )
    desk.do(commands.receive, theirs)

    sheet.confirm_action.trigger()
    wait(qtbot, lambda: "meanwhile" in sheet._said[line.line_id].text())
    assert "A colleague recorded 4 meanwhile" in sheet._said[line.line_id].text()
    assert sheet.fields.values()[name] == 6_000
    assert sheet.fields.values()["delivery_note"] == "DN-1"
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and received(desk, order_id) == 10_000)


def test_what_went_back_and_a_wrong_receipt_are_recorded_with_their_reason(page, order_id, desk, qtbot, office):
    """Of ten two went back: eight; then the receipt should have said nine: seven."""
    page.every.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    page.back.trigger()
    back = sheet_of(page, ReturnSheet, qtbot)
    back.fields.fill({f"line{back.shown.lines[0].line_id}": 2_000, "reason": "Cracked"})
    back.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and received(desk, order_id) == 8_000)

    wait(qtbot, lambda: len(page.receipts.rows) == 2)
    page.go_to(page.receipts.rows[-1].receipt_id)
    page.correct.trigger()
    right = sheet_of(page, CorrectSheet, qtbot)
    line_id = right.shown.lines[0].line_id
    assert right.fields.values()[f"line{line_id}"] == 10_000
    right.fields.fill({f"line{line_id}": 9_000, "reason": "Counted again"})
    assert right._said[line_id].text() == "The receipt says 10 each. 1 fewer."
    right.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy and received(desk, order_id) == 7_000)


def test_received_and_not_invoiced_is_listed_as_at_a_day_with_its_total_by_code(page, qtbot, office):
    """Ten at £20.00 came: £200.00 on one code; on the day before nothing."""
    page.every.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    page.accruals_wanted.emit()
    sheet = sheet_of(page, AccrualsSheet, qtbot)
    wait(qtbot, lambda: bool(sheet.rows.rows))
    assert [(each.code, str(each.amount)) for each in sheet.codes.rows] == [("HR100 4120", "£200.00")]
    sheet.on.set_value(date(2026, 11, 1))
    wait(qtbot, lambda: not sheet.rows.rows)
    sheet.close()
