"""The sections of the bank by keyboard: a statement loaded, lines matched as proposed, by hand and at once, a match taken back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.reception_payments.bank import BankLine, BankMatch, BankRule, BankStatement, CouncilBank
from app.models.values import BankLineState, BankPart, Fund, Money, Subject, TakenBy
from app.services.ledger import queries as ledger
from app.services.reception_payments.bank import accounts, commands, queries, screen
from app.services.reception_payments.bank.kept import NewBank, NewRule
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewShare
from app.views.common.dialogs import Sheet
from app.views.reception_payments.bank_match import MatchSheet, Rest
from app.views.reception_payments.bank_sheets import BackSheet, BankSheet, RuleSheet, StatementSheet, SureSheet
from app.views.reception_payments.controller.bank import BankController
from app.views.reception_payments.controller.bank_accounts import BankAccountsController
from app.views.reception_payments.controller.bank_rules import BankRulesController
from tests.services.reception_payments.bank.conftest import bank, load, statement  # noqa: F401  a fixture
from tests.services.reception_payments.conftest import payment
from tests.views.purchase_orders.hands import CTRL, Hands, Key


@pytest.fixture
def section(office, reception, bank, qtbot):  # noqa: F811
    """Opens a section; gives it with the hands of the officer at it."""
    opened = []

    def open_section(made):
        controller = made(office)
        qtbot.addWidget(controller.page)
        controller.page.resize(1300, 800)
        controller.page.show()
        office.bus.changed.connect(controller.page.refresh_wanted)
        hands = Hands(office, controller.page, qtbot)
        hands.until(lambda: True)
        opened.append((controller, hands))
        return controller, hands

    yield open_section
    for controller, hands in opened:
        for sheet in controller.page.findChildren(Sheet):
            sheet.close()
        hands.until(lambda: True)


def rows(desk, table):
    return desk.ask(lambda ctx: ctx.session.scalars(select(table).order_by(table.id)).all())


def states(desk):
    return [row.state for row in rows(desk, BankLine)]


def card(desk, reception, pence, slip):
    new = payment(reception, NewShare(pence, reception.rent), key=slip, by=TakenBy.TERMINAL, slip=slip)
    desk.do(recording.record, new)


def transit(desk):
    return [each.amount.pence for each in desk.ask(queries.in_transit)]


def test_a_statement_is_looked_through_and_loaded(desk, section, tmp_path):
    controller, hands = section(BankController)
    controller.load(statement(tmp_path, (20, 120_50, "RENT"), (20, -20_00, "RETURNED")))
    sheet = hands.sheet(StatementSheet)
    hands.until(lambda: "2 new lines." in sheet.effects.text())
    assert "It begins where the last one ended." in sheet.effects.text()
    assert rows(desk, BankStatement) == []
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: controller.page.model.rowCount() == 2)
    assert "2 lines loaded." in controller.office.messages.text
    assert "Statements to 20 Nov 2026: £1,100.50. In the ledger £1,000.00, 2 lines open, £100.50." in (
        controller.page._said.text()
    )


def test_a_statement_that_does_not_follow_is_loaded_with_a_reason(desk, section, tmp_path):
    load(desk, statement(tmp_path, (19, 10_00, "A"), (20, 50_00, "RENT")))
    controller, hands = section(BankController)
    controller.load(statement(tmp_path, (20, 50_00, "RENT"), (20, 7_00, "B"), opening=1_010_00, name="again.csv"))
    sheet = hands.sheet(StatementSheet)
    hands.until(lambda: "that of 20 Nov 2026 closed with £1,060.00" in sheet.effects.text())
    assert "1 new line." in sheet.effects.text()
    assert "Already there: 1 line." in sheet.effects.text()
    sheet.confirm_action.trigger()
    hands.until(lambda: sheet.fields.error_of("gap_why"))
    hands.types(sheet, gap_why="The bank sent Friday again")
    sheet.confirm_action.trigger()
    hands.until(lambda: len(rows(desk, BankLine)) == 3)
    assert rows(desk, BankStatement)[1].gap_why == "The bank sent Friday again"
    standing = desk.ask(screen.standing, None, None)
    assert standing.bank.missing == Money(0)
    controller.page.show_standing(replace(standing, bank=replace(standing.bank, statement_balance=Money(1_087_00))))
    assert "£20.00 is on no line: a page of the statements is missing." in controller.page._said.text()


def test_a_file_that_does_not_say_whose_it_is_asks_for_the_account(desk, section, bank, tmp_path):  # noqa: F811
    path = tmp_path / "bare.csv"
    path.write_text("Date,Amount,Balance\n20/11/2026,1.00,1001.00\n", encoding="utf-8")
    controller, hands = section(BankController)
    controller.load(path)
    sheet = hands.sheet(StatementSheet)
    hands.until(lambda: "choose the bank account" in sheet.effects.text())
    sheet.confirm_action.trigger()
    assert "choose the bank account" in sheet.fields.error_of("bank_id")
    sheet.fields.fill({"bank_id": bank.id})
    sheet.typed_changed.emit()
    hands.until(lambda: "1 new line." in sheet.effects.text())
    sheet.confirm_action.trigger()
    hands.until(lambda: len(rows(desk, BankLine)) == 1)


def test_a_statement_of_an_account_that_is_not_set_up_offers_no_loading(desk, section, bank, tmp_path):  # noqa: F811
    path = tmp_path / "other.csv"
    path.write_text("Account,Date,Amount,Balance\n20304087654399,20/11/2026,1.00,1001.00\n", encoding="utf-8")
    controller, hands = section(BankController)
    controller.load(path)
    sheet = hands.sheet(StatementSheet)
    hands.until(lambda: "isn't one of the council's that are set up" in sheet.effects.text())
    assert not sheet.confirm_action.isEnabled()
    controller.load(tmp_path / "gone.csv")
    hands.until(lambda: len(controller.page.findChildren(StatementSheet)) == 2)
    gone = controller.page.findChildren(StatementSheet)[-1]
    hands.until(lambda: not gone.confirm_action.isEnabled())


def test_a_line_is_matched_as_proposed_with_one_key_and_taken_back(desk, section, reception, tmp_path):
    card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (23, 100_00, "CARDS")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.card.shown is not None)
    assert "It is: Receipt WGC000001" in controller.page.card._why.text()
    hands.press(Key.Key_Return, CTRL)
    hands.until(lambda: states(desk) == [BankLineState.MATCHED])
    assert transit(desk) == []
    controller.page._buttons[1].setChecked(True)
    hands.until(lambda: controller.page.card.match is not None)
    assert controller.page.card.entries.rowCount() == 1
    sheet = hands.opens(BackSheet, Key.Key_F7, CTRL)
    hands.types(sheet, why="Wrong day")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: states(desk) == [BankLineState.OPEN])
    assert transit(desk) == [100_00]


def test_a_line_is_matched_by_hand_with_a_running_difference(desk, section, reception, tmp_path):
    """100.00 and 50.00 by card came as 148.50: both are chosen by Space, and 1.50 is the fee."""
    card(desk, reception, 100_00, "S1")
    card(desk, reception, 50_00, "S2")
    load(desk, statement(tmp_path, (23, 148_50, "X")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    sheet = hands.opens(MatchSheet, Key.Key_F2)
    assert sheet.left.text() == "Comes out even"
    hands.until(sheet.table.hasFocus)
    hands.press(Key.Key_Space, on=sheet.table)
    assert sheet.left.text() == "£100.00 left"
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: "£100.00 is left." in sheet.fields.error_of("rest"))
    sheet.table.setFocus()
    hands.press(Key.Key_Space, on=sheet.table)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: states(desk) == [BankLineState.MATCHED])
    assert transit(desk) == []
    [made] = rows(desk, BankMatch)
    parts = desk.ask(queries.match, made.id).parts
    assert [(part.part, part.pence) for part in parts] == [(BankPart.FEE, -1_50)]


def test_a_line_whose_match_waits_says_so_and_is_not_offered_again(desk, colleague, section, reception, tmp_path):
    """100.00 by card came as 80.00, said to be counted otherwise: 20.00 is more than one officer accepts."""
    card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (23, 80_00, "X")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    sheet = hands.opens(MatchSheet, Key.Key_F2)
    sheet.turn(sheet.model.rows[0])
    sheet.fields.fill({"rest": Rest.DIFFERENCE, "words": "The bank is asked"})
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: controller.page.model.rows[0].request_id is not None)
    assert controller.page.model.rows[0].words.startswith("Waits for a second officer, request ")
    assert not controller.page.chosen()
    hands.until(lambda: "Approvals has it" in controller.page.card._words.text())


def test_what_is_left_goes_to_an_account_or_into_suspense(desk, section, reception, tmp_path):
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT"), (20, 30_00, "A SAMPLE")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 2)
    controller.page.table.go_to(1)
    sheet = hands.opens(MatchSheet, Key.Key_F2)
    assert (sheet.fields.values()["account"], sheet.left.text()) == (reception.rent, "£80.00 left")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: desk.ask(ledger.balance, reception.rent).pence == -80_00)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    sheet = hands.opens(MatchSheet, Key.Key_F2)
    sheet.fields.fill({"rest": Rest.SUSPENSE})
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: states(desk) == [BankLineState.MATCHED, BankLineState.MATCHED])
    assert rows(desk, BankMatch)[1].to_suspense


def test_one_line_is_split_over_several_accounts(desk, section, reception, tmp_path):
    """80.00 of one payer: 50.00 for the rent and, once it comes to the penny, 30.00 for the garage."""
    load(desk, statement(tmp_path, (20, 80_00, "A SAMPLE")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    sheet = hands.opens(MatchSheet, Key.Key_F2)
    sheet.fields.fill({"rest": Rest.SEVERAL})
    rent = {"account": [str(reception.rent), "70 0001", ""], "amount": "50.00"}
    garage = {"account": [str(reception.garage), "Garage", ""], "amount": "20.00"}
    sheet.grid.set_value([rent, garage])
    hands.until(lambda: sheet.left.text() == "£10.00 left")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: "have £70.00 of the £80.00" in sheet.fields.error_of("shares"))
    sheet.grid.set_value([rent, garage | {"amount": "30.00"}])
    hands.until(lambda: sheet.left.text() == "Comes out even")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: states(desk) == [BankLineState.MATCHED])
    assert [desk.ask(ledger.balance, each).pence for each in (reception.rent, reception.garage)] == [-50_00, -30_00]


def test_a_payment_like_one_that_the_account_has_is_said_to_be_another(desk, section, reception, tmp_path):
    """80.00 came twice on a day: the second is refused until the officer says that it is another payment."""
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT"), (20, 80_00, "70 0001 RENT")))
    first = desk.ask(queries.proposals, rows(desk, CouncilBank)[0].id)[0]
    desk.do(commands.match, first.match)
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    sheet = hands.opens(MatchSheet, Key.Key_F2)
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: "has £80.00 of 20 Nov 2026 already" in sheet.fields.error_of("rest"))
    sheet.fields.fill({"rest": Rest.ANOTHER})
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: desk.ask(ledger.balance, reception.rent).pence == -160_00)


def test_all_sure_lines_are_matched_at_once_after_a_look(desk, section, reception, tmp_path):
    card(desk, reception, 100_00, "S1")
    desk.do(commands.keep_rule, NewRule("council tax"))
    load(desk, statement(tmp_path, (23, 100_00, "CARDS"), (23, 9_00, "COUNCIL TAX"), (23, 7_00, "A B")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 3)
    sheet = hands.menu(SureSheet, "Match all sure ones")
    assert sheet.table.columns.rowCount() == 2
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: states(desk) == [BankLineState.MATCHED, BankLineState.MATCHED, BankLineState.OPEN])
    assert "2 matches made." in controller.office.messages.text


def test_a_bank_account_is_set_up_and_its_statements_are_listed(desk, section, tmp_path):
    load(desk, statement(tmp_path, (20, 1_00, "A")))
    controller, hands = section(BankAccountsController)
    hands.until(lambda: controller.page.statements.rowCount() == 1)
    controller.open_record(Subject.BANK_STATEMENT, rows(desk, BankStatement)[0].id)
    hands.until(lambda: controller.page.statements.rowCount() == 1)
    sheet = hands.opens(BankSheet, Key.Key_N, CTRL)
    hands.types(sheet, name="General account", account="11 11 11 22222222", opening="500")
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: controller.page.model.rowCount() == 2)
    assert [row.opening_pence for row in rows(desk, CouncilBank)] == [1_000_00, 500_00]


def test_a_rule_is_kept(desk, section):
    controller, hands = section(BankRulesController)
    sheet = hands.opens(RuleSheet, Key.Key_N, CTRL)
    hands.types(sheet, words="WP")
    sheet.confirm_action.trigger()
    hands.until(lambda: "3 to 120" in sheet.fields.error_of("words"))
    hands.types(sheet, words="worldpay")
    sheet.fields.fill({"channel": "cash:card"})
    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    assert [(row.words, row.channel) for row in rows(desk, BankRule)] == [("worldpay", "cash:card")]


def test_a_bank_account_that_is_asked_for_is_chosen_with_its_open_lines(desk, section, tmp_path):
    second = NewBank("Services account", Fund.GENERAL, "20-00-00 55779911", date(2026, 11, 16), Money(0))
    other = desk.do(accounts.add, second).bank_id
    load(desk, statement(tmp_path, (20, 9_00, "A B")))
    controller, hands = section(BankController)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    controller.page._buttons[2].setChecked(True)
    controller.show_bank(other)
    hands.until(lambda: controller.page.bank.value() == other and controller.page.model.rowCount() == 0)
    assert controller.page.choice is BankLineState.OPEN
