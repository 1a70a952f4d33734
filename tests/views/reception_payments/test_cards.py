"""Cards by telephone on screen: the sheet that waits, the guard, the sections, and the window that asks by itself."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from app.bootstrap.card_watch import CardWatch
from app.models.values import CardRefundState, CardState, Money, Subject
from app.services.ledger.queries import balance
from app.services.reception_payments.cards import commands, jobs, queries
from app.services.reception_payments.cards.dto.asked import CardSettings
from app.services.reception_payments.cards.refunds import queries as refunds
from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.card_sheets import (
    CardRefundSheet,
    CardSettingsSheet,
    ExplainSheet,
    PostTheirsSheet,
    ReadDaySheet,
    SlipSheet,
)
from app.views.reception_payments.card_waiting import WaitingSheet
from app.views.reception_payments.controller.card_days import CardDaysController
from app.views.reception_payments.controller.card_refunds import CardRefundsController
from app.views.reception_payments.controller.card_waiting import CardWaiting
from app.views.reception_payments.controller.cards import CardsController
from tests.services.reception_payments.cards.conftest import begun, cards, pay, reach
from tests.services.reception_payments.cards.test_refunding import approve, ask, limits
from tests.services.reception_payments.conftest import clerk, reception
from tests.views.desktop import press, sheet_of, type_text, wait

__all__ = ["cards", "clerk", "limits", "pay", "reach", "reception"]
CONTROL = Qt.KeyboardModifier.ControlModifier
CARD = "4000 0582 6000 0005"
REFERENCE = "7000123456"


@pytest.fixture
def office_of(tasks, qtbot, crashes):
    """An office as pages have it, over a desk; what other pages are asked to show is in `opened`."""

    def make(desk):
        messages = MessageBar()
        qtbot.addWidget(messages)
        opened = []
        found = Office(
            desk,
            tasks,
            ChangeBus(),
            messages,
            crashes.append,
            open_record=lambda subject, record_id: opened.append((subject, record_id)),
        )
        return found, opened

    yield make
    tasks.drain()


@pytest.fixture
def section(office_of, tasks, qtbot):
    """A section over a desk, on the screen."""

    def begin(desk, kind=CardsController):
        office, opened = office_of(desk)
        made = kind(office)
        made.opened_records = opened
        office.bus.changed.connect(made.page.take_changes)
        qtbot.addWidget(made.page)
        made.page.resize(1400, 800)
        made.page.show()
        made.page.activateWindow()
        wait(qtbot, lambda: not tasks.busy)
        return made

    return begin


@pytest.fixture
def waiting(office_of, qtbot, tasks):
    """The sheet of a payment over a desk; the pages that it opened in the browser; what it told when it was over."""
    kept = []

    def begin(desk, payment_id):
        office, _ = office_of(desk)
        page = QWidget()
        kept.append(page)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        pages, told = [], []
        made = CardWaiting(office, page, told.append, pages.append)
        made.begin(payment_id)
        sheet = sheet_of(qtbot, WaitingSheet, page)
        wait(qtbot, lambda: not tasks.busy)
        return made, sheet, pages, told

    yield begin
    kept.clear()


def look(made, qtbot, tasks):
    made.look()
    wait(qtbot, lambda: not tasks.busy)


def test_the_page_for_the_card_opens_by_itself_and_the_receipt_is_told(desk, reach, pay, waiting, qtbot, tasks):
    payment_id = begun(desk, reach)
    made, sheet, pages, told = waiting(desk, payment_id)
    assert pages == [f"{pay.url}/secure/{pay.only()}"]
    assert sheet._words.text() == "Type the card on the page in your browser. Nothing has been taken yet."
    assert "Pause the recording" in sheet._reminder.findChildren(type(sheet._words))[1].text()
    press(sheet, Qt.Key.Key_P, CONTROL)
    assert len(pages) == 2
    assert not sheet.primary.isEnabled()
    pay.become("success")
    look(made, qtbot, tasks)
    assert sheet._words.text() == "£100.00 is paid: receipt WGC000001."
    assert not sheet._reminder.isVisible()
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: told)
    assert [each.receipt for each in told] == ["WGC000001"]


def test_an_officer_may_close_the_sheet_and_come_back_to_it(desk, reach, pay, waiting, section, qtbot, tasks):
    payment_id = begun(desk, reach)
    _made, sheet, _pages, told = waiting(desk, payment_id)
    press(sheet, Qt.Key.Key_Escape)
    assert told == []
    listed = section(desk)
    assert [row.state for row in listed.page.model.rows] == [CardState.CREATED]
    pay.become("success")
    listed.page.table.setFocus()
    press(listed.page, Qt.Key.Key_Return)
    again = sheet_of(qtbot, WaitingSheet, listed.page)
    wait(qtbot, lambda: again.shown.finished)
    assert again.shown.receipt == "WGC000001"
    again.close()


def test_a_payment_that_is_given_up_is_cancelled(desk, reach, pay, waiting, qtbot, tasks):
    _made, sheet, _pages, _told = waiting(desk, begun(desk, reach))
    press(sheet, Qt.Key.Key_D, CONTROL)
    wait(qtbot, lambda: sheet.shown.finished)
    assert sheet._words.text() == "The office cancelled it. Nothing was taken."
    assert sheet.primary.isEnabled()
    sheet.close()


def test_a_declined_card_is_told_in_words_for_the_caller(desk, reach, pay, waiting, qtbot, tasks):
    made, sheet, _pages, _told = waiting(desk, begun(desk, reach))
    pay.become("failed", "P0010")
    look(made, qtbot, tasks)
    assert sheet._words.text().startswith("The bank declined the card")
    assert sheet._state.text() == "Declined"
    sheet.close()


def test_a_provider_that_is_down_is_told_and_asked_again(desk, reach, pay, waiting, qtbot, tasks):
    pay.plan.append("no answer")
    _made, sheet, pages, _told = waiting(desk, begun(desk, reach))
    assert sheet._trouble.text() == "GOV.UK Pay didn't answer, or the connection to it was cut."
    assert pages == []
    sheet.close()


def test_at_the_terminal_the_reference_of_the_slip_is_typed(desk, reception, waiting, qtbot, tasks):
    from app.models.values import CardProvider

    desk.do(commands.set_settings, CardSettings(CardProvider.TERMINAL))
    _made, sheet, pages, _told = waiting(desk, begun(desk, reception))
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: not tasks.busy)
    assert not sheet.shown.finished
    sheet.slip.setFocus()
    type_text(sheet.slip, "T 0042")
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: sheet.shown.finished)
    assert (pages, sheet.shown.receipt) == ([], "WGC000001")
    sheet.close()


def test_no_card_number_stays_in_a_field_or_on_the_clipboard(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    field, told = QLineEdit(page), []
    guard = CardGuard(page, told.append)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(CARD)
    assert clipboard.text() == CARD  # nothing is shown yet
    page.show()
    wait(qtbot, lambda: clipboard.text() == "")
    clipboard.setText(f"card {CARD} exp")
    assert clipboard.text() == ""
    clipboard.setText(REFERENCE)
    assert clipboard.text() == REFERENCE
    field.setText(CARD)
    assert field.text() == ""
    field.setText(REFERENCE)
    assert field.text() == REFERENCE
    assert [words.split(".")[0] for words in told] == [
        "What looks like a card number was on the clipboard",
        "What looks like a card number was on the clipboard",
        "That looks like a card number",
    ]
    assert guard.parent() is page
    clipboard.clear()


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
    from app.models.values import TakenBy
    from app.services.reception_payments.receipts import recording
    from tests.services.reception_payments.conftest import payment

    receipt_id = clerk.do(lambda ctx: recording.record(ctx, payment(reach, by=TakenBy.TERMINAL, slip="T 0001")).id)
    refund_id = approve(limits, ask(clerk, receipt_id, (1, 25_00)))
    made = section(clerk, CardRefundsController)
    press(made.page.table, Qt.Key.Key_Return, CONTROL)
    sheet = sheet_of(qtbot, SlipSheet, made.page)
    sheet.fields.fill({"slip": "T 0002"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: clerk.ask(refunds.standing, refund_id).state is CardRefundState.SUCCESS)


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
    press(made.page, Qt.Key.Key_P, CONTROL)
    post = sheet_of(qtbot, PostTheirsSheet, made.page)
    press(post, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: made.page.card.model.rows[0].explained)
    assert desk.ask(balance, reach.other) == Money(-25_00)
    wait(qtbot, lambda: not tasks.busy)
    made.page.card.table.go_to(1)
    press(made.page, Qt.Key.Key_E, CONTROL)
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
        from sqlalchemy import select

        from app.models.reception_payments.cards import CardPayment

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
