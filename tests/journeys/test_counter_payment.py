"""A payment at the counter, by keyboard from whichever tab is open to the account: 150.00 DR, less 60.00, is 90.00 DR.

The garage owes 12.50. At the counter one question is asked; 1 says that the paper was seen. The keys beside the search and the
amount are counted: at most eight.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.models.values import Money, MoneyReceiptState, PayerKind, TakenBy
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.reception_payments.desks import commands as desks
from app.services.reception_payments.desks.dto import DeskRow
from app.services.reception_payments.receipts import queries
from app.services.reception_payments.receipts.dto.shown import ReceiptFilter, ReceiptSort
from app.views.reception_payments.take import TakeSheet
from app.views.reception_payments.taken import TakenSheet
from tests.views.desktop import press, sheet_of, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier
COUNTER = DeskRow(0, "Campus West", "WGC", "The Campus", True, True, True, True, True)


@pytest.fixture
def counter(desktop_over_landlord):
    """The window, in an office with a counter that takes cash."""
    desktop_over_landlord.office.desk.do(desks.keep_desk, COUNTER)
    return desktop_over_landlord


class Officer:
    """An officer at the window, whose keys are counted."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot, self.keys = program, qtbot, 0

    def press(self, key, held=Qt.KeyboardModifier.NoModifier, on=None):
        self.keys += 1
        press(on or self.program.window, key, held)

    def sheet(self, kind):
        found = sheet_of(self.qtbot, kind)
        self.until(found.isVisible)
        return found

    def until(self, happened):
        wait(self.qtbot, lambda: happened() and not self.program.tasks.busy)

    def receipts(self):
        desk = self.program.office.desk
        ids = desk.ask(queries.ids, ReceiptFilter(), ReceiptSort.NUMBER, descending=False)
        return desk.ask(queries.rows, list(ids))


def words(sheet):
    return "\n".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())


def test_a_payment_for_the_account_that_is_shown(counter, accounts, qtbot):
    officer = Officer(counter, qtbot)
    rent = counter.controllers["rent"]
    rent.open_account(accounts["Testerton"])
    officer.until(lambda: rent.account_id == accounts["Testerton"])

    officer.press(Qt.Key.Key_F5)
    sheet = officer.sheet(TakeSheet)
    officer.until(lambda: sheet.caller is not None and sheet.who.hasFocus())
    assert "150.00" not in words(sheet)
    officer.press(Qt.Key.Key_1, on=sheet.who)
    officer.until(sheet.amount.hasFocus)
    assert "£150.00 DR" in words(sheet)
    assert "All accounts together £162.50 DR" in words(sheet)
    type_text(sheet, "60")
    officer.press(Qt.Key.Key_Return, on=sheet.amount)
    type_text(sheet, "100")
    assert "Give £40.00 change." in words(sheet)
    officer.press(Qt.Key.Key_Return, CTRL, on=sheet)

    done = officer.sheet(TakenSheet)
    assert officer.keys <= 8
    press(done, Qt.Key.Key_Escape)
    desk = counter.office.desk
    (row,) = officer.receipts()
    assert (row.number, row.amount, row.taken_by, row.state) == (
        "WGC000001",
        Money(60_00),
        TakenBy.CASH,
        MoneyReceiptState.TAKEN,
    )
    assert desk.ask(ledger.balance, accounts["Testerton"]).pence == 90_00
    page = counter.controllers["reception_payments"].page
    officer.until(lambda: counter.window.page() is page and page.list.model.rowCount() == 1)
    assert desk.ask(checks.check) == ()


def test_a_caller_is_found_from_another_tab_by_a_mistyped_reference_and_somebody_else_pays(counter, accounts, qtbot):
    officer = Officer(counter, qtbot)
    counter.window.go_to(counter.controllers["home"].page)
    officer.until(lambda: True)

    officer.press(Qt.Key.Key_F5)
    sheet = officer.sheet(TakeSheet)
    type_text(sheet, "0012447130")  # 0012 4471 03 with its last two digits the wrong way round
    officer.until(lambda: sheet.picker.completer_popup().isVisible())
    officer.keys += 1
    QTest.keyClick(sheet.picker.completer_popup(), Qt.Key.Key_Return)
    officer.until(lambda: sheet.caller is not None and sheet.who.hasFocus())
    officer.press(Qt.Key.Key_0, on=sheet.who)
    officer.until(sheet.amount.hasFocus)
    type_text(sheet, "20")
    assert "£150.00" not in words(sheet)
    officer.press(Qt.Key.Key_Return, CTRL, on=sheet)

    done = officer.sheet(TakenSheet)
    assert officer.keys <= 8
    press(done, Qt.Key.Key_Escape)
    (row,) = officer.receipts()
    assert (row.payer, row.account_id, row.amount) == (PayerKind.THIRD_PARTY, accounts["Testerton"], Money(20_00))
