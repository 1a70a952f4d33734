"""Orders that make others by keyboard: a copy, a template that repeats, a call-off; the new year; works and their variation."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.purchase_orders.orders import PurchaseOrder, WorksOrder
from app.models.tenancies import Tenancy
from app.models.values import Frequency, Money, OrderKind, OrderState, OrderVersionState
from app.services.core.clock import FixedClock
from app.services.purchase_orders.orders import daily, versions
from app.services.purchase_orders.works import queries as works
from app.views.purchase_orders.amend import AgreementSheet, AmendSheet
from app.views.purchase_orders.controller import PurchaseOrdersController
from app.views.purchase_orders.order_sheets import RepeatSheet
from app.views.purchase_orders.requisition import RequisitionSheet
from app.views.purchase_orders.roll import RollSheet
from app.views.purchase_orders.works_order import ChangeWorksSheet, DoneSheet
from tests.conftest import TODAY
from tests.factories import approving, purchasing
from tests.journeys.debit_officer import Calendar
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands, Key


def _furnish(ctx):
    """£10,000.00 on HR100 4120; an order of £50.00, twelve of £10.00 as an agreement up to £200.00."""
    code, supplier = purchasing.budget(ctx), purchasing.supplier(ctx).id
    mine = {"supplier_id": supplier, "made_by": ctx.officer.id}
    order = purchasing.order(ctx, (5, 10, {code: 50_00}), **mine)
    with approving.carried_out(ctx, "purchase_order", order.id):
        versions.write(ctx, order, OrderVersionState.APPROVED, "", approved=True)
    agreement = purchasing.order(
        ctx,
        (12, 10, {code: 120_00}),
        kind=OrderKind.AGREEMENT,
        restate=False,
        most_pence=200_00,
        until_on=date(2026, 12, 31),
        **mine,
    )
    return code, order.id, agreement.id


@pytest.fixture
def clock():
    """21 November 2026; a test may turn it on."""
    return Calendar(TODAY)


@pytest.fixture
def made(landlord_desk):
    """The code, the order and the agreement."""
    return landlord_desk.do(_furnish)


@pytest.fixture
def tab(office, made, qtbot):
    """The tab by itself; what is opened on it is shown."""

    def opens(subject, key):
        shown.open_record(subject, key)

    shown = PurchaseOrdersController(replace(office, open_record=opens))
    qtbot.addWidget(shown.page)
    shown.page.resize(1400, 860)
    shown.page.show()
    office.bus.changed.connect(lambda _changes: shown.refresh())
    return shown


@pytest.fixture
def hands(tab, qtbot):
    """Those of the officer at it."""
    return Hands(tab.office, tab.page, qtbot)


def test_a_copy_is_drafted_and_opened_to_be_changed(tab, hands, made):
    hands.shows(tab, made[1])
    sheet = hands.opens(RequisitionSheet, Key.Key_D, CTRL)
    hands.writes(sheet, "7", row=0, column=1)
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.order_id != made[1] and tab.page.detail.row.net == Money(70_00))
    row = tab.page.detail.row
    assert (row.state, row.kind, tab.page.detail.from_number) == (OrderState.DRAFT, OrderKind.ORDINARY, "PO00001")


def test_a_template_repeats_and_drafts_a_requisition_on_its_day(tab, hands, made, office):
    hands.shows(tab, made[1])
    sheet = hands.opens(RepeatSheet, Key.Key_T, BOTH)
    hands.types(sheet, title="Paint of each month")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.kind is OrderKind.TEMPLATE)
    sheet = hands.opens(RequisitionSheet, Key.Key_F2)
    sheet.fields.fill({"repeat_every": Frequency.MONTHLY})
    assert "Give both" in hands.refused(sheet, "repeat_on")
    hands.types(sheet, repeat_on="1/12/26")
    hands.saves(sheet)
    template = tab.page.detail.row.order_id
    assert hands.kept(template).repeat_on == date(2026, 12, 1)
    later = replace(office.desk, clock=FixedClock(date(2026, 12, 1)))
    later.do(daily.each_day)
    like = select(PurchaseOrder).where(PurchaseOrder.from_id == template)
    [drafted] = office.desk.ask(lambda ctx: list(ctx.session.scalars(like)))
    assert (drafted.kind, drafted.state, drafted.title) == (OrderKind.ORDINARY, OrderState.DRAFT, "Paint of each month")
    assert hands.kept(template).repeat_on == date(2027, 1, 1)


def test_a_call_off_is_drafted_up_to_what_is_left(tab, hands, made):
    hands.shows(tab, made[2])
    sheet = hands.opens(RepeatSheet, Key.Key_B, BOTH)
    hands.types(sheet, wanted_on="5/12/26")
    hands.saves(sheet)
    sheet = hands.sheet(RequisitionSheet)
    hands.writes(sheet, "30", row=0, column=1)
    hands.ticks(sheet, "ask")
    assert "£200.00 left of £200.00" in hands.refused(sheet, "lines")
    hands.writes(sheet, "15", row=0, column=1)
    hands.ticks(sheet, "ask")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.kind is OrderKind.CALL_OFF)
    row = tab.page.detail.row
    assert (row.net, row.state, row.wanted_on) == (Money(150_00), OrderState.DRAFT, date(2026, 12, 5))


def test_what_may_be_called_off_is_lowered_and_raised(tab, hands, made):
    """£200.00 becomes £150.00 at once; £250.00 takes another officer, whom this office hasn't."""
    hands.shows(tab, made[2])
    sheet = hands.opens(AgreementSheet, Key.Key_E, BOTH)
    hands.types(sheet, most="150", reason="Less is needed")
    hands.until(lambda: "It stands at once" in sheet.effects.text())
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.most == Money(150_00))
    sheet = hands.opens(AgreementSheet, Key.Key_E, BOTH)
    hands.types(sheet, most="250", reason="More is needed")
    hands.until(lambda: "It needs a new approval" in sheet.effects.text())
    hands.tries(sheet)
    hands.until(lambda: "This takes two officers" in sheet.messages.text)
    sheet.close()


def test_open_orders_are_rolled_into_the_new_year(tab, hands, made, office):
    code = made[0]
    sheet = hands.menu(RollSheet, "Roll into the new year")
    assert not sheet.confirm_action.isEnabled()
    sheet.reject()
    new = office.desk.do(lambda ctx: purchasing.budget(ctx, year=2027))
    sheet = hands.menu(RollSheet, "Roll into the new year")
    assert sheet.early.text().startswith("2027/28 begins on 1 Apr 2027.")
    assert not sheet.confirm_action.isEnabled()
    sheet.reject()
    office.desk.clock.day = date(2027, 4, 1)
    sheet = hands.menu(RollSheet, "Roll into the new year")
    assert not sheet.early.isVisible()
    hands.saves(sheet)
    assert hands.told() == "1 order with £50.00 to come is rolled into 2027/28."
    assert office.desk.ask(purchasing.stands, code) == (0, 0, 0)
    assert office.desk.ask(purchasing.stands, new) == (50_00, 0, 0)


def _works(ctx, account_id, code):
    """Works of £50.00 on the property of an account, approved, reported nine days ago."""
    tenancy = ctx.session.get(Tenancy, ctx.session.get(Account, account_id).tenancy_id)
    purchasing.policy(ctx, "purchasing.receiver_not_orderer", "no")
    row = purchasing.order(ctx, (1, 50, {code: 50_00}), kind=OrderKind.WORKS, made_by=ctx.officer.id)
    days = {"reported_on": date(2026, 11, 12), "target_on": date(2026, 11, 19)}
    kind = {"trade": "Plumbing", "priority": "urgent", "property_id": tenancy.property_id, "account_id": account_id}
    ctx.session.add(WorksOrder(order_id=row.id, **kind, **days))
    with approving.carried_out(ctx, "purchase_order", row.id):
        versions.write(ctx, row, OrderVersionState.APPROVED, "", approved=True)
    ctx.session.flush()
    return row.id


def test_works_are_varied_put_off_and_done(tab, hands, made, accounts, office):
    order = office.desk.do(_works, accounts["Testerton"], made[0])
    hands.shows(tab, order)
    sheet = hands.opens(ChangeWorksSheet, Key.Key_P, BOTH)
    hands.types(sheet, expected_on="24/11/26")
    sheet.fields.fill({"trade": "Roofing"})
    assert "was asked for with its trade" in hands.refused(sheet, "trade")
    sheet.fields.fill({"trade": "Plumbing"})
    hands.saves(sheet)
    hands.until(lambda: "24 Nov" in tab.page.card._works.text())
    sheet = hands.opens(AmendSheet, Key.Key_E, BOTH)
    hands.writes(sheet, "52", row=0, column=2)
    hands.types(sheet, reason="A longer pipe")
    hands.saves(sheet)
    hands.until(lambda: tab.page.detail.row.net == Money(52_00))
    sheet = hands.opens(DoneSheet, Key.Key_D, BOTH)
    hands.types(sheet, on="30/11/26", words="Pipe renewed")
    assert "on that day" in hands.refused(sheet, "on")
    hands.types(sheet, on="20/11/26")
    hands.saves(sheet)
    hands.until(lambda: "Pipe renewed" in tab.page.card._works.text())
    assert office.desk.ask(works.detail, order).row.completed_on == date(2026, 11, 20)
    # the order of £50.00 of the furnishing is bound still, and these works are owed
    assert office.desk.ask(purchasing.stands, made[0]) == (50_00, 52_00, 0)
