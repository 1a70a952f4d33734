"""Scheduled jobs are run, changed and switched off by keyboard, and what went wrong stands out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from sqlalchemy import text

from app.models.jobs import Job
from app.services.jobs import queries, running
from app.views.admin.jobs_sheets import JobHistorySheet, JobSheet
from app.views.admin.listed import ReasonSheet
from tests.views.admin.test_sections import CTRL, manager, open_section, settle
from tests.views.desktop import press, sheet_of, type_text, wait

__all__ = ["manager"]


@pytest.fixture
def jobs(manager, qtbot):
    running.run_named(manager.desk, ["tidy"])
    return open_section(manager, qtbot, "jobs")


def stands(office, name):
    return next(each for each in office.desk.ask(queries.listed).rows if each.name == name)


def go_to(page, name):
    page.table.go_to(next(at for at, each in enumerate(page.model.rows) if each.name == name))


def said(page):
    return " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_what_failed_is_red_with_what_it_said_and_is_run_again(manager, jobs, qtbot):
    manager.desk.database.transact(
        lambda session: session.execute(text("UPDATE account SET balance_pence = balance_pence + 1 WHERE id = 1"))
    )
    go_to(jobs, "checks")
    assert jobs.run.text() == "Run now"
    press(jobs, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "1 fault" in manager.messages.text)
    settle(manager, qtbot)
    column = next(each for each in jobs.model.columns if each.key == "standing")
    row = jobs.table.row()
    assert (row.name, column.text(row), column.tone(row)) == ("checks", "Failed", "bad")
    wait(qtbot, lambda: "1 fault. balances" in said(jobs))
    assert "Run again  Ctrl+Enter" in {each.text() for each in jobs.findChildren(QPushButton)}
    manager.desk.database.transact(
        lambda session: session.execute(text("UPDATE account SET balance_pence = balance_pence - 1 WHERE id = 1"))
    )
    press(jobs, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "The ledger is whole." in manager.messages.text)
    settle(manager, qtbot)
    press(jobs, Qt.Key.Key_H, CTRL)
    sheet = sheet_of(qtbot, JobHistorySheet, jobs)
    wait(qtbot, lambda: len(sheet.model.rows) == 2)
    sheet.wrong.setChecked(True)
    wait(qtbot, lambda: len(sheet.model.rows) == 1)
    wait(qtbot, lambda: "1 fault. balances" in said(sheet))
    sheet.reject()


def test_another_time_and_off_with_a_reason(manager, jobs, qtbot):
    go_to(jobs, "letters")
    press(jobs, Qt.Key.Key_F2)
    sheet = sheet_of(qtbot, JobSheet, jobs)
    assert (sheet.minutes.value(), sheet.minutes.isVisible(), sheet.at.isVisible()) == (10, True, False)
    sheet.pace.set_value("week")
    assert (sheet.minutes.isVisible(), sheet.weekday.isVisible(), sheet.at.isVisible()) == (False, True, True)
    sheet.weekday.set_value(5)
    sheet.at.set_value("teatime")
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert sheet.isVisible()
    sheet.at.set_value("4pm")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: stands(manager, "letters").when == "Fridays at 16:00")
    settle(manager, qtbot)
    go_to(jobs, "letters")
    press(jobs, Qt.Key.Key_T, CTRL)
    reason = sheet_of(qtbot, ReasonSheet, jobs)
    press(reason, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "Say why" in said(reason))
    type_text(reason, "The office is shut")
    press(reason, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: not stands(manager, "letters").active)
    settle(manager, qtbot)
    wait(qtbot, lambda: "The office is shut" in said(jobs))
    assert jobs.switch.text() == "Switch on"


def test_switching_off_says_what_goes_on_without_it(manager, jobs, qtbot):
    go_to(jobs, "checks")
    press(jobs, Qt.Key.Key_T, CTRL)
    sheet = sheet_of(qtbot, ReasonSheet, jobs)
    assert "These no longer wait for it, and go on: Weekly charge, Direct Debit posting." in said(sheet)
    sheet.reject()


def test_what_posts_is_asked_for_and_shown_as_waiting(manager, jobs, qtbot):
    go_to(jobs, "receipt_files")
    assert not jobs.run.isEnabled()
    press(jobs, Qt.Key.Key_T, CTRL)
    sheet = sheet_of(qtbot, JobSheet, jobs)
    sheet.reason.set_value("Bank files come each morning")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "Choose the folder" in sheet._fields.error_of("folder"))
    sheet.folder.set_value("/srv/receipts")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: stands(manager, "receipt_files").request is not None)
    settle(manager, qtbot)
    go_to(jobs, "receipt_files")
    assert not manager.desk.ask(lambda ctx: ctx.session.get(Job, "receipt_files").active)
    number = stands(manager, "receipt_files").request
    wait(qtbot, lambda: f"Request {number} waits" in said(jobs))
    assert not jobs.change.isEnabled()
