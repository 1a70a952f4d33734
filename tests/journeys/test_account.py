"""An officer finds a tenant by part of a name, explains the balance and saves the statement, all by keyboard."""

from datetime import date

from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from app.views.rent.dialogs import StatementSheet
from tests.views.desktop import answer_file, press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def found(program, qtbot, typed: str, name: str):
    """Type into the field that has the focus, and wait for the account."""
    accounts = program.controllers["rent"]
    type_text(program.window, typed)
    wait(qtbot, lambda: accounts.header is not None and accounts.header.name == name)
    wait(qtbot, lambda: not program.tasks.busy)
    return accounts.page


def test_find_explain_and_save_the_statement(desktop_over_landlord, qtbot, tmp_path):
    program = desktop_over_landlord
    page = found(program, qtbot, "testert", "Mx Maria Testerton")

    press(program.window, Qt.Key.Key_F8)
    wait(qtbot, lambda: page.account.why.as_at.hasFocus() and not program.tasks.busy)
    assert page.account.why.in_words() == (
        "Balance brought forward £0.00",
        "Rent, 3 weeks £300.00 DR",
        "Direct Debit £150.00 CR",
        "Balance at 21 Nov 2026 £150.00 DR",
    )

    press(program.window, Qt.Key.Key_F6)
    sheet = page.findChild(StatementSheet)
    wait(qtbot, lambda: sheet.document.pageCount() == 1)
    press(sheet, Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, sheet, tmp_path / "statement.pdf")
    wait(qtbot, (tmp_path / "statement.pdf").is_file)
    press(sheet, Qt.Key.Key_E, CTRL)
    answer_file(qtbot, sheet, tmp_path / "statement.xlsx")
    wait(qtbot, (tmp_path / "statement.xlsx").is_file)
    press(sheet, Qt.Key.Key_Escape)

    text = PdfReader(tmp_path / "statement.pdf").pages[0].extract_text()
    assert "Maria Testerton" in text
    assert "150.00 DR" in text
    cells = [cell.value for row in load_workbook(tmp_path / "statement.xlsx").active.iter_rows() for cell in row]
    assert 150 in cells
    wait(qtbot, lambda: page.account.documents.model.rowCount() == 1)


def test_any_date_is_explained_on_both_bases(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = found(program, qtbot, "testert", "Mx Maria Testerton")
    page.account.why.set_date(date(2026, 11, 11))
    wait(qtbot, lambda: page.account.why.in_words()[-1] == "Balance at 11 Nov 2026 £200.00 DR")
    page.account.why.basis.setCurrentIndex(1)
    wait(qtbot, lambda: not program.tasks.busy)
    assert page.account.why.in_words()[-1] == "Balance at 11 Nov 2026 £200.00 DR"
    press(program.window, Qt.Key.Key_B, CTRL)
    assert page.account.ledger.weeks_table.hasFocus()
    assert [week.balance.pence for week in page.account.ledger.weeks.rows[:2]] == [20_000, 10_000]


def test_f8_on_a_line_explains_the_balance_at_its_date(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = found(program, qtbot, "testert", "Mx Maria Testerton")
    press(program.window, Qt.Key.Key_L, CTRL)
    page.account.ledger.table.go_to(2)
    press(program.window, Qt.Key.Key_F8)
    wait(qtbot, lambda: page.account.why.in_words()[-1] == "Balance at 9 Nov 2026 £200.00 DR")


def test_the_header_adds_up_every_linked_account(desktop_over_landlord, qtbot):
    page = found(desktop_over_landlord, qtbot, "00124471", "Mx Maria Testerton")
    header = desktop_over_landlord.controllers["rent"].header
    assert header.net.pence == 15_000 + 1_250
    assert [linked.reference for linked in header.linked] == ["0071 0033 12"]
    page.account.header.linked_opened.emit(header.linked[0].account_id)
    wait(qtbot, lambda: desktop_over_landlord.controllers["rent"].header.reference == "0071 0033 12")


def test_down_in_the_finder_opens_the_next_account(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = program.controllers["rent"].page
    press(program.window, Qt.Key.Key_F, CTRL)
    first = program.controllers["rent"].header.account_id
    press(program.window, Qt.Key.Key_Down)
    wait(qtbot, lambda: program.controllers["rent"].header.account_id != first)
    assert page.finder.text.hasFocus()


def test_a_note_is_written_and_shown(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = found(program, qtbot, "specimen", "Mx Sam Specimen")
    press(program.window, Qt.Key.Key_M, CTRL)
    type_text(program.window, "Rang about the credit.")
    qtbot.mouseClick(page.account.notes.add, Qt.MouseButton.LeftButton)
    wait(qtbot, lambda: page.account.ledger.tabs.tabText(3) == "Notes  1")
    assert page.account.notes.text.toPlainText() == ""


def test_a_card_number_in_a_note_is_refused_and_nothing_typed_is_lost(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = found(program, qtbot, "specimen", "Mx Sam Specimen")
    press(program.window, Qt.Key.Key_M, CTRL)
    type_text(program.window, "Card 4111 1111 1111 1111")
    qtbot.mouseClick(page.account.notes.add, Qt.MouseButton.LeftButton)
    wait(qtbot, lambda: "card number" in program.window.messages.text)
    assert page.account.notes.text.toPlainText() == "Card 4111 1111 1111 1111"


def test_filters_narrow_the_list(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    finder = program.controllers["rent"].page.finder

    def shown(name: str) -> int:
        finder.filters[name].click()
        wait(qtbot, lambda: not program.tasks.busy)
        count = finder.model.rowCount()
        finder.filters[name].click()
        wait(qtbot, lambda: not program.tasks.busy)
        return count

    assert {name: shown(name) for name in finder.filters} == {
        "in_arrears": 3,
        "dwellings": 3,
        "garages": 1,
        "former": 1,
    }
    assert finder.model.rowCount() == 4


def test_nothing_found_says_so(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    finder = program.controllers["rent"].page.finder
    type_text(program.window, "nobody of that name")
    wait(qtbot, finder.empty.isVisible)
    assert "No account is found" in finder.empty.text()


def test_a_file_is_attached_and_saved_again(desktop_over_landlord, qtbot, tmp_path):
    program = desktop_over_landlord
    page = found(program, qtbot, "specimen", "Mx Sam Specimen")
    letter = tmp_path / "letter.txt"
    letter.write_text("Please send a statement.", "utf-8")
    press(program.window, Qt.Key.Key_D, CTRL)
    page.account.documents.attach.click()
    answer_file(qtbot, program.window, letter)
    wait(qtbot, lambda: page.account.documents.model.rowCount() == 1 and not program.tasks.busy)
    page.account.documents.save.click()
    answer_file(qtbot, program.window, tmp_path / "copy.txt")
    wait(qtbot, (tmp_path / "copy.txt").is_file)
    assert (tmp_path / "copy.txt").read_text("utf-8") == "Please send a statement."
    wait(qtbot, lambda: not program.tasks.busy)


def test_the_charges_in_force_are_shown(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = found(program, qtbot, "testert", "Mx Maria Testerton")
    press(program.window, Qt.Key.Key_G, CTRL)
    assert [(charge.code, charge.amount.pence) for charge in page.account.charges.rows] == [("DBR", 10_000)]


def test_a_note_half_written_stays_with_its_account(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    controller = program.controllers["rent"]
    page = found(program, qtbot, "specimen", "Mx Sam Specimen")
    first = controller.header.account_id
    press(program.window, Qt.Key.Key_M, CTRL)
    type_text(program.window, "Half a note")
    controller.look_for("testert")
    wait(qtbot, lambda: controller.header.name == "Mx Maria Testerton" and not program.tasks.busy)
    assert page.account.notes.text.toPlainText() == ""
    controller.open_account(first)
    wait(qtbot, lambda: controller.header.account_id == first and not program.tasks.busy)
    assert page.account.notes.text.toPlainText() == "Half a note"


def test_another_account_is_explained_today_again(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = found(program, qtbot, "testert", "Mx Maria Testerton")
    page.account.why.set_date(date(2026, 11, 11))
    wait(qtbot, lambda: page.account.why.in_words()[-1].startswith("Balance at 11 Nov 2026"))
    program.controllers["rent"].look_for("specimen")
    wait(qtbot, lambda: page.account.why.in_words()[-1] == "Balance at 21 Nov 2026 £60.00 CR")


BUDGET = {"find a tenant and see why they owe": 8, "save their statement from there": 3}
"""Keys pressed, answering the file dialog with Enter."""


def test_the_commonest_tasks_keep_to_their_keys(desktop_over_landlord, qtbot, tmp_path):
    program = desktop_over_landlord
    typed = "testert"
    page = found(program, qtbot, typed, "Mx Maria Testerton")
    press(program.window, Qt.Key.Key_F8)
    wait(qtbot, page.account.why.in_words)
    assert len(typed) + 1 <= BUDGET["find a tenant and see why they owe"]
    press(program.window, Qt.Key.Key_F6)
    sheet = page.findChild(StatementSheet)
    wait(qtbot, lambda: sheet.document.pageCount() == 1)
    press(sheet, Qt.Key.Key_Return, CTRL)
    answer_file(qtbot, sheet, tmp_path / "statement.pdf")
    wait(qtbot, (tmp_path / "statement.pdf").is_file)
    wait(qtbot, lambda: not program.tasks.busy)
    sheet.close()
