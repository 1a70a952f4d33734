"""What the window rows run in processes of their own, offscreen: `python windows.py NAME FOLDER`, the answer as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from event_loop import settle, until, watched
from million import Million


def bare_start(folder: Path) -> dict[str, float]:
    """The reference of a start: a window, SQLAlchemy, one query of fifty rows."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
    from sqlalchemy import create_engine, text

    app = QApplication([])
    window = QMainWindow()
    table = QTableWidget(50, 2)
    window.setCentralWidget(table)
    window.show()
    with create_engine(f"sqlite:///{folder / 'start.db'}").connect() as connection:
        rows = connection.execute(text("SELECT name, balance_pence FROM account ORDER BY name LIMIT 50")).all()
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            table.setItem(at, column, QTableWidgetItem(str(value)))
    app.processEvents()
    return {}


def start(folder: Path) -> dict[str, float]:
    """Accounts shows rows and takes typing."""
    app, program = _program()
    program.begin(str(folder / "start.db"))
    finder = _finder(app, program)
    finder.text.setFocus()
    _type(app, finder.text, "f")
    if finder.text.text() != "f":
        raise AssertionError("the window doesn't take typing")
    app.processEvents()
    return {}


def leave(folder: Path) -> dict[str, float]:
    """The officer leaves at Accounts: the next start of the day opens there."""
    app, program = _program()
    program.begin(str(folder / "start.db"))
    _finder(app, program)
    program.tasks.drain()
    program.close_database()
    return {}


def tabs(folder: Path) -> dict[str, float]:
    """The slowest of switches between tabs whose data is there, painted, in milliseconds (95th percentile)."""
    from PySide6.QtWidgets import QWidget

    from app.views.shell.areas import AREAS

    app, program = _program()
    program.begin(str(folder / "start.db"))
    _finder(app, program)
    pages: list[QWidget] = [program.controllers[area.name].page for area in AREAS]
    taken: list[float] = []
    for turn in range(8):
        for page in pages:
            begun = time.perf_counter()
            program.window.go_to(page)
            page.repaint()
            if turn > 1:
                taken.append((time.perf_counter() - begun) * 1000)
            settle(app, 0.05 if turn > 1 else 1.0)
    program.tasks.drain()
    return {"ms": sorted(taken)[len(taken) * 95 // 100]}


def memory(folder: Path) -> dict[str, float]:
    """What a table of a million rows adds to the empty window, in MB."""
    app, program = _program()
    program.show_welcome()
    settle(app, 0.5)
    before = _resident()
    table = Million(app, program, folder)
    table.open_table()
    settle(app, 0.5)
    added = _resident() - before
    table.close()
    return {"mb": added}


def stall(folder: Path) -> dict[str, float]:
    """The longest that the event loop stood still while a million rows were opened, sorted and jumped through, in ms."""
    app, program = _program()
    program.show_welcome()
    table = Million(app, program, folder)
    table.show_empty()
    settle(app, 0.5)
    with watched(app) as gaps:
        table.open_table()
        table.sort("name")
        table.jump_to_end()
        table.choose_all()
        table.sort("balance")
    table.close()
    return {"ms": max(gaps) * 1000}


def _program() -> tuple[Any, Any]:
    """The program as `python -m app` starts it."""
    from app.__main__ import prepare

    prepare()
    from app import bootstrap
    from app.services.core.clock import SystemClock
    from app.views.common.theme import Theme

    application = bootstrap.application()
    program = bootstrap.Rentbook(application, Theme(application), SystemClock())
    program.window.show()
    return application, program


def _finder(app: Any, program: Any) -> Any:
    until(app, lambda: program.office is not None)
    accounts = program.controllers["rent"].page
    program.window.go_to(accounts)
    finder = accounts.finder
    until(app, lambda: finder.model.rowCount() > 0 and finder.model.row_at(0) is not None)
    return finder


def _type(app: Any, field: Any, letter: str) -> None:
    """A key, without the part of Qt for tests: no program loads it."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        app.sendEvent(field, QKeyEvent(kind, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier, letter))


def _resident() -> float:
    """The memory of this process that is in use, in MB."""
    if sys.platform.startswith("linux"):
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    name, folder = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(globals()[name](folder)), flush=True)
    import os

    os._exit(0)
