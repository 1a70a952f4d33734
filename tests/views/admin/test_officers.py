"""Officers and access by keyboard over a real database."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values import LimitKind, Money, ReviewDecision
from app.services.admin import limits, officers, roles
from app.services.admin.restricted import NewRestriction, restrict
from app.services.approvals.commands import approve
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Permission, Role
from app.services.core.session import Desk
from app.services.rent.search import refresh_search
from app.views.admin.controller import AdminController
from app.views.admin.declared import DeclareSheet
from app.views.admin.delegations import DelegateSheet
from app.views.admin.limits import LimitsSheet
from app.views.admin.listed import FormSheet, ReasonSheet
from app.views.admin.officers import AddSheet, LeaveSheet
from app.views.admin.restricted import RestrictSheet
from app.views.admin.roles import RoleSheet
from app.views.admin.told import ToldSheet
from tests.views.desktop import press, sheet_of, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def manager(office):
    """The office at an administrator's desk, with a team leader beside them."""
    desk = office.desk
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    return at(office, "manager")


@pytest.fixture
def leader(office, manager):
    """The same office at the team leader's desk."""
    return at(office, "leader")


def at(office, username):
    seat = Desk.sit_down(office.desk.database, username, office.desk.clock)
    return replace(office, desk=seat)


def open_section(office, qtbot, key):
    admin = AdminController(office)
    qtbot.addWidget(admin.page)
    office.bus.changed.connect(admin.page.take_changes)
    admin.page.resize(1400, 800)
    admin.page.show()
    admin.open(key)
    settle(office, qtbot)
    return admin.section(key).page


def settle(office, qtbot):
    wait(qtbot, lambda: not office.tasks.busy)


def type_into(field, text):
    field.setFocus()
    QTest.keyClicks(field, text)


def names(page):
    return [page.model.row_at(row).name for row in range(page.model.rowCount())]


def choose(page, name):
    page.table.go_to(names(page).index(name))


def test_an_officer_is_asked_for_and_there_when_the_leader_approves(manager, leader, qtbot):
    page = open_section(manager, qtbot, "officers")
    assert "Test Leader" in names(page)
    press(page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(qtbot, AddSheet, page)
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(manager, qtbot)
    assert "missing" in sheet.fields.error_of("username")
    type_into(sheet.fields.field("username"), "newcomer")
    type_into(sheet.fields.field("name"), "New Comer")
    sheet.fields.field("roles").setFocus()
    QTest.keyClick(sheet.fields.field("roles"), Qt.Key.Key_Space)
    sheet.fields.fill({"reason": "A new post"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(manager, qtbot)
    assert "Request 1 waits" in manager.messages.text
    leader.desk.do(approve, [1])
    found = {row.username: row.roles for row in leader.desk.ask(officers.page).officers}
    assert found["newcomer"] == ("rents_officer",)


def test_nobody_makes_themselves_a_leaver_or_resets_their_own_password(manager, qtbot):
    page = open_section(manager, qtbot, "officers")
    choose(page, "Test Manager")
    assert not page.leave.isVisible()
    assert not page.reset.isVisible()
    assert page.roles.isVisible()
    choose(page, "Test Leader")
    assert page.leave.isVisible()


def test_a_leaver_is_hidden_until_leavers_are_wanted(manager, qtbot):
    page = open_section(manager, qtbot, "officers")
    choose(page, "Test Leader")
    press(page, Qt.Key.Key_Delete, CTRL)
    sheet = sheet_of(qtbot, LeaveSheet, page)
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(manager, qtbot)
    assert "Test Leader" not in names(page)
    page.leavers.setChecked(True)
    choose(page, "Test Leader")
    assert page.back.isVisible()


def test_a_reset_password_is_shown_once(manager, qtbot):
    page = open_section(manager, qtbot, "officers")
    choose(page, "Test Leader")
    press(page, Qt.Key.Key_R, CTRL)
    sheet = sheet_of(qtbot, FormSheet, page)
    press(sheet, Qt.Key.Key_Return, CTRL)
    told = sheet_of(qtbot, ToldSheet, page)
    told.close()
    settle(manager, qtbot)
    choose(page, "Test Leader")
    assert page.chosen().must_change


def test_whoever_may_only_look_changes_nothing(leader, qtbot):
    page = open_section(leader, qtbot, "officers")
    choose(page, "Test Manager")
    assert not any(action.isVisible() for action in (page.roles, page.details, page.leave, page.reset))


def test_what_a_role_may_do_is_changed_with_the_leader(manager, leader, qtbot):
    page = open_section(manager, qtbot, "roles")
    choose(page, "Reception")
    press(page, Qt.Key.Key_F2)
    sheet = sheet_of(qtbot, RoleSheet, page)
    ticks = sheet.fields.field("permissions")
    ticks.set_value(ticks.value() | {Permission.PLACE_HOLDS})
    sheet.fields.fill({"reason": "They place holds now"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(manager, qtbot)
    leader.desk.do(approve, [1])
    line = next(row for row in leader.desk.ask(roles.page) if row.key == "reception")
    assert Permission.PLACE_HOLDS in {each.permission for each in line.permissions if each.held}


def test_limits_are_typed_as_officers_type_money(manager, leader, qtbot):
    page = open_section(manager, qtbot, "limits")
    name = next(each for each in names(page) if each not in {"Test Leader", "Test Manager"})
    choose(page, name)
    press(page, Qt.Key.Key_F2)
    sheet = sheet_of(qtbot, LimitsSheet, page)
    line, batch = sheet._amounts[LimitKind.REFUND]
    line.setText("1,000")
    batch.setText("50")
    sheet.fields.fill({"reason": "Covers refunds"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(manager, qtbot)
    assert "below that of one line" in sheet._wrong.text()
    batch.setText("2500.50")
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(manager, qtbot)
    leader.desk.do(approve, [1])
    found = next(row for row in leader.desk.ask(limits.page) if row.name == name)
    assert found.limits == ((LimitKind.REFUND, Money(100_000), Money(250_050)),)


def test_approvals_are_delegated_and_taken_back(leader, qtbot):
    page = open_section(leader, qtbot, "delegations")
    press(page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(qtbot, DelegateSheet, page)
    sheet.fields.field("to").setCurrentIndex(1)
    type_into(sheet.fields.field("to_on"), "+5")
    sheet.fields.fill({"reason": "Annual leave"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(leader, qtbot)
    assert page.chosen().state == "in force"
    press(page, Qt.Key.Key_Delete, CTRL)
    settle(leader, qtbot)
    assert page.chosen().state == "ended"


def test_an_account_is_declared_by_its_reference(leader, accounts, qtbot):
    page = open_section(leader, qtbot, "declared")
    press(page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(qtbot, DeclareSheet, page)
    type_into(sheet.fields.field("reference"), "nowhere")
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(leader, qtbot)
    assert "No account has the reference" in sheet.fields.error_of("reference")
    sheet.fields.field("reference").setText(_reference(leader, accounts["Specimen"]))
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(leader, qtbot)
    assert page.chosen().reference == _reference(leader, accounts["Specimen"])
    assert not page.end.isVisible(), "nobody ends their own"


def test_a_record_is_restricted_and_released(leader, accounts, qtbot):
    page = open_section(leader, qtbot, "restricted")
    press(page, Qt.Key.Key_N, CTRL)
    sheet = sheet_of(qtbot, RestrictSheet, page)
    type_into(sheet.fields.field("reference"), _reference(leader, accounts["Specimen"]))
    sheet.fields.fill({"reason": "A councillor"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(leader, qtbot)
    assert page.chosen().readers == "Whoever may open restricted records"
    press(page, Qt.Key.Key_Delete, CTRL)
    settle(leader, qtbot)
    assert page.chosen().released_at is not None


def test_the_access_review_is_signed_by_keyboard(leader, qtbot):
    page = open_section(leader, qtbot, "access_review")
    press(page, Qt.Key.Key_N, CTRL)
    settle(leader, qtbot)
    choose(page, "Test Leader")
    assert not page.keep.isVisible(), "nobody signs their own line"
    choose(page, "Test Manager")
    press(page, Qt.Key.Key_Return, CTRL)
    settle(leader, qtbot)
    choose(page, "Test Manager")
    assert page.chosen().decision is ReviewDecision.KEEP
    unsigned = next(name for name in names(page) if name not in {"Test Leader", "Test Manager"})
    choose(page, unsigned)
    press(page, Qt.Key.Key_F2)
    sheet = sheet_of(qtbot, ReasonSheet, page)
    sheet.reason.setPlainText("No longer leads")
    press(sheet, Qt.Key.Key_Return, CTRL)
    settle(leader, qtbot)
    choose(page, unsigned)
    assert page.chosen().decision is ReviewDecision.CHANGE


def test_the_sign_in_log_is_found_in_and_narrowed(manager, qtbot):
    page = open_section(manager, qtbot, "sign_in_log")
    assert page.model.rowCount() == 0
    page.amiss.setChecked(True)
    settle(manager, qtbot)
    page.text.setText("nobody")
    assert page.model.rowCount() == 0


def test_a_restricted_account_shows_nothing_to_whoever_may_not_open_it(office, leader, accounts, qtbot):
    from app.views.rent.controller import AccountsController

    leader.desk.do(refresh_search)
    leader.desk.do(restrict, NewRestriction(_reference(leader, accounts["Testerton"]), "A councillor"))
    leader.desk.do(add, NewOfficer("front", "Test Front", frozenset({Role.RECEPTION})))
    front = at(office, "front")
    made = AccountsController(front)
    qtbot.addWidget(made.page)
    made.page.show()
    settle(front, qtbot)
    made.open_account(accounts["Specimen"])
    settle(front, qtbot)
    assert made.header is not None
    made.open_account(accounts["Testerton"])
    settle(front, qtbot)
    assert made.header is None
    assert made.page.account.header._name.accessibleName() == "Restricted record"
    assert made.page.account.ledger.lines.rowCount() == 0
    front.messages.clear()


def _reference(office, account_id):
    from app.services.rent.queries import account_rows

    return office.desk.ask(account_rows, [account_id])[0].reference
