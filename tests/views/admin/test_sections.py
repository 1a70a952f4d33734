"""The sections that edit the office's rules, by keyboard over a real database."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.values import Subject
from app.services.admin.audit.queries import history
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.views.admin.calendar_sheets import ClosureSheet
from app.views.admin.controller import AdminController
from app.views.admin.policy_sheets import PolicySheet, VerifySheet
from app.views.common.history import HistorySheet
from app.views.common.office import Office
from tests.views.desktop import press, sheet_of, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def open_section(office, qtbot, key):
    admin = AdminController(office)
    qtbot.addWidget(admin.page)
    office.bus.changed.connect(admin.page.take_changes)
    admin.page.resize(1400, 800)
    admin.page.show()
    admin.open(key)
    wait(qtbot, lambda: not office.tasks.busy)
    return admin.section(key).page


@pytest.fixture
def manager(office, qtbot):
    """The office at an administrator's desk, with a team leader beside them."""
    desk = office.desk
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    seat = Desk.sit_down(desk.database, "manager", desk.clock)
    return Office(seat, office.tasks, office.bus, office.messages, office.crashed)


def settle(office, qtbot):
    wait(qtbot, lambda: not office.tasks.busy)


def test_a_new_value_is_asked_for_by_keyboard(manager, qtbot):
    page = open_section(manager, qtbot, "policy")
    page.text.setText("closing statement")
    assert page.table.row().words == "15 working days"
    press(page, Qt.Key.Key_Return, CTRL)
    sheet = sheet_of(qtbot, PolicySheet, page)
    assert sheet.focusWidget() is sheet.value
    type_text(sheet, "99")
    for field, text in ((sheet.starts_on, "5/4/27"), (sheet.source, "Cabinet"), (sheet.reason, "Faster")):
        field.setFocus()
        type_text(sheet, text)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "too high" in sheet._form.error_of("value"))
    sheet.value.setText("10")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "waits for a second officer" in manager.messages.text)
    wait(qtbot, lambda: page.table.row() is not None and page.table.row().waits is not None)
    assert not page.add.isEnabled()


def test_a_value_is_verified_and_its_history_shown(manager, qtbot):
    page = open_section(manager, qtbot, "policy")
    page.filters["verify"].click()
    marked = page.model.rowCount()
    press(page, Qt.Key.Key_M, CTRL)
    sheet = sheet_of(qtbot, VerifySheet, page)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == marked - 1)
    page.filters["all"].click()
    at = next(place for place, row in enumerate(page.model.rows) if row.verified_by)
    page.table.go_to(at)
    press(page, Qt.Key.Key_H, CTRL)
    told = sheet_of(qtbot, HistorySheet, page)
    wait(qtbot, lambda: told.changes.rowCount() == 1)
    assert told.changes.rows[0].officer == "Test Manager"
    told.close()


def test_whoever_may_only_look_is_told_so(office, manager, qtbot):
    seat = Desk.sit_down(office.desk.database, "leader", office.desk.clock)
    looking = Office(seat, office.tasks, office.bus, office.messages, office.crashed)
    page = open_section(looking, qtbot, "policy")
    assert page.model.rowCount()
    assert not page.add.isEnabled()
    assert not page.verify.isVisible()


def test_a_week_is_made_rent_free_and_a_charged_one_is_not(manager, qtbot):
    page = open_section(manager, qtbot, "calendar")
    assert page.table.row().monday == date(2026, 4, 6)
    assert page.sheet.charged_weeks == 0
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.weeks.rows[0].free_for != ())
    assert page.free.text() == "Charge it after all"
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.weeks.rows[0].free_for == ())
    page.year.setCurrentIndex(page.year.findText("2027-28"))
    wait(qtbot, lambda: page.sheet.name == "2027-28")
    settle(manager, qtbot)


def test_a_closure_is_added_and_taken_away(manager, qtbot):
    page = open_section(manager, qtbot, "closures")
    press(page, Qt.Key.Key_Return, CTRL)
    sheet = sheet_of(qtbot, ClosureSheet, page)
    type_text(sheet, "24/12/26")
    sheet.name.setText("Christmas Eve")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: any(row.local for row in page.days.rows))
    page.table.go_to(next(at for at, row in enumerate(page.days.rows) if row.local))
    page.table.setFocus()
    press(page, Qt.Key.Key_Delete)
    wait(qtbot, lambda: not any(row.local for row in page.days.rows))


def test_a_team_is_added_with_members_and_changed(manager, qtbot):
    page = open_section(manager, qtbot, "teams")
    press(page, Qt.Key.Key_N, CTRL)
    settle(manager, qtbot)
    type_text(page, "Income")
    page.members.item(0).setCheckState(Qt.CheckState.Checked)
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 1)
    settle(manager, qtbot)
    assert len(page.model.rows[0].members) == 1
    assert page._title.text() == "Income"
    page.name.setFocus()
    page.name.selectAll()
    type_text(page, " ")
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.record.form.error_of("name"))
    page.name.setText("Rents")
    press(page, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: page.model.rows[0].name == "Rents")
    settle(manager, qtbot)


def test_the_audit_is_filtered_and_drilled_into(manager, qtbot):
    page = open_section(manager, qtbot, "audit")
    wait(qtbot, lambda: page._chosen is not None)
    everything = page.list.model.rowCount()
    page.list.bar.look_for("0012447103")
    wait(qtbot, lambda: 0 < page.list.model.rowCount() < everything)
    settle(manager, qtbot)
    assert page.whole.isEnabled()
    press(page, Qt.Key.Key_H, CTRL)
    wait(qtbot, lambda: page.list.filter.record is not None)
    settle(manager, qtbot)
    page.list.bar.ask(page.list.spec.everything)
    page.first.setFocus()
    type_text(page, "22/11/26")
    press(page, Qt.Key.Key_Return)
    wait(qtbot, lambda: page.list.model.rowCount() == 0)
    settle(manager, qtbot)


def test_the_account_of_a_change_is_opened(manager, qtbot):
    page = open_section(manager, qtbot, "audit")
    page.list.bar.look_for("0012447103")
    wait(qtbot, lambda: page._chosen is not None and page._chosen.account_id is not None)
    settle(manager, qtbot)
    with qtbot.waitSignal(page.account_wanted):
        press(page, Qt.Key.Key_Return, CTRL)
    account_id = page._chosen.account_id
    assert manager.desk.ask(history, Subject.ACCOUNT, account_id)


def test_settings_lead_to_their_policy_values(manager, qtbot):
    admin = AdminController(manager)
    qtbot.addWidget(admin.page)
    admin.page.show()
    admin.open("settings")
    settle(manager, qtbot)
    admin.section("settings").page.policies_wanted.emit("sign_in.")
    settle(manager, qtbot)
    assert admin.page.list.key() == "policy"
    shown = admin.section("policy").page.model.rows
    assert {row.key.area for row in shown} == {"sign_in"}
    admin.open("settings")
    page = admin.section("settings").page
    page.scheme.set_value("mod97")
    press(page, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.record.messages.text or not page.record.is_changed())
    settle(manager, qtbot)
