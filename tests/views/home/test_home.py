"""The Home page by keyboard: tasks written, done, handed over; charts that open what is behind them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.diary import queries
from app.services.diary.dto import Shown, TaskFilter, Whose
from app.views.common.task_sheets import HandOverSheet, LaterSheet, OpenTaskSheet, TaskSheet
from tests.views.desktop import open_tab, press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def home(program, landlord_file, qtbot):
    """The window on Home, everything shown."""
    program.begin(str(landlord_file))
    wait(qtbot, lambda: program.office is not None)
    page = program.controllers["home"].page
    assert program.window.page() is page
    wait(qtbot, lambda: page.arrears.model.rows and not program.tasks.busy)
    return page


def sheet(qtbot, page, kind):
    wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)))
    return next(each for each in page.findChildren(kind) if each.isVisible())


def titles(page):
    return [row.title for row in page.tasks.model.rows]


def write_task(program, page, qtbot, title):
    press(program.window, Qt.Key.Key_N, CTRL)
    opened = sheet(qtbot, page, TaskSheet)
    wait(qtbot, lambda: opened.record.form.field("due_on").value() is not None)
    type_text(opened, title)
    press(opened, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: title in titles(page) and not program.tasks.busy)


def test_a_task_is_written_and_done_in_few_keys(program, home, qtbot):
    write_task(program, home, qtbot, "Ring the bank")
    (row,) = home.tasks.model.rows
    assert row.due_on == date(2026, 11, 27)
    home.tasks.table.setFocus()
    press(program.window, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: titles(home) == [] and not program.tasks.busy)
    (done,) = program.office.desk.ask(queries.tasks, TaskFilter(Whose.ALL, Shown.DONE))
    assert done.title == "Ring the bank"


def test_a_task_is_opened_finished_with_an_outcome_and_put_off(program, home, qtbot):
    write_task(program, home, qtbot, "Ring the bank")
    home.tasks.table.setFocus()
    press(program.window, Qt.Key.Key_L, CTRL)
    later = sheet(qtbot, home, LaterSheet)
    type_text(later, "mon")
    press(later, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: titles(home) == [] and not program.tasks.busy)
    home.tasks.show_filter(TaskFilter(Whose.MINE, Shown.OPEN))
    wait(qtbot, lambda: titles(home) == ["Ring the bank"])
    home.tasks.table.setFocus()
    press(program.window, Qt.Key.Key_Return)
    opened = sheet(qtbot, home, OpenTaskSheet)
    type_text(opened, "They call back")
    press(opened, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: titles(home) == [] and not program.tasks.busy)


def test_a_task_is_handed_to_a_colleague_with_a_word_why(program, home, qtbot):
    program.office.desk.do(add, NewOfficer("other", "Test Other", frozenset({Role.RENTS_OFFICER})))
    write_task(program, home, qtbot, "Ring the bank")
    home.tasks.table.setFocus()
    press(program.window, Qt.Key.Key_H, CTRL)
    opened = sheet(qtbot, home, HandOverSheet)
    press(opened, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "Choose the officer" in opened.fields.error_of("holder"))
    opened.findChild(QComboBox).setCurrentText("Test Other")
    opened.why.setFocus()
    type_text(opened, "You know them")
    press(opened, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: titles(home) == [] and not program.tasks.busy)
    (row,) = program.office.desk.ask(queries.tasks, TaskFilter(Whose.ALL, Shown.OPEN))
    assert row.holder == "Test Other"


def test_a_bar_of_arrears_opens_its_accounts(program, home, qtbot):
    wait(qtbot, lambda: home.arrears.chart._plot is not None)
    home.arrears.chart.setFocus()
    press(program.window, Qt.Key.Key_Right)
    assert home.arrears.chart.accessibleName().startswith(
        "Current arrears by amount owed: £100 to £250: 1 account, £150.00 together"
    )
    press(program.window, Qt.Key.Key_Return)
    wait(qtbot, lambda: program.window.page().windowTitle() == "Accounts" and not program.tasks.busy)
    model = program.controllers["rent"].page.finder.model
    wait(qtbot, lambda: model.rowCount() == 1)
    assert "Testerton" in model.row_at(0).name


def test_a_week_opens_its_charge_and_the_figures_are_also_a_table(program, home, qtbot):
    home.collection.show_table(table=True)
    rows = home.collection.model.rows
    assert str(rows[-1].charged) == "£180.00"
    home.collection.table.go_to(len(rows) - 1)
    press(program.window, Qt.Key.Key_Return)
    wait(qtbot, lambda: program.window.page().windowTitle() == "Weekly charge" and not program.tasks.busy)


def test_the_runs_say_how_they_stand_and_open_their_page(program, home, qtbot):
    words = [each.accessibleName() for each in home.cards["runs"].findChildren(type(home.collection._swap))]
    assert any(name.startswith("Weekly charge: ") for name in words)
    statements = next(
        each
        for each in home.cards["runs"].findChildren(type(home.collection._swap))
        if each.accessibleName().startswith("Statements")
    )
    qtbot.mouseClick(statements, Qt.MouseButton.LeftButton)
    wait(qtbot, lambda: program.window.page().windowTitle() == "Statements" and not program.tasks.busy)


def test_a_task_about_an_account_stands_beside_its_notes(program, home, qtbot):
    open_tab(program, "rent")
    accounts = program.controllers["rent"]
    wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
    press(program.window, Qt.Key.Key_N, CTRL)
    opened = sheet(qtbot, accounts.page, TaskSheet)
    wait(qtbot, lambda: opened.record.form.field("due_on").value() is not None)
    type_text(opened, "Look at the credit")
    press(opened, Qt.Key.Key_S, CTRL)
    panel = accounts.page.account.tasks
    press(program.window, Qt.Key.Key_T, CTRL)
    wait(qtbot, lambda: [row.title for row in panel.model.rows] == ["Look at the credit"])
    open_tab(program, "home")
    wait(qtbot, lambda: titles(home) == ["Look at the credit"] and not program.tasks.busy)
    assert home.tasks.model.rows[0].about.startswith("Account 00")
