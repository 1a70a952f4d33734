"""The database answers late, is locked, moved away or replaced: the window lives on, says so, and nothing is lost."""

import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from app.services.core import engines
from app.views.common import reach
from tests.views.desktop import open_tab, press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """What takes seconds at a desk takes moments here."""
    monkeypatch.setattr(reach, "SLOW_SECONDS", 0.05)
    monkeypatch.setattr(reach, "_LOOK_MS", 20)
    monkeypatch.setattr(reach, "_WAITS_MS", (30,))
    monkeypatch.setattr(engines, "_BUSY_TIMEOUT_MS", 100)


@pytest.fixture
def by_hand(monkeypatch):
    """Rentbook doesn't try again by itself within the test."""
    monkeypatch.setattr(reach, "_WAITS_MS", (600_000,))


def test_while_the_database_takes_its_time_the_window_says_so_and_takes_typing(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    held, answers = threading.Event(), []
    program.office.ask(program.window, lambda _ctx: held.wait(10), then=answers.append)
    wait(qtbot, lambda: "slow to answer" in program.window.banner.text)
    type_text(program.window, "specimen")
    assert program.controllers["rent"].page.finder.text.text() == "specimen"
    open_tab(program, "charges")
    assert program.window.page().windowTitle() == "Weekly charge"
    held.set()
    wait(qtbot, lambda: answers == [True] and not program.tasks.busy)
    assert program.window.banner.text == ""


@pytest.mark.usefixtures("by_hand")
def test_a_file_that_was_moved_away_is_asked_again_when_it_is_back(desktop_over_landlord, landlord_file, qtbot):
    program = desktop_over_landlord
    away = landlord_file.rename(landlord_file.with_name("elsewhere.db"))
    type_text(program.window, "specimen")
    banner = program.window.banner
    wait(qtbot, lambda: "moved or removed" in banner.text and not program.tasks.busy)
    assert "nothing that you typed is lost" in banner.text
    banner.action.click()
    wait(qtbot, lambda: not program.tasks.busy)
    assert "moved or removed" in banner.text
    assert not landlord_file.exists()
    away.rename(landlord_file)
    banner.action.click()
    accounts = program.controllers["rent"]
    wait(qtbot, lambda: accounts.header.name == "Mx Sam Specimen" and not program.tasks.busy)
    assert banner.text == ""
    assert accounts.page.finder.text.text() == "specimen"


def test_rentbook_tries_again_by_itself(desktop_over_landlord, landlord_file, qtbot):
    program = desktop_over_landlord
    away = landlord_file.rename(landlord_file.with_name("elsewhere.db"))
    type_text(program.window, "specimen")
    wait(qtbot, lambda: "moved or removed" in program.window.banner.text)
    away.rename(landlord_file)
    wait(qtbot, lambda: program.controllers["rent"].header.name == "Mx Sam Specimen" and not program.tasks.busy)
    assert program.window.banner.text == ""


@pytest.mark.usefixtures("by_hand")
def test_a_note_written_while_the_file_is_locked_stays_until_it_can_be_kept(
    desktop_over_landlord, landlord_file, qtbot
):
    program = desktop_over_landlord
    page = program.controllers["rent"].page
    press(program.window, Qt.Key.Key_M, CTRL)
    type_text(program.window, "Rang about the credit.")
    with closing(sqlite3.connect(landlord_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page.account.notes.add.click()
        wait(qtbot, lambda: "busy with somebody else's work" in program.window.messages.text)
        assert page.account.notes.text.toPlainText() == "Rang about the credit."
        other.execute("ROLLBACK")
    page.account.notes.add.click()
    wait(qtbot, lambda: page.account.notes.text.toPlainText() == "" and not program.tasks.busy)


@pytest.mark.usefixtures("by_hand")
def test_a_file_replaced_by_another_is_opened_anew(desktop_over_landlord, landlord_file, qtbot):
    program = desktop_over_landlord
    before = program.office
    landlord_file.rename(landlord_file.with_name("elsewhere.db"))
    shutil.copy(landlord_file.with_name("elsewhere.db"), landlord_file)
    type_text(program.window, "specimen")
    banner = program.window.banner
    wait(qtbot, lambda: "replaced by another" in banner.text and not program.tasks.busy)
    banner.action.click()
    wait(qtbot, lambda: program.office not in {None, before} and not program.tasks.busy)
    open_tab(program, "rent")
    wait(qtbot, lambda: program.controllers["rent"].page.finder.model.rowCount() == 4 and not program.tasks.busy)
    assert banner.text == ""


def test_the_window_closes_when_what_is_under_way_has_stopped(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    begun, stopped = threading.Event(), threading.Event()

    def work(_progress, cancel):
        begun.set()
        while not cancel.cancelled:
            pass
        stopped.set()

    program.tasks.run_task(work, parent=program.window, label="Statements", cancellable=True)
    assert begun.wait(5)
    program.window.close()
    assert program.window.isVisible()
    assert "Rentbook closes by itself" in program.window.banner.text
    wait(qtbot, lambda: not program.window.isVisible())
    assert stopped.is_set()


def test_leaving_waits_for_what_is_under_way_without_stopping_the_window(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    held = threading.Event()
    program.office.do(program.window, lambda _ctx: held.wait(10), then=lambda _done: None)
    program.window.leave_wanted.emit()
    assert program.office is not None
    assert "nothing is left half done" in program.window.banner.text
    held.set()
    wait(qtbot, lambda: program.office is None and program.welcome is not None)
