"""Backups are made, tried and rehearsed by keyboard."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.models.values import BackupState, JournalKind
from app.services.backups import queries
from app.services.backups.facts import last_journal
from app.services.core.session import Desk
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from app.views.admin.backups_sheets import FolderSheet, PutBackSheet, RehearsalSheet
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


def test_one_is_put_back_with_words_and_the_window_comes_back_signed_out(desktop_over_landlord, accounts, qtbot):
    program = desktop_over_landlord
    first = program.office.desk
    page = section_of(program, qtbot)
    press(program.window, Qt.Key.Key_N, CTRL)
    wait(qtbot, lambda: page.model.rowCount() == 1 and not program.tasks.busy)
    header = JournalHeader(JournalKind.ADJUSTMENT, date(2026, 11, 16), "test", "later")
    first.do(ledger.post, header, [Line(accounts["Testerton"], "DBR", 500, date(2026, 11, 16))])
    page.table.setFocus()
    press(program.window, Qt.Key.Key_R, CTRL)
    found = sheet_of(qtbot, RehearsalSheet, page)
    press(found, Qt.Key.Key_Return, CTRL)
    sheet = sheet_of(qtbot, PutBackSheet, page)
    sheet.fields.fill({"reason": "A journal too many", "words": "lose it"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert "Type these words: lose 1 journal" in sheet.fields.error_of("words")
    sheet.fields.fill({"words": " Lose  1 journal"})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: program.signing.page is not None)
    waits = program.signing.page
    assert program.office is None
    assert "was put back. What was there is kept at" in waits.messages.text
    QTest.mouseClick(waits.computer, Qt.MouseButton.LeftButton)
    wait(qtbot, lambda: program.office is not None)
    desk = program.office.desk
    assert desk.ask(lambda ctx: last_journal(ctx.session))[0] == 4
    assert desk.ask(queries.put_back_last).journal_before == 5
    assert "A journal too many" in said(section_of(program, qtbot))


def section_of(program, qtbot):
    program.show_only("admin", "backups")
    wait(qtbot, lambda: not program.tasks.busy)
    return program.controllers["admin"].section("backups").page
