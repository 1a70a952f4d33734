"""A whole landlord whose database is slow, locked or gone: the window never stops, says so, and keeps what is typed."""

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from itertools import cycle

import pytest
from PySide6.QtCore import Qt, QTimer
from sqlalchemy import event

from app.services.core import engines
from app.views.common import reach
from tests.views.desktop import open_tab, press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier
SECONDS = 5
HELD = 60
"""Seconds that the statement takes by itself: nobody but the window's thread lets go of it before."""
MOST_SECONDS_DEAF = 20
"""A page is made in part of a second, longer on a busy computer; waiting for the database would take as long as it is held."""
TABS = ("charges", "letters", "admin", "approvals", "home")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Rentbook waits a moment for a locked file, and doesn't try again by itself within the test."""
    monkeypatch.setattr(engines, "_BUSY_TIMEOUT_MS", 100)
    monkeypatch.setattr(reach, "_WAITS_MS", (600_000,))


@pytest.fixture
def landlord_file(demonstration, tmp_path):
    """A copy of the demonstration landlord, instead of the small one."""
    return shutil.copy(demonstration, tmp_path / "landlord.db")


@pytest.fixture
def beats(qtbot):
    """The longest time that the window's thread was deaf, in seconds, as the last of a list."""
    longest, last = [0.0], [time.monotonic()]

    def beat():
        now = time.monotonic()
        longest.append(max(longest[-1], now - last[0]))
        last[0] = now

    timer = QTimer(interval=20)
    timer.timeout.connect(beat)
    timer.start()
    yield longest
    timer.stop()


@pytest.fixture
def slow(desktop_over_landlord, qtbot):
    """Makes one query of the statements' page take until the second event is set; the first says that it is under way."""
    for area in TABS:
        open_tab(desktop_over_landlord, area)
        wait(qtbot, lambda: not desktop_over_landlord.tasks.busy)
    engine, begun, held = desktop_over_landlord.office.desk.database.engine, threading.Event(), threading.Event()
    once = threading.Lock()

    def wait_in_the_database(connection, _cursor, statement, *_):
        if "FROM statement_run" not in statement or not once.acquire(blocking=False):
            return
        driver = connection.connection.dbapi_connection
        driver.create_function("held", 0, lambda: begun.set() or int(held.wait(HELD)))
        driver.execute("SELECT held()").fetchall()

    event.listen(engine, "before_cursor_execute", wait_in_the_database)
    yield begun, held
    held.set()


def test_five_seconds_for_one_statement_stop_no_typing_and_no_tab(desktop_over_landlord, slow, beats, qtbot):
    program, (begun, held) = desktop_over_landlord, slow
    finder = program.controllers["rent"].page.finder
    typed, said = "", set()
    open_tab(program, "statements")
    assert begun.wait(HELD)
    until = time.monotonic() + SECONDS
    for area in cycle(TABS):
        open_tab(program, "rent")
        finder.text.setFocus()
        if len(typed) == finder.text.maxLength():
            finder.text.clear()
            typed = ""
        type_text(program.window, "e")
        typed += "e"
        assert finder.text.text() == typed
        open_tab(program, area)
        qtbot.wait(1)
        said.add(program.window.banner.text)
        if time.monotonic() > until:
            break
    assert any("slow to answer" in words for words in said)
    held.set()
    wait(qtbot, lambda: not program.tasks.busy)
    assert max(beats) < MOST_SECONDS_DEAF
    wait(qtbot, lambda: program.window.banner.text == "")
    assert program.controllers["statements"].page.request.group.count() > 1
    assert finder.text.text() == typed


def test_what_is_typed_while_the_file_is_locked_or_gone_is_there_when_it_is_back(
    desktop_over_landlord, landlord_file, beats, qtbot
):
    program = desktop_over_landlord
    page, banner = program.controllers["rent"].page, program.window.banner
    press(program.window, Qt.Key.Key_M, CTRL)
    type_text(program.window, "Rang about the credit.")
    with closing(sqlite3.connect(landlord_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page.account.notes.add.click()
        open_tab(program, "charges")
        open_tab(program, "rent")
        wait(qtbot, lambda: "busy with somebody else's work" in program.window.messages.text)
        assert page.account.notes.text.toPlainText() == "Rang about the credit."
        other.execute("ROLLBACK")
    away = landlord_file.rename(landlord_file.with_name("elsewhere.db"))
    page.finder.text.setFocus()
    type_text(program.window, "a")
    wait(qtbot, lambda: "moved or removed" in banner.text and not program.tasks.busy)
    assert page.account.notes.text.toPlainText() == "Rang about the credit."
    away.rename(landlord_file)
    banner.action.click()
    wait(qtbot, lambda: banner.text == "" and page.finder.model.rowCount() and not program.tasks.busy)
    page.account.notes.add.click()
    wait(qtbot, lambda: page.account.notes.text.toPlainText() == "" and not program.tasks.busy)
    assert page.finder.text.text() == "a"
    assert max(beats) < MOST_SECONDS_DEAF
