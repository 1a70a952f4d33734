"""Tills and bankings by keyboard: counted blind, explained after, signed and sealed by a second officer, printed and saved.

The till begins with 50.00. 100.00 are taken in cash, so 150.00 should be in it.
"""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.models.values import BankingState, Money, Subject, TillState
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.reception_payments.desks import queries as desks
from app.services.reception_payments.tills import banking, commands, queries
from app.services.reception_payments.tills.acts import TillAct
from app.services.reception_payments.tills.dto import NewBanking
from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.reception_payments.banking_sheets import BankSheet, CancelSheet, PaperSheet, SealSheet
from app.views.reception_payments.controller.bankings import BankingsController
from app.views.reception_payments.controller.tills import TillsController
from app.views.reception_payments.till_sheets import (
    CashUpSheet,
    CountSheet,
    DifferenceSheet,
    HandOverSheet,
    OpenSheet,
    SignSheet,
    TakeOverSheet,
    TillSheet,
)
from tests.services.reception_payments.conftest import reception
from tests.services.reception_payments.tills.conftest import FLOAT, cash_up, opened, take, till
from tests.views.desktop import answer_file, press, type_text
from tests.views.purchase_orders.hands import Hands

__all__ = ["reception", "till"]
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def section(tasks, qtbot, crashes):
    """The hands of an officer at a section of their own."""

    def begin(desk, kind=TillsController):
        messages = MessageBar()
        qtbot.addWidget(messages)
        office = Office(desk, tasks, ChangeBus(), messages, crashes.append)
        made = kind(office)
        office.bus.changed.connect(made.page.take_changes)
        qtbot.addWidget(made.page)
        made.page.resize(1400, 800)
        made.page.show()
        hands = Hands(office, made.page, qtbot)
        hands.until(lambda: True)
        made.page.activateWindow()
        made.page.table.setFocus()
        hands.made = made
        return hands

    yield begin
    tasks.drain()


def counts(sheet, *quantities):
    """Type how many of each, from the 50 pound note on; Enter after each."""
    for each in quantities:
        type_text(sheet, each)
        press(sheet, Key.Key_Return)


def words(sheet):
    return "\n".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())


def row(desk, number=1):
    return next(each for each in desk.ask(queries.recent) if each.number == number)


def test_a_till_is_opened_with_its_float_by_keys_alone(desk, reception, till, section):
    hands = section(desk)
    sheet = hands.opens(OpenSheet, Key.Key_Return)
    counts(sheet, "", "1", "1", "2", "", "9")
    assert sheet.cash.total == Money(49_00)
    assert "float" in hands.refused(sheet, "why")
    sheet.cash.fields[100].setFocus(Qt.FocusReason.TabFocusReason)
    type_text(sheet, "10")
    hands.saves(sheet)
    assert hands.told() == "Till 1 is open, with £50.00."
    hands.until(lambda: hands.made.page.till.open is not None)
    assert row(desk).float_ == Money(50_00)


def test_what_should_be_there_is_nowhere_before_the_count_is_given(desk, reception, till, section):
    opened(desk, till)
    take(desk, reception, 100_00, "a")
    hands = section(desk)
    assert "100.00" not in words(hands.page)
    sheet = hands.opens(CashUpSheet, Key.Key_U, CTRL)
    assert "100.00" not in words(sheet)
    assert "150.00" not in words(sheet)
    assert "Nothing is counted yet" in hands.refused(sheet, "quantities")
    counts(sheet, "", "7", "", "1", "", "4")
    hands.saves(sheet)
    sheet = hands.sheet(DifferenceSheet)
    assert "£149.00" in words(sheet)
    assert "£150.00" in words(sheet)
    assert "Say how" in hands.refused(sheet, "why")
    type_text(sheet, "Wrong change")
    hands.saves(sheet)
    assert hands.told() == "£149.00 counted: £1.00 under. The reason is kept."
    assert (row(desk).state, row(desk).why) == (TillState.COUNTED, "Wrong change")


def test_a_count_that_differs_is_given_again(desk, reception, till, section):
    opened(desk, till)
    hands = section(desk)
    sheet = hands.opens(CashUpSheet, Key.Key_Return)
    counts(sheet, "", "2")
    hands.saves(sheet)
    difference = hands.sheet(DifferenceSheet)
    hands.press(Key.Key_R, CTRL, on=difference)
    sheet = hands.sheet(CashUpSheet)
    counts(sheet, "1")
    hands.saves(sheet)
    assert hands.told() == "£50.00 counted, as it should be."
    hands.until(lambda: row(desk).over == Money(0))
    hands.until(lambda: len(hands.made.page.card.counts.rows) == 3)


def test_a_number_that_is_none_is_said_and_stays(desk, reception, till, section):
    hands = section(desk)
    sheet = hands.opens(OpenSheet, Key.Key_O, CTRL)
    counts(sheet, "1x")
    assert hands.refused(sheet, "quantities").startswith("Type how many")
    assert QApplication.focusWidget() is sheet.cash.fields[5000]
    assert sheet.cash.typed()[0] == "1x"
    sheet.close()


def test_a_till_changes_hands(desk, colleague, reception, till, section):
    desk.do(add, NewOfficer("another", "Test Another", frozenset({Role.RECEPTION})))
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    hands = section(desk)
    sheet = hands.opens(HandOverSheet, Key.Key_H, CTRL)
    assert "not what should be there" in words(sheet)
    sheet.cash.setFocus()
    counts(sheet, "3")
    assert "Choose the colleague" in hands.refused(sheet, "to_officer_id")
    sheet.fields.field("to_officer_id").set_value(colleague.officer.id)
    hands.saves(sheet)
    assert hands.told() == "£150.00 counted, as it should be. Test Colleague holds the till once they agree to it."
    hands.until(lambda: "Handed over to Test Colleague, who hasn't agreed yet" in words(hands.page))
    shown = {action.text() for action in hands.page.actions() if action.isVisible()}
    assert shown & {"Hand over", "Hand over again"} == {"Hand over again"}
    other = section(colleague)
    sheet = other.opens(TakeOverSheet, Key.Key_T, CTRL)
    assert "£150.00" in words(sheet)
    assert "3 of £50" in words(sheet)
    other.saves(sheet)
    assert other.told() == "You hold Till 1."
    other.until(lambda: "for Test Colleague, who took it over" in words(other.page))
    assert row(desk).holder == "Test Colleague"
    assert {TillAct.HAND_OVER} == colleague.ask(queries.session, session_id).acts & {*TillAct} - {TillAct.CASH_UP}


def test_a_spot_check_is_explained_by_whoever_made_it(desk, colleague, reception, till, section):
    opened(desk, till)
    take(desk, reception, 100_00, "a")
    hands = section(colleague)
    sheet = hands.opens(CountSheet, Key.Key_F7)
    counts(sheet, "2")
    hands.saves(sheet)
    sheet = hands.sheet(DifferenceSheet)
    type_text(sheet, "A note is missing")
    hands.saves(sheet)
    hands.until(lambda: hands.made.page.card.counts.rows)
    last = colleague.ask(queries.session_card, row(desk).session_id).counts[-1]
    assert (last.over, last.why) == (Money(-50_00), "A note is missing")
    assert row(desk).state is TillState.OPEN


def test_a_second_officer_signs_and_whoever_counted_is_not_offered_it(desk, colleague, reception, till, section):
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    cash_up(desk, session_id, {2000: 7, 500: 1, 100: 4})
    own = section(desk)
    assert not any(action.isVisible() for action in own.page.actions() if action.text() == "Sign")
    hands = section(colleague)
    sheet = hands.opens(SignSheet, Key.Key_F9)
    assert "£1.00" in words(sheet)
    assert "Say how" in hands.refused(sheet, "why")
    type_text(sheet, "Nobody knows")
    hands.saves(sheet)
    assert hands.told() == "Session 1 is signed; its money can be banked."
    assert row(desk).signed_by == "Test Colleague"


def test_a_till_is_made_and_changed(desk, reception, till, section):
    hands = section(desk)
    sheet = hands.opens(TillSheet, Key.Key_N, CTRL)
    offered = [each.name for each in desk.ask(desks.desks) if each.cash or each.cheques]
    assert [sheet.fields.field("desk_id").itemText(at) for at in range(len(offered))] == offered
    hands.types(sheet, name="Till 2", float_="20")
    hands.saves(sheet)
    hands.until(lambda: [each.name for each in hands.made.page.model.rows] == ["Till 1", "Till 2"])
    sheet = hands.opens(TillSheet, Key.Key_F2)
    hands.types(sheet, float_="60")
    hands.saves(sheet)
    hands.until(lambda: hands.made.page.model.rows[0].float_ == Money(60_00))


def closed(desk, colleague, reception, till):
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    cash_up(desk, session_id, {2000: 7, 1000: 1})
    colleague.do(commands.sign, session_id)
    return session_id


def test_signed_sessions_go_into_a_bag_that_a_second_officer_seals(desk, colleague, reception, till, section):
    closed(desk, colleague, reception, till)
    hands = section(desk, BankingsController)
    sheet = hands.opens(BankSheet, Key.Key_N, CTRL)
    assert "£100.00 goes to the bank: all of it cash" in words(sheet)
    type_text(sheet, "BAG 77")
    press(sheet, Key.Key_Return)
    assert "Count the notes and coins" in hands.refused(sheet, "quantities")
    counts(sheet, "", "4")
    assert "£80.00 is counted, and £100.00 in cash goes" in hands.refused(sheet, "quantities")
    counts(sheet, "", "5")
    hands.saves(sheet)
    hands.until(lambda: len(hands.made.page.model.rows) == 1)
    assert hands.page.table.row().bag == "BAG 77"
    other = section(colleague, BankingsController)
    sheet = other.opens(SealSheet, Key.Key_Return)
    assert "£100.00 of Campus West" in words(sheet)
    other.saves(sheet)
    assert other.told() == "Bag BAG 77 is sealed and on its way to the bank."
    assert desk.ask(queries.bankings)[0].state is BankingState.SEALED


def test_a_banking_is_cancelled_with_a_reason_and_found_by_its_number(desk, colleague, reception, till, section):
    session_id = closed(desk, colleague, reception, till)
    made = desk.do(banking.make, NewBanking("one", reception.counter, (session_id,), "B1"))
    hands = section(desk, BankingsController)
    hands.made.open_record(Subject.BANKING, made)
    hands.until(lambda: hands.made.page.card.sessions.rows)
    sheet = hands.opens(CancelSheet, Key.Key_Delete, CTRL)
    assert "Say why" in hands.refused(sheet, "why")
    type_text(sheet, "The bag was torn")
    hands.saves(sheet)
    assert desk.ask(queries.bankings)[0].state is BankingState.CANCELLED


def test_the_sheet_of_the_day_is_seen_and_saved(desk, colleague, reception, till, section, tmp_path, qtbot):
    closed(desk, colleague, reception, till)
    hands = section(desk)
    sheet = hands.opens(PaperSheet, Key.Key_F6)
    hands.until(lambda: sheet.content)
    press(sheet, Key.Key_S, CTRL)
    answer_file(qtbot, sheet, tmp_path / "day.pdf")
    hands.until((tmp_path / "day.pdf").exists)
    assert (tmp_path / "day.pdf").read_bytes() == sheet.content
    press(sheet, Key.Key_E, CTRL)
    answer_file(qtbot, sheet, tmp_path / "day.xlsx")
    hands.until(lambda: (tmp_path / "day.xlsx").exists() and "day.xlsx" in sheet.messages.text)
    assert load_workbook(tmp_path / "day.xlsx").active["A1"].value == "End of day: Till 1, Campus West"
    sheet.close()


def test_a_session_is_shown_where_it_is_asked_for(desk, reception, till, section):
    session_id = opened(desk, till)
    cash_up(desk, session_id, FLOAT.quantities)
    second = opened(desk, till)
    hands = section(desk)
    hands.made.open_record(Subject.TILL_SESSION, session_id)
    hands.until(lambda: hands.made.page.card.session is not None and hands.made.page.card.session.number == 1)
    hands.made.open_record(Subject.TILL_SESSION, second)
    hands.until(lambda: hands.made.page.card.session.number == 2)
