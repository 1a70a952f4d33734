"""The sections of cards by telephone: refunds, days, settings; and the window that asks by itself."""

from datetime import date

from PySide6.QtCore import Qt
from sqlalchemy import select

from app.bootstrap.card_watch import CardWatch
from app.models.reception_payments.cards import CardPayment
from app.models.values import CardRefundState, Money, Subject, TakenBy
from app.services.ledger.queries import balance
from app.services.reception_payments.cards import jobs, queries
from app.services.reception_payments.cards.refunds import queries as refunds
from app.services.reception_payments.receipts import recording
from app.views.reception_payments.card_sheets import (
    CardRefundSheet,
    CardSettingsSheet,
    ExplainSheet,
    PostTheirsSheet,
    ReadDaySheet,
    SlipSheet,
)
from app.views.reception_payments.controller.card_back import CardBackController
from app.views.reception_payments.controller.card_days import CardDaysController
from app.views.reception_payments.controller.card_refunds import CardRefundsController
from tests.services.reception_payments.cards.conftest import begun, cards, pay, reach
from tests.services.reception_payments.cards.test_refunding import approve, ask, limits
from tests.services.reception_payments.conftest import clerk, payment, reception
from tests.views.desktop import press, sheet_of, wait
from tests.views.reception_payments.card_hands import board, office_of, section, waiting

__all__ = ["board", "cards", "clerk", "limits", "office_of", "pay", "reach", "reception", "section", "waiting"]
CONTROL = Qt.KeyboardModifier.ControlModifier
CARD = "4000 0582 6000 0005"
REFERENCE = "7000123456"


def test_a_refund_is_asked_for_from_the_list(desk, clerk, limits, reach, pay, section, qtbot, tasks):
    payment_id = begun(clerk, reach)
    jobs.start(clerk, payment_id)
    pay.become("success")
    jobs.look(clerk, payment_id)
    made = section(clerk)
    made.page._buttons[1].click()
    wait(qtbot, lambda: made.page.model.rows)
    press(made.page.table, Qt.Key.Key_B, CONTROL)
    sheet = sheet_of(qtbot, CardRefundSheet, made.page)
    assert sheet.command().shares == ((1, 100_00),)
    sheet.fields.fill({"share_1": Money(25_00), "why": "Wrong amount"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: not tasks.busy)
    (row,) = clerk.ask(refunds.listed)
    assert (row.amount, row.state) == (Money(25_00), CardRefundState.WAITING)
    assert made.office.messages.text == "£25.00 back to the card waits for a second officer."
    assert desk.ask(balance, reach.rent) == Money(-100_00)


def test_a_refund_at_the_terminal_takes_its_slip_from_the_list(clerk, limits, reach, section, qtbot, tasks):
    receipt_id = clerk.do(lambda ctx: recording.record(ctx, payment(reach, by=TakenBy.TERMINAL, slip="T 0001")).id)
    refund_id = approve(limits, ask(clerk, receipt_id, (1, 25_00)))
    made = section(clerk, CardRefundsController)
    press(made.page.table, Qt.Key.Key_Return, CONTROL)
    sheet = sheet_of(qtbot, SlipSheet, made.page)
    sheet.fields.fill({"slip": "T 0002"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: clerk.ask(refunds.standing, refund_id).state is CardRefundState.SUCCESS)


def test_a_receipt_by_card_is_given_back_from_the_list_of_receipts(
    clerk, limits, reach, office_of, board, qtbot, tasks
):
    receipt_id = clerk.do(lambda ctx: recording.record(ctx, payment(reach, by=TakenBy.TERMINAL, slip="T 0001")).id)
    office, _ = office_of(clerk)
    CardBackController(office, board, [receipt_id])
    sheet = sheet_of(qtbot, CardRefundSheet, board)
    sheet.fields.fill({"why": "Wrong account"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: clerk.ask(refunds.listed))
    wait(qtbot, lambda: not tasks.busy)


def test_the_approval_of_a_refund_is_a_key_away(clerk, limits, reach, pay, section, qtbot, tasks):
    payment_id = begun(clerk, reach)
    jobs.start(clerk, payment_id)
    pay.become("success")
    asked = ask(clerk, jobs.look(clerk, payment_id).receipt_id, (1, 5_00))
    made = section(clerk, CardRefundsController)
    press(made.page.table, Qt.Key.Key_A, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert made.opened_records == [(Subject.APPROVAL, asked.request_id)]


def test_a_day_is_read_and_what_differs_is_posted_and_explained(desk, reach, pay, section, qtbot, tasks):
    for amount, reference in ((25_00, "70 0002"), (30_00, "Unknown")):
        made_id = pay.make({"amount": amount, "reference": reference, "description": "By hand"})
        pay.become("success", payment_id=made_id)
    made = section(desk, CardDaysController)
    press(made.page.table, Qt.Key.Key_N, CONTROL)
    sheet = sheet_of(qtbot, ReadDaySheet, made.page)
    assert sheet.command() == date(2026, 11, 20)
    sheet.fields.fill({"day": date(2026, 11, 21)})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: made.page.card.model.rows)
    assert made.office.messages.text == "21 Nov 2026: 2 differences to look at."
    press(made.page, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    post = sheet_of(qtbot, PostTheirsSheet, made.page)
    press(post, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: made.page.card.model.rows[0].explained)
    assert desk.ask(balance, reach.other) == Money(-25_00)
    wait(qtbot, lambda: not tasks.busy)
    made.page.card.table.go_to(1)
    press(made.page, Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    explain = sheet_of(qtbot, ExplainSheet, made.page)
    explain.fields.fill({"why": "A test of the council's web team"})
    press(explain, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: made.page.model.rows and made.page.model.rows[0].agrees)


def test_the_settings_keep_the_key_unseen(desk, reception, section, qtbot, tasks):
    made = section(desk)
    press(made.page.table, Qt.Key.Key_Y, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    sheet = sheet_of(qtbot, CardSettingsSheet, made.page)
    sheet.fields.fill({"provider": sheet.fields.values()["provider"], "key": "wrong"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: not tasks.busy)
    assert not desk.ask(queries.settings).has_key
    sheet.key.setText("api_test_0123456789abcdefghij")
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: made.office.messages.text)
    wait(qtbot, lambda: not tasks.busy)
    press(made.page.table, Qt.Key.Key_Y, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    wait(qtbot, lambda: not tasks.busy)
    again = sheet_of(qtbot, CardSettingsSheet, made.page)
    assert again.key.text() == ""
    again.close()


def test_whatever_page_is_shown_a_success_is_heard_of(desk, reach, pay, office_of, qtbot, tasks, clock):
    jobs.start(desk, begun(desk, reach))
    pay.become("success")

    def make_due(ctx):
        ctx.session.scalars(select(CardPayment)).one().next_look_at = ctx.clock.now()

    desk.do(make_due)
    office, _ = office_of(desk)
    heard = []
    office.bus.changed.connect(lambda changes: heard.append(changes.account_ids))
    watch = CardWatch(office, tasks)
    watch.begin()
    assert watch._timer.isActive()
    watch.poll()
    wait(qtbot, lambda: not tasks.busy)
    assert heard == [frozenset({reach.rent})]
    assert desk.ask(balance, reach.rent) == Money(-100_00)
    watch._timer.stop()
