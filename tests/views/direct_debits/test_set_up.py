"""A mandate is set up from an account by keyboard alone: the script, the bank account checked as typed, the sum beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.values import MandateState, MandateWay
from app.services.core.effects import Effect
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import EVERYTHING, MandateSort
from app.services.direct_debits.setting_up import LOOK
from app.views.common.begin_work import BeginWork
from app.views.common.fields_pickers import Picked
from app.views.direct_debits.controller.mandate_work import BankCheck
from app.views.direct_debits.controller.setting_up import SetUpController
from app.views.direct_debits.page import DirectDebitsPage
from app.views.direct_debits.set_up import SetUpSheet
from tests.views.desktop import open_tab, press, sheet_of, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BUDGET = 26
"""Keys for a mandate by telephone from an open account, its fourteen digits among them."""


@pytest.fixture
def sheet(office, accounts, qtbot):
    """The sheet by itself, for the account of Testerton, who owes £150.00."""
    page = DirectDebitsPage()
    qtbot.addWidget(page)
    page.resize(1300, 860)
    page.show()
    SetUpController(office, page, (), BeginWork(accounts["Testerton"], "setting_up"))
    found = sheet_of(qtbot, SetUpSheet)
    wait(qtbot, found.effects.text)
    return found


@pytest.fixture
def on_account(desktop_over_landlord, accounts, qtbot):
    """The window, with F3 pressed on the account of Testerton."""
    program = desktop_over_landlord
    open_tab(program, "rent")
    made = program.controllers["rent"]
    made.open_account(accounts["Testerton"])
    wait(qtbot, lambda: made.header is not None and not program.tasks.busy)
    press(program.window, Qt.Key.Key_F3)
    found = sheet_of(qtbot, SetUpSheet)
    wait(qtbot, found.effects.text)
    return found


def focused(sheet, name):
    return QApplication.focusWidget() is sheet.fields.field(name)


def test_a_mandate_by_telephone_is_set_up_without_the_mouse_within_its_budget(
    desktop_over_landlord, accounts, on_account, qtbot
):
    program, sheet, keys = desktop_over_landlord, on_account, 1

    def typed(words):
        nonlocal keys
        keys += len(words)
        type_text(sheet, words)

    def pressed(key, held=Qt.KeyboardModifier.NoModifier):
        nonlocal keys
        keys += 1
        press(sheet, key, held)

    assert focused(sheet, "way")
    assert sheet.fields.values()["way"] is MandateWay.TELEPHONE
    while not focused(sheet, "holder_confirmed"):
        pressed(Qt.Key.Key_Tab)
    assert "Is the bank account in your own name" in sheet._say.text()
    for _ in range(4):
        pressed(Qt.Key.Key_Return)
    assert focused(sheet, "sort_code")
    typed("089999")
    pressed(Qt.Key.Key_Return)
    typed("66374958")
    wait(qtbot, lambda: "the account number fits the sort code" in sheet.bank.verdict.text())
    wait(qtbot, lambda: "The instalment" in {each.group for each in sheet.effects.effects})
    pressed(Qt.Key.Key_S, CTRL)
    rent = program.controllers["rent"]
    wait(qtbot, lambda: program.window.page() is rent.page and not program.tasks.busy)
    (made,) = program.office.desk.ask(queries.of_account, accounts["Testerton"])
    assert (made.state, made.payer, made.bank) == (MandateState.NEW, sheet_payer(program, accounts), "••••••58")
    assert keys <= BUDGET, keys


def sheet_payer(program, accounts):
    return program.office.desk.ask(queries.set_up_form, accounts["Testerton"]).payers[0].name


def test_what_is_missing_is_told_and_no_digit_is_ever_in_a_draft(office, sheet, qtbot):
    sheet.fields.fill({"sort_code": "089999", "account_number": "66374958", "note": "Rang about it"})
    wait(qtbot, lambda: "Still to do" in {each.group for each in sheet.effects.effects})
    assert {"sort_code": "", "account_number": ""}.items() <= sheet.typed().items()
    assert "66374958" not in str(sheet.typed())
    assert "66374958" not in repr(sheet.command())
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: sheet.fields.error_of("holder_confirmed"))
    assert not office.desk.ask(queries.ids, EVERYTHING, MandateSort.REFERENCE, descending=False)
    sheet.ask_before_leaving(lambda: True)
    sheet.reject()


def test_a_tick_is_for_the_warnings_that_stood_there(sheet):
    def warn(*words):
        sheet.effects.told.emit(tuple(Effect(LOOK, each, warns=True) for each in words))
        return sheet.fields.isRowVisible(sheet.fields.labels["despite"]), sheet.fields.values()["despite"]

    assert warn("Another mandate stands.") == (True, False)
    sheet.fields.field("despite").set_value(True)
    assert warn("Another mandate stands.") == (True, True)
    assert warn("Another mandate stands.", "The account number doesn't fit.") == (True, False)
    assert warn() == (False, False)
    sheet.ask_before_leaving(lambda: True)
    sheet.reject()


def test_the_bank_of_another_sort_code_goes_unless_it_was_typed(office, sheet):
    check = BankCheck(office, sheet.bank)

    def offered(*found):
        check._name(found)
        values = sheet.fields.values()
        return values["bank_name"], values["branch"]

    assert offered("Example Bank", "Sampleton") == ("Example Bank", "Sampleton")
    assert offered("", "") == ("", "")
    sheet.fields.fill({"bank_name": "Typed Bank"})
    assert offered("Example Bank", "Sampleton") == ("Typed Bank", "")
    sheet.ask_before_leaving(lambda: True)
    sheet.reject()


def test_a_signed_form_asks_for_no_script_and_somebody_else_for_an_address(sheet, qtbot):
    sheet.fields.fill({"way": MandateWay.PAPER})
    shown = {name for name in sheet.fields.labels if sheet.fields.isRowVisible(sheet.fields.labels[name])}
    assert {"form_number", "converts", "evidence", "received_on"} <= shown
    assert not shown & {"holder_confirmed", "guarantee_read", "payer_address", "despite"}
    sheet._who.setCurrentIndex(sheet._who.count() - 1)
    assert sheet.fields.isRowVisible(sheet.fields.labels["payer_address"])
    assert sheet.fields.values()["payer_name"] == ""
    sheet.ask_before_leaving(lambda: True)
    sheet.reject()


def test_an_account_that_is_chosen_in_the_sheet_brings_its_people(office, accounts, qtbot):
    page = DirectDebitsPage()
    qtbot.addWidget(page)
    page.show()
    SetUpController(office, page)
    sheet = sheet_of(qtbot, SetUpSheet)
    assert sheet.command() is None
    sheet._account.set_value(Picked(accounts["Specimen"], "Sam Specimen", "Account 0012 4502 17"))
    wait(qtbot, lambda: sheet.form_data is not None and not office.tasks.busy)
    assert "Specimen" in sheet.fields.values()["payer_name"]
    assert sheet.fields.field("reference").placeholderText() == "0012 4502 17"
    draft = sheet.typed() | {
        "account_id": [str(accounts["Testerton"]), "Maria Testerton", ""],
        "payer_name": "M Tester",
    }
    sheet.retype(draft)
    wait(qtbot, lambda: sheet.form_data.account_id == accounts["Testerton"] and not office.tasks.busy)
    assert sheet.fields.values()["payer_name"] == "M Tester"
    sheet.ask_before_leaving(lambda: True)
    sheet.reject()
