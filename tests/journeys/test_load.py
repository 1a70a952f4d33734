"""A landlord's spreadsheet: errors found in one dry run, put right, loaded, reconciled, signed."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from tests.factories import workbooks
from tests.views.desktop import answer_file, open_tab, press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def own(program, qtbot):
    program.show_welcome()
    program.welcome.start_own()
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    return program


def rehearse(program, qtbot, path):
    press(program.window, Qt.Key.Key_O, CTRL)
    answer_file(qtbot, program.window, path)
    wait(qtbot, lambda: program.tasks.busy)
    wait(qtbot, lambda: not program.tasks.busy)
    return program.controllers["admin"].section("load").page


def test_every_error_is_listed_at_once_and_given_back_to_correct(own, qtbot, tmp_path):
    panel = rehearse(own, qtbot, workbooks.landlord(tmp_path / "bad.xlsx", bad_tenure=True))
    assert [(each.sheet, each.row, each.column) for each in panel.problems.rows] == [
        ("Tenancies", 3, "tenure"),
        ("Charges", 4, "amount"),
    ]
    assert not panel.load.isVisible()
    panel.corrected.click()
    answer_file(qtbot, own.window, tmp_path / "correct.xlsx")
    wait(qtbot, (tmp_path / "correct.xlsx").is_file)
    wait(qtbot, lambda: not own.tasks.busy)
    assert {"Tenancies", "Charges"} <= set(load_workbook(tmp_path / "correct.xlsx").sheetnames)


def test_a_clean_file_is_loaded_reconciled_and_signed(own, qtbot, tmp_path):
    panel = rehearse(own, qtbot, workbooks.landlord(tmp_path / "good.xlsx"))
    assert panel.problems.rows == ()
    assert panel.total.text() == "3 accounts in the file, £27.50 CR altogether"
    assert own.window.focusWidget() is panel.load
    press(own.window, Qt.Key.Key_Space)
    wait(qtbot, panel.sign.isVisible)
    (group,) = panel.groups.rows
    assert group.agrees
    assert group.ledger_total.pence == -2_750
    press(own.window, Qt.Key.Key_Space)
    wait(qtbot, lambda: "signed" in own.window.messages.text and not own.tasks.busy)
    open_tab(own, "rent")
    finder = own.controllers["rent"].page.finder
    wait(qtbot, lambda: finder.model.rowCount() == 3)


def test_the_same_file_twice_has_nothing_new(own, qtbot, tmp_path):
    path = workbooks.landlord(tmp_path / "good.xlsx")
    panel = rehearse(own, qtbot, path)
    panel.load.click()
    wait(qtbot, panel.sign.isVisible)
    panel = rehearse(own, qtbot, path)
    assert not panel.load.isVisible()
    assert [sheet.new for sheet in panel.sheets.rows] == [0, 0, 0, 0, 0]


def test_a_file_that_is_no_workbook_gets_a_sentence(own, qtbot, tmp_path):
    wrong = tmp_path / "letter.xlsx"
    wrong.write_text("Dear landlord", "utf-8")
    panel = rehearse(own, qtbot, wrong)
    assert panel.messages.text
    assert panel.file.isEnabled()


def test_the_template_is_saved(own, qtbot, tmp_path):
    own.controllers["admin"].section("load").page.template.click()
    answer_file(qtbot, own.window, tmp_path / "template.xlsx")
    wait(qtbot, (tmp_path / "template.xlsx").is_file)
    wait(qtbot, lambda: not own.tasks.busy)
    assert "Properties" in load_workbook(tmp_path / "template.xlsx").sheetnames
