"""Taking a payment by keyboard: at most eight keys beside the search and the amount, and nothing told to strangers."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.reception_payments.visits import Visit
from app.models.values import PayerKind, TakenBy
from app.services.ledger import queries as ledger
from app.services.reception_payments.receipts import queries
from app.views.common.fields_pickers import Picked
from app.views.reception_payments.take import TakeSheet
from app.views.reception_payments.taken import TakenSheet
from tests.views.desktop import type_text
from tests.views.purchase_orders.hands import CTRL, SHIFT, Key


class Counted:
    """The hands of an officer, whose keys are counted but for the search and the amount."""

    def __init__(self, hands):
        self.hands, self.keys = hands, 0

    def press(self, key, held=None, on=None):
        self.keys += 1
        self.hands.press(key, *((held,) if held is not None else ()), on=on)


def begun(hands, text="sample"):
    """The sheet with a caller found; and the keys that it took."""
    counted = Counted(hands)
    counted.press(Key.Key_Return, CTRL)
    sheet = hands.sheet(TakeSheet)
    type_text(sheet, text)
    hands.until(lambda: sheet.picker.completer_popup().isVisible())
    counted.keys += 1
    QTest.keyClick(sheet.picker.completer_popup(), Key.Key_Return)
    hands.until(lambda: sheet.caller is not None and sheet.who.hasFocus())
    return sheet, counted


def prove(sheet, counted, *numbers):
    for number in numbers:
        counted.press(Key[f"Key_{number}"], on=sheet.who)


def receipts(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Receipt).order_by(Receipt.id)).all())


def words(sheet):
    return "\n".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())


def test_a_counter_payment_takes_at_most_eight_keys(tab, landlord_desk, owing):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")

    counted.press(Key.Key_Return, CTRL, on=sheet)

    done = hands.sheet(TakenSheet)
    (row,) = receipts(landlord_desk)
    assert counted.keys <= 8
    assert (row.pence, row.taken_by, row.payer, row.proved_by) == (60_00, TakenBy.CASH, PayerKind.HOLDER, "birth")
    assert landlord_desk.ask(ledger.balance, owing.rent).pence == 190_00
    assert done.address.value() == "a@example.org"


def test_a_telephone_payment_by_terminal_is_remembered_and_the_recording_is_paused(tab, landlord_desk):
    _, hands = tab
    sheet, counted = begun(hands)
    sheet.how.way.set_value("telephone")
    sheet.how.method.set_value(TakenBy.TERMINAL)
    hands.until(lambda: sheet.caller is not None and len(sheet.who.ticks) == 3)
    assert "Pause the call recording" in words(sheet)
    sheet.who.setFocus()
    prove(sheet, counted, 1, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")
    counted.press(Key.Key_Return, on=sheet.amount)
    type_text(sheet, "T4711")
    counted.press(Key.Key_Return, CTRL, on=sheet)
    done = hands.sheet(TakenSheet)
    (row,) = receipts(landlord_desk)
    assert (row.slip, row.taken_by) == ("T4711", TakenBy.TERMINAL)
    assert counted.keys <= 8

    hands.press(Key.Key_Return, CTRL, on=done)
    again = hands.sheet(TakeSheet)
    assert (again.how.taken_by, again.how.way.value()) == (TakenBy.TERMINAL, "telephone")


def test_nothing_is_told_before_they_proved_who_they_are(tab):
    _, hands = tab
    sheet, counted = begun(hands)
    assert "£250.00" not in words(sheet)
    assert list(sheet.accounts.fields) == [sheet.caller.account_id]

    prove(sheet, counted, 2)

    hands.until(lambda: len(sheet.accounts.fields) == 2)
    shown = words(sheet)
    assert "£250.00 DR" in shown
    assert "Rent arrears £250.00 DR" in shown
    assert "All accounts together £267.80 DR" in shown


def test_somebody_else_pays_and_is_told_nothing(tab, landlord_desk, owing):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 0)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "20")
    hands.types(sheet, payer_name="Pat Helper")
    assert "£250.00" not in words(sheet)

    hands.press(Key.Key_Return, CTRL, on=sheet)

    hands.sheet(TakenSheet)
    (row,) = receipts(landlord_desk)
    assert (row.payer, row.payer_name, row.person_id, row.proved_by) == (
        PayerKind.THIRD_PARTY,
        "Pat Helper",
        None,
        "",
    )


def test_an_amount_is_split_by_rule_and_by_hand(tab, landlord_desk, owing):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "260")
    parts = {key: part.pence for key, part in sheet.accounts.parts().items()}
    assert parts == {owing.rent: 250_00, owing.garage: 10_00}

    garage = sheet.accounts.fields[owing.garage]
    hands.press(Key.Key_Backtab, SHIFT, on=sheet)
    assert garage.hasFocus()
    garage.selectAll()
    type_text(sheet, "17.80")

    assert sheet.rule.value() == "by_hand"
    assert sheet.amount.value().pence == 267_80
    sheet.amount.setFocus()
    sheet.amount.selectAll()
    type_text(sheet, "100")
    assert {key: part.pence for key, part in sheet.accounts.parts().items()} == {owing.rent: 100_00}
    for account_id, typed in ((owing.rent, "250"), (owing.garage, "17.80")):
        sheet.accounts.fields[account_id].setFocus()
        sheet.accounts.fields[account_id].selectAll()
        type_text(sheet, typed)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.sheet(TakenSheet)
    shares = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(ReceiptShare)).all())
    assert [(each.pence, each.words) for each in shares] == [
        (250_00, "The payer's choice"),
        (17_80, "The payer's choice"),
    ]


def test_whoever_proved_who_they_are_is_not_asked_again_when_the_field_of_the_caller_has_more_room(tab):
    """Its label gets longer or shorter with the way to pay, and the field shows as much as there is room for."""
    _, hands = tab
    sheet, counted = begun(hands)
    long = "Ms Mary Featherstone and Mr Alexander Fennelworth"
    sheet.picker.set_value(Picked(sheet.picker.value(), long, "70 0001  Flat 21, Heron House, Heron Close"))
    hands.until(lambda: True)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    shown = sheet.picker.text()
    sheet.picker.resize(sheet.picker.width() * 3, sheet.picker.height())
    assert sheet.picker.text() != shown
    hands.until(lambda: True)
    assert sheet.who.is_proved
    assert sheet.amount.hasFocus()


def test_cash_handed_over_says_the_change(tab):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")
    counted.press(Key.Key_Return, on=sheet.amount)
    assert sheet.how.tendered.hasFocus()
    type_text(sheet, "100")

    assert "Give £40.00 change." in words(sheet)
    counted.press(Key.Key_Return, CTRL, on=sheet)
    done = hands.sheet(TakenSheet)
    assert "Give £40.00 change." in words(done)
    assert counted.keys <= 8


def test_ten_times_what_is_owed_is_asked_and_then_taken(tab, landlord_desk):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "2600")

    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: "is the amount right?" in words(sheet))
    assert receipts(landlord_desk) == []
    hands.press(Key.Key_Return, CTRL, on=sheet)

    hands.sheet(TakenSheet)
    assert receipts(landlord_desk)[0].pence == 2_600_00


def test_a_question_for_the_balance_takes_three_keys_after_they_are_found(tab, landlord_desk, owing):
    _, hands = tab
    sheet, counted = begun(hands)
    before = counted.keys
    prove(sheet, counted, 2)
    counted.press(Key.Key_F7, on=sheet)

    hands.until(lambda: sheet.over)
    (visit,) = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(Visit)).all())
    assert (visit.told, visit.person_id, visit.account_id) == (True, owing.person, owing.rent)
    assert counted.keys - before <= 3


@pytest.mark.parametrize("where", ["amount", "grid", "note"])
def test_a_card_number_that_is_pasted_is_taken_out_and_the_clipboard_emptied(tab, owing, where):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    field = {
        "amount": sheet.amount,
        "grid": sheet.accounts.fields[owing.rent],
        "note": sheet.fields.field("note"),
    }[where]
    field.setFocus()
    field.setText("4242 4242 4242 4242")

    assert field.text() == ""
    assert "card number" in sheet.messages.text
    QGuiApplication.clipboard().setText("4242424242424242")
    assert QGuiApplication.clipboard().text() == ""


def test_what_is_wrong_stands_beside_its_field(tab, landlord_desk, owing):
    _, hands = tab
    sheet, _counted = begun(hands)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: sheet._pays.error_of("pence"))
    assert "No amount is given" in sheet._pays.error_of("pence")
    sheet.how.method.set_value(TakenBy.CHEQUE)
    sheet.amount.setText("10")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: sheet.fields.error_of("cheque_number"))
    assert "has a number" in sheet.fields.error_of("cheque_number")
    assert receipts(landlord_desk) == []


def test_the_list_shows_what_was_taken(tab, landlord_desk, owing):
    controller, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.press(Key.Key_Escape, on=hands.sheet(TakenSheet))

    hands.until(lambda: controller.page.list.model.rowCount() == 1)
    found = landlord_desk.ask(queries.detail, receipts(landlord_desk)[0].id)
    assert found.row.number == "WGC000001"
    hands.until(lambda: controller.page.detail is not None)
    assert "Proved by: date of birth." in words(controller.page.card)


def test_a_payment_that_is_taken_after_midnight_is_of_the_new_day(tab, landlord_desk, office, owing):
    _, hands = tab
    sheet, counted = begun(hands)
    prove(sheet, counted, 2)
    hands.until(sheet.amount.hasFocus)
    type_text(sheet, "60")
    sheet._form_of = replace(sheet._form_of, today=date(2026, 11, 20))

    hands.press(Key.Key_Return, CTRL, on=sheet)

    hands.sheet(TakenSheet)
    assert receipts(landlord_desk)[0].taken_on == date(2026, 11, 21)
