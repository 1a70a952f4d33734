"""The sheet that waits for a card payment, and the guard against card numbers."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values import CardProvider, CardState
from app.services.reception_payments.cards import commands
from app.services.reception_payments.cards.dto.asked import CardSettings
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.card_waiting import WaitingSheet
from tests.services.reception_payments.cards.conftest import begun, cards, pay, reach
from tests.services.reception_payments.cards.test_refunding import limits
from tests.services.reception_payments.conftest import clerk, reception
from tests.views.desktop import press, sheet_of, type_text, wait
from tests.views.reception_payments.card_hands import board, office_of, section, waiting

__all__ = ["board", "cards", "clerk", "limits", "office_of", "pay", "reach", "reception", "section", "waiting"]
CONTROL = Qt.KeyboardModifier.ControlModifier
CARD = "4000 0582 6000 0005"
REFERENCE = "7000123456"


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
