"""The daily board by keyboard: shown by day, opened behind a row, prepared by one officer and signed by another."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.reception_payments.bank import BoardDay
from app.models.values import BoardState, Money, TakenBy
from app.services.reception_payments.board import commands
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewShare
from app.views.common.dialogs import Sheet
from app.views.reception_payments.bank import OpenBank
from app.views.reception_payments.board_sheets import ItemsSheet, PrepareSheet, SignSheet
from app.views.reception_payments.board_tables import bank_words
from app.views.reception_payments.controller.board import BoardController
from tests.services.reception_payments.bank.conftest import bank, load, statement  # noqa: F401  a fixture
from tests.services.reception_payments.conftest import payment
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands, Key

TODAY = date(2026, 11, 21)


@pytest.fixture
def section(office, reception, bank, qtbot):  # noqa: F811
    """The board, and the hands of the officer at it."""
    controller = BoardController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1300, 800)
    controller.page.show()
    office.bus.changed.connect(controller.page.refresh_wanted)
    hands = Hands(office, controller.page, qtbot)
    hands.until(lambda: controller.page.board is not None)
    yield controller, hands
    for sheet in controller.page.findChildren(Sheet):
        sheet.close()
    hands.until(lambda: True)


def boards(desk):
    rows = select(BoardDay).order_by(BoardDay.id)
    return desk.ask(lambda ctx: [(row.state, row.note) for row in ctx.session.scalars(rows)])


def _opened(hands, table):
    table.setFocus()
    hands.press(Key.Key_Return)
    return hands.sheet(ItemsSheet)


def test_a_row_is_opened_and_the_board_prepared(desk, section, reception):
    new = payment(reception, NewShare(100_00, reception.rent), key="S1", by=TakenBy.TERMINAL, slip="S1")
    desk.do(recording.record, new)
    controller, hands = section
    controller.refresh()
    cards = lambda: controller.page.channels.rows[2]  # noqa: E731
    hands.until(lambda: cards().in_transit.pence == 100_00)
    assert controller.page._state.text() == "Agrees"
    controller.page.table.go_to(2)
    sheet = _opened(hands, controller.page.table)
    assert sheet.table.columns.rowCount() == 1
    assert sheet.explained == "In transit, next by 26 Nov 2026. In transit £100.00, not explained £0.00."
    sheet.close()
    sheet = hands.opens(PrepareSheet, Key.Key_Return, CTRL)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: boards(desk) == [(BoardState.PREPARED, "")])
    hands.until(lambda: controller.page.boards.rowCount() == 1)
    assert "a second officer signs it" in controller.page._stands.text()
    assert not controller.page.sign.isEnabled()


def test_what_is_unexplained_needs_a_note(desk, section, tmp_path):
    load(desk, statement(tmp_path, (20, 9_00, "A B")))
    controller, hands = section
    controller.refresh()
    hands.until(lambda: controller.page._state.text() == "Lines of the bank are open")
    side = controller.page.banks.rows[0]
    assert bank_words(side) == "1 line open since 20 Nov 2026"
    assert bank_words(replace(side, statement=side.statement + Money(5_00))).endswith(", £5.00 on no line")
    sheet = hands.opens(PrepareSheet, Key.Key_Return, CTRL)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: "Say what is known of it" in sheet.fields.error_of("note"))
    hands.types(sheet, note="The bank is asked")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: boards(desk) == [(BoardState.PREPARED, "The bank is asked")])


def test_a_board_of_a_colleague_is_signed(desk, colleague, section):
    colleague.do(commands.prepare, TODAY, "")
    controller, hands = section
    controller.refresh()
    hands.until(controller.page.sign.isEnabled)
    sheet = hands.opens(SignSheet, Key.Key_S, BOTH)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: boards(desk) == [(BoardState.SIGNED, "")])
    hands.until(lambda: not controller.page.sign.isEnabled() and not controller.page.prepare.isEnabled())


def test_the_board_of_another_day_is_shown(section):
    controller, hands = section
    controller.page.go_to(date(2026, 11, 10))
    hands.until(lambda: controller.page.board.on == date(2026, 11, 10))
    assert controller.page._state.text() == "No bank account yet"


def test_enter_on_a_bank_account_goes_to_its_lines(office, section, bank):  # noqa: F811
    wanted = []
    object.__setattr__(office, "show_only", lambda area, what: wanted.append((area, what)))
    controller, hands = section
    hands.until(lambda: controller.page.banks.rowCount() == 1)
    controller.page.bank_table.setFocus()
    hands.press(Key.Key_Return)
    assert wanted == [("reception_payments", OpenBank(bank.id))]
