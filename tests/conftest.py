"""What every test may ask for, and the guards that every test runs under.

What to use for what, so that it stays quick: rules are tested without a database, by Hypothesis; services on `desk`; a
set-up in the database that more than one test begins with is a `@prepared` fixture (tests/prepared.py), made once by each
worker; a whole landlord is a copy of `demonstration`; a window over a database is `desktop_over_landlord` (a third of a
second), a single page or dialog with its controller `office` (a tenth of that). A property over a database draws at most
15 examples, with few rows: each run draws others.
"""

import gc
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
from tests import bytecode, scratch

bytecode.keep()
scratch.keep()
gc.disable()  # what collecting the tests makes stays; see pytest_collection_finish

import pytest
from hypothesis import settings
from sqlalchemy import Engine, event

from app.services.core import garbage
from app.services.core.clock import FixedClock
from tests import compiled_once  # noqa: F401  hooks every engine
from tests.architecture import server_sql  # noqa: F401  hooks every engine
from tests.fresh import (  # noqa: F401  fixtures
    OFFICER,
    TODAY,
    colleague,
    database,
    database_file,
    demonstration,
    desk,
    elsewhere,
    file_database,
    query_log,
    template,
)
from tests.prepared import settle
from tests.shared import live_in

settings.register_profile("rentbook", deadline=None, max_examples=30)
settings.load_profile("rentbook")


_BEGIN = ("tests/views/test_accessible.py", "tests/journeys/", "tests/kill/", "tests/views/")
"""What begins, the longest tests first."""
_AREA = 3
"""How many folders name an area: tests/services/rent."""


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """What the workers are about to read is ready for all of them."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        bytecode.rewrite_tests(config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes longest begins, in whatever order among its like: nobody waits for a long test at the end.

    What the windows open is made by one worker alone; the other takes from the end of its tests, if at all when those of
    the windows are done. So are the areas, each in whatever order and at whatever place: what is prepared for the tests
    of an area, and what its first ones read and compile, the other worker need not make again.
    """
    places = {}

    def rank(item):
        begins = next((at for at, folder in enumerate(_BEGIN) if item.nodeid.startswith(folder)), len(_BEGIN))
        area = item.nodeid.split("::")[0].split("/")[:_AREA]
        return begins, places.setdefault(tuple(area), len(places))

    items.sort(key=rank)


def pytest_collection_finish():
    """Python searches for cycles only between tests, on the thread that paints, and not in what collecting made.

    On a worker's thread it could come upon a widget. And a quarter of the suite's time went into cycles that nobody needs
    to have gone at once.
    """
    gc.collect()
    garbage.search_by_hand()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef):
    """What prepared fixtures left is in its place before any other looks: one may open the file by its name."""
    if not hasattr(fixturedef.func, "prepared"):
        settle()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call():
    """It is there when the test begins."""
    settle()


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report, config):
    """Where nobody watches, a test that passed takes no room: what failed is all that is looked for in that output."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    watched = terminal is None or terminal.isatty or config.get_verbosity() > 0
    return None if watched or report.when != "call" or not report.passed else ("passed", "", "PASSED")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item, call):
    """What went wrong in Qt's event loop is said first, the tracebacks of how it came about after it."""
    failure = call.excinfo and call.excinfo.value
    if isinstance(failure, pytest.fail.Exception) and "Exceptions caught in Qt event loop" in str(failure.msg):
        told = str(failure.msg).split("_" * 80 + "\n")[1:]
        failure.msg = "\n".join([*(line for each in told for line in _last_words(each)), "", str(failure.msg)])


def _last_words(traceback: str) -> list[str]:
    """The type and the message of an exception, with which its printed traceback ends."""
    lines = traceback.splitlines()
    frames = [at for at, line in enumerate(lines) if line.startswith((" ", "Traceback"))]
    return lines[frames[-1] + 1 :][:3] if frames else []


_WINDOWS = count(1)
_WINDOWS_KEPT = 20
"""Tests of windows from one full search to the next."""


@pytest.fixture(autouse=True)
def _garbage_goes(request) -> Iterator[None]:
    """Windows that nobody has any more go now and then: the theme would dress each of them again."""
    yield
    if "qtbot" in request.fixturenames and next(_WINDOWS) % _WINDOWS_KEPT == 0:
        gc.collect()
        gc.freeze()
    garbage.search_if_due()


@pytest.fixture(scope="session", autouse=True)
def _workers_home(tmp_path_factory) -> Iterator[Path]:
    """The keys of what was made once are here, not in the home of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        live_in(patch, home)
        yield home


@pytest.fixture
def clock() -> FixedClock:
    """Saturday 21 November 2026, noon."""
    return FixedClock(TODAY)


@pytest.fixture(autouse=True)
def _own_home(_workers_home, tmp_path, monkeypatch):
    """No test reads or writes the settings and data of whoever runs it; the keys of the ready-made files are there."""
    live_in(monkeypatch, tmp_path / "home")
    made = _workers_home / "xdg_config_home" / "Rentbook" / "keys"
    if made.is_dir():
        shutil.copytree(made, tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys")
    monkeypatch.delenv("RENTBOOK_DB", raising=False)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request, caplog):
    """A warning in the log fails the test, unless it is marked `logs`."""
    yield
    if request.node.get_closest_marker("logs") is None:
        records = caplog.get_records("call")
        assert [record.getMessage() for record in records if record.levelno >= logging.WARNING] == []


@pytest.fixture(autouse=True)
def _no_leaked_thread():
    """A thread that a test starts has ended when the test has."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 30
    while (left := [t for t in threading.enumerate() if t not in before and not t.daemon]) and time.monotonic() < until:
        left[0].join(0.05)
    assert left == []


@pytest.fixture(autouse=True)
def _no_unasked_modal(request, monkeypatch):
    """A dialog, message box or menu that runs its own loop fails the test, and no window stays open."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox

    def refuse(*arguments, **_):
        raise AssertionError(f"a modal opened unasked: {arguments[:3]}")

    for dialog in (QDialog, QMessageBox, QFileDialog, QInputDialog, QMenu):
        monkeypatch.setattr(dialog, "exec", refuse)
    for name in ("question", "information", "warning", "critical", "about"):
        monkeypatch.setattr(QMessageBox, name, refuse)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)
    for name in ("getText", "getItem", "getInt", "getDouble", "getMultiLineText"):
        monkeypatch.setattr(QInputDialog, name, refuse)
    _painting.set()
    yield
    _painting.clear()
    assert QThreadPool.globalInstance().waitForDone(30_000), "a task is still running"
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == []


@event.listens_for(Engine, "engine_connect")
def spare_the_disk(connection):
    """No test pulls the plug: what the system was given to write is not waited for. A killed process loses nothing by it."""
    if connection.dialect.name == "sqlite" and not connection.info.get("spared"):
        connection.connection.dbapi_connection.execute("PRAGMA synchronous = OFF")
        connection.info["spared"] = True


class _Views(dict):
    """Whether a file is one of the views', by its name."""

    def __missing__(self, name):
        self[name] = found = f"{os.sep}app{os.sep}views{os.sep}" in name
        return found


_IS_VIEW = _Views()
_painting = threading.Event()
"""Whether a test has windows."""


@event.listens_for(Engine, "before_cursor_execute")
def refuse_sql_on_the_gui_thread(connection, cursor, statement, *_):
    """SQL that a view runs on the thread that paints it is a stall waiting for a slow disk: it fails the test."""
    if not _painting.is_set() or threading.current_thread() is not threading.main_thread():
        return
    frame = sys._getframe()
    while frame is not None:
        if _IS_VIEW[frame.f_code.co_filename]:
            raise AssertionError(f"SQL on the GUI thread, from {frame.f_code.co_filename}: {statement[:80]}")
        frame = frame.f_back
