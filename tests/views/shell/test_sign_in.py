"""Signing in and out at the window, and the lock that keeps what is open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow

from app.models.officers import Officer
from app.services.core import passwords, tries
from app.services.core.errors import UserError
from app.services.core.sign_in import DEMONSTRATION_PASSWORD, Colleague, Desks
from app.views.common.dialogs import Sheet
from app.views.shell.lock import Lock
from app.views.shell.sign_in import PasswordSheet, SignInPage
from tests.views.desktop import press, wait

GOOD = "heron cotton larch"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)


@pytest.fixture
def steady():
    """Seconds on a clock that the test turns."""
    return [0.0]


@pytest.fixture
def covered(qtbot, steady):
    """A window with a field in it, an officer at it, and its lock."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.field = QLineEdit()
    window.setCentralWidget(window.field)
    window.resize(800, 600)
    window.show()
    window.activateWindow()
    lock = Lock(window, now=lambda: steady[0])
    lock.begin("Test Officer", asks=False, minutes=10)
    yield window, lock
    lock.end()


def test_a_desk_left_alone_is_locked_and_a_key_opens_it(covered, steady, qtbot):
    window, lock = covered
    window.field.setFocus()
    QTest.keyClicks(window.field, "half a sentence")
    steady[0] = 599.0
    lock.look()
    assert not lock.locked
    steady[0] = 600.0
    lock.look()
    assert lock.locked
    assert not window.field.isVisible()
    QTest.keyClick(lock.screen, Qt.Key.Key_Shift)
    assert lock.locked
    QTest.keyClick(lock.screen, Qt.Key.Key_Space)
    assert not lock.locked
    assert window.field.text() == "half a sentence"
    assert window.field.isVisible()


def test_typing_keeps_the_desk_open(covered, steady):
    window, lock = covered
    for second in range(0, 3000, 500):
        steady[0] = float(second)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
        lock.look()
        assert not lock.locked


def test_typing_in_a_dialog_keeps_the_desk_open_too(covered, steady, qtbot):
    window, lock = covered
    sheet = Sheet(window, "A form", primary="Save")
    sheet.open()
    sheet.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is sheet.windowHandle())
    steady[0] = 599.0
    QTest.keyClick(sheet.windowHandle(), Qt.Key.Key_A)
    steady[0] = 1_198.0
    lock.look()
    assert not lock.locked
    sheet.close()


def test_dialogs_wait_behind_the_lock_with_what_is_typed(covered):
    window, lock = covered
    sheet = Sheet(window, "A form", primary="Save")
    field = QLineEdit()
    sheet.form().add("text", "&Text", field)
    sheet.open()
    field.setText("not lost")
    lock.lock()
    assert not sheet.isVisible()
    lock.unlock()
    assert sheet.isVisible()
    assert field.text() == "not lost"
    sheet.close()


def test_where_a_password_was_typed_only_it_opens(covered, qtbot):
    _window, lock = covered
    lock.begin("Test Officer", asks=True, minutes=10)
    lock.lock()
    QTest.keyClick(lock.screen, Qt.Key.Key_Space)
    assert lock.locked
    lock.screen.password.setText("wrong")
    with qtbot.waitSignal(lock.password_given) as given:
        QTest.keyClick(lock.screen.password, Qt.Key.Key_Return)
    assert given.args == ["wrong"]
    lock.screen.show_error(UserError("That name and password don't go together.", field="password"))
    assert lock.locked
    assert lock.screen.password.text() == ""
    lock.unlock()


def test_the_sign_in_page_goes_from_name_to_password_and_offers_the_demonstration(qtbot):
    page = SignInPage()
    qtbot.addWidget(page)
    page.show()
    colleague = Colleague("demo.leader", "Demo Team Leader", "Team leader")
    page.show_desks(Desks("Demonstration landlord", "someone", False, "", (colleague,)))
    assert page.title.text() == "Sign in to Demonstration landlord"
    assert page.computer.isHidden()
    page.username.clear()
    page.sign_in.click()
    assert page.form.show_error(UserError("x", field="username"))
    with qtbot.waitSignal(page.given) as given:
        page.colleagues.itemActivated.emit(page.colleagues.item(0))
    assert given.args == ["demo.leader", DEMONSTRATION_PASSWORD]
    assert DEMONSTRATION_PASSWORD in page._demonstration.findChildren(type(page.title))[1].text()


def test_two_new_passwords_that_differ_are_not_kept(qtbot):
    owner = QMainWindow()
    qtbot.addWidget(owner)
    sheet = PasswordSheet(owner, first=True, least=12)
    sheet.open()
    sheet.new.setText(GOOD)
    sheet.again.setText("something else")
    with qtbot.assertNotEmitted(sheet.chosen):
        sheet.confirm_action.trigger()
    sheet.again.setText(GOOD)
    with qtbot.waitSignal(sheet.chosen) as chosen:
        sheet.confirm_action.trigger()
    assert chosen.args == ["", GOOD]
    sheet.close()


def test_an_officer_signs_out_and_another_signs_in_at_the_same_desk(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    desk = program.office.desk

    def second(session):
        session.add(Officer(id=50, username="second", name="Second Officer"))
        session.flush()
        tries.set_password(session, 50, GOOD, desk.clock.now(), must_change=True)

    desk.database.transact(second)
    program.window.sign_out_wanted.emit()
    wait(qtbot, lambda: program.signing.page is not None)
    page = program.signing.page
    assert program.office is None
    page.username.setText("second")
    page.password.setText("wrong")
    page.sign_in.click()
    wait(qtbot, page.sign_in.isEnabled)
    assert page.username.text() == "second"
    page.password.setText(GOOD)
    page.sign_in.click()
    wait(qtbot, lambda: program.office is not None and program.window.findChild(PasswordSheet) is not None)
    assert program.office.desk.officer.name == "Second Officer"
    sheet = program.window.findChild(PasswordSheet)
    sheet.old.setText(GOOD)
    for field in (sheet.new, sheet.again):
        field.setText("amber walnut canal")
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: program.window.findChild(PasswordSheet) is None)
    press(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert program.signing.lock.locked
    program.signing.lock.screen.password.setText("amber walnut canal")
    QTest.keyClick(program.signing.lock.screen.password, Qt.Key.Key_Return)
    wait(qtbot, lambda: not program.signing.lock.locked)
    wait(qtbot, lambda: not program.tasks.busy)
