"""Court costs, a credit note over an invoice of the register, and the price list, as an officer uses them."""

import pytest
from PySide6.QtCore import Qt

from app.models.recharges import Recharge
from app.models.values import Money, RechargeState, Subject
from app.services.documents.dto import NewFile
from app.services.ledger.queries import ledger_page
from app.services.recharges import commands
from app.services.recharges.dto import NewRecharge
from app.views.adjustments.controller.price_list import PriceListController
from app.views.adjustments.court_costs import CourtCostsSheet
from app.views.adjustments.credit_note import CreditNoteSheet
from app.views.adjustments.price_list import PriceSheet
from app.views.adjustments.recharge import RechargeSheet
from app.views.common.begin_work import BeginWork
from app.views.common.documents_incoming import Incoming
from tests.conftest import TODAY
from tests.factories import adjusting
from tests.views.desktop import open_tab, press, sheet_of, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(desktop_over_landlord):
    """The window of an officer who may debit and credit £499.00 a line alone."""
    desktop_over_landlord.office.desk.do(adjusting.limits)
    return desktop_over_landlord


def test_the_fee_table_only_proposes_what_an_order_may_award(program, accounts, qtbot, tmp_path):
    """The fee of 7 April 2025 was £391.00, a day later £404.00; what was typed instead is left alone."""
    open_tab(program, "adjustments")
    program.controllers["adjustments"].show_only(BeginWork(accounts["Testerton"], "court_costs"))
    sheet = sheet_of(qtbot, CourtCostsSheet)
    sheet.fields.fill({"claim": "K0PP1234", "order_on": TODAY, "for": "claim"})
    sheet.fields.fill({"paid_on": TODAY.replace(year=2025, month=4, day=7)})
    assert sheet.command().fee == Money(391_00)
    sheet.fields.fill({"paid_on": TODAY.replace(year=2025, month=4, day=8)})
    assert sheet.command().fee == Money(404_00)
    sheet.fields.fill({"fee": Money(69_50)})
    sheet.fields.fill({"for": "warrant"})
    assert sheet.command().fee == Money(69_50)
    wait(qtbot, lambda: "£69.50 DR" in sheet.effects.text() and not program.tasks.busy)
    order = tmp_path / "order.txt"
    order.write_text("The defendant pays costs of 69.50.")
    sheet.evidence.add([Incoming(order.name, order)])
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "Invoice 1 is raised: £69.50" in program.office.messages.text and not program.tasks.busy)
    assert program.controllers["rent"].header.account_id == accounts["Testerton"]


def test_works_that_were_done_are_recharged_with_what_is_known_of_them(program, accounts, qtbot, tmp_path):
    """The works cost £50.00; the tenant owes it on a sub-account, and whoever handed the works over is told."""
    raised = []
    known = {
        "key": "works:12",
        "evidence": (),
        "done_on": TODAY,
        "net": Money(50_00),
        "description": "Tap renewed",
        "job": "PO00012",
        "item": "internal_door",
        "note": "Works order PO00012, Plumbing",
        "raised": raised.append,
    }
    open_tab(program, "adjustments")
    program.controllers["adjustments"].show_only(BeginWork(accounts["Testerton"], "recharging", known))
    sheet = sheet_of(qtbot, RechargeSheet)
    assert (sheet.command().net, sheet.command().job, sheet.command().entry_key, sheet.command().item) == (
        Money(50_00),
        "PO00012",
        "works:12",
        "internal_door",
    )
    picture = tmp_path / "job.txt"
    picture.write_text("Tap renewed")
    sheet.evidence.add([Incoming(picture.name, picture)])
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: raised and not program.tasks.busy)
    row = program.office.desk.ask(lambda ctx: ctx.session.get(Recharge, raised[0]))
    assert (row.net_pence, row.job, row.for_account_id) == (50_00, "PO00012", accounts["Testerton"])


def test_of_works_that_no_line_of_the_price_list_fits_the_officer_chooses_one(program, accounts, qtbot):
    open_tab(program, "adjustments")
    known = {"key": "works:13", "item": "", "evidence": (1,), "done_on": TODAY, "net": Money(50_00)}
    program.controllers["adjustments"].show_only(BeginWork(accounts["Testerton"], "recharging", known))
    sheet = sheet_of(qtbot, RechargeSheet)
    assert (sheet.fields.field("item").currentText(), sheet.command()) == ("Choose the work", None)
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "Choose the account, the work and the day" in sheet.fields.error_of("item"))
    sheet.fields.fill({"item": "glazing"})
    assert sheet.command().item == "glazing"
    sheet.close()


def test_an_invoice_is_credited_from_the_register(program, accounts, qtbot):
    desk = program.office.desk
    job = (NewFile("job.txt", b"Lock changed"),)
    new = NewRecharge("one", accounts["Testerton"], item="lock_change", done_on=TODAY, files=job)
    invoice = desk.do(commands.recharge, new)
    open_tab(program, "adjustments")
    program.office.open_record(Subject.RECHARGE, invoice.recharge_id)
    page = program.controllers["adjustments"].page
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    press(program.window, Qt.Key.Key_N, CTRL | SHIFT)
    sheet = sheet_of(qtbot, CreditNoteSheet)
    sheet.fields.fill({"net": Money(26_40), "reason": "The lock was old"})
    wait(qtbot, lambda: "£76.40 DR becomes £50.00 DR" in sheet.effects.text())
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "Credit note 2 is raised: £26.40" in program.office.messages.text and not program.tasks.busy)

    credit = next(action for work, action in page.works.items() if work.title == "Credit note")
    wait(qtbot, lambda: page.detail is not None and page.detail.row.kind == "Credit note")
    assert not credit.isEnabled()
    assert desk.ask(ledger_page, invoice.account_id, None, None, None).carried_forward == Money(50_00)
    assert desk.ask(lambda ctx: ctx.session.get(Recharge, invoice.recharge_id).state) is RechargeState.RAISED


def test_a_line_of_the_price_list_is_put_out_of_use(office, qtbot):
    controller = PriceListController(office)
    page = controller.page
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    wait(qtbot, lambda: not office.tasks.busy and page.model.rows)
    assert str(page.model.rows[0].prices["normal"]) == "£76.40"
    page.table.go_to(0)
    next(action for action in page.actions() if action.text() == "Change").trigger()
    sheet = sheet_of(qtbot, PriceSheet)
    sheet.fields.fill({"active": False, "title": "Change of a lock"})
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: not office.tasks.busy)
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: not page.model.rows[0].active)
    assert page.model.rows[0].title == "Change of a lock"
