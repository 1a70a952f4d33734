"""First start: the demonstration landlord, an own one, a server, a file."""

import pytest
from PySide6.QtCore import Qt

from app.services.core import database as databases
from app.views.shell import settings
from app.views.welcome.dialogs import ServerSheet
from tests.services.servers.standing_in import StandIn
from tests.services.servers.test_drivers import WRONG
from tests.views.desktop import answer_file, open_tab, press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def welcome(program):
    program.begin(None)
    return program


def test_the_demonstration_opens_by_one_key(welcome, qtbot):
    qtbot.waitUntil(welcome.welcome.page.demonstration.button.hasFocus)
    press(welcome.window, Qt.Key.Key_Space)
    wait(qtbot, lambda: welcome.office is not None)
    assert welcome.window.page().windowTitle() == "Home"
    open_tab(welcome, "rent")
    accounts = welcome.controllers["rent"]
    wait(qtbot, lambda: accounts.header is not None and not welcome.tasks.busy)
    assert welcome.window.status.place.text() == "Demonstration landlord (demonstration.db)"
    assert databases.default_path().with_name("demonstration.db").is_file()


def test_start_my_own_makes_an_empty_database_and_says_what_to_do(welcome, qtbot):
    welcome.welcome.page.own.button.click()
    wait(qtbot, lambda: welcome.office is not None and not welcome.tasks.busy)
    assert databases.default_path().is_file()
    assert welcome.window.page().windowTitle() == "Admin"
    open_tab(welcome, "rent")
    finder = welcome.controllers["rent"].page.finder
    wait(qtbot, finder.empty.isVisible)
    assert "Load your landlord's spreadsheet" in finder.empty.text()


def test_the_database_that_was_open_is_opened_again(welcome, qtbot, landlord_file):
    welcome.welcome.open_file(str(landlord_file))
    wait(qtbot, lambda: welcome.office is not None and not welcome.tasks.busy)
    welcome.begin(None)
    wait(qtbot, lambda: welcome.office is not None and not welcome.tasks.busy)
    assert "landlord.db" in welcome.window.status.place.text()


def test_a_server_that_was_open_last_is_tried_again_and_its_form_says_what_is_wrong(welcome, qtbot):
    with StandIn({"Rentbook": (WRONG,), "master": (WRONG,)}) as server:
        settings.DATABASE.write(f"mssql+mssqlpython://rents@127.0.0.1:{server.port}/Rentbook?Encrypt=no")
        welcome.begin(None)
        wait(qtbot, lambda: welcome.window.findChild(ServerSheet) is not None and not welcome.tasks.busy)
    sheet = welcome.window.findChild(ServerSheet)
    assert sheet.isVisible()
    assert (sheet.host.value(), sheet.port.value(), sheet.login.value()) == ("127.0.0.1", str(server.port), "rents")
    assert "refuses the login 'rents'" in welcome.welcome.page.messages.text
    sheet.close()
    wait(qtbot, lambda: welcome.window.findChild(ServerSheet) is None)


def test_a_file_that_is_no_database_gets_a_sentence(welcome, qtbot, tmp_path):
    wrong = tmp_path / "letter.db"
    wrong.write_text("Dear tenant", "utf-8")
    qtbot.mouseClick(welcome.welcome.page.file, Qt.MouseButton.LeftButton)
    answer_file(qtbot, welcome.window, wrong)
    wait(qtbot, lambda: "is not a database" in welcome.welcome.page.messages.text)
    assert welcome.office is None


def test_making_the_demonstration_can_be_stopped(welcome, qtbot):
    page = welcome.welcome.page
    page.demonstration.button.click()
    page.stop_wanted.emit()
    wait(qtbot, lambda: not welcome.tasks.busy and page.demonstration.button.isEnabled())
    assert welcome.office is None


def test_an_officer_leaves_a_database_and_opens_it_again(desktop_over_landlord, qtbot, landlord_file):
    program = desktop_over_landlord
    open_tab(program, "admin")
    wait(qtbot, lambda: not program.tasks.busy)
    program.window.leave_wanted.emit()
    assert program.office is None
    assert program.window.page() is program.welcome.page
    assert program.window.top.isHidden()
    program.welcome.open_file(str(landlord_file))
    wait(qtbot, lambda: program.office is not None)
    open_tab(program, "rent")
    wait(qtbot, lambda: program.controllers["rent"].header is not None)
    assert program.window.top.isVisible()
    assert program.window.top.tabs.titles()[:3] == ["Home", "Post", "Accounts"]
    wait(qtbot, lambda: not program.tasks.busy)
