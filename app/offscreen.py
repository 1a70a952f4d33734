"""Driving the window without a screen: what the tour and the pictures share."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QMessageLogContext, QSize, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import Rentbook, application
from app.services.demonstration.dto import SMALL
from app.views.common.chart import load_library
from app.views.common.theme import Scheme, Theme

SIZE = QSize(1440, 900)
_PATIENCE = 120.0
_QUIET_ROUNDS = 3
_PAUSE = 0.001
_TURN_MS = 4


@contextmanager
def driven(scheme: Scheme = Scheme.LIGHT, place: Path | None = None) -> Iterator[tuple[Rentbook, Theme]]:
    """The window from its first start, a small demonstration landlord opened in it by keyboard, or the database that is named.

    Without one, settings and data are in a folder of their own, which goes when the window is closed.
    """
    folder = Path(tempfile.mkdtemp(prefix="rentbook-"))
    for name in () if place else ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / name.lower())
    qInstallMessageHandler(_quiet)
    app = application()
    load_library()  # no picture is taken before its chart is there
    theme = Theme(app, scheme)
    program = Rentbook(app, theme, demonstration=SMALL)
    program.window.resize(SIZE)
    program.window.show()
    try:
        if place:
            program.begin(str(place))
        else:
            program.show_welcome()
            settle(program)
            assert program.welcome is not None
            QTest.keyClick(program.welcome.page.demonstration.button, Qt.Key.Key_Space)
        wait_for(program, lambda: program.office is not None)
        program.window.activateWindow()
        settle(program)
        yield program, theme
    finally:
        program.tasks.drain()
        program.window.close()
        program.close_database()
        shutil.rmtree(folder, ignore_errors=True)


def _quiet(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but for what the offscreen platform always says of itself."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def settle(program: Rentbook) -> None:
    """Wait until the window has shown everything that it asked for.

    Raises:
        TimeoutError: it never came to rest.
    """
    until = time.monotonic() + _PATIENCE
    quiet = 0
    while quiet < _QUIET_ROUNDS:
        QApplication.processEvents()
        time.sleep(_PAUSE)
        quiet = 0 if program.tasks.busy else quiet + 1
        if time.monotonic() > until:
            raise TimeoutError("The window did not come to rest.")


def wait_for(program: Rentbook, happened: Callable[[], bool]) -> None:
    """Wait until something has happened.

    Raises:
        TimeoutError: it never did.
    """
    until = time.monotonic() + _PATIENCE
    while not happened():
        settle(program)
        if time.monotonic() > until:
            raise TimeoutError("What was waited for did not happen.")


def asleep_until(happened: Callable[[], bool]) -> None:
    """Wait as a program does that nobody drives, asleep until something happens, so that its workers have the computer.

    Raises:
        TimeoutError: it never did.
    """
    until, woken = time.monotonic() + _PATIENCE, QTimer(interval=_TURN_MS)
    woken.start()
    while not happened():
        QApplication.processEvents(
            QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        )
        if time.monotonic() > until:
            raise TimeoutError("What was waited for did not happen.")
    woken.stop()


def picture(widget: QWidget, path: Path) -> Path:
    """Save what a widget shows."""
    QApplication.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))
    return path
