"""A day at the till by keyboard, from its float to the bank: 50.00 in the till, 60.00 taken, 110.00 counted, 60.00 in the bag.

The tenant owes 150.00, so that 90.00 is left. The leader signs the cash-up and sees the bag sealed, each with two keys. On Tuesday
the statement has 60.00 with the number of the bag: the deposit is proposed for that line, and nothing is left on the counter.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.values import BankingState, Fund, Money, TillState
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.reception_payments.bank import accounts as banks
from app.services.reception_payments.bank.kept import NewBank
from app.services.reception_payments.desks import commands as desks
from app.services.reception_payments.desks import queries as desks_kept
from app.services.reception_payments.desks.dto import DeskRow
from app.services.reception_payments.tills import keeping, queries
from app.services.reception_payments.tills.dto import TillForm
from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.reception_payments.bank_sheets import StatementSheet
from app.views.reception_payments.banking_sheets import BankSheet, SealSheet
from app.views.reception_payments.controller.bankings import BankingsController
from app.views.reception_payments.controller.tills import TillsController
from app.views.reception_payments.take import TakeSheet
from app.views.reception_payments.taken import TakenSheet
from app.views.reception_payments.till_sheets import CashUpSheet, OpenSheet, SignSheet
from tests.journeys.purchase_officer import Officer, at_desk, clock
from tests.services.reception_payments.bank.conftest import ACCOUNT, statement
from tests.services.reception_payments.conftest import control
from tests.views.desktop import press, sheet_of, type_text, wait
from tests.views.purchase_orders.hands import Hands

__all__ = ["at_desk", "clock"]
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def _begin(ctx):
    """A counter with a till, and the account of the rents at the bank."""
    desks.keep_desk(ctx, DeskRow(0, "Campus West", "WGC", "The Campus", True, True, True, True, True))
    (counter,) = desks_kept.desks(ctx)
    keeping.keep_till(ctx, TillForm(0, counter.desk_id, "Till 1", Money(50_00), active=True))
    banks.add(ctx, NewBank("Rents collection", Fund.HRA, ACCOUNT, date(2026, 11, 16), Money(1_000_00)))


class Clerk(Officer):
    """An officer at the window, at Reception."""

    def section(self, key):
        self.program.office.show_only("reception_payments", key)
        tab = self.program.controllers["reception_payments"]
        self.until(tab.section(key).page.isVisible)
        page = tab.section(key).page
        page.table.setFocus()
        return page

    def shown(self, kind):
        """The sheet of this kind, once it is open and has what it asks for."""
        found = sheet_of(self.qtbot, kind)
        self.until(found.isVisible)
        return found

    def counts(self, sheet, *quantities):
        for each in quantities:
            type_text(sheet, each)
            self.press(Key.Key_Return, on=sheet)


@pytest.fixture
def clerk(at_desk, program, accounts, landlord_file, qtbot):
    at_desk(_begin)
    program.begin(str(landlord_file))
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    return Clerk(program, qtbot)


@pytest.fixture
def leader(qtbot, clerk):
    """The hands of the team leader at a section of their own."""
    crashed = []

    def begin(kind):
        messages = MessageBar()
        qtbot.addWidget(messages)
        office = Office(clerk.beside("leader"), clerk.program.tasks, ChangeBus(), messages, crashed.append)
        made = kind(office)
        office.bus.changed.connect(clerk.program.office.bus.publish)
        qtbot.addWidget(made.page)
        made.page.show()
        hands = Hands(office, made.page, qtbot)
        hands.until(lambda: True)
        made.page.activateWindow()
        made.page.table.setFocus()
        return hands

    yield begin
    assert crashed == []


def it_is_opened(clerk):
    clerk.section("tills")
    sheet = clerk.opens(OpenSheet, Key.Key_Return)
    clerk.counts(sheet, "", "1", "2", "2")
    clerk.confirms(sheet)
    clerk.until(lambda: clerk.told() == "Till 1 is open, with £50.00.")


def cash_is_taken(clerk, account_id):
    rent = clerk.program.controllers["rent"]
    clerk.program.window.go_to(rent.page)
    rent.open_account(account_id)
    clerk.until(lambda: rent.account_id == account_id)
    sheet = clerk.opens(TakeSheet, Key.Key_F5)
    clerk.until(lambda: sheet.caller is not None and sheet.who.hasFocus())
    press(sheet.who, Key.Key_1)
    clerk.until(sheet.amount.hasFocus)
    clerk.types(sheet, "60", "100")
    clerk.confirms(sheet)
    clerk.press(Key.Key_Escape, on=clerk.shown(TakenSheet))


def it_is_cashed_up(clerk, leader):
    page = clerk.section("tills")
    assert "60.00" not in page.card.words.text()
    sheet = clerk.opens(CashUpSheet, Key.Key_U, CTRL)
    clerk.counts(sheet, "", "5", "1")
    clerk.confirms(sheet)
    clerk.until(lambda: clerk.told() == "£110.00 counted, as it should be.")
    hands = leader(TillsController)
    hands.saves(hands.opens(SignSheet, Key.Key_F9))
    assert clerk.desk.ask(queries.recent)[0].state is TillState.CLOSED


def it_goes_to_the_bank(clerk, leader):
    clerk.section("bankings")
    sheet = clerk.opens(BankSheet, Key.Key_N, CTRL)
    clerk.types(sheet, "SB 77")
    clerk.counts(sheet, "", "3")
    clerk.confirms(sheet)
    clerk.until(lambda: clerk.desk.ask(queries.bankings))
    hands = leader(BankingsController)
    hands.saves(hands.opens(SealSheet, Key.Key_Return))
    assert clerk.desk.ask(queries.bankings)[0].state is BankingState.SEALED


def the_bank_has_it(clerk, folder):
    page = clerk.section("bank")
    path = statement(folder, (24, 60_00, "CREDIT SB77"))
    clerk.program.controllers["reception_payments"].section("bank").load(path)
    sheet = clerk.shown(StatementSheet)
    clerk.until(sheet.confirm_action.isEnabled)
    clerk.press(Key.Key_S, CTRL, on=sheet)
    clerk.until(lambda: sheet.over and page.model.rows)
    page.table.setFocus()
    clerk.until(lambda: page.table.row() is not None and page.table.row().proposal is not None)
    assert page.table.row().proposal.why == "Banking 1 of Campus West, bag SB 77"
    clerk.press(Key.Key_Return, CTRL, on=page)
    clerk.until(lambda: clerk.desk.ask(queries.bankings)[0].state is BankingState.BANKED)


def test_a_day_from_the_float_to_the_line_of_the_bank_statement(clerk, leader, accounts, clock, tmp_path):
    it_is_opened(clerk)
    cash_is_taken(clerk, accounts["Testerton"])
    it_is_cashed_up(clerk, leader)
    it_goes_to_the_bank(clerk, leader)
    clock.day = date(2026, 11, 24)
    the_bank_has_it(clerk, tmp_path)

    (banked,) = clerk.desk.ask(queries.bankings)
    assert (banked.banked, banked.banked_on) == (Money(60_00), date(2026, 11, 24))
    assert clerk.desk.ask(ledger.balance, accounts["Testerton"]).pence == 90_00
    assert control(clerk.desk, "cash:counter") == 0
    assert clerk.desk.ask(checks.check) == ()
