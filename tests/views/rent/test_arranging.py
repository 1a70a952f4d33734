"""An arrangement on the telephone: every key answers at once, without the database; then it is made, and cancelled."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import event, select

from app.models.arrangements import Arrangement
from app.models.values import ArrangementState, Frequency, Money
from app.services.arrangements.queries import standing
from app.services.rent.header import account_header
from app.views.rent.controller.arrangements import ArrangementsController
from app.views.rent.controller.end_arrangement import CancelArrangementController
from app.views.rent.controller.make_arrangement import ArrangementController
from tests.views.desktop import wait

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def opened(accounts, open_sheet):
    """The sheet over an account that owes 150.00 and is charged 100.00 a week; the garage owes 12.50."""
    return open_sheet(ArrangementController, accounts["Testerton"])


def rows(office):
    statement = select(Arrangement).order_by(Arrangement.id)
    return office.desk.ask(lambda ctx: ctx.session.scalars(statement).all())


def figures(sheet):
    return [figure.accessibleName() for figure in sheet._figures]


def test_every_key_says_when_it_is_paid_off_without_the_database(opened, office, qtbot):
    statements = []
    sheet = opened

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(office.desk.database.engine, "before_cursor_execute", note)
    try:
        sheet.fields.fill({"starts_on": FRIDAY})
        amount = sheet.fields.field("amount")
        QTest.keyClicks(amount, "20")
        assert figures(sheet) == ["Debt covered £150.00 DR", "Paid off on 15 Jan 2027", "Payments 8 of £20.00"]
        QTest.keyClick(amount, Qt.Key.Key_PageUp)
        assert figures(sheet)[1:] == ["Paid off on 1 Jan 2027", "Payments 6 of £25.00"]
        QTest.keyClick(amount, Qt.Key.Key_Down)
        assert figures(sheet)[2] == "Payments 7 of £24.00"
        sheet.fields.fill({"every": Frequency.MONTHLY})
        assert figures(sheet)[1] == "Paid off on 27 May 2027"
        assert "in 6 months: £21.43 a month" in sheet.effects.text()
    finally:
        event.remove(office.desk.database.engine, "before_cursor_execute", note)
    assert [each for each in statements if "draft" not in each] == []


def test_all_they_pay_takes_the_charge_off_and_says_what_would_clear(opened):
    opened.fields.fill({"starts_on": FRIDAY, "amount": Money(90_00), "in_all": True})
    assert "At least £100.10 a week would." in opened.effects.text()
    assert figures(opened)[1] == "Paid off on \N{EN DASH}"
    opened.fields.fill({"amount": Money(110_00)})
    assert figures(opened)[2] == "Payments 15 of £10.00"


def test_another_account_is_covered_too(opened, accounts):
    opened.fields.fill({"starts_on": FRIDAY, "amount": Money(20_00), f"debt_{accounts['garage']}": True})
    assert figures(opened) == ["Debt covered £162.50 DR", "Paid off on 22 Jan 2027", "Payments 9 of £20.00"]


def test_it_is_made_told_in_the_header_and_cancelled(opened, office, page, accounts, qtbot):
    opened.fields.fill({"starts_on": FRIDAY, "amount": Money(20_00), "letter": False})
    QTest.keyClick(opened, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: opened.over)
    assert office.messages.text == "Arrangement made: 8 payments of £20.00 a week, the last £10.00 on 15 Jan 2027."
    header = office.desk.ask(account_header, accounts["Testerton"])
    assert [mark.text for mark in header.marks] == ["Arrangement"]
    again = CancelArrangementController(office, page, header)
    wait(qtbot, lambda: again.sheet is not None and again.sheet.isVisible())
    assert "£20.00 a week is asked for no more" in again.sheet.effects.text()
    QTest.keyClick(again.sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: "Say why" in again.sheet.fields.error_of("reason"))
    again.sheet.fields.fill({"reason": "They pay by Direct Debit"})
    QTest.keyClick(again.sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: again.sheet.over)
    assert [row.state for row in rows(office)] == [ArrangementState.CANCELLED]


def test_an_amount_is_needed(opened, office):
    opened.confirm_action.trigger()
    assert "An amount is needed" in opened.fields.error_of("amount")
    assert rows(office) == []


def test_the_register_lists_them_and_opens_the_account(opened, office, accounts, qtbot):
    opened.fields.fill({"starts_on": FRIDAY, "amount": Money(20_00), "letter": False})
    opened.confirm_action.trigger()
    wait(qtbot, lambda: opened.over)
    register = ArrangementsController(office)
    qtbot.addWidget(register.page)
    register.page.show()
    register.refresh()
    wait(qtbot, lambda: len(register.page.model.rows) == 1)
    assert register.page.model.rows[0].reference == "0012 4471 03"
    assert office.desk.ask(standing, [accounts["Testerton"]])[accounts["Testerton"]].covered == (accounts["Testerton"],)
