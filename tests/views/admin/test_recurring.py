"""Recurring tasks and leave on the Admin page."""

import pytest
from PySide6.QtCore import Qt

from app.services.diary import queries
from app.views.admin.controller.leave import LeaveController
from app.views.admin.controller.recurring import RecurringController
from app.views.admin.leave import LeaveSheet
from app.views.admin.recurring import RecurringSheet
from tests.views.desktop import press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def recurring(office, qtbot):
    made = RecurringController(office)
    qtbot.addWidget(made.page)
    made.page.resize(1100, 700)
    made.page.show()
    wait(qtbot, lambda: made.page.model.rows)
    return made


def opened(page, kind, qtbot):
    wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)))
    return next(each for each in page.findChildren(kind) if each.isVisible())


def kept(office, key):
    return next(each for each in office.desk.ask(queries.templates) if each.key == key)


def test_a_shipped_task_gets_an_owner_and_is_put_back(recurring, office, qtbot):
    page = recurring.page
    press(page, Qt.Key.Key_Return, CTRL)
    sheet = opened(page, RecurringSheet, qtbot)
    assert sheet.every.currentText() == "Each week"
    assert sheet.day.currentText() == "Monday"
    sheet.owner.set_value(f"officer:{office.desk.officer.id}")
    sheet.lead.set_value(2)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: kept(office, "weekly_debit").version == 1 and not office.tasks.busy)
    assert kept(office, "weekly_debit").owner_id == office.desk.officer.id
    assert kept(office, "weekly_debit").lead_days == 2
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: page.model.rows[0].version == 1)
    page.table.go_to(0)
    press(page, Qt.Key.Key_R, CTRL)
    wait(qtbot, lambda: kept(office, "weekly_debit").version is None and not office.tasks.busy)


def test_the_days_offered_follow_the_rhythm(recurring, office, qtbot):
    recurring.page.new_wanted.emit()
    sheet = opened(recurring.page, RecurringSheet, qtbot)
    sheet.title.set_value("Count the keys")
    sheet.every.set_value("month_working_day")
    sheet.day.set_value(-1)
    assert sheet.day.currentText() == "last working day"
    assert not sheet.month.isEnabled()
    sheet.every.set_value("year_day")
    assert sheet.month.isEnabled()
    sheet.every.set_value("rent_year")
    sheet.day.set_value(28)
    assert sheet.day.currentText() == "4 weeks before the rent year"
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: any(each.title == "Count the keys" for each in office.desk.ask(queries.templates)))
    wait(qtbot, lambda: not office.tasks.busy)


def test_a_task_without_a_title_is_refused_beside_the_field(recurring, qtbot, office):
    recurring.page.new_wanted.emit()
    sheet = opened(recurring.page, RecurringSheet, qtbot)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "needs a title" in sheet._form.error_of("title"))
    sheet.reject()
    wait(qtbot, lambda: not office.tasks.busy)


def test_leave_is_entered_and_taken_away(office, qtbot):
    made = LeaveController(office)
    qtbot.addWidget(made.page)
    made.page.show()
    wait(qtbot, lambda: not office.tasks.busy)
    made.page.new_wanted.emit()
    sheet = opened(made.page, LeaveSheet, qtbot)
    sheet.first.setText("")
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert sheet.fields.error_of("from_on")
    sheet.first.setText("mon")
    sheet.last.setText("fri")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: office.desk.ask(queries.absences) and not office.tasks.busy)
    made.page.refresh_wanted.emit(None)
    wait(qtbot, lambda: made.page.model.rows)
    made.page.table.go_to(0)
    made.page.remove_wanted.emit(made.page.table.row())
    wait(qtbot, lambda: not office.desk.ask(queries.absences) and not office.tasks.busy)
