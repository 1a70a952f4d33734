"""Many rows by number pad and Enter: cells, errors in cells, the running total."""

from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.models.values import Money
from app.views.common.entry_grid import EntryColumn, EntryGrid
from app.views.common.fields import LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Picked, Picker, account_picker, among
from app.views.common.forms import Form

TODAY = date(2026, 11, 21)
ACCOUNTS = (Picked(7, "0012 4471 03", "Mx Maria Testerton"), Picked(8, "0012 4502 17", "Mx Sam Specimen"))
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def grid(qtbot, theme):
    window = QWidget()
    form = Form(window)
    made = EntryGrid(
        "Cheques",
        (
            EntryColumn("payer", "Payer", LineField, 160),
            EntryColumn("amount", "Amount", lambda: MoneyField(required=True), 110, right=True, total=True),
            EntryColumn("on", "Date", lambda: DateField(lambda: TODAY), 120),
        ),
        one="cheque",
    )
    form.add("lines", "&Cheques", made)
    qtbot.addWidget(window)
    window.resize(700, 420)
    window.show()
    window.activateWindow()
    made.window_ = window
    made.form = form
    made.table.setFocus()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), LineField))
    return made


def enter(qtbot, text, key=Qt.Key.Key_Return, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.keyClick(QApplication.focusWidget(), key, held)


def test_rows_are_typed_with_enter_alone_and_added_up(grid, qtbot):
    for typed in ("A Sample", "1234.5", "t", "B Sample", "10", "12/5/26"):
        enter(qtbot, typed, Qt.Key.Key_Enter, KEYPAD)
    assert grid.value() == [
        {"payer": "A Sample", "amount": Money(123_450), "on": TODAY},
        {"payer": "B Sample", "amount": Money(1_000), "on": date(2026, 5, 12)},
    ]
    assert grid._total.text() == "Total £1,244.50"
    assert grid._count.text() == "2 cheques"
    assert grid.table.currentIndex().row() == 2
    assert [grid._model.data(grid._model.index(0, at)) for at in range(3)] == ["A Sample", "1,234.50", "21 Nov 2026"]


def test_what_stands_in_the_cell_that_is_typed_in_counts_when_it_is_saved(grid, qtbot):
    """Ctrl+Enter comes without leaving the cell."""
    enter(qtbot, "A Sample")
    qtbot.keyClicks(QApplication.focusWidget(), "12.5")
    assert grid.problem() == ""
    enter(qtbot, "")
    enter(qtbot, "t")
    qtbot.keyClicks(QApplication.focusWidget(), "B Sample")
    assert grid.value()[0] == {"payer": "A Sample", "amount": Money(12_50), "on": TODAY}
    assert grid.value()[1]["payer"] == "B Sample"


def test_its_letter_goes_to_it(grid, qtbot):
    other = LineField()
    grid.form.add("after", "&After", other)
    qtbot.waitUntil(other.isVisible)
    enter(qtbot, "A Sample", Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(other.hasFocus)
    qtbot.keyClick(other, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: grid.isAncestorOf(QApplication.focusWidget()))


def test_the_first_click_is_taken_by_the_cell_that_it_is_on(grid, qtbot):
    other = LineField()
    grid.form.add("after", "&After", other)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    other.setFocus()
    grid.retype([{"payer": "A Sample", "amount": "5", "on": ""}, {"payer": "B Sample", "amount": "6", "on": ""}])
    table = grid.table
    table.setCurrentIndex(QModelIndex())
    place = table.visualRect(grid._model.index(0, 1)).center()
    qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), MoneyField))
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 1)


def test_tab_goes_on_and_shift_tab_back(grid, qtbot):
    enter(qtbot, "A Sample", Qt.Key.Key_Tab)
    enter(qtbot, "5", Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert (grid.table.currentIndex().row(), grid.table.currentIndex().column()) == (0, 0)
    enter(qtbot, "B Sample")
    assert grid.value()[0]["payer"] == "B Sample"
    assert grid.value()[0]["amount"] == Money(500)


def test_from_an_empty_row_tab_leaves_the_grid_and_so_does_shift_tab_from_the_first_cell(grid, qtbot):
    after = LineField()
    grid.form.add("after", "&After", after)
    qtbot.waitUntil(after.isVisible)
    for typed in ("A Sample", "5", "t", ""):
        enter(qtbot, typed, Qt.Key.Key_Tab)
    qtbot.waitUntil(after.hasFocus)
    assert len(grid.value()) == 1
    grid.table.go(0, 0)
    enter(qtbot, "", Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not grid.table.hasFocus() and not isinstance(grid.table.focusWidget(), LineField))


def test_what_is_wrong_is_in_the_cells_and_the_first_is_gone_to(grid, qtbot):
    for typed in ("A", "5", "", "B", "12,3", "", "C", "", "31/4"):
        enter(qtbot, typed)
    assert not grid.form.check()
    assert "is not an amount" in grid.error(1, "amount")
    assert "amount is needed" in grid.error(2, "amount")
    assert "no such day" in grid.error(2, "on")
    assert grid.error(0, "amount") == ""
    assert (grid.table.currentIndex().row(), grid.table.currentIndex().column()) == (1, 1)
    assert grid.form.error_of("lines") == "3 cells to put right, the first in row 2."
    assert "is not an amount" in grid._wrong.text()
    assert grid._wrong.width() == grid.width()
    enter(qtbot, "12.30")
    assert grid.error(1, "amount") == ""


def test_what_a_service_refuses_is_marked_in_its_cell(grid, qtbot):
    for typed in ("A", "5", "", "B", "6", ""):
        enter(qtbot, typed)
    grid.show_errors({(1, "payer"): "Nobody of that name pays us."})
    assert grid.error(1, "payer") == "Nobody of that name pays us."
    assert grid._wrong.text() == "Nobody of that name pays us."
    index = grid._model.index(1, 0)
    assert "Nobody of that name" in grid._model.data(index, Qt.ItemDataRole.AccessibleTextRole)


def test_esc_puts_back_what_stood_in_the_cell(grid, qtbot):
    enter(qtbot, "A Sample")
    grid.table.go(0, 0)
    qtbot.keyClicks(QApplication.focusWidget(), "B")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert grid.value()[0]["payer"] == "A Sample"


def test_ctrl_delete_removes_a_row_and_the_empty_one_stays(grid, qtbot):
    for typed in ("A", "5", "", "B", "6", ""):
        enter(qtbot, typed)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    grid.table.setCurrentIndex(grid._model.index(0, 0))
    qtbot.keyClick(grid.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert [row["payer"] for row in grid.value()] == ["B"]
    grid._model.take_out(grid._model.rowCount() - 1)
    assert grid._model.rowCount() == 2
    assert grid._total.text() == "Total £6.00"


def test_a_draft_keeps_half_typed_cells(grid, qtbot):
    for typed in ("A", "12,3"):
        enter(qtbot, typed)
    kept = grid.typed()
    assert kept == [{"payer": "A", "amount": "12,3", "on": ""}]
    grid.set_value(())
    assert grid.value() == []
    grid.retype(kept)
    assert grid.typed() == kept


def test_an_account_is_picked_in_a_cell(qtbot, theme):
    made = EntryGrid("Accounts", (EntryColumn("account", "Account", lambda: account_picker(among(ACCOUNTS)), 300),))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.table.setFocus()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Picker))
    picker = QApplication.focusWidget()
    qtbot.keyClicks(picker, "spec")
    qtbot.waitUntil(lambda: picker.completer_popup().isVisible())
    qtbot.keyClick(picker.completer_popup(), Qt.Key.Key_Return)
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert made.value() == [{"account": 8}]
    assert made._model.data(made._model.index(0, 0)) == "0012 4502 17   Mx Sam Specimen"


def test_what_was_looked_for_comes_when_the_cell_was_left_and_nothing_breaks(qtbot):
    asked = []
    picker = account_picker(lambda _text, then: asked.append(then))
    qtbot.keyClicks(picker, "spec")
    qtbot.waitUntil(lambda: asked != [])
    shiboken6.delete(picker)
    asked[0]([Picked(1, "Sample Person", "70 0001")])
