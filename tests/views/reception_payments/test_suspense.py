"""The section Suspense by keyboard: confirmed by one key, split over accounts and income, sent back, given on, put right."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.models.values import Fund, Money, Subject, SuspenseState
from app.services.reception_payments.suspense import queries
from app.services.reception_payments.suspense.dto import Age, NewPart, View
from app.views.common.dialogs import Sheet
from app.views.reception_payments.controller.suspense import SuspenseController
from app.views.reception_payments.suspense import SuspensePage
from app.views.reception_payments.suspense_sheets import BackSheet, GiveSheet, NoteSheet, PayersSheet, SplitSheet
from tests.services.reception_payments.conftest import control
from tests.services.reception_payments.files.looks import balance
from tests.services.reception_payments.suspense.held import DAY, alone, clear, hold
from tests.services.reception_payments.suspense.test_repairs import MEANWHILE, letter
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands

Key = Qt.Key


@pytest.fixture
def section(office, desk, reception, qtbot):
    """Opens the section, with the hands of the officer at it."""
    opened = []

    def open_section():
        controller = SuspenseController(office)
        qtbot.addWidget(controller.page)
        controller.page.resize(1400, 860)
        controller.page.show()
        office.bus.changed.connect(controller.page.refresh_wanted)
        controller.page.refresh_wanted.emit(None)
        hands = Hands(office, controller.page, qtbot)
        hands.until(lambda: controller.page.card.found is not None or not controller.page.model.rowCount())
        controller.page.table.setFocus()
        opened.append((controller, hands))
        return controller, hands

    yield open_section
    for controller, hands in opened:
        for sheet in controller.page.findChildren(Sheet):
            sheet.close()
        hands.until(lambda: True)


def state(desk, item):
    return desk.ask(queries.item, item.id).state


def test_one_key_confirms_the_likeliest_account(desk, section, reception):
    """70 0001 was given as 70 0010."""
    alone(desk)
    item = hold(desk, reference_given="700010", payer_name="A PAYER")
    controller, hands = section()
    card = controller.page.card
    assert "Two digits are swapped" in card._why.text()
    hands.press(Key.Key_Return, CTRL)
    hands.until(lambda: state(desk, item) is SuspenseState.CLEARED)
    assert (balance(desk, reception.rent), control(desk, "suspense")) == (-50_00, 0)
    assert "Item 1 is cleared." in hands.told()
    (move,) = desk.ask(queries.moves, item.id)
    assert move.why == "Two digits are swapped: 700010 was given for 700001"
    (payer,) = desk.ask(queries.payers, reception.rent)
    assert payer.payer == "A PAYER"


def test_two_accounts_that_are_as_likely_are_chosen_between(desk, section, reception):
    """70 0003 may be 70 0001 or 70 0002."""
    alone(desk)
    item = hold(desk, reference_given="700003")
    controller, hands = section()
    hands.press(Key.Key_Return, CTRL)
    hands.until(lambda: "as likely as each other" in hands.told())
    assert state(desk, item) is SuspenseState.OPEN
    hands.press(Key.Key_Down, CTRL)
    chosen = controller.page.card.candidate.account.account_id
    assert chosen == reception.other
    hands.press(Key.Key_Return, CTRL)
    hands.until(lambda: state(desk, item) is SuspenseState.CLEARED)
    assert balance(desk, reception.other) == -50_00


def test_without_an_account_nothing_can_be_confirmed(desk, section, reception):
    hold(desk, narrative="A B")
    controller, hands = section()
    hands.until(lambda: controller.page.card.found is not None)
    offered = {button.text().split("  ")[0]: button for button in controller.page.card.findChildren(QPushButton)}
    assert not offered["Confirm"].isEnabled()
    assert offered["Split"].isEnabled()


def test_an_item_is_split_over_an_account_and_other_income(desk, section, reception):
    """50.00: 30.00 to the rent, 12.50 to parking, 7.50 stays."""
    alone(desk)
    item = hold(desk, reference_given="700001", payer_name="A PAYER")
    _controller, hands = section()
    sheet = hands.opens(SplitSheet, Key.Key_T, CTRL)
    hands.until(lambda: True)
    rent = sheet.grid.typed()[0]
    sheet.grid.set_value(
        [
            {**rent, "amount": "30.00"},
            {"place": [str(-reception.income), "Parking notices", ""], "amount": "12.50", "why": "A notice"},
        ]
    )
    assert "£7.50" in sheet.effects.text()
    hands.saves(sheet)
    hands.until(lambda: desk.ask(queries.item, item.id).left == Money(7_50))
    assert (balance(desk, reception.rent), control(desk, "stream:parking", Fund.GENERAL)) == (-30_00, -12_50)


def test_parts_beyond_what_it_holds_are_refused_and_stay_typed(desk, section, reception):
    hold(desk, reference_given="700001")
    _controller, hands = section()
    sheet = hands.opens(SplitSheet, Key.Key_T, CTRL)
    rent = sheet.grid.typed()[0]
    sheet.grid.set_value([{**rent, "amount": "60.00"}])
    assert "£10.00 more than it holds" in sheet.effects.text()
    assert "come to £60.00" in hands.refused(sheet, "parts")
    assert sheet.grid.total() == Money(60_00)


def test_money_goes_back_by_two(desk, colleague, section, reception):
    item = hold(desk)
    _controller, hands = section()
    sheet = hands.opens(BackSheet, Key.Key_B, CTRL)
    hands.types(sheet, why="Meant for another landlord")
    hands.saves(sheet)
    hands.until(lambda: state(desk, item) is SuspenseState.REFUND_ASKED)
    assert "waits for a second officer" in hands.told()


def test_a_note_is_kept_and_an_item_given_on(desk, colleague, section, reception):
    item = hold(desk)
    _controller, hands = section()
    sheet = hands.opens(NoteSheet, Key.Key_E, BOTH)
    hands.types(sheet, words="Asked the bank")
    hands.saves(sheet)
    hands.until(lambda: desk.ask(queries.item, item.id).note == "Asked the bank")
    sheet = hands.opens(GiveSheet, Key.Key_G, CTRL)
    sheet.fields.fill({"officer_id": colleague.officer.id})
    hands.saves(sheet)
    hands.until(lambda: desk.ask(queries.item, item.id).owner == "Test Colleague")


def test_a_known_payer_is_forgotten(desk, section, reception):
    alone(desk)
    clear(desk, hold(desk, payer_name="A PAYER"), NewPart(50_00, reception.rent), learn=True)
    hold(desk, line=2, payer_name="A PAYER")
    controller, hands = section()
    hands.until(lambda: controller.page.card.candidate is not None)
    sheet = hands.opens(PayersSheet, Key.Key_Y, CTRL)
    assert sheet.model.rows[0].payer == "A PAYER"
    hands.saves(sheet)
    hands.until(lambda: not desk.ask(queries.payers, reception.rent)[0].active)
    hands.until(lambda: controller.page.card.model.rowCount() == 0)


def test_what_was_done_meanwhile_is_listed_and_a_letter_of_apology_begun(desk, section, reception):
    alone(desk)
    desk.do(letter, reception.rent, MEANWHILE)
    item = hold(desk)
    clear(desk, item, NewPart(50_00, reception.rent))
    controller, hands = section()
    controller.open_record(Subject.SUSPENSE_ITEM, item.id)
    hands.until(lambda: controller.page.card.meanwhile.rowCount() == 1)
    assert controller.page.card.meanwhile.rows[0].words == "You owe rent, printed."
    assert controller.page.card.account_id == reception.rent


def test_items_are_filtered_with_what_they_come_to(desk, section, reception):
    hold(desk, pence=10_00, line=1, on=DAY.replace(day=1))
    hold(desk, pence=250_00, line=2)
    controller, hands = section()
    page = controller.page
    assert "2 items: £260.00 left, the oldest 20 days old." in page._said.text()
    page.age.set_value(Age.FORTNIGHT)
    hands.until(lambda: [row.number for row in page.model.rows] == [2])
    page.look_for_all()
    page.press(View.OLD)
    hands.until(lambda: [row.number for row in page.model.rows] == [1])


def test_an_officer_who_only_approves_looks_and_changes_nothing(qtbot, office):
    page = SuspensePage(may_clear=False)
    qtbot.addWidget(page)
    offered = {action.text().split("  ")[0] for action in page.actions()}
    assert "Known payers" in offered
    assert not offered & {"Confirm", "Split", "Send back", "Note", "Give"}
