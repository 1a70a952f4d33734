"""One desk of many: closed for maintenance with a note half written, and upgraded by another while it is open."""

import pytest
from PySide6.QtCore import Qt

from app.services.admin import maintenance
from app.services.admin.maintenance import NewMaintenance
from app.services.admin.sessions.queries import page
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.workbench.drafts import store
from app.views.shell import signing
from tests.services.core.test_gate import set_version
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def others(desktop_over_landlord, landlord_file):
    """The program, whose desk has told that it is here, and the desk of an administrator elsewhere."""
    program = desktop_over_landlord
    database = Database(f"sqlite:///{landlord_file}")
    first = Desk.sit_down(database, program.office.desk.officer.username, program.office.desk.clock)
    first.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    program._later.start(0)
    manager = Desk.sit_down(database, "manager", first.clock)
    yield program, manager
    database.close()


def test_maintenance_signs_the_desk_out_with_its_draft_and_lets_it_in_again(others, qtbot, monkeypatch):
    program, manager = others
    monkeypatch.setattr(signing, "_LOOK_MS", 20)
    wait(qtbot, lambda: len(manager.ask(page).rows) == 1)
    officer = program.office.desk.officer
    press(program.window, Qt.Key.Key_M, CTRL)
    type_text(program.window, "Rang about the credit.")
    manager.do(maintenance.announce, NewMaintenance(5, "Upgrade"))
    program.life.here.say()
    wait(qtbot, lambda: "in 5 minutes: Upgrade" in program.window.announcement.text)
    manager.do(maintenance.end)
    manager.do(maintenance.announce, NewMaintenance(0, "Upgrade"))

    program.life.here.say()
    wait(qtbot, lambda: program.office is None and program.signing.page is not None)

    shown = program.signing.page
    assert "closed for maintenance since" in shown.messages.text
    assert not shown.computer.isVisible()
    assert [row.how for row in manager.ask(page, ended=True).rows] == ["Signed out for maintenance"]
    [kept] = Desk(manager.database, officer, manager.clock).ask(store.mine)
    assert "Rang about the credit." in str(kept.typed)
    manager.do(maintenance.end)
    wait(qtbot, shown.computer.isVisible)
    shown.computer.click()
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)


def test_an_upgrade_while_it_is_open_is_noticed_and_nothing_is_saved_any_more(others, qtbot):
    program, manager = others
    wait(qtbot, lambda: len(manager.ask(page).rows) == 1)
    set_version(manager.database, "9999")
    program.life.here.say()
    banner = program.window.banner
    wait(qtbot, lambda: "upgraded by a newer Rentbook while this one was open" in banner.text)
    assert "What you typed is kept as a draft" in banner.text
    assert banner.action.text() == "Open it &again"
