"""Backups are made, tried and rehearsed by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.models.values import BackupState
from app.services.core.session import Desk
from app.views.admin.backups import FolderSheet, RehearsalSheet
from app.views.common.office import Office
from tests.views.admin.test_sections import CTRL, manager, settle
from tests.views.admin.test_signing import opened, said
from tests.views.desktop import press, sheet_of, wait

__all__ = ["manager"]


def test_one_is_made_tried_and_rehearsed(manager, qtbot, tmp_path):
    section = opened(manager, qtbot, "backups")
    page = section.page
    assert "No backup has been made yet." in said(page)
    press(page, Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    sheet = sheet_of(qtbot, FolderSheet, page)
    sheet.fields.fill({"folder": "copies"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "not a whole path" in sheet.fields.error_of("folder"))
    sheet.fields.fill({"folder": str(tmp_path / "copies")})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "the same disk as the database" in manager.messages.text)
    settle(manager, qtbot)
    press(page, Qt.Key.Key_N, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 1)
    settle(manager, qtbot)
    assert "every check found it whole" in manager.messages.text
    assert str(tmp_path / "copies") in said(page)
    page.table.setFocus()
    page.model.rows[0].path.write_bytes(b"no backup any more")
    press(page, Qt.Key.Key_T, CTRL)
    wait(qtbot, lambda: page.model.rows[0].state is BackupState.CHANGED)
    settle(manager, qtbot)
    assert "No backup is good" in said(page)


def test_a_rehearsal_says_what_would_be_lost(manager, qtbot):
    section = opened(manager, qtbot, "backups")
    page = section.page
    press(page, Qt.Key.Key_N, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 1)
    settle(manager, qtbot)
    page.table.setFocus()
    press(page, Qt.Key.Key_R, CTRL)
    sheet = sheet_of(qtbot, RehearsalSheet, page)
    told = " ".join(each.text() for each in sheet.findChildren(QLabel))
    assert "Nothing was changed." in told
    assert "every check found it whole" in told
    sheet.close()


def test_whoever_may_only_look_makes_none(office, manager, qtbot):
    seat = Desk.sit_down(office.desk.database, "leader", office.desk.clock)
    looking = Office(seat, office.tasks, office.bus, office.messages, office.crashed)
    page = opened(looking, qtbot, "backups").page
    assert "You may look, but not make or try backups." in said(page)
    assert not page.make.isEnabled()
