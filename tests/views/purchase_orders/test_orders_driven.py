"""Sheets of orders by keyboard, to what they leave in the database: quotations, approval, sending, amendments, the end."""

import pytest
from PySide6.QtPrintSupport import QPrintDialog

from app.models.letters import Outgoing
from app.models.values import Money, OrderSent, OrderState, OrderVersionState, Subject, WaiverReason
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.orders import versions
from app.views.purchase_orders.amend import AmendSheet
from app.views.purchase_orders.controller import PurchaseOrdersController
from app.views.purchase_orders.order_sheets import CancelRestSheet, WhySheet
from app.views.purchase_orders.quotations import ChooseSheet, QuotationSheet, WaiverSheet
from app.views.purchase_orders.requisition import RequisitionSheet
from app.views.purchase_orders.send import SendSheet
from tests.factories import approving, purchasing
from tests.prepared import prepared
from tests.views.desktop import sheet_of
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands, Key


def _furnish(ctx):
    """£100,000.00 on HR100 4120; a draft of £6,000.00 that wants three quotations; an open order of £1,020.00."""
    code = purchasing.budget(ctx, pence=100_000_00)
    supplier = purchasing.supplier(ctx, "Sample Heating Limited").id
    purchasing.supplier(ctx, "Example Heating Limited")
    mine = {"supplier_id": supplier, "made_by": ctx.officer.id}
    draft = purchasing.order(ctx, (12, 500, {code: 6_000_00}), state=OrderState.DRAFT, restate=False, **mine)
    order = purchasing.order(ctx, (100, 10, {code: 1_000_00}), (1, 20, {code: 20_00}), **mine)
    with approving.carried_out(ctx, "purchase_order", order.id):
        versions.write(ctx, order, OrderVersionState.APPROVED, "", approved=True)
    return code, supplier, draft.id, order.id


@prepared
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@prepared
def leader(colleague):
    """A team leader whose limit covers orders."""
    colleague.do(purchasing.order_limit)
    return colleague


@prepared
def made(landlord_desk, leader):
    """The code, the supplier, the draft and the order."""
    return landlord_desk.do(_furnish)


@pytest.fixture
def tab(office, made, qtbot):
    """The tab by itself."""
    shown = PurchaseOrdersController(office)
    qtbot.addWidget(shown.page)
    shown.page.resize(1400, 860)
    shown.page.show()
    office.bus.changed.connect(lambda _changes: shown.refresh())
    return shown


@pytest.fixture
def hands(office, tab, qtbot):
    """Those of the officer at it."""
    return Hands(office, tab.page, qtbot)


def _quotes(tab, hands, supplier, net, vat):
    there = len(tab.page.detail.quotations)
    sheet = hands.opens(QuotationSheet, Key.Key_Q, BOTH)
    hands.picks(sheet, "supplier_id", supplier)
    if not there:
        hands.types(sheet, net="six")
        assert "amount" in hands.refused(sheet, "net")
        assert sheet.fields.values()["supplier_id"] is not None
    hands.types(sheet, net=net, vat=vat, reference="Q-88")
    hands.saves(sheet)
    hands.until(lambda: len(tab.page.detail.quotations) == there + 1)


def test_quotations_a_choice_and_a_waiver_go_before_the_request(tab, hands, made):
    _, supplier, draft, _ = made
    hands.shows(tab, draft)
    _quotes(tab, hands, "sam", "6000", "1200")
    _quotes(tab, hands, "exa", "5800", "1160")
    sheet = hands.opens(ChooseSheet, Key.Key_C, BOTH)
    sheet.fields.fill({"quotation_id": tab.page.detail.quotations[0].quotation_id})
    assert "£5,800.00" in hands.refused(sheet, "why")
    hands.types(sheet, why="They come sooner")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.quotations[0].chosen)
    hands.press(Key.Key_A, BOTH)
    hands.until(lambda: "2 are recorded" in hands.told())
    sheet = hands.menu(WaiverSheet, "Fewer quotations")
    sheet.fields.fill({"reason": WaiverReason.EMERGENCY})
    hands.refused(sheet, "words")
    hands.types(sheet, words="No heat at the hostel")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.waiver is WaiverReason.EMERGENCY)
    kept = hands.kept(draft)
    assert (kept.waiver_words, kept.row.supplier_id) == ("No heat at the hostel", supplier)
    assert [each.chosen_why for each in kept.quotations] == ["They come sooner", ""]


def test_what_waits_is_taken_back_changed_asked_again_approved_and_sent(tab, hands, made, leader, office, qtbot):
    code, _, draft, _ = made
    hands.shows(tab, draft)
    sheet = hands.opens(RequisitionSheet, Key.Key_F2)
    hands.writes(sheet, "8", row=0, column=1)
    hands.types(sheet, title="Radiators of the hostel", reason="Cold")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.net == Money(4_000_00))
    for state in (OrderState.DRAFT, None):
        hands.press(Key.Key_A, BOTH)
        hands.until(lambda: tab.page.detail.row.state is OrderState.WAITING)
        if state is not None:
            sheet = hands.opens(WhySheet, Key.Key_F7)
            hands.refused(sheet, "reason")
            hands.types(sheet, reason="Another size")
            hands.saves(sheet)
            hands.until(lambda: tab.page.detail.row.state is OrderState.DRAFT)
    hands.approves(leader, draft)
    # £4,000.00 beside the £1,020.00 of the other order
    assert office.desk.ask(purchasing.stands, code)[0] == 5_020_00
    hands.shows(tab, draft)
    sheet = hands.opens(SendSheet, Key.Key_S, BOTH)
    hands.types(sheet, to="nobody")
    assert "'nobody'" in hands.refused(sheet, "to")
    hands.types(sheet, to="orders@heating.example")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.sent_on is not None)
    assert office.desk.ask(lambda ctx: [each.address for each in ctx.session.query(Outgoing)]) == [
        "orders@heating.example"
    ]
    sheet = hands.opens(SendSheet, Key.Key_S, BOTH)
    sheet.fields.fill({"by": OrderSent.PRINTED})
    hands.saves(sheet)
    sheet_of(qtbot, QPrintDialog).reject()
    hands.until(lambda: tab.page.detail.sent_by is OrderSent.PRINTED)
    assert "printed again" in hands.told()


def _amends(hands, quantity, reason):
    sheet = hands.opens(AmendSheet, Key.Key_E, BOTH)
    hands.writes(sheet, quantity, row=0, column=1)
    hands.types(sheet, reason=reason)
    hands.saves(sheet)


def test_amended_within_the_tolerance_and_above_it_and_taken_back(tab, hands, made, leader, office, monkeypatch):
    code, _, _, order = made

    def latest():
        return tab.page.detail.versions[0]

    hands.shows(tab, order)
    sheet = hands.opens(AmendSheet, Key.Key_E, BOTH)
    hands.writes(sheet, "0", row=0, column=1)
    hands.refused(sheet, "lines")
    sheet.reject()
    _amends(hands, "104", "Four more doors")
    hands.until(lambda: tab.page.detail.row.net == Money(1_060_00))
    assert "up to £51.00 needs no approval" in hands.told()
    assert office.desk.ask(purchasing.stands, code)[0] == 1_060_00
    _amends(hands, "150", "A whole floor")
    hands.until(lambda: latest().state is OrderVersionState.WAITING)
    assert office.desk.ask(purchasing.stands, code)[0] == 1_060_00
    opened = []
    monkeypatch.setattr(type(office), "open_record", lambda _office, *about: opened.append(about))
    hands.press(Key.Key_G, BOTH)
    hands.until(lambda: opened)
    assert opened == [(Subject.APPROVAL, latest().request_id)]
    monkeypatch.undo()
    sheet = hands.menu(WhySheet, "Take back the amendment")
    hands.refused(sheet, "reason")
    hands.types(sheet, reason="Not this year")
    hands.saves(sheet)
    hands.until(lambda: latest().state is OrderVersionState.WITHDRAWN)
    _amends(hands, "150", "A whole floor")
    hands.until(lambda: latest().state is OrderVersionState.WAITING)
    hands.approves(leader, order)
    assert office.desk.ask(purchasing.stands, code)[0] == 1_520_00


def _came(ctx, order_id):
    """Forty of the first line came."""
    purchasing.lines(ctx, order_id)[0].received = 40_000
    budgets.restate(ctx, order_id, purchasing.TODAY, Subject.GOODS_RECEIPT, 1, "Received")


def test_what_is_left_of_a_line_is_cancelled_and_the_order_closed(tab, hands, made, office):
    code, _, _, order = made
    office.desk.do(_came, order)
    hands.shows(tab, order)
    sheet = hands.opens(CancelRestSheet, Key.Key_F7, CTRL)
    sheet.fields.fill({"lines": []})
    hands.types(sheet, reason="None left")
    hands.refused(sheet, "lines")
    sheet.fields.fill({"lines": [tab.page.detail.lines[1].line_id]})
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.lines[1].cancelled == 1_000)
    assert office.desk.ask(purchasing.stands, code) == (600_00, 400_00, 0)
    sheet = hands.opens(WhySheet, Key.Key_X, BOTH)
    hands.types(sheet, reason="The supplier closed")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.state is OrderState.CLOSED)
    assert office.desk.ask(purchasing.stands, code) == (0, 400_00, 0)
